"""A server for language-model clients: the front door as tools that read, and never write."""
