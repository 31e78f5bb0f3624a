"""The command that keeps score of calls, and how an outlook's are filed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from springtide.cli.analysis import as_day, open_view
from springtide.cli.options import Json, LakeAddress, open_lake
from springtide.cli.output import print_rich, print_table, progress

if TYPE_CHECKING:
    from springtide.calls.outcomes import Score
    from springtide.claims.model import Claim, Outcome
    from springtide.market.types import Instrument
    from springtide.outlook.model import Outlook

Written = Literal["en", "zh-cn"]

_WORDS: Mapping[Written, Mapping[str, str]] = {
    "en": {
        "none": "No calls are on file that were made by {day}. File some with: "
        "springtide outlook SUBJECT --as-of DATE --file",
        "made": "made",
        "subject": "subject",
        "call": "call",
        "due": "due",
        "source": "source",
        "chance": "chance",
        "came": "came",
        "decided": "decided",
        "brier": "Brier score",
        "True": "yes",
        "False": "no",
        "None": "open",
        "open": "open",
        "beside": "same calls: own",
        "base": "base rates",
        "on": "of",
        "days": "dates",
        "subjects": "instruments",
        "limits": "Brier score: the mean squared distance of the chance from what came, 0 the "
        "best. Calls of one date, or whose horizons overlap, are not independent cases. A top is "
        "known only by the fall after it, a higher close at once: while many are open, the "
        "decided ones are not like all.",
        "due_and_open": "Past due and still open for want of:",
        "late": "{late} of {all} calls were put on file more than a day after the date that they "
        "are made as of, when some of what came was known.",
    },
    "zh-cn": {
        "none": "截至{day}没有存档的预测。存档方法：springtide outlook SUBJECT --as-of DATE --file",
        "made": "作出日期",
        "subject": "标的",
        "call": "预测",
        "due": "到期",
        "source": "来源",
        "chance": "概率",
        "came": "结果",
        "decided": "已有结果",
        "brier": "布赖尔分数",
        "True": "是",
        "False": "否",
        "None": "待定",
        "open": "待定",
        "beside": "同一批预测：自身",
        "base": "基准频率",
        "on": "数目",
        "days": "日期数",
        "subjects": "标的数",
        "limits": "布赖尔分数：概率与结果之差的平方的平均，0为最佳。"
        "同一日期或期限重叠的预测并非相互独立。顶部须待其后回落才能确认，而新高即刻可知："
        "待定者尚多时，已有结果者不能代表全部。",
        "due_and_open": "已到期而仍待定：",
        "late": "{all}条预测中有{late}条在其日期一日以后才存档，彼时部分结果已知。",
    },
}


def calls(
    *,
    as_of: Annotated[
        date | None,
        Parameter(
            name="--as-of",
            converter=as_day,
            help="Calls made by this day, decided by the data known then; today by default.",
        ),
    ] = None,
    subject: Annotated[
        str | None, Parameter(help="Of one instrument, by identifier, name or symbol.")
    ] = None,
    lang: Annotated[Written, Parameter(help="Language of the answer.")] = "en",
    lake: LakeAddress = None,
    json: Json = False,
) -> int:
    """List the calls on file, what came of them, and how well their sources did.

    A call is a claim about what is to come with the probability given to it, filed by
    `springtide outlook SUBJECT --as-of DATE --file`. Once the data decide it, it is scored; until
    then it is open. Sources are held against base rates on the calls that both made.

    For example:

    ```console
    springtide calls --as-of 2018-12-31
    ```
    """
    from springtide.calls.ledger import load
    from springtide.calls.outcomes import calls_json, score, settle

    day = as_of or date.today()
    view = open_view(lake, day)
    wanted = None if subject is None else view.instrument(subject).id
    found = load(view, wanted)
    for why in found.refused:
        print(f"note: {why}", file=sys.stderr)
    with progress("Settling") as report:
        outcomes = settle(view, found.calls, report)
    scores = score(outcomes)
    if json:
        from springtide import __version__
        from springtide.claims.schema import to_text

        print(to_text(calls_json(view, outcomes, scores, f"springtide {__version__}")), end="")
    elif outcomes:
        _print(outcomes, scores, day, lang)
    else:
        print(_WORDS[lang]["none"].format(day=day))
    return 1 if found.refused else 0


def file_outlook(outlook: Outlook, instrument: Instrument, lake: str | None) -> bool:
    """File what an outlook says, say what became of it, and whether nothing was refused."""
    from springtide.calls.forecasts import from_outlook
    from springtide.calls.ledger import file

    made = from_outlook(outlook, instrument)
    if not made:
        print("No calls to file: the outlook gives no probabilities", file=sys.stderr)
        return True
    filed = file(open_lake(lake), made)
    for why in filed.refused:
        print(f"Not filed: {why}", file=sys.stderr)
    print(
        f"Filed {_counted(filed.new)} of {len(made)}; {filed.known} on file already, "
        f"{len(filed.refused)} refused",
        file=sys.stderr,
    )
    return not filed.refused


def _counted(number: int) -> str:
    return "1 new call" if number == 1 else f"{number} new calls"


def _print(outcomes: Sequence[Outcome], scores: Sequence[Score], day: date, lang: Written) -> None:
    words = _WORDS[lang]
    keys = ("made", "subject", "call", "due", "source", "chance", "came", "decided", "brier")
    heads = [words[key] for key in keys]
    right = [words["chance"], words["brier"]]
    print_table(heads, [_row(one, lang) for one in outcomes], right=right)
    print()
    _print_awaited(outcomes, day, lang)
    keys = ("source", "decided", "open", "days", "subjects", "brier", "beside", "base", "on")
    heads = [words[key] for key in keys]
    print_table(heads, [_score_row(one, lang) for one in scores], right=heads[1:])
    print()
    print_rich(words["limits"])
    late = sum(one.late for one in scores)
    if late:
        print_rich(words["late"].format(late=late, all=len(outcomes)))


def _print_awaited(outcomes: Sequence[Outcome], day: date, lang: Written) -> None:
    """Say which data the calls need whose horizon has ended and which are not decided."""
    due = [
        one.measurement.missing if lang == "en" else one.measurement.missing_zh
        for one in outcomes
        if one.happened is None and one.call.due is not None and one.call.due < day
    ]
    if due:
        print_rich(_WORDS[lang]["due_and_open"])
        for reason in dict.fromkeys(due):
            print_rich(f"- {reason}")
        print()


def _row(one: Outcome, lang: Written) -> list[str]:
    from springtide.outlook.words import probability_percent

    call = one.call
    return [
        str(call.made),
        call.claim.subject,
        _claim_in_words(call.claim, lang),
        str(call.due or "—"),
        call.source,
        probability_percent(call.probability, lang),
        _WORDS[lang][str(one.happened)],
        str(one.decided_on or "—"),
        _number(one.brier, lang),
    ]


def _claim_in_words(claim: Claim, lang: Written) -> str:
    """Return the metric's title and the value: "New high within a horizon: 60 sessions"."""
    from springtide.language.format import format_number, format_percent
    from springtide.metrics.registry import get

    title = get(claim.metric).title[lang]
    if claim.value is None:
        return title
    values = claim.value if isinstance(claim.value, tuple) else (claim.value,)
    digits = 0 if all(value.is_integer() for value in values) else 2
    if claim.unit == "%":
        written = [format_percent(value, digits, lang) for value in values]
    else:
        written = [format_number(value, digits, lang) for value in values]
    sign = claim.comparator if claim.comparator in ("~", ">", "<") else ""
    unit = _UNITS[lang].get(claim.unit, f" {claim.unit}" if claim.unit else "")
    return f"{title}{': ' if lang == 'en' else '：'}{sign}{'–'.join(written)}{unit}"


_UNITS: Mapping[Written, Mapping[str, str]] = {
    "en": {"%": "", "sessions": " sessions", "points": " points"},
    "zh-cn": {"%": "", "sessions": "个交易日", "points": "点"},
}


def _score_row(one: Score, lang: Written) -> list[str]:
    beside = one.beside
    return [
        one.source,
        str(one.decided),
        str(one.undecided),
        str(one.days),
        str(one.subjects),
        _number(one.brier, lang),
        *(
            ["—"] * 3
            if beside is None
            else [
                _number(beside.brier, lang),
                _number(beside.base_rates, lang),
                str(beside.decided),
            ]
        ),
    ]


def _number(value: float | None, lang: Written) -> str:
    from springtide.language.format import format_number

    return "—" if value is None else format_number(value, 3, lang)
