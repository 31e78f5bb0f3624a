"""Checking an article: read its claims, verify each, set its own numbers against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from springtide import __version__
from springtide.checking.arithmetic import Contradiction, contradictions, link_targets
from springtide.checking.context import with_context
from springtide.checking.nearest import nearest_readings
from springtide.checking.report.model import CheckReport
from springtide.checking.report.why import chosen_numbers
from springtide.checking.slack import MULTIPLES, slack_of
from springtide.checking.standing import surenesses
from springtide.checking.verify import SURE, Trial, concluded, instrument_of, tried
from springtide.checking.views import Views
from springtide.claims.model import Claim, Verdict
from springtide.errors import UsageError
from springtide.language.messages import say
from springtide.language.types import Language
from springtide.reading.document import Article, load_text, read_document
from springtide.reading.numbers.scene import lay_out
from springtide.reading.numbers.weighing import weighings
from springtide.reading.own_words import says
from springtide.reading.read import ArticleReading, read_article

if TYPE_CHECKING:
    from springtide.market.lake import Lake


SURE_OF_NUMBERS = 0.4
"""The least probability of each reading for which a target and a price rule out a move to come."""


LEAST_OF_MOVE = 0.2
"""The least probability of a move to come that its own target and the price rule out."""


def check_article(
    article: Article,
    lake: Lake,
    as_of: date | None = None,
    language: Language = "en",
    views: Views | None = None,
) -> tuple[Verdict, ...]:
    """Return a verdict for every claim of an article, in the order of its text.

    The data decide first. Where they do not know, a claim that the article's own numbers rule out
    is refuted by arithmetic; where they do, the arithmetic is added to the reason.

    Parameters
    ----------
    article
        From :func:`springtide.reading.document.read_document`.
    lake
        Where the data are.
    as_of
        The day the article speaks of, where it is not its time stamp.
    language
        Language of the reasons.
    views
        What has been read of the lake already, where several articles are checked.
    """
    return _verdicts(article, read_article(article, as_of), views or Views(lake), language)


def _verdicts(
    article: Article, reading: ArticleReading, views: Views, language: Language
) -> tuple[Verdict, ...]:
    claims = link_targets(list(reading.claims), article.source)
    ruled_out = {id(one.claim): one for one in contradictions(claims, article.source)}
    if claims:  # what they are about is read at once
        views.at(claims[0].as_of).load({claim.subject for claim in claims})

    def ours(claim: Claim) -> bool:
        return says(claim, article.source, article.language)

    trials = [
        tried(claim, views, language, ours=claim.metric in MULTIPLES and ours(claim))
        for claim in claims
    ]
    held = {id(trial.claim) for trial in trials if trial.holds}
    verdicts = []
    for claim, trial, sureness in zip(claims, trials, surenesses(trials, views, ours), strict=True):
        verdict = concluded(trial, sureness, views, language)
        contradiction = ruled_out.get(id(claim))
        if contradiction is not None:
            sure = _is_sure(contradiction, trial, held)
            verdict = _with_arithmetic(verdict, contradiction, views, language, sure=sure)
        verdicts.append(with_context(verdict, claims, views, language))
    return tuple(verdicts)


def _is_sure(contradiction: Contradiction, trial: Trial, held: set[int]) -> bool:
    """Say whether the numbers of a contradiction are what was read.

    A number that the data support is; so is a move to come where the text's own target and the
    price on file rule it out as well, whichever way its sentence is read.
    """
    claim = contradiction.claim
    is_move = claim.metric == "implied_move"
    least = SURE_OF_NUMBERS if is_move else SURE
    told = claim.confidence >= LEAST_OF_MOVE
    twice = is_move and told and trial.holds is False and all(one.live for one in trial.open)
    others = (one.confidence >= least or id(one) in held for one in contradiction.others)
    return (claim.confidence >= least or twice) and all(others)


def _with_arithmetic(
    verdict: Verdict,
    contradiction: Contradiction,
    views: Views,
    language: Language,
    *,
    sure: bool,
) -> Verdict:
    reason = contradiction.reason(language)
    if verdict.label == "supported" or not sure or _is_nearly(verdict, views):
        return verdict
    if verdict.label == "refuted":
        return replace(verdict, reason=reason + say("check.semicolon", language) + verdict.reason)
    instrument = instrument_of(verdict.claim, views)
    nearest = nearest_readings(verdict.claim, instrument, views, language) if instrument else ()
    return replace(verdict, label="refuted", reason=reason, nearest=nearest)


def _is_nearly(verdict: Verdict, views: Views) -> bool:
    """Say whether a figure is off by what vendors and rounding explain: sums of it are as well."""
    claim, measurement = verdict.claim, verdict.measurement
    instrument = instrument_of(claim, views)
    if verdict.label == "refuted" or measurement is None or instrument is None:
        return False
    return slack_of(claim, measurement, instrument, views.at(claim.as_of)) in ("vendor", "rounding")


def check_file(
    path: Path,
    lake: Lake,
    as_of: date | None = None,
    language: Language | None = None,
    views: Views | None = None,
) -> CheckReport:
    """Check the article in a file.

    Parameters
    ----------
    path
        Markdown with front matter, HTML or plain text.
    lake, as_of, language, views
        As for :func:`check_text`.

    Raises
    ------
    DataError
        The file cannot be read as text.
    UsageError
        Neither the article nor ``as_of`` says which day it speaks of.
    """
    return check_text(load_text(path), path.name, lake, as_of, language, views)


def check_text(
    text: str,
    name: str,
    lake: Lake,
    as_of: date | None = None,
    language: Language | None = None,
    views: Views | None = None,
) -> CheckReport:
    """Check the article in a text.

    Parameters
    ----------
    text
        Markdown with front matter, HTML or plain text.
    name
        What the report calls it.
    lake
        Where the data are.
    as_of
        The day the article speaks of, where it is not its time stamp.
    language
        Language of the report, where it is not that of the article.
    views
        What has been read of the lake already, where several articles are checked.

    Raises
    ------
    UsageError
        Neither the article nor ``as_of`` says which day it speaks of.
    """
    article = read_document(text)
    spoken = language or article.language
    reading = read_article(article, as_of)
    verdicts = _verdicts(article, reading, views or Views(lake), spoken)
    published = article.published.date() if article.published else None
    title = next((block.text for block in article.blocks if block.kind == "title"), "")
    return CheckReport(
        source=name,
        text=text,
        as_of=as_of or published,
        language=spoken,
        verdicts=verdicts,
        versions=tuple(sorted(lake.versions().items())),
        software=f"springtide {__version__}",
        title=title,
        published=published,
        notes=article.notes,
        numbers=reading.numbers,
        claim_of=reading.claim_of,
        blocks=article.blocks,
        url=article.url,
        author=article.author,
    )


def explained(report: CheckReport, asked: str = "", as_of: date | None = None) -> CheckReport:
    """Return a check with what was weighed for the numbers that are asked for.

    Parameters
    ----------
    report
        From :func:`check_text`.
    asked
        The number as printed, words around it, or an offset into the text; "" for all numbers.
    as_of
        The day that was given to the check.

    Raises
    ------
    UsageError
        No number is meant by it.
    """
    wanted = set(chosen_numbers(report, asked))
    if not wanted:
        raise UsageError(
            "No number of the article is meant",
            given=f"--explain {asked!r}",
            allowed="a number as it is printed, words around it, or an offset into the text",
            hint="--explain alone explains every number",
        )
    scene = lay_out(read_document(report.text), as_of)
    every = weighings(scene, report.numbers)
    return replace(
        report, weighings=tuple(one if i in wanted else () for i, one in enumerate(every))
    )
