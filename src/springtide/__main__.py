"""Run the command line as ``python -m springtide``."""

import sys

from springtide.cli import main

sys.exit(main())
