"""Springtide answers how long a rally can last.

The package is a house of rooms, each importing only from the rooms below it; see
``docs/explanation/floors.md``. Nothing heavy is imported here, so that start-up stays cheap.
"""

__version__ = "0.1.0"
