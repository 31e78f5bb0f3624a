"""The front door: a lake is opened or made, and tables are loaded into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from springtide.language.types import Language
from springtide.library.given import checked_language, checked_text
from springtide.library.lake import Lake
from springtide.library.results import Loaded, made
from springtide.market import lake as lakes

if TYPE_CHECKING:
    import os

    import pandas as pd
    import polars as pl

    Address = str | os.PathLike[str]


def open(
    address: Address | None = None,
    *,
    storage_options: Mapping[str, str] | None = None,
    language: Language = "en",
) -> Lake:
    """Open a lake for reading, held at its present versions.

    Parameters
    ----------
    address
        A folder, or an object-store address such as ``s3://bucket/lake``. Without it what
        ``SPRINGTIDE_LAKE`` or the settings file says, else a folder of your user data.
    storage_options
        Of the object store (region, endpoint, ...); without them those of the settings file.
    language
        In which notebooks show what is measured.

    Returns
    -------
    Lake
        Whatever is written to it later, it reads the same.

    Raises
    ------
    LakeError
        There is no lake there, or it cannot be read.

    Examples
    --------
    >>> import springtide, tempfile
    >>> folder = tempfile.mkdtemp()
    >>> springtide.create(folder, sample=True).symbols[-2:]
    ('KC', 'SPX')
    >>> day = springtide.open(folder)["S&P 500"].asof("2018-01-26")
    >>> round(day.measure("rsi", window=14).value, 2)
    86.69
    """
    where, options = _where(address, storage_options)
    return Lake(lakes.Lake.open(where, options), checked_language(language))


def create(
    address: Address | None = None,
    *,
    sample: bool = False,
    storage_options: Mapping[str, str] | None = None,
    language: Language = "en",
) -> Lake:
    """Open a lake, making it first where there is none.

    Parameters
    ----------
    address, storage_options, language
        As for :func:`open`.
    sample
        Whether to load the bundled sample into it: two American indices from 1999 to 2018 and
        sheets of published figures. Needs no network; loading it again changes nothing.

    Raises
    ------
    LakeError
        It cannot be made or written there.
    """
    where, options = _where(address, storage_options)
    stored = lakes.Lake.create(where, options)
    if sample:
        from springtide.market.ingest import load_bundled

        load_bundled(stored)
    return Lake(stored, checked_language(language))


def load(
    frame: pl.DataFrame | pl.LazyFrame | pd.DataFrame,
    *,
    symbol: str | None = None,
    kind: str | None = None,
    calendar: str | None = None,
    currency: str | None = None,
    name: str | Sequence[str] = (),
    source: str = "a table of the user's own",
    rescale: bool = False,
    into: Lake | Address | None = None,
) -> Loaded:
    """Load daily bars from a table of Polars or pandas into a lake.

    Columns are recognised as those of files are (Date, Open, Close, 收盘 …); at least a date and a
    close are needed. An index of dates counts as the column ``date``. Rows that cannot be right are
    refused and named; the others are stored. Loading twice stores nothing twice.

    Parameters
    ----------
    frame
        A bar a row.
    symbol
        The instrument, where no column says it: an identifier, a name, or a symbol of your own.
    kind, calendar, currency
        What an instrument of your own is (``"index"``, ``"XHKG"``, ``"HKD"``): all three where
        neither a table nor its code tells it. They are kept in the lake.
    name
        What it is called, in English or Chinese; one or several.
    source
        What evidence is to name as the source of the rows.
    rescale
        Take prices of another scale than the stored ones, after a split say, as revisions.
    into
        The lake: one that is open, which sees the rows from then on, or an address, made where
        there is none.

    Returns
    -------
    Loaded
        What became of the rows.

    Raises
    ------
    TypeError
        ``frame`` is no table of Polars or pandas.
    UndescribedError
        It is not known what the instrument is, and nothing says it.
    DataError
        The table has no date or no close, or none of its rows can be read.
    """
    from springtide.market import instruments
    from springtide.market.ingest import import_frame

    table = _table(frame)
    stored = into.stored if isinstance(into, Lake) else lakes.Lake.create(*_where(into, None))
    report = import_frame(
        stored,
        table,
        symbol=None if symbol is None else instruments.symbol_of(checked_text(symbol, "symbol")),
        source=source,
        rescale=rescale,
        description=_description(kind, calendar, currency, name),
    )
    if isinstance(into, Lake):
        into.refresh()
    return made(Loaded, report, language=into.language if isinstance(into, Lake) else "en")


def _table(frame: object) -> pl.DataFrame:
    import polars as pl

    from springtide.library import frames

    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frames.on_own_clock(frame)
    if type(frame).__module__.partition(".")[0] == "pandas" and hasattr(frame, "columns"):
        return frames.from_pandas(frame)
    raise TypeError(f"a table of Polars or pandas is needed, not {type(frame).__name__}")


def _description(
    kind: str | None, calendar: str | None, currency: str | None, name: str | Sequence[str]
) -> Any:
    from springtide.market.declared import Description

    names = (name,) if isinstance(name, str) else tuple(name)
    return Description.given(kind, calendar, currency, names)


def _where(
    address: object, storage_options: Mapping[str, str] | None
) -> tuple[str, dict[str, str]]:
    import os

    from springtide import settings

    if address is not None and not isinstance(address, str | os.PathLike):
        raise TypeError(f"a lake's address is a text or a path, not {type(address).__name__}")
    chosen = settings.load(None if address is None else os.fspath(address))
    options = chosen.storage_options if storage_options is None else storage_options
    return chosen.lake, dict(options)
