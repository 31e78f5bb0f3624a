"""The brief: typed sections of claims and charts first, then renderers that compute nothing."""
