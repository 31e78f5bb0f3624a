"""The fixed scale of words for probabilities, in every language, and how they are printed.

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
from typing import Literal

from springtide.language.format import rounded
from springtide.language.messages import LANGUAGES, Message, Percent, message, say


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the scale: whole per cent from ``low`` to ``high``, both included."""

    low: int
    high: int
    name: str

    @property
    def words(self) -> Message:
        """The words of the step."""
        return message("outlook.likelihood", step=self.name)


SCALE = (
    Step(0, 4, "almost-none"),
    Step(5, 19, "very-unlikely"),
    Step(20, 33, "unlikely"),
    Step(34, 44, "rather-not"),
    Step(45, 55, "even"),
    Step(56, 66, "rather"),
    Step(67, 80, "likely"),
    Step(81, 95, "very-likely"),
    Step(96, 100, "almost-certain"),
)
"""From 0 to 100 without a gap; a probability and its opposite stand on opposite steps."""


def probability_words(p: float) -> Message:
    """Return the words for a probability, by the whole per cent that is printed beside them.

    Parameters
    ----------
    p
        From 0 to 1.

    Raises
    ------
    ValueError
        It is not from 0 to 1.

    Examples
    --------
    >>> [probability_words(0.51).text(each) for each in ("en", "zh-cn", "zh-hk")]
    ['about even', '机会大致各半', '一半一半']
    >>> probability_words(0.554).text("en"), probability_words(0.556).text("en")
    ('about even', 'more likely than not')
    """
    whole = _whole(p)
    return next(step for step in SCALE if whole <= step.high).words


def probability_percent(p: float) -> Message:
    """Return a probability in whole per cent, without a false 0% or 100%.

    Raises
    ------
    ValueError
        It is not from 0 to 1.

    Examples
    --------
    >>> probability_percent(0.514).text("en"), probability_percent(0.004).text("en")
    ('51%', 'under 1%')
    >>> [probability_percent(0.996).text(each) for each in ("en", "zh-cn", "zh-hk")]
    ['over 99%', '超过99%', '逾99%']
    """
    whole, edge = _whole(p), edge_of(p)
    printed = {"under": 1, "over": 99}.get(edge, whole)
    return message("outlook.percent", edge=edge, percent=Percent(printed))


def edge_of(p: float) -> Literal["under", "over", "within"]:
    """Return whether a probability is printed as under 1%, as over 99%, or as it is.

    Examples
    --------
    >>> edge_of(0.004), edge_of(0.5), edge_of(0.996)
    ('under', 'within', 'over')
    """
    return "under" if p < 0.01 else "over" if p > 0.99 else "within"


def probability(p: float) -> Message:
    """Return a probability as a sentence prints it: the number, and its words in brackets.

    Raises
    ------
    ValueError
        It is not from 0 to 1.

    Examples
    --------
    >>> [probability(0.14).text(each) for each in ("en", "zh-cn", "zh-hk")]
    ['14% (very unlikely)', '14%（很不可能）', '14%（可能性很低）']
    """
    return message(
        "outlook.probability", percent=probability_percent(p), words=probability_words(p)
    )


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

"""

_PAGE_FOOT = """
Nothing is printed as 0% or 100%: {edges} stand instead.

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
    names = " | ".join(say("format.language", language) for language in LANGUAGES)
    head = f"| probability | {names} |\n| --- |{' --- |' * len(LANGUAGES)}\n"
    rows = "".join(
        f"| {one.low} to {one.high}% | {' | '.join(map(one.words.text, LANGUAGES))} |\n"
        for one in SCALE
    )
    under, over = (
        ", ".join(f'"{probability_percent(p).text(language)}"' for language in LANGUAGES)
        for p in (0.0, 1.0)
    )
    foot = _PAGE_FOOT.format(edges=f"{under} and {over}")
    return _PAGE_HEAD + head + rows + foot
