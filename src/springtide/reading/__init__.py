"""From an article to claims with exact spans."""
