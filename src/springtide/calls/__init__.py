"""The ledger of calls: what was said of the future, with which probability, and what came of it."""
