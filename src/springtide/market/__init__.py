"""Instruments and their names, calendars, the lake, the point-in-time view, data sources."""
