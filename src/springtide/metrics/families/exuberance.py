"""Explosive behaviour: the recursive right-tailed unit root test of Phillips, Shi and Yu (PSY)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params, Row, Window
from springtide.language.messages import Duration, Message, Number, Percent, message
from springtide.language.types import Quantity
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import fitted, rows
from springtide.metrics.answers import Measured, Missing
from springtide.metrics.params import Choices, Limits
from springtide.metrics.patterns import Draft, Pattern, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric, Stated
from springtide.metrics.simulated import computed, log_closes

if TYPE_CHECKING:
    from springtide.numerics.psy import BsadfResult, CriticalValues, Episode

BEGAN = "statistic where the run began"
CONFIRMED = "statistic where the run was confirmed"
DIRECTION = "log change over the window that shows it most"

Sessions = Annotated[int, Choices((100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000))]
"""Lengths of the sample whose critical values come with the package."""

Lag = Annotated[int, Limits(0, 4)]

Null = Literal["random_walk", "wild"]
"""What a statistic is judged by: simulated random walks, or the wild bootstrap of the series itself,
whose volatility stays where it was."""

DRAWS = 499
"""Draws of the bootstrap: levels of 90, 95 and 99 per cent are exact ranks of so many."""


@dataclass(frozen=True, slots=True)
class Exuberance(Params):
    """Sessions of the sample, lagged differences, level of the critical value in per cent, its null."""

    window: Sessions = 500
    lag: Lag = 1
    level: Annotated[float, Choices((90, 95, 99))] = 95.0
    null: Null = "random_walk"


@dataclass(frozen=True, slots=True)
class Psy(Params):
    """Sessions of the sample and lagged differences in every regression."""

    window: Sessions = 500
    lag: Lag = 1


@dataclass(frozen=True, slots=True)
class PValue(Params):
    """Sessions of the sample, lagged differences in every regression, and the null."""

    window: Sessions = 500
    lag: Lag = 1
    null: Null = "random_walk"


@dataclass(frozen=True, slots=True)
class Tested:
    """The test of one sample: what it found, against what, and of which rows."""

    result: BsadfResult
    null: CriticalValues
    days: tuple[date, ...]
    window: Window
    level: float
    closes: rows.Array
    """Log closes of the sample, shape (n,)."""

    @property
    def critical(self) -> rows.Array:
        """The critical value of every session, shape (n,); NaN before the first full window."""
        return self.null.sequence.critical_values(self.level)

    def episodes(self, min_duration: int | None = None) -> tuple[Episode, ...]:
        """Date the episodes, by default those that lasted long enough to be told as such."""
        from springtide.numerics import psy

        return psy.episodes(self.result, self.null, level=self.level, min_duration=min_duration)

    @property
    def statistic(self) -> float:
        """The BSADF statistic of the last session."""
        return float(self.result.statistic[-1])

    @property
    def p_value(self) -> float:
        """How often a random walk reaches it."""
        return float(self.null.sequence.p_values(self.result.statistic)[-1])

    @property
    def change(self) -> float:
        """Log change over the window that gave the statistic of the last session."""
        closes = self.closes
        return float(closes[-1] - closes[self.result.window_start[-1]])

    @property
    def how(self) -> str:
        """How the null was simulated."""
        null = self.null
        way = "Monte Carlo" if null.packaged else "wild bootstrap"
        return f"{way}, {null.replications:,} replications, seed {null.seed}"


def tested(view: View, instrument: Instrument, params: Exuberance | PValue | Psy) -> Tested:
    """Run the test on the last sessions of an instrument.

    Raises
    ------
    Missing
        Which closes would be needed.
    """
    from springtide.numerics import psy

    values, days, window = log_closes(view, instrument, params.window)
    result = fitted.bsadf(values, params.lag)
    if math.isnan(result.statistic[-1]):
        raise Missing("missing.none-varies-before", subject=instrument.id, day=str(view.as_of))
    level = params.level if isinstance(params, Exuberance) else 95.0
    if isinstance(params, Psy) or params.null == "random_walk":
        null = psy.critical_values(params.window, params.lag)
    else:
        null = psy.bootstrap_critical_values(values, params.lag, draws=DRAWS)
    return Tested(result, null, days, window, level / 100.0, values)


def _exuberance(view: View, instrument: Instrument, params: Exuberance) -> Measured:
    """Compare the statistic of the as-of date with its critical value; date the running episode."""
    test = tested(view, instrument, params)
    critical = float(test.critical[-1])
    today = test.days[-1]
    cited = [
        computed(instrument, "BSADF statistic", today, test.statistic),
        computed(instrument, "critical value", today, critical, test.how),
        computed(instrument, "p-value", today, test.p_value, test.how),
    ]
    explosive = test.statistic > critical
    if explosive:
        cited += _since(instrument, test)
        cited.append(computed(instrument, DIRECTION, today, test.change))
    return Measured(explosive, tuple(cited), (test.window,))


def _since(instrument: Instrument, test: Tested) -> list[Row]:
    """Cite where the running stretch began and, once it is long enough, where it was confirmed.

    Nobody could have told it from a short flare-up before the session that confirmed it.
    """

    def at(what: str, i: int) -> Row:
        return computed(instrument, what, test.days[i], test.result.statistic[i])

    run = test.episodes(min_duration=1)[-1]
    long_enough = [one for one in test.episodes() if one.running]
    return [
        at(BEGAN, run.start),
        *(at(CONFIRMED, one.confirmed) for one in long_enough),
    ]


def _duration(view: View, instrument: Instrument, params: Exuberance) -> Measured:
    """Count the sessions of the run that has not ended, none where the last one is not explosive."""
    test = tested(view, instrument, params)
    above = test.result.statistic > test.critical
    length = len(above) if above.all() else int(np.argmin(above[::-1]))
    cited = _since(instrument, test) if length else []
    return Measured(float(length), tuple(cited), (test.window,))


def _statistic(view: View, instrument: Instrument, params: Psy) -> Measured:
    test = tested(view, instrument, params)
    return Measured(test.statistic, windows=(test.window,))


def _p_value(view: View, instrument: Instrument, params: PValue) -> Measured:
    test = tested(view, instrument, params)
    statistic = computed(instrument, "BSADF statistic", test.days[-1], test.statistic)
    p_value = computed(instrument, "p-value", test.days[-1], test.p_value, test.how)
    return Measured(test.p_value, (statistic, p_value), (test.window,))


def way_of(measurement: Measurement) -> Literal["up", "down", "none"]:
    """Return which way a price was explosive; ``none`` where it was not.

    The test sees a price that moves away from its past ever faster, up or down; the change over
    the window that shows it most tells which.
    """
    changes = [row.value for row in measurement.evidence.rows if row.field == DIRECTION]
    if not changes:
        return "none"
    return "up" if changes[0] > 0 else "down"


def _say(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, Exuberance)
    return message(
        "metrics.exuberance-said",
        way=way_of(measurement),
        level=Percent.short(params.level),
        window=params.window,
        lag=params.lag,
        null=params.null,
    )


def _run(claim: Claim) -> Duration:
    assert isinstance(claim.value, float)
    return Duration(round(claim.value))


def _say_duration(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, Exuberance)
    return message(
        "metrics.exuberance_duration-said",
        value=_run(claim),
        level=Percent.short(params.level),
        window=params.window,
        lag=params.lag,
        null=params.null,
    )


def _say_statistic(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, Psy) and isinstance(claim.value, float)
    return message(
        "metrics.exuberance_statistic-said",
        value=Number(claim.value, 2),
        window=params.window,
        lag=params.lag,
        null="random_walk",
    )


def _say_p_value(claim: Claim, measurement: Measurement) -> Message:
    params = claim.params
    assert isinstance(params, PValue) and isinstance(claim.value, float)
    return message(
        "metrics.exuberance_p_value-said",
        value=Number(claim.value, 4),
        window=params.window,
        lag=params.lag,
        null=params.null,
    )


def say_run(statements: Sequence[Stated]) -> Message:
    """Say in one predicate that an instrument is explosive, and for how long it has been."""
    (verdict, measured), (duration, _) = statements
    params = verdict.params
    assert params == duration.params and isinstance(params, Exuberance)
    return message(
        "metrics.run",
        way=way_of(measured),
        value_2=_run(duration),
        level=Percent.short(params.level),
        window=params.window,
        lag=params.lag,
        null=params.null,
    )


def say_figures(statements: Sequence[Stated]) -> Message:
    """Say the statistic and how often a random walk reaches it in one predicate."""
    (statistic, _), (p_value, _) = statements
    params = p_value.params
    assert isinstance(params, PValue) and statistic.params == Psy(params.window, params.lag)
    assert isinstance(statistic.value, float) and isinstance(p_value.value, float)
    return message(
        "metrics.figures",
        value=Number(statistic.value, 2),
        value_2=Number(p_value.value, 4),
        window=params.window,
        lag=params.lag,
        null=params.null,
    )


def _lag(phrase: Phrase) -> int:
    written = phrase.mentions.get("lag")
    return int(written.value) if isinstance(written, Quantity) else 1  # type: ignore[arg-type]


def _null(phrase: Phrase) -> Null:
    return "wild" if phrase.words.get("wild") else "random_walk"


def _read_exuberance(phrase: Phrase) -> Draft | None:
    """Read "explosive by the PSY test"; "the 5% level" is the 95% one."""
    if not is_fact(phrase) or phrase.words.get("no"):
        return None
    written = phrase.mentions.get("level")
    level = float(written.value) if isinstance(written, Quantity) else 95.0  # type: ignore[arg-type]
    level = level if level > 50 else 100.0 - level
    return Draft(Exuberance(phrase.window(500), _lag(phrase), level, _null(phrase)))


def _read_duration(phrase: Phrase) -> Draft | None:
    read = _read_exuberance(phrase)
    return None if read is None else Draft(read.params, phrase.quantity())


def _read_number(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase):
        return None
    return Draft(Psy(phrase.window(500), _lag(phrase)), phrase.quantity())


def _read_p_value(phrase: Phrase) -> Draft | None:
    if not is_fact(phrase):
        return None
    return Draft(PValue(phrase.window(500), _lag(phrase), _null(phrase)), phrase.quantity())


_TEST = r"\b(?:PSY|G?SADF|BSADF|Phillips[-, ]+Shi(?:,? and |[-, ]+)Yu)\b"
_OF_EN = r"{span:window} with lag {number:lag}(?P<wild> by the wild bootstrap)?"
_SAMPLE_EN = rf"(?: over)? {_OF_EN}"
_SAMPLE_ZH = "{span:window}、滞后{number:lag}阶(?P<wild>、野自助法)?"


def _numbers(
    name: str, name_zh: str, read: Callable[[Phrase], Draft | None]
) -> tuple[Pattern, ...]:
    """Return the patterns of a figure of the test, by the words that name the figure."""
    return (
        en(rf"{_TEST}(?: test)?(?:'s)? {name} of {{number:value}}{_SAMPLE_EN}", read, 9),
        en(
            rf"{_TEST}(?: test)?(?:'s)? {name} (?:of|is|was|at|stands at|stood at|reached) {{number:value}}",
            read,
            6,
        ),
        zh(
            f"(?:PSY|G?SADF|BSADF)检?验?的?{name_zh}为{{number:value}}（{_SAMPLE_ZH}）",
            read,
            9,
        ),
        zh(
            f"(?:PSY|G?SADF|BSADF)检?验?的?{name_zh}(?:为|达到?|升至|是){{number:value}}",
            read,
            6,
        ),
    )


EXUBERANCE = Metric(
    key="exuberance",
    params=Exuberance,
    formula="BSADF(as_of) > critical value: the largest t-statistic of b over windows that end "
    "as_of, in dy[t] = a + b y[t-1] + c1 dy[t-1] + .. + e[t], y = log close",
    minimum="the window's sessions without a gap",
    unit="",
    decimals=0,
    measure=_exuberance,
    wording=_say,
    patterns=(
        en(
            rf"\bexplosive behaviou?r by the PSY test{_SAMPLE_EN} at the {{pct:level}} level",
            _read_exuberance,
            9,
        ),
        en(
            rf"{_TEST}[^.;]{{0,60}}?\b(?:(?P<no>no|not|n't|without)\b[^.;]{{0,20}}?)?\b(?:explosive|exuberan(?:t|ce)|explosiveness)\b"
            r"(?: behaviou?r)?(?: (?:in|of|for)(?: the)? {name})?"
            r"(?:[^.;\ue001-\ue00e]{0,30}? at the {pct:level}(?: significance| confidence)? level)?",
            _read_exuberance,
            2,
        ),
        en(
            rf"(?:(?P<no>\b(?:no|not|without)|n't)\b[^.;]{{0,20}}?)?\b(?:explosive|exuberan(?:t|ce))\b[^.;]{{0,40}}?{_TEST}",
            _read_exuberance,
            1,
        ),
        zh(
            f"PSY检验（{_SAMPLE_ZH}、{{pct:level}}水平）呈现爆炸性",
            _read_exuberance,
            9,
        ),
        zh(
            "(?:PSY|G?SADF)检?验?[^。；]{0,20}?(?:(?P<no>未|没有|不存在|并无|不)[^。；]{0,6}?)?(?:爆炸性|泡沫性)",
            _read_exuberance,
            2,
        ),
    ),
)

EXUBERANCE_DURATION = Metric(
    key="exuberance_duration",
    params=Exuberance,
    formula="sessions up to as_of since BSADF(t) last was at or below its critical value",
    minimum="the window's sessions without a gap",
    unit="sessions",
    decimals=0,
    measure=_duration,
    wording=_say_duration,
    patterns=(
        en(
            r"\brun of {duration:value} above the PSY critical value "
            rf"\({_OF_EN} at the {{pct:level}} level",
            _read_duration,
            9,
        ),
        en(
            rf"\bexplosive behaviou?r by the PSY test{_SAMPLE_EN} at the {{pct:level}} level, "
            "in a run of {duration:value} so far",
            _read_duration,
            8,
        ),
        zh(
            f"高于PSY临界值至今已持续{{duration:value}}（{_SAMPLE_ZH}、{{pct:level}}水平）",
            _read_duration,
            9,
        ),
        zh(
            f"PSY检验（{_SAMPLE_ZH}、{{pct:level}}水平）呈现爆炸性(?:行为|走势)，至今已持续{{duration:value}}",
            _read_duration,
            8,
        ),
    ),
    example=18.0,
)

EXUBERANCE_STATISTIC = Metric(
    key="exuberance_statistic",
    params=Psy,
    formula="BSADF(as_of): the largest t-statistic of b over windows that end as_of, in "
    "dy[t] = a + b y[t-1] + c1 dy[t-1] + .. + e[t], y = log close",
    minimum="the window's sessions without a gap",
    unit="",
    decimals=2,
    measure=_statistic,
    wording=_say_statistic,
    patterns=_numbers("(?:test )?statistic", "统计量", _read_number),
    example=2.31,
)

EXUBERANCE_P_VALUE = Metric(
    key="exuberance_p_value",
    params=PValue,
    formula="share of simulated series without a bubble with BSADF >= BSADF(as_of)",
    minimum="the window's sessions without a gap",
    unit="",
    decimals=4,
    measure=_p_value,
    wording=_say_p_value,
    patterns=(
        *_numbers("p[- ]?value", "[pP]值", _read_p_value),
        en(
            rf"{_TEST} statistic of {{number}}{_SAMPLE_EN} and a p-value of {{number:value}}",
            _read_p_value,
            9,
        ),
        zh(
            f"PSY统计量为{{number}}（{_SAMPLE_ZH}），p值为{{number:value}}",
            _read_p_value,
            9,
        ),
    ),
    example=0.0123,
)

METRICS = (EXUBERANCE, EXUBERANCE_DURATION, EXUBERANCE_STATISTIC, EXUBERANCE_P_VALUE)
