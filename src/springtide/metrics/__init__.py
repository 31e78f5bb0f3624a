"""Metrics: each defined once, in one file a family, and measured, worded and read from there."""
