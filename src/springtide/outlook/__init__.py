"""How long and how far: rallies, predictive distributions, and their track record."""
