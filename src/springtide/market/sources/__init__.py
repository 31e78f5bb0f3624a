"""Adapters from where figures are published onto the columns of the lake."""
