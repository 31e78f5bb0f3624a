"""Training and examining the reader: ``python -m tools.reader.exam --help``."""
