"""Calls read from articles: who says what of the days to come, as claims with a horizon."""
