"""With what an instrument is compared, and how it is named in a sentence."""

from __future__ import annotations

from springtide.errors import UsageError
from springtide.language.messages import Message, Name, message
from springtide.language.types import Language
from springtide.market import instruments
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics.answers import Missing

OF_MARKET = {"XHKG": "HSI", "XSHG": "CSI300", "XNYS": "SPX", "XTKS": "N225"}
"""The index that stands for a market, by calendar."""


def default(instrument: Instrument) -> str:
    """Return the id of what an instrument is compared with where nothing is said, "" for none.

    A basket says so itself; else it is the index of the market.

    Examples
    --------
    >>> default(instruments.get("9988.HK")), default(instruments.get("hk_ai_cloud"))
    ('HSI', 'HSTECH')
    >>> default(instruments.get("HSI"))
    ''
    """
    basket = instruments.basket(instrument.id)
    known = basket.benchmark if basket is not None else ""
    known = known or OF_MARKET.get(instrument.calendar, "")
    return "" if known == instrument.id else known


def other(view: View, instrument: Instrument, name: str, parameter: str) -> Instrument:
    """Return another instrument that a parameter names, or the default benchmark where it is "".

    Raises
    ------
    Missing
        Nothing is named and there is no default, nothing has that name, or it is the same one.
    """
    name = name or default(instrument)
    if not name:
        raise Missing("missing.parameter-needed", name=parameter, subject=instrument.id)
    try:
        known = view.instrument(name)
    except UsageError:
        raise Missing("missing.not-registered", subject=name) from None
    if known.id == instrument.id:
        raise Missing("missing.itself", subject=instrument.id, name=parameter)
    return known


def in_words(identity: str) -> Message:
    """Return an instrument's name as it stands inside a sentence, by which it is found again.

    Examples
    --------
    >>> in_words("HSTECH").text("en"), in_words("0700.HK").text("zh-cn")
    ('the Hang Seng TECH Index', '腾讯控股')
    """
    known = instruments.of_id(identity)
    kind = "index" if known.kind in ("index", "basket") else "other"
    return message("metrics.other-instrument", name=Name(lambda language: _name(known, language)),
                   kind=kind)  # fmt: skip


def _name(known: Instrument, language: Language) -> str:
    name = known.name(language).removeprefix("The ")
    try:
        meant = instruments.resolve(name).id
    except UsageError:
        meant = ""
    return name if meant == known.id else known.id
