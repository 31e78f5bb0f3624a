"""What the paragraph says in each case, in both languages, and that nobody reads claims from it."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from springtide.language.messages import LANGUAGES, message
from springtide.language.types import Language
from springtide.outlook.model import (
    GAINS,
    METHODS,
    NEW_HIGH,
    SESSIONS,
    Forecast,
    LeftOut,
    Lifetimes,
    MethodName,
    Outlook,
    Skill,
)
from springtide.outlook.sentences import longer_than, method_name, paragraph
from springtide.outlook.words import probability
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

NOT_DAILY = LeftOut("garch", message("outlook.not-daily"))


def told(outlook: Outlook, *, after_fact: bool = True) -> tuple[str, str]:
    """Return the paragraph in English and in the mainland's Chinese."""
    sentences = paragraph(outlook, after_fact=after_fact)
    english = " ".join(one.text("en") for one in sentences)
    return english, "".join(one.text("zh-cn") for one in sentences)


def told_in_hong_kong(outlook: Outlook, *, after_fact: bool = True) -> str:
    return "".join(one.text("zh-hk") for one in paragraph(outlook, after_fact=after_fact))


@pytest.fixture
def cases(outlook_by_hand: Outlook) -> dict[str, Outlook]:
    """One outlook for each way in which the paragraph can end."""
    change = dataclasses.replace
    skill = Skill(60, 900, 0.19, -0.012, -0.08, 0.05, 0.01, -0.02, 0.03)
    nothing = change(outlook_by_hand, shown="", forecasts=(), weights=(), skill=())
    unlearned = change(nothing, fitted_to=None, fitted_on=None, lifetimes=None)
    no_rally = change(unlearned, rally=None, fan=None, analogues=(), left_out=())
    (pool,) = [one for one in outlook_by_hand.forecasts if one.method == "combination"]
    return {
        "pool": outlook_by_hand,
        "base rates": change(outlook_by_hand, shown="climatology", skill=(skill,)),
        "base rates, no record": change(outlook_by_hand, shown="climatology", skill=()),
        "pool, nothing learned": change(
            unlearned, shown="combination", forecasts=(pool,), weights=outlook_by_hand.weights
        ),
        "one method": change(
            nothing, shown="garch", forecasts=(dataclasses.replace(pool, method="garch"),)
        ),
        "nothing": nothing,
        "simulations alone": change(
            unlearned, forecasts=(dataclasses.replace(pool, method="garch"), pool)
        ),
        "unlearned": unlearned,
        "bear": change(no_rally, market="bear", since=date(2007, 10, 9), change=-0.359),
        "undetermined": change(no_rally, market="undetermined"),
        "not daily": change(no_rally, market="undetermined", left_out=(NOT_DAILY,)),
    }


def test_the_whole_paragraph(outlook_by_hand: Outlook) -> None:
    english, chinese = told(outlook_by_hand)
    assert english == (
        "This rally began at that low, 207 sessions ago. By convention it is over once the "
        "close stands 20% below its highest; only then is its top known. Of 1,189 earlier "
        "rallies on record for 310 instruments, all of them over, an estimated 60% lasted "
        "longer (Kaplan–Meier estimate: 45 that still ran count as far as they had come). "
        "The chance that its top is already in, 1% above the latest close, is 14% (very "
        "unlikely); that it is in or comes within three months (60 sessions), 51% (about "
        "even); within six months (120 sessions), 63% (more likely than not). Given that the "
        "top is still ahead (a chance of 86%), in the middle case (the median) it comes in "
        "about 4 months, in late April 2010 (86 sessions on), 12% above the latest close; in "
        "eight cases of ten (the 80% interval) between 11 January 2010 and 1 September 2011 "
        "(7 to 435 sessions on), 3% to 40% above it. Times and heights are both those of one "
        "method (pool). These chances pool 2 methods by how well each has done before; the "
        "base rates among them are those of 2,345 earlier rallies of 612 instruments, as "
        "known on 30 November 2009. On 18,204 past forecasts their squared error was smaller "
        "than that of base rates, which give every rally the same chances, by 12.0% at three "
        "months (95% interval 5.0% to 19.0%) and 7.1% at six months (95% interval 1.2% to "
        "12.4%); for how far it goes, their error is smaller by 4.0% (95% interval 1.0% to "
        "7.0%). Against GARCH simulations of this price alone it was smaller by 8.0% at "
        "three months (95% interval 1.0% to 14.0%) and 5.0% at six months (95% interval "
        "-1.0% to 11.0%): that they do better than those too is not proved. That is the "
        "record of all 6 methods pooled; here 2 of them could answer."
    )
    for part in (
        "至今207个交易日",
        "估计有60%持续得更久",
        "顶部已经出现（比最新收盘价高1%）的概率为14%（很不可能）",
        "三个月（60个交易日）内出现的概率为51%（机会大致各半）",
        "六个月（120个交易日）内的概率为63%（可能性略高于一半）",
        "截至2009年11月30日已知的612个品种的2,345轮先前的行情",
        "三个月为12.0%（95%区间5.0%至19.0%）",
    ):
        assert part in chinese


def test_what_the_record_proves_of_gains_is_said(outlook_by_hand: Outlook) -> None:
    en, zh = told(dataclasses.replace(outlook_by_hand, gain_skill=None))
    assert "for how far it goes there is no record" in en
    assert "就能走多高而言，尚无过往成绩" in zh
    nothing = Skill(0, 900, 0.3, 0.01, -0.02, 0.04, 0.0, -0.1, 0.1)
    en, zh = told(dataclasses.replace(outlook_by_hand, gain_skill=nothing))
    assert "smaller by 1.0% (95% interval -2.0% to 4.0%), which proves nothing" in en
    assert "但不足以证明什么" in zh


def test_the_share_of_nearly_all_and_of_none_is_said_as_people_say_it(
    outlook_by_hand: Outlook,
) -> None:
    lives, rally = outlook_by_hand.lifetimes, outlook_by_hand.rally
    assert lives is not None
    assert rally is not None

    def aged(sessions: int) -> str:
        changed = dataclasses.replace(rally, sessions=sessions)
        return told(dataclasses.replace(outlook_by_hand, rally=changed))[0]

    assert "all of them over, nearly all (by estimate over 99%) lasted longer" in aged(3)
    assert "hardly any (by estimate under 1%)" not in aged(207)
    assert "none is known to have lasted longer" in aged(5000)


@pytest.mark.parametrize(
    ("case", "english", "chinese"),
    [
        ("base rates", "These are base rates: how 2,345 earlier rallies", "以上是基准频率"),
        ("base rates", "No method had proved more skill by then", "没有任何方法被证明预测力更强"),
        ("base rates", "smaller by -1.2% at three months", "三个月为-1.2%"),
        ("base rates, no record", "No method had a track record by then", "没有任何方法有过往成绩"),
        ("pool, nothing learned", "2 methods with equal weights", "2种方法等权综合"),
        ("pool, nothing learned", "no track record by then", "还没有过往成绩"),
        ("simulations alone", "too few rallies of its kind were over", "已经结束的同类行情太少"),
        ("one method", "one method alone (GARCH simulation", "只来自一种方法（GARCH模拟"),
        ("nothing", "no method could answer", "没有任何方法能够作答"),
        ("unlearned", "nothing had been fitted", "还没有任何方法用已经结束的行情拟合过"),
        ("bear", "No rally is running", "目前没有正在进行的上涨行情"),
        ("bear", "this is a bear market (a fall of 20%", "市场仍是熊市（自高点回撤20%"),
        ("undetermined", "Whether a rally is running cannot be told", "不足以判断"),
        ("not daily", "cannot be told: daily closes are needed.", "：需要每日收盘价。"),
    ],
)  # fmt: skip
def test_each_edge_in_words(
    cases: dict[str, Outlook], case: str, english: str, chinese: str
) -> None:
    en, zh = told(cases[case])
    assert english in en
    assert chinese in zh


def test_skill_over_simulation_is_said_where_it_is_proved(outlook_by_hand: Outlook) -> None:
    (first, _) = outlook_by_hand.skill  # its interval is above zero, that of the second is not
    en, zh = told(dataclasses.replace(outlook_by_hand, skill=(first,)))
    assert "they do better than those too." in en
    assert "它们也优于这种模拟。" in zh


def test_a_record_is_not_that_of_fewer_methods(outlook_by_hand: Outlook) -> None:
    en, zh = told(outlook_by_hand)
    assert en.endswith("here 2 of them could answer.")
    assert zh.endswith("此处只有2种能够作答。")
    five = tuple((method, 0.2) for method in METHODS if method != "combination")
    en, _ = told(dataclasses.replace(outlook_by_hand, weights=five))
    assert "record of all" not in en
    # A pool that has proved skill, but only base rates could answer.
    en, zh = told(dataclasses.replace(outlook_by_hand, shown="climatology"))
    assert en.endswith("Methods that had done better by then could not answer here.")
    assert zh.endswith("截至当时表现更好的方法，此处未能作答。")


def test_base_rates_are_said_to_be_pooled_only_where_they_are(outlook_by_hand: Outlook) -> None:
    two: tuple[tuple[MethodName, float], ...] = (("garch", 0.6), ("volatility", 0.4))
    en, zh = told(dataclasses.replace(outlook_by_hand, weights=two, pooled=2))
    assert "These chances pool 2 methods by how well each has done before. On" in en
    assert "以上概率由2种方法按各自以往的表现综合而成。" in zh


def test_a_record_too_short_for_an_interval_is_none(outlook_by_hand: Outlook) -> None:
    nan = float("nan")
    short = Skill(60, 61, 0.2, 0.1, nan, nan, nan, nan, nan)
    en, zh = told(dataclasses.replace(outlook_by_hand, skill=(short,)))
    assert "no track record by then" in en
    assert "还没有过往成绩" in zh


def test_what_no_sentence_before_has_said_is_said_here(cases: dict[str, Outlook]) -> None:
    en, zh = told(cases["pool"], after_fact=False)
    assert en.startswith("This rally began at the low of 9 March 2009, 207 sessions ago")
    assert zh.startswith("这一轮行情始于2009年3月9日的低点，至今207个交易日")
    en, zh = told(cases["bear"], after_fact=False)
    assert en.startswith("The last high was that of 9 October 2007, 35.90% above.")
    assert zh.startswith("前一高点出现在2007年10月9日，回撤幅度35.90%。")


def test_beyond_the_grids(outlook_by_hand: Outlook) -> None:
    peak = tuple(0.04 * k for k in range(len(SESSIONS)))
    gain = tuple(0.03 * k for k in range(len(GAINS)))
    far = Forecast("combination", peak, gain, (0.9,) * len(NEW_HIGH), 0.9, 100)
    equal = (("climatology", 0.5), ("garch", 0.5))
    en, zh = told(dataclasses.replace(outlook_by_hand, forecasts=(far,), weights=equal))
    assert "2 methods with equal weights" in en
    assert "it comes later than can be told (more than 500 sessions on), more than 200% above" in en
    assert "（超过500个交易日）才到顶部，比最新收盘价高超过200%" in zh
    never = dataclasses.replace(far, peak=(0.0,) * len(SESSIONS), gain=(0.0,) * len(GAINS))
    en, zh = told(dataclasses.replace(outlook_by_hand, forecasts=(never,)))
    assert "(the 80% interval) later than can be told (more than 500 sessions on)" in en
    assert "比最新收盘价高超过200%。" in zh


@pytest.mark.parametrize("after_fact", [True, False])
def test_reading_finds_no_claim_in_any_case(cases: dict[str, Outlook], after_fact: bool) -> None:
    for case, outlook in cases.items():
        en, zh = told(outlook, after_fact=after_fact)
        assert not invented("The S&P 500 has risen 64.83% since 9 March 2009. ", en), case
        assert not invented("标普500指数自2009年3月9日以来累计上涨64.83%。", zh), case
        hk = told_in_hong_kong(outlook, after_fact=after_fact)
        assert not invented("標普500指數自2009年3月9日以來累升64.83%。", hk), case


def invented(before: str, text: str) -> list[str]:
    """Return what is read from a text that follows a sentence which names its subject."""
    claims = read_claims(read_document(before + text), date(2009, 12, 31))
    assert claims, "the sentence before is a claim"
    return [one.quote for one in claims if one.end > len(before)]


@settings(max_examples=30, deadline=None)
@given(
    peak=st.lists(st.floats(0, 1), min_size=len(SESSIONS), max_size=len(SESSIONS)),
    gain=st.lists(st.floats(0, 1), min_size=len(GAINS), max_size=len(GAINS)),
    skill=st.tuples(*(st.floats(-1, 1) for _ in range(7))),
    age=st.integers(1, 3000),
)
def test_whatever_the_numbers_they_are_printed_and_not_read(
    outlook_by_hand: Outlook,
    peak: list[float],
    gain: list[float],
    skill: tuple[float, ...],
    age: int,
) -> None:
    assert outlook_by_hand.rally is not None
    given_ = Forecast(
        "combination", tuple(sorted(peak)), tuple(sorted(gain)), (0.5,) * len(NEW_HIGH), 0.5, 100
    )
    outlook = dataclasses.replace(
        outlook_by_hand,
        rally=dataclasses.replace(outlook_by_hand.rally, sessions=age),
        forecasts=(given_,),
        skill=(Skill(60, 900, *skill), Skill(120, 800, *skill)),
    )
    en, zh = told(outlook)
    hk = told_in_hong_kong(outlook)
    for text, language in ((en, "en"), (zh, "zh-cn"), (hk, "zh-hk")):
        for p in (given_.top_is_in, given_.peak_within(60), given_.peak_within(120)):
            assert probability(p).text(language) in text  # type: ignore[arg-type]
        assert "nan" not in text
        assert "inf" not in text
    assert not invented("The S&P 500 has risen 64.83% since 9 March 2009. ", en)
    assert not invented("标普500指数自2009年3月9日以来累计上涨64.83%。", zh)
    assert not invented("標普500指數自2009年3月9日以來累升64.83%。", hk)


def test_the_share_that_lasted_longer_is_a_step() -> None:
    lives = Lifetimes((10, 30), (0.6, 0.2), (0.5, 0.1), (0.7, 0.3), 40, 2, 3)
    assert [longer_than(lives, age) for age in (9, 10, 29, 30, 31)] == [1.0, 0.6, 0.6, 0.2, None]
    assert longer_than(Lifetimes((), (), (), (), 0, 0, 0), 5) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_has_a_name_of_its_own(language: Language) -> None:
    assert len({method_name(method).text(language) for method in METHODS}) == len(METHODS)
