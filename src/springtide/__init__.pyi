from springtide import errors as errors
from springtide.library.day import Day as Day
from springtide.library.day import Subject as Subject
from springtide.library.door import create as create
from springtide.library.door import load as load
from springtide.library.door import open as open
from springtide.library.lake import Lake as Lake
from springtide.library.results import Bars as Bars
from springtide.library.results import Brief as Brief
from springtide.library.results import BubbleTests as BubbleTests
from springtide.library.results import Calls as Calls
from springtide.library.results import Chart as Chart
from springtide.library.results import Check as Check
from springtide.library.results import Loaded as Loaded
from springtide.library.results import Measurement as Measurement
from springtide.library.results import Outlook as Outlook

__version__: str
__all__: list[str]
