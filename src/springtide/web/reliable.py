"""Did what was given so many chances come so often? The reliability of decided calls.

Calls that state a chance are set against what came; of named people, who state none, the base rate
is, which shows whether base rates are true rates. Our own base rates, which stand on file beside
our calls, are the same calls again and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from springtide.brief.drawing import panel
from springtide.brief.model import Chart
from springtide.brief.plot import Key, Line, Mark, Plot, Points
from springtide.brief.render.figure import figure_html
from springtide.calls.forecasts import is_base_rate
from springtide.claims.model import Outcome
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.numerics.scores import Bin, reliability

LEAST = 20
"""Decided calls below which no curve is drawn: each of its points would rest on two or three."""

_BINS = 5
_DRAWS = 500


@dataclass(frozen=True, slots=True)
class Curve:
    """What came by what was said; ``key`` is ``stated`` or ``base-rate``.

    ``bins`` are empty where fewer than :data:`LEAST` calls are decided.
    """

    key: str
    decided: int
    bins: tuple[Bin, ...]

    def said(self, language: Language) -> str:
        """Return what its chances are."""
        key = "web.reliable-stated" if self.key == "stated" else "web.reliable-base-rate"
        return say(key, language)


def curves_of(outcomes: Sequence[Outcome]) -> tuple[Curve, ...]:
    """Return the curves of decided calls: of stated chances, and of base rates."""
    stated, rated = [], []
    for one in outcomes:
        call = one.call
        if one.happened is None or one.status != "decided" or is_base_rate(call.source):
            continue
        if call.probability is not None:
            stated.append((call.probability, one.happened, call.made.year * 12 + call.made.month))
        elif call.base_rate is not None and call.base_rate.value is not None:
            month = call.made.year * 12 + call.made.month
            rated.append((call.base_rate.value, one.happened, month))
    return tuple(
        Curve(key, len(cases), _bins(cases))
        for key, cases in (("stated", stated), ("base-rate", rated))
        if cases
    )


def _bins(cases: Sequence[tuple[float, bool, int]]) -> tuple[Bin, ...]:
    if len(cases) < LEAST:
        return ()
    chances, came, months = zip(*cases, strict=True)
    return reliability(chances, came, months, bins=_BINS, draws=_DRAWS)


def curve_html(curve: Curve, language: Language) -> str:
    """Return a curve as a figure of the page: points with their intervals beside the diagonal."""
    marks: list[Mark] = [Line((0.0, 100.0), (0.0, 100.0), "soft", 1.2, "3 3")]
    for one in curve.bins:
        at = 100 * one.said
        ends = (100 * one.happened.low, 100 * one.happened.high)
        if ends[0] == ends[0] and ends[1] == ends[1]:  # none of too few months
            marks.append(Line((at, at), ends, "band", 2.0))
    xs = tuple(100 * one.said for one in curve.bins)
    ys = tuple(100 * one.happened.value for one in curve.bins)
    marks += [
        Line(xs, ys, "accent", 1.8, name=say("web.came-share", language), unit="%", decimals=0),
        Points(xs, ys, "circle", "accent"),
    ]
    drawn = panel(
        230.0, marks, 0.0, 100.0, language,
        unit="%", ticks=(0.0, 25.0, 50.0, 75.0, 100.0), fixed=True,
    )  # fmt: skip
    title = say("web.reliable-title", language, what=curve.said(language))
    plot = Plot(
        title, say("web.reliable-note", language), 0.0, 100.0,
        tuple((float(at), f"{at}%") for at in (0, 25, 50, 75, 100)), (drawn,),
        (Key(say("web.came-share", language), "accent"),
         Key(say("web.as-often", language), "soft", "3 3"),
         Key(say("web.interval", language), "band")),
        dated=False,
    )  # fmt: skip
    shows = say("web.reliable-shows", language, what=curve.said(language), calls=curve.decided)
    made = Chart(f"reliability-{curve.key}", {language: title}, {language: shows}, {language: plot})
    return figure_html(made, language)
