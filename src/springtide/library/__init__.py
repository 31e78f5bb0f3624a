"""The front door: the library as users import it."""
