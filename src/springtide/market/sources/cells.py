"""Figures as vendors write them in cells: separators, scales, currencies, words for "unknown"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from springtide.language.script import normalise

if TYPE_CHECKING:
    import polars as pl

_MAGNITUDES = {
    "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12,
}  # fmt: skip
UNKNOWN = ("", "-", "--", "---", "n/a", "na", "nan", "null", "none", "#n/a", "nil", ".")
_CURRENCY = r"(?i)(?:hk|us|nt|a|s|c|r)?[$¥€£₩₹]|\b(?:hkd|usd|cny|rmb|jpy|eur|gbp)\b"
_LOT = 100.0


def parse_numbers(texts: pl.Series, *, decimal_comma: bool = False) -> pl.Series:
    """Read figures: plain, with thousands separators, with K, M, B, 万 or 亿, in lots (手).

    Texts that mean "unknown" (empty, ``-``, ``N/A``) and texts that are no number both become null;
    :func:`is_unknown` tells them apart. What is too large for a number (1e309) is none.

    Examples
    --------
    >>> import polars as pl
    >>> parse_numbers(pl.Series(["21,814.37", "1.2M", "1.05亿", "-", "x", "1e309"])).to_list()
    [21814.37, 1200000.0, 105000000.0, None, None, None]
    >>> parse_numbers(pl.Series(["HK$12.5", "11.35万手", "300股"])).to_list()
    [12.5, 11350000.0, 300.0]
    >>> parse_numbers(pl.Series(["21.814,37"]), decimal_comma=True).to_list()
    [21814.37]
    """
    import polars as pl

    if texts.dtype.is_numeric():
        return _finite(texts.cast(pl.Float64))
    if not decimal_comma:
        quick = texts.cast(pl.Float64, strict=False)
        if quick.null_count() == texts.null_count():
            return _finite(quick)
    plain = pl.Series(
        [normalise(text) if text and not text.isascii() else text for text in texts.to_list()],
        dtype=pl.String,
    )
    plain = plain.str.replace_all(_CURRENCY, "").str.replace_all(r"[\s'，]", "")
    if decimal_comma:
        plain = plain.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    else:
        plain = plain.str.replace_all(",", "", literal=True)
    parts = plain.str.to_lowercase().str.extract_groups(
        r"^([+-]?[\d.]+(?:e[+-]?\d+)?)(k|m|b|t|万亿|万|亿)?(手|股|元|点)?$"
    )
    fields = parts.struct.unnest()
    number = fields["1"].cast(pl.Float64, strict=False)
    scale = fields["2"].replace_strict(_MAGNITUDES, default=1.0, return_dtype=pl.Float64)
    lots = pl.DataFrame({"unit": fields["3"]}).select(
        pl.when(pl.col("unit") == "手").then(_LOT).otherwise(1.0)
    )
    return _finite(number * scale.fill_null(1.0) * lots.to_series())


def _finite(numbers: pl.Series) -> pl.Series:
    import polars as pl

    if not numbers.is_infinite().any():
        return numbers
    name = numbers.name
    return numbers.to_frame().select(pl.when(~pl.col(name).is_infinite()).then(name)).to_series()


def magnitude(texts: pl.Series) -> float:
    """Return the largest scale that stands beside figures: 1e8 where any is in 亿, else 1.

    Examples
    --------
    >>> import polars as pl
    >>> magnitude(pl.Series(["1.05亿", "300万"])), magnitude(pl.Series(["21,814.37"]))
    (100000000.0, 1.0)
    """
    import polars as pl

    if texts.dtype != pl.String:
        return 1.0
    plain = texts.str.strip_chars().str.to_lowercase()
    used = [size for name, size in _MAGNITUDES.items() if plain.str.ends_with(name).any()]
    return max(used, default=1.0)


def are_lots(texts: pl.Series) -> bool:
    """Tell whether figures carry their own unit of volume (手, 股)."""
    import polars as pl

    return texts.dtype == pl.String and bool(texts.str.contains("[手股]$").any())


def is_unknown(texts: pl.Series) -> pl.Series:
    """Tell the texts that say that a figure is not known."""
    import polars as pl

    if texts.dtype != pl.String:
        return texts.is_null()
    return texts.is_null() | texts.str.strip_chars().str.to_lowercase().is_in(UNKNOWN)


def signs_of_currency(texts: pl.Series) -> tuple[str, ...]:
    """Return the different signs of currency that figures carry, those with none left out.

    Examples
    --------
    >>> import polars as pl
    >>> signs_of_currency(pl.Series(["$118.30", "HK$117.1", "118"]))
    ('$', 'HK$')
    """
    import polars as pl

    if texts.dtype != pl.String:
        return ()
    signs = texts.str.extract(rf"({_CURRENCY})").drop_nulls().str.to_uppercase().unique()
    return tuple(sorted(signs.to_list()))


def uses_decimal_comma(texts: pl.Series) -> bool:
    """Tell whether figures are written as on the European continent: 21.814,37.

    Examples
    --------
    >>> import polars as pl
    >>> uses_decimal_comma(pl.Series(["21.814,37", "999,5"]))
    True
    >>> uses_decimal_comma(pl.Series(["21,814.37", "1,000"]))
    False
    """
    import polars as pl

    if texts.dtype != pl.String:
        return False
    texts = texts.drop_nulls()
    continental = texts.str.contains(r"^\s*[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+\s*$")
    grouped = texts.str.contains(r"^\s*[+-]?\d{1,3}(,\d{3})+\s*$")
    with_point = texts.str.contains(r"\.\d{1,2}$|\.\d{4,}$|,\d{3}\.")
    return bool((continental & ~grouped).any()) and not bool(with_point.any())
