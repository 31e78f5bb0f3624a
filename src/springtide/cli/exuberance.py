"""The command that tests for a bubble: both tests and how often they raise a false alarm."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from springtide.cli.analysis import AsOf, open_day
from springtide.cli.options import Json, LakeAddress
from springtide.cli.output import print_json, print_parts, progress
from springtide.language.types import Language


def exuberance(
    subject: str,
    /,
    *,
    as_of: AsOf = None,
    window: int | None = None,
    bootstrap: Annotated[bool, Parameter(negative=(), show_default=False)] = False,
    lang: Annotated[Language, Parameter(help="Language of the answer.")] = "en",
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """Test an instrument for a bubble as of a date, with the rate of false alarms.

    Two tests: PSY (Phillips, Shi and Yu), whether the price grows faster than chance would have it,
    and LPPLS, in how many windows it has the shape of a bubble and when that would end. Beside
    every alarm stands how often it goes off without a bubble. Sees only what was known on that
    date. The first answer for a date takes some seconds, and is kept.

    For example:

    ```console
    springtide exuberance SPX --as-of 2018-01-26
    ```

    Parameters
    ----------
    subject
        An instrument by identifier, name or symbol.
    window
        Sessions that the PSY test looks at: 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500 or
        2000. Without it the most up to 500 that are there, as in a brief.
    bootstrap
        Judge PSY by the wild bootstrap of the closes themselves, which keeps their changing
        volatility, and not by random walks.
    """
    from springtide.brief.bubble_tests import bubble_tests
    from springtide.metrics.asof import check_close
    from springtide.metrics.params import params_from_text
    from springtide.metrics.registry import get
    from springtide.metrics.simulated import reporting

    if window is not None:
        params_from_text(get("exuberance").params, {"window": str(window)})
    view, instrument = open_day(lake, subject, as_of)
    check_close(view, instrument)
    with progress("Testing") as report:
        at = ""

        def tell(title: str) -> None:
            nonlocal at
            at = title

        with reporting(lambda done, total: report(at, done, total)):
            judge: Literal["wild", "random_walk"] = "wild" if bootstrap else "random_walk"
            tests = bubble_tests(view, instrument, window, judge, tell)
    if json:
        from springtide.brief.render.json import exuberance_json

        print_json(exuberance_json(tests, instrument.id, view.as_of, lang))
    else:
        from springtide.brief.render.exuberance import exuberance_parts

        print_parts(exuberance_parts(tests, instrument, view.as_of, lang))
    return 0 if any(one.value is not None for one in tests.measurements) else 1
