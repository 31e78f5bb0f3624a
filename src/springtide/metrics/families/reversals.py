"""Reversals within the session: up in the morning, down at the close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from springtide.claims.model import Claim, Measurement, Params
from springtide.language.messages import Message, message
from springtide.market.types import Instrument
from springtide.market.view import View
from springtide.metrics import rows
from springtide.metrics.answers import Measured
from springtide.metrics.batches import Answers, Batch, Kernel
from springtide.metrics.patterns import Draft, Phrase, en, is_fact, zh
from springtide.metrics.registry import Metric


@dataclass(frozen=True, slots=True)
class Reversal(Params):
    """Which way it turned: ``down`` is up first and down at the close."""

    turn: Literal["down", "up"] = "down"


def _reversal(view: View, instrument: Instrument, params: Reversal) -> Measured:
    field = "high" if params.turn == "down" else "low"
    bars, i = rows.at(view, instrument, field)
    rows.at(view, instrument, "close")
    j = rows.before(view, instrument, "close", view.as_of)
    base, close = float(bars.close[j]), float(bars.close[i])
    reached = float(rows.column(bars, field)[i])
    turned = reached > base > close if params.turn == "down" else reached < base < close
    cited = (
        rows.row(bars, j, "close"),
        rows.row(bars, i, field),
        rows.row(bars, i, "close"),
    )
    return Measured(bool(turned), cited)


def _reached(params: Reversal) -> Literal["high", "low"]:
    return "high" if params.turn == "down" else "low"


def _reversals(batch: Batch, params: Reversal) -> Answers:
    answers = Answers.open(batch, yes_no=True)
    name = _reached(params)
    places = batch.today(name, answers)
    base = batch.before(np.full(len(batch), batch.day), places, answers)
    places = places[base[places] >= 0]
    before = batch.columns.figure("close")[base[places]]
    reached, close = batch.last(name, places), batch.last("close", places)
    down = params.turn == "down"
    turned = (
        (reached > before) & (before > close) if down else (reached < before) & (before < close)
    )
    answers.put(places, turned)
    return answers


def _say(claim: Claim, measurement: Measurement) -> Message:
    assert isinstance(claim.params, Reversal)
    return message("metrics.reversal-said", turn=claim.params.turn)


def _read_down(phrase: Phrase) -> Draft | None:
    return Draft(Reversal("down")) if is_fact(phrase) else None


def _read_up(phrase: Phrase) -> Draft | None:
    return Draft(Reversal("up")) if is_fact(phrase) else None


_ZH_ROSE = (
    "(?:早盘|早段|盘中|一度|开盘后?)[^。；\ue001-\ue00e]{0,4}?(?:走高|上涨|冲高|高开|上升|攀升|涨)"
)
_ZH_CLOSE = "(?:收盘|收市|尾盘|午后)"
_EN_ROSE = r"\b(?:rose|climb\w*|gain\w*|rall\w+|advanc\w*|jump\w*|surg\w*|opened higher|was up)\b"
_EN_FELL = r"\b(?:fell|dropp\w*|declin\w*|slid|slump\w*|tumbl\w*|opened lower|was down)\b"
_EN_THEN = r"[^.;\ue001-\ue00e]{0,60}\b(?:but|before|only to|then|yet)\b[^.;\ue001-\ue00e]{0,40}"

REVERSAL = Metric(
    key="reversal",
    params=Reversal,
    formula="high(as_of) > close(previous session) > close(as_of)",
    minimum="high and close of the session, close of the session before",
    unit="",
    decimals=0,
    measure=_reversal,
    kernel=Kernel(_reversals, lambda params: (_reached(params),)),
    wording=_say,
    patterns=(
        zh(
            "冲高(?:后)?(?:回落|转跌|倒跌)(?:，收盘转跌)?(?![^。；]{0,6}收[涨升高])|高开低走|先(?:升|涨)后跌|由(?:升|涨)转跌|倒升为跌",
            _read_down,
        ),
        zh("探底回升(?:，收盘转涨)?|低开高走|先跌后(?:升|涨)|由跌转(?:升|涨)|V型反弹", _read_up),
        zh(
            f"{_ZH_ROSE}[^。；\ue001-\ue00e]{{0,8}}?{_ZH_CLOSE}[^。；\ue001-\ue00e]{{0,5}}?(?:转跌|转为下跌|下跌|走低|倒跌|跌)(?!\ue002)",
            _read_down,
        ),
        en(
            rf"{_EN_ROSE}{_EN_THEN}\b(?:clos\w*|end\w*|finish\w*|settl\w*|turn\w*)\b ?(?:\w+ )?(?:lower|down|in the red|weaker)",
            _read_down,
        ),
        en(
            r"\bhaving (?:risen|climbed|gained|rallied|advanced|jumped)\b[^.;]{0,60}"
            r"\b(?:closed|ended|finished|settled) (?:lower|down)",
            _read_down,
        ),
        en(
            rf"{_EN_FELL}{_EN_THEN}\b(?:clos\w*|end\w*|finish\w*|settl\w*|turn\w*)\b ?(?:\w+ )?(?:higher|up|in the black|firmer)",
            _read_up,
        ),
        en(
            r"\b(?:revers\w*|eras\w*|gave up|gave back|surrender\w*|pared all)\b[^.;\ue001-\ue00e]{0,20}\b(?:gains|advance|rise)\b(?:[^.;\ue001-\ue00e]{0,30}\b(?:clos|end|finish)\w* (?:lower|down))?",
            _read_down,
        ),
    ),
)

METRICS = (REVERSAL,)
