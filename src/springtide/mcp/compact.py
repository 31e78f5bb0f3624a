"""Results in few words: what a language model needs of them, and nothing twice.

A client pays for every token that it reads. So figures are rounded as they would be printed, what
is as expected is counted and not listed, and what is wrong comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from springtide.brief.model import Section
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.library.results import Calls, Check, Measurement
from springtide.market.types import Instrument

_ORDER = {"refuted": 0, "not_enough_information": 1, "supported": 2}
Only = Literal["not_supported", "refuted", "all"]

_ROWS = 6
_DIGITS = 6
Json = dict[str, Any]


def of_check(check: Check, only: Only) -> Json:
    """Return the verdicts of a draft: counts, and the claims asked for with what to say instead.

    Examples
    --------
    >>> import tempfile, springtide
    >>> lake = springtide.create(tempfile.mkdtemp())
    >>> of_check(lake.check(text="Nothing here.", asof="2025-02-13"), "all")["supported"]
    0
    """
    whole = check.to_dict()
    shown = [each for each in whole["claims"] if _wanted(each["verdict"], only)]
    return {
        "as_of": whole["as_of"],
        "supported": check.count("supported"),
        "refuted": check.count("refuted"),
        "not_enough": check.count("not_enough_information"),
        "numbers_read": len(whole["numbers"]),
        "claims": [_claim(each) for each in sorted(shown, key=lambda one: _ORDER[one["verdict"]])],
    }


def _wanted(verdict: str, only: Only) -> bool:
    if only == "all":
        return True
    return verdict == "refuted" if only == "refuted" else verdict != "supported"


def _claim(claim: Mapping[str, Any]) -> Json:
    """Return a claim: its words, the verdict, what was measured, and the nearest true reading."""
    short: Json = {"quote": claim["quote"], "verdict": claim["verdict"]}
    measured = claim.get("measured")
    if measured and claim["verdict"] == "refuted":
        short["measured"] = f"{_number(measured['value'])}{_unit(measured['unit'])}"
    elif claim["verdict"] != "supported":
        short["why"] = claim["reason"]
    nearest = claim.get("nearest") or []
    if claim["verdict"] == "refuted" and nearest:
        short["true_reading"] = nearest[0]["sentence"]
    return short


def _number(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.{_DIGITS}g}" if isinstance(value, float | int) else str(value)


def _unit(unit: str) -> str:
    return unit if unit in ("", "%", "x") else f" {unit}"


def of_measurement(measured: Measurement) -> Json:
    """Return a value with its unit, formula and first rows, or which data are missing."""
    whole = measured.to_dict()
    evidence = whole["evidence"]
    short: Json = {
        "metric": whole["metric"], "subject": whole["subject"], "as_of": whole["as_of"],
        "params": whole["params"],
    }  # fmt: skip
    if measured.value is None:
        return {**short, "missing": measured.missing_in(measured.language)}
    return {
        **short,
        "value": whole["value"],
        "unit": whole["unit"],
        "formula": evidence["formula"],
        "rows": [
            f"{row['subject']} {row['field']} {row['date']} {_number(row['value'])} "
            f"({row['source']})"
            for row in evidence["rows"][:_ROWS]
        ],
        "windows": [
            f"{each['subject']} {each['field']} {each['first']} to {each['last']}, "
            f"{each['count']} rows"
            for each in evidence["windows"][:_ROWS]
        ],
    }


def of_sections(title: str, sections: Sequence[Section], language: Language) -> str:
    """Return the sentences of a brief or an outlook under their headings."""
    parts = [f"# {title}"]
    for section in sections:
        space = say("format.space", language)
        said = space.join(sentence.text[language].strip() for sentence in section.sentences)
        if said:
            parts.append(f"## {section.heading[language]}\n{said}")
    return "\n\n".join(parts)


def of_calls(calls: Calls) -> Json:
    """Return the calls on file with what came of them."""
    whole = calls.to_dict()
    return {"as_of": whole["as_of"], "calls": whole["calls"], "scores": whole["scores"]}


def of_instrument(one: Instrument) -> Json:
    """Return what an instrument is called and what it is."""
    return {
        "id": one.id,
        "names": list(dict.fromkeys(names[0] for names in one.names.values())),
        "kind": one.kind,
        "currency": one.currency,
    }
