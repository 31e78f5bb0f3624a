"""Volume in shares, whatever a vendor counts: shares, lots of 100, ten thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from springtide.market.sources import cells, headers

if TYPE_CHECKING:
    import polars as pl

# Amount over volume times close, of the same figures: what both are counted in tells it. Vendors
# pair shares or lots with units, thousands or ten thousands of money.
_TOLD = (
    (100.0, 100.0, "lots of 100"),
    (0.1, 100.0, "lots of 100, and the amount thousands"),
    (0.01, 100.0, "lots of 100, and the amount ten thousands"),
)
_NEAR = 0.2


def in_shares(
    frame: pl.DataFrame, name: str, amount_name: str | None, texts: pl.Series, notes: list[str]
) -> pl.DataFrame:
    """Bring volume to shares: by its own unit, that of its column, or the amount traded beside it.

    Eastmoney and Tushare count lots of 100 for mainland shares and say so nowhere; amount divided
    by close and volume shows it.

    Parameters
    ----------
    frame
        With ``volume`` and ``close``, and ``amount`` where there is one.
    name, amount_name
        What the columns are called in the file.
    texts
        The cells of volume, which may carry a unit (11.35万手).
    notes
        Takes a note where the unit was not told by name.

    Examples
    --------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"close": [20.9], "volume": [18345.0], "amount": [38010.5]})
    >>> notes = []
    >>> in_shares(rows, "vol", "amount", rows["volume"], notes)["volume"].to_list(), notes
    ([1834500.0], ['column vol counts lots of 100, and the amount thousands: now shares'])
    """
    import polars as pl

    if len(frame) > 1 and bool((frame["volume"] == 0).all()):
        notes.append(f"column {name} is 0 in every row: read as unknown")
        return frame.with_columns(pl.lit(None, dtype=pl.Float64).alias("volume"))
    factor = 1.0 if cells.are_lots(texts) else headers.shares_factor(name)
    if factor == 1.0 and amount_name is not None and not cells.are_lots(texts):
        told = frame.filter((pl.col("volume") > 0) & (pl.col("close") > 0))
        money = told["amount"] * headers.money_factor(amount_name)
        ratio = (money / (told["volume"] * told["close"])).median()
        for expected, lots, words in _TOLD:
            if isinstance(ratio, float) and abs(ratio / expected - 1) < _NEAR:
                factor = lots
                notes.append(f"column {name} counts {words}: now shares")
    return frame.with_columns(pl.col("volume") * factor) if factor != 1.0 else frame
