"""What kernels answer of a batch on a day, put together into rows at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from springtide.language.messages import Given, Message
from springtide.language.types import Language
from springtide.metrics.batches import Answers, Batch
from springtide.metrics.registry import get
from springtide.scan.asked import Asked
from springtide.scan.rows import YES_NO

if TYPE_CHECKING:
    import polars as pl

Leave = Callable[[int, Asked], None]
"""Called with a place in the batch, and what is left to be measured by itself there."""


class Sheet:
    """The values of a batch: a column a metric, a row an instrument.

    Parameters
    ----------
    batch
        The instruments and the day.
    wanted
        Of which of them something is asked on the day.
    asked
        The metrics, in the order of the columns.
    language
        Of the reasons why values are missing.
    """

    def __init__(
        self,
        batch: Batch,
        wanted: npt.NDArray[np.bool_],
        asked: Sequence[Asked],
        language: Language,
    ) -> None:
        self._batch, self._wanted, self._asked, self._language = batch, wanted, asked, language
        shape = (len(batch), len(asked))
        self._values = np.full(shape, np.nan)
        self._reasons = np.zeros(shape, np.int32)  # the number of a text, 0 where there is none
        self._units = np.zeros(shape, np.int32)
        self._texts: list[str | None] = [None]
        self._unit_texts = [YES_NO]
        self._numbers: dict[int, tuple[Message, int]] = {}
        kinds = {(each.kind, each.currency): each for each in batch.instruments}
        number = {key: k for k, key in enumerate(kinds)}
        of = [number[each.kind, each.currency] for each in batch.instruments]
        self._kind, self._examples = np.array(of, np.int32), list(kinds.values())

    def put(self, k: int, answers: Answers, leave: Leave) -> None:
        """Take what a kernel answers of the k-th metric; what it leaves open is handed on."""
        one = self._asked[k]
        known = ~np.isnan(answers.value)
        self._values[:, k] = answers.value
        still_open = (self._wanted & ~known).tolist()  # plain values: they are looked at singly
        symbols, reasons = self._batch.columns.symbols, [0] * len(still_open)
        for place, why in answers.lacks.items():
            if still_open[place]:
                reasons[place] = self._number(why, symbols[place])
                still_open[place] = False
        self._reasons[:, k] = reasons
        for place, is_open in enumerate(still_open):
            if is_open:
                leave(place, one)
        assert one.params is not None
        units = [get(one.metric).unit_for(one.params, each) for each in self._examples]
        self._units[:, k] = self._kind + len(self._unit_texts)
        self._unit_texts += units
        if answers.yes_no:
            self._units[known, k] = 0

    def rows(self) -> pl.DataFrame:
        """Return the rows, by symbol, then as asked."""
        import polars as pl

        answered = (~np.isnan(self._values) | (self._reasons > 0)) & self._wanted[:, None]
        place, column = np.nonzero(answered)
        metrics = pl.Series([one.metric for one in self._asked], dtype=pl.String)
        params = pl.Series([one.params_text for one in self._asked], dtype=pl.String)
        return pl.DataFrame(
            [
                pl.Series("symbol", self._batch.columns.symbols, dtype=pl.String).gather(place),
                pl.repeat(self._batch.as_of, len(place), dtype=pl.Date(), eager=True).alias("date"),
                metrics.gather(column).alias("metric"),
                params.gather(column).alias("params"),
                pl.Series("value", self._values[place, column], nan_to_null=True),
                pl.Series("unit", self._unit_texts).gather(self._units[place, column]),
                pl.Series("missing", self._texts, dtype=pl.String).gather(
                    self._reasons[place, column]
                ),
            ]
        )

    def _number(self, why: Message, symbol: str) -> int:
        """Return the number of a text; several metrics give one reason, which is kept."""
        seen = self._numbers.get(id(why))
        if seen is None:
            seen = self._numbers[id(why)] = why, len(self._texts)
            self._texts.append(_said(why, symbol, self._language))
        return seen[1]


_PLACE = "\ue0ff"
"""Stands for the symbol in what is said of many."""


@lru_cache(maxsize=4096)
def _pattern(key: str, values: tuple[tuple[str, Given], ...], language: Language) -> str:
    return Message(key, values).text(language)


def _said(why: Message, symbol: str, language: Language) -> str:
    """Return what a message says; what differs in the symbol alone is put into words once."""
    values = tuple((name, _PLACE if name == "subject" else value) for name, value in why.values)
    return _pattern(why.key, values, language).replace(_PLACE, symbol)
