"""Checking an article: verdicts on its claims, nearest true readings, its own arithmetic."""
