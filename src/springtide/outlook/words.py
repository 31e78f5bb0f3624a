"""The fixed scale of words for probabilities, in both languages, and how they are printed.

The scale is that of the intelligence community (Office of the Director of National Intelligence,
Intelligence Community Directive 203, *Analytic Standards*, 2015), whose words do not overlap. Its
wide bands "unlikely" (20 to 45%) and "likely" (55 to 80%) are split near a third and two thirds,
where the scale of the Intergovernmental Panel on Climate Change has "unlikely" end and "likely"
begin (Mastrandrea et al. 2010, *Guidance Note for Lead Authors of the IPCC Fifth Assessment Report
on Consistent Treatment of Uncertainties*). Readers understand such words far more alike when the
number stands beside them (Budescu et al. 2014, doi:10.1038/nclimate2194), so it always does.
"""

from __future__ import annotations

from dataclasses import dataclass

from springtide.language.format import format_percent, rounded
from springtide.language.types import Language


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the scale: whole per cent from ``low`` to ``high``, both included."""

    low: int
    high: int
    en: str
    zh: str


SCALE = (
    Step(0, 4, "almost no chance", "几乎不可能"),
    Step(5, 19, "very unlikely", "很不可能"),
    Step(20, 33, "unlikely", "不太可能"),
    Step(34, 44, "less likely than not", "可能性略低于一半"),
    Step(45, 55, "about even", "机会大致各半"),
    Step(56, 66, "more likely than not", "可能性略高于一半"),
    Step(67, 80, "likely", "较有可能"),
    Step(81, 95, "very likely", "很可能"),
    Step(96, 100, "almost certain", "几乎肯定"),
)
"""From 0 to 100 without a gap; a probability and its opposite stand on opposite steps."""


def probability_words(p: float, language: Language) -> str:
    """Return the words for a probability, by the whole per cent that is printed beside them.

    Parameters
    ----------
    p
        From 0 to 1.
    language
        ``en``; any other gives the Chinese words.

    Raises
    ------
    ValueError
        It is not from 0 to 1.

    Examples
    --------
    >>> probability_words(0.51, "en"), probability_words(0.51, "zh-cn")
    ('about even', '机会大致各半')
    >>> probability_words(0.554, "en"), probability_words(0.556, "en")
    ('about even', 'more likely than not')
    """
    whole = _whole(p)
    step = next(step for step in SCALE if whole <= step.high)
    return step.en if language == "en" else step.zh


def probability_percent(p: float, language: Language) -> str:
    """Return a probability in whole per cent, without a false 0% or 100%.

    Raises
    ------
    ValueError
        It is not from 0 to 1.

    Examples
    --------
    >>> probability_percent(0.514, "en"), probability_percent(0.004, "en")
    ('51%', 'under 1%')
    >>> probability_percent(0.996, "en"), probability_percent(0.996, "zh-cn")
    ('over 99%', '超过99%')
    """
    whole = _whole(p)
    if p < 0.01:
        return "under 1%" if language == "en" else "不到1%"
    if p > 0.99:
        return "over 99%" if language == "en" else "超过99%"
    return format_percent(whole, 0, language)


def probability(p: float, language: Language) -> str:
    """Return a probability as a sentence prints it: the number, and its words in brackets.

    Raises
    ------
    ValueError
        It is not from 0 to 1.

    Examples
    --------
    >>> probability(0.14, "en"), probability(0.14, "zh-cn")
    ('14% (very unlikely)', '14%（很不可能）')
    """
    number, words = probability_percent(p, language), probability_words(p, language)
    return f"{number} ({words})" if language == "en" else f"{number}（{words}）"


_ROUNDING = 1e-9
"""By how much sums of probabilities may miss 0 or 1."""


def _whole(p: float) -> int:
    if not -_ROUNDING <= p <= 1.0 + _ROUNDING:
        raise ValueError(f"not a probability: {p!r} (allowed: 0 to 1)")
    return int(rounded(100.0 * p, 0))


_PAGE_HEAD = """\
# Words for probabilities

Where Springtide prints a probability of what is to come, it prints the number, in whole per cent,
and beside it these words. They follow the printed number, so the same number never has two words.

| probability | English | 中文 |
| --- | --- | --- |
"""

_PAGE_FOOT = """
Nothing is printed as 0% or 100%: "under 1%" (不到1%) and "over 99%" (超过99%) stand instead.

The steps are those of the intelligence community (Office of the Director of National Intelligence,
Intelligence Community Directive 203, *Analytic Standards*, 2015), which do not overlap. Its two
wide ones, "unlikely" from 20 to 45% and "likely" from 55 to 80%, are each split in two near a third
and two thirds, where "unlikely" ends and "likely" begins with the Intergovernmental Panel on
Climate Change (Mastrandrea et al. 2010, *Guidance Note for Lead Authors of the IPCC Fifth
Assessment Report on Consistent Treatment of Uncertainties*).

Words alone are understood very differently by different people and in different languages, and much
more alike with numbers beside them (Budescu et al. 2014,
[doi:10.1038/nclimate2194](https://doi.org/10.1038/nclimate2194)).

How the probabilities themselves come about: [How long can it last?](../explanation/outlook.md)
"""


def scale_markdown() -> str:
    """Return the page of the documentation that states the scale."""
    rows = "".join(f"| {one.low} to {one.high}% | {one.en} | {one.zh} |\n" for one in SCALE)
    return _PAGE_HEAD + rows + _PAGE_FOOT
