"""A chart of what came of a call, in characters: the closes that followed, and its level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

WIDTH, HEIGHT = 60, 9


def text_chart(
    days: Sequence[date], closes: Sequence[float], level: float | None, decided: date | None
) -> list[str]:
    """Draw closes as points over time, a level as a line, and the deciding close as a ring.

    Parameters
    ----------
    days, closes
        Of the sessions from the day of the call on, two at least.
    level
        Where it is about one.
    decided
        The session whose close decided it.

    Returns
    -------
    list of str
        The lines, prices at the left; the days stand below.

    Examples
    --------
    >>> days = [date(2025, 2, 13), date(2025, 2, 14), date(2025, 2, 17)]
    >>> for line in text_chart(days, [100.0, 104.0, 110.0], 105.0, days[2])[:2]:
    ...     print(line.rstrip())
       110.00 ┤                                                           ◉
       108.75 ┤
    """
    if len(closes) < 2:
        return []
    prices = [*closes, *([level] if level is not None else [])]
    low, high = min(prices), max(prices)
    spread = high - low or 1.0
    grid = [[" "] * WIDTH for _ in range(HEIGHT)]

    def row(price: float) -> int:
        return round((high - price) / spread * (HEIGHT - 1))

    if level is not None:
        grid[row(level)] = ["╌"] * WIDTH
    for i, (day, close) in enumerate(zip(days, closes, strict=True)):
        x = round(i / (len(closes) - 1) * (WIDTH - 1))
        if grid[row(close)][x] != "◉":
            grid[row(close)][x] = "◉" if day == decided else "•"
    lines = [
        f"{high - k / (HEIGHT - 1) * spread:>9,.2f} ┤{''.join(cells)}"
        for k, cells in enumerate(grid)
    ]
    first, last = str(days[0]), str(days[-1])
    return [*lines, " " * 11 + first + last.rjust(WIDTH - len(first))]
