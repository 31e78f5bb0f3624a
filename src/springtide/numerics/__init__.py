"""Pure functions on arrays: indicators, phases, bubble tests. No markets, dates or files."""
