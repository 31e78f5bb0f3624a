"""Calls read from sentences of our own: who, what, until when, and what is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import exchange_calendars as xcals
import pytest

from springtide.calls.base_rates import base_rate
from springtide.calls.board import board
from springtide.calls.outcomes import score, settle
from springtide.calls.people import house_of, printed, source_of
from springtide.calls.reading.horizons import horizon_of
from springtide.calls.reading.model import Views
from springtide.calls.reading.read import Reader
from springtide.calls.words import basis_in_words, few_in_words, rate_in_words
from springtide.claims.model import Call
from springtide.market.ingest import import_bars
from springtide.market.lake import Lake
from springtide.market.view import View
from springtide.metrics.registry import params_of
from springtide.reading.document import read_document

DAY = date(2024, 6, 28)
HONG_KONG = xcals.get_calendar("XHKG").sessions_in_range("2022-01-03", "2024-12-31")
NEW_YORK = xcals.get_calendar("XNYS").sessions_in_range("2022-01-03", "2024-12-31")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """HSI near 18,000, SPX near 5,400, AAPL near 200 dollars: each swings by 3% in 40 sessions."""
    folder = tmp_path_factory.mktemp("reading")
    lines = ["symbol,date,close"]
    for symbol, sessions, level in (
        ("HSI", HONG_KONG, 18000.0),
        ("SPX", NEW_YORK, 5400.0),
        ("AAPL", NEW_YORK, 200.0),
    ):
        for i, day in enumerate(sessions):
            swing = abs(i % 40 - 20) / 20 * 0.03
            lines.append(f"{symbol},{day:%Y-%m-%d},{level * (1 + swing):.2f}")
    (folder / "closes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = Lake.create(folder / "lake")
    assert not import_bars(made, [folder / "closes.csv"], today=date(2026, 1, 1)).errors
    return made


def read(lake: Lake, text: str) -> Views:
    return Reader(lake).read(read_document(text), "ours.md", DAY)


def one(lake: Lake, text: str) -> Call:
    views = read(lake, text)
    assert len(views.calls) == 1, [left.why.text("en") for left in views.left]
    return views.calls[0]


def params(call: Call) -> Mapping[str, object]:
    given = call.claim.params
    names = ("level", "target", "size", "sessions", "until", "by")
    return {name: getattr(given, name) for name in names if hasattr(given, name)}


# -- what is a call --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source", "metric", "number", "until"),
    [
        ("摩根士丹利预计恒生指数年底将达到21000点。", "Morgan Stanley", "target_met", 21000.0, "2024-12-31"),
        ("大摩料恆指年底見21000點。", "Morgan Stanley", "target_met", 21000.0, "2024-12-31"),
        ("Goldman Sachs expects the S&P 500 to reach 6,000 by year-end.", "Goldman Sachs", "target_met", 6000.0, "2024-12-31"),
        ("瑞银表示，今年的恒指波动区间上限维持20000点。", "UBS", "ceiling_holds", 20000.0, "2024-12-31"),
        ("花旗将苹果公司(AAPL)目标价由210美元上调至240美元。", "Citigroup", "target_met", 240.0, "2025-06-28"),
        ("UBS raised its price target on Apple to $250 from $230.", "UBS", "target_met", 250.0, "2025-06-28"),
    ],
)  # fmt: skip
def test_who_says_what_until_when(
    lake: Lake, text: str, source: str, metric: str, number: float, until: str
) -> None:
    call = one(lake, text)
    given = params(call)
    assert (call.source, call.claim.metric, call.probability) == (source, metric, None)
    assert given.get("level", given.get("target")) == number
    assert str(given["until"]) == until or str(call.due) == until
    assert (call.made, call.mentioned, call.condition) == (DAY, False, None)
    assert call.said is not None
    assert text[call.said.start : call.said.end] in text


def test_levels_and_what_comes_after_one_is_passed(lake: Lake) -> None:
    text = "第一上海首席策略師葉尚志指出，恒指支持位17500點，阻力位19000點，若升穿可上試19500點。"
    support, resistance, beyond = read(lake, text).calls
    assert {call.source for call in (support, resistance, beyond)} == {"葉尚志 (First Shanghai)"}
    assert [call.claim.metric for call in (support, resistance)] == ["level_holds"] * 2
    assert [params(call).get("level") for call in (support, resistance)] == [17500.0, 19000.0]
    assert beyond.condition is not None
    assert beyond.condition.metric == "close_above_within"
    assert beyond.condition.params == params_of(
        "close_above_within", level=19000.0, since=DAY, sessions=60
    )


def test_profit_taking_is_a_fall_of_three_per_cent_within_twenty_sessions(lake: Lake) -> None:
    text = "建银国际首席策略师赵文利表示，恒指短期已超买，有获利回吐压力。"
    call = one(lake, text)
    assert (call.claim.metric, params(call)["size"], params(call)["sessions"]) == (
        "falls_within",
        3.0,
        20,
    )
    assert call.source == "Zhao Wenli (CCB International)"


def test_what_may_be_is_mentioned(lake: Lake) -> None:
    assert one(lake, "摩根士丹利预计恒生指数年底可能达到21000点。").mentioned
    assert one(
        lake, "Goldman Sachs expects that the S&P 500 could reach 6,000 by year-end."
    ).mentioned


# -- better or worse than an index -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "subject", "benchmark", "side", "until"),
    [
        ("Goldman Sachs expects the Hang Seng Index to outperform the S&P 500 over the next six months.", "HSI", "SPX", "ahead", "2024-12-28"),
        ("Apple will beat the S&P 500 this year, Mike Wilson of Morgan Stanley said.", "AAPL", "SPX", "ahead", "2024-12-31"),
        ("UBS expects Apple to underperform the market this year.", "AAPL", "SPX", "behind", "2024-12-31"),
        ("Tom Lee forecasts that the Hang Seng Index will lag the S&P 500 in the second half.", "HSI", "SPX", "behind", "2024-12-31"),
        ("瑞银预计，未来三个月恒生指数将跑赢标普500指数。", "HSI", "SPX", "ahead", "2024-09-28"),
        ("趙文利料今年恒指跑輸標普500指數。", "HSI", "SPX", "behind", "2024-12-31"),
        ("高盛料恒指下半年表現將優於標普500指數。", "HSI", "SPX", "ahead", "2024-12-31"),
    ],
)  # fmt: skip
def test_who_will_do_better_than_an_index(
    lake: Lake, text: str, subject: str, benchmark: str, side: str, until: str
) -> None:
    call = one(lake, text)
    given = call.claim.params
    assert (call.claim.metric, call.claim.subject) == ("outperforms_within", subject)
    assert (given.benchmark, given.side) == (benchmark, side)  # type: ignore[attr-defined]
    assert str(given.until) == until  # type: ignore[attr-defined]
    assert not call.mentioned
    assert call.base_rate is not None


@pytest.mark.parametrize(
    "text",
    [
        "UBS has a rating of outperform on Apple.",
        "瑞银维持苹果公司“跑赢大市”评级。",
        "大摩予恒指成份股「跑贏大市」評級，今年不變。",
        "The Hang Seng Index outperformed the S&P 500 this year, UBS said.",
        "瑞银表示，今年恒生指数跑赢了标普500指数。",
        "The Hang Seng Index will not outperform the S&P 500 this year, UBS said.",
        "瑞银认为，恒生指数今年难以跑赢标普500指数。",
        "UBS expects Apple to beat estimates this quarter.",
        "瑞银预计苹果公司今年收入增长将跑赢标普500指数成分股。",
    ],
)
def test_what_is_no_view_of_who_does_better(lake: Lake, text: str) -> None:
    calls = read(lake, text).calls
    assert [call for call in calls if call.claim.metric == "outperforms_within"] == []


def test_a_comparison_that_may_be_is_mentioned_and_without_a_horizon_left(lake: Lake) -> None:
    text = "瑞银认为，恒生指数今年有望跑赢标普500指数。"
    assert one(lake, text).mentioned
    views = read(lake, "瑞银预计，恒生指数将跑赢标普500指数。")
    assert views.calls == ()
    assert [left.why.text("en") for left in views.left] == ["it does not say until when"]
    views = read(lake, "瑞银预计，若美元转弱恒生指数今年将跑赢标普500指数。")
    assert [left.why.text("en") for left in views.left] == [
        "its condition is no level of an instrument"
    ]


# -- whose it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Tom Lee of Fundstrat forecasts that the S&P 500 will climb 10% this year.", "Tom Lee (Fundstrat)"),
        ("Mike Wilson sees the S&P 500 at 6,000 by the end of 2024.", "Mike Wilson (Morgan Stanley)"),
        ("Ed Yardeni, president of Yardeni Research, expects the S&P 500 to reach 6,000 by year-end.", "Ed Yardeni (Yardeni Research)"),
        ('"Our target for the S&P 500 at year-end is 6,000," Kinger Lau and colleagues at Goldman Sachs wrote.', "Kinger Lau (Goldman Sachs)"),
        ("Ann Poe, chief strategist at Northbridge Capital, expects the S&P 500 to reach 6,000 by year-end.", "Ann Poe (Northbridge Capital)"),
        ("趙文利料今年恒指波動區間上限為20000點。", "Zhao Wenli (CCB International)"),
        ("某某證券分析員陳大文指，恒指年底料見21000點。", "陳大文 (某某證券)"),
        ("恒指年底将见21000点，里昂证券分析师陈小明指出。", "陈小明 (CLSA)"),
        ("某某国际研究部助理经理李小红表示，恒指年底将见21000点。", "李小红 (某某国际)"),
        ("亚德尼预计标普500指数年底将升至6000点。", "Ed Yardeni (Yardeni Research)"),
    ],
)  # fmt: skip
def test_whose_a_view_is(lake: Lake, text: str, source: str) -> None:
    assert one(lake, text).source == source


def test_a_sentence_of_another_house_is_not_the_last_speakers(lake: Lake) -> None:
    text = (
        "Ann Poe, chief strategist at Northbridge Capital, said the mood was good. Barclays lifted "
        "its year-end target for the S&P 500 to 6,200 from 5,900."
    )
    assert one(lake, text).source == "Barclays"
    text = (
        "Ann Poe, chief strategist at Northbridge Capital, said the mood was good. Analysts on "
        "average expect the S&P 500 to reach 6,100 by year-end."
    )
    assert read(lake, text).calls == ()


# -- what is not to be passed, and what is asked of what comes first ----------------------------


@pytest.mark.parametrize(
    ("text", "metric", "level"),
    [
        ("瑞银表示，恒指年底前不会升穿20000点。", "ceiling_holds", 20000.0),
        ("瑞銀料恒指今年不會跌穿16000點。", "floor_holds", 16000.0),
        ("The S&P 500 will not fall below 5,000 this year, UBS said.", "floor_holds", 5000.0),
        ("The S&P 500 is unlikely to close above 6,000 this year, UBS said.", "ceiling_holds", 6000.0),
    ],
)  # fmt: skip
def test_what_is_not_to_be_passed_holds(lake: Lake, text: str, metric: str, level: float) -> None:
    call = one(lake, text)
    assert (call.claim.metric, params(call)["level"]) == (metric, level)


@pytest.mark.parametrize(
    ("text", "condition", "level", "target"),
    [
        ("David Scutt said the S&P 500 has resistance at 5,600. A break above 5,600 would open 5,800.", "close_above_within", 5600.0, 5800.0),
        ("哈特内特表示，如果标普500指数跌破5200点，则可能进一步下探5000点。", "close_below_within", 5200.0, 5000.0),
        ("瑞银表示，若恒指站稳19000点，下一目标看20000点。", "close_above_within", 19000.0, 20000.0),
    ],
)  # fmt: skip
def test_what_comes_after_a_level(
    lake: Lake, text: str, condition: str, level: float, target: float
) -> None:
    call = read(lake, text).calls[-1]
    assert call.condition is not None
    assert (call.condition.metric, call.condition.params.level) == (condition, level)  # type: ignore[attr-defined]
    assert params(call)["target"] == target


@pytest.mark.parametrize(
    "text",
    [
        '"We don\'t see the S&P 500 above 6,000 this year," UBS said.',
        "UBS does not expect the S&P 500 to reach 6,000 this year.",
        "瑞银表示，恒指今年底会否升至21000点仍是未知数。",
        "Investors asked UBS whether the S&P 500 would reach 6,000 this year.",
    ],
)
def test_what_is_denied_or_asked_is_no_forecast(lake: Lake, text: str) -> None:
    assert read(lake, text).calls == ()


@pytest.mark.parametrize(
    "text",
    [
        "UBS sees the S&P 500 falling to 5,000 by year-end unless rates are cut.",
        "瑞银表示，若美元转弱，恒指年底将见21000点。",
    ],
)
def test_a_condition_of_no_level_is_said(lake: Lake, text: str) -> None:
    views = read(lake, text)
    assert views.calls == ()
    assert [left.why.text("en") for left in views.left] == [
        "its condition is no level of an instrument"
    ]


def test_a_weekday_is_nobody(lake: Lake) -> None:
    views = read(lake, "某某技术分析师周四表示，恒指支撑位17500点。")
    assert views.calls == ()
    assert [left.why.key for left in views.left] == ["calls.left-nobody"]


def test_a_level_that_is_fallen_to_is_no_support(lake: Lake) -> None:
    text = "某某證券亞洲投資策略部主管陳大文稱，恒指短線阻力18900點，若失守17800點，不排除回落至17000點。"
    level, beyond = read(lake, text).calls
    assert {call.source for call in (level, beyond)} == {"陳大文 (某某證券)"}
    assert (level.claim.metric, beyond.claim.metric) == ("level_holds", "target_met")
    assert beyond.mentioned
    assert beyond.condition is not None


def test_a_best_case_is_mentioned(lake: Lake) -> None:
    assert one(lake, "高盛预计，乐观情景下恒指年底将见25000点。").mentioned
    assert not one(
        lake, "Tom Lee reiterated that the S&P 500 will reach 6,000 this year."
    ).mentioned


def test_a_move_and_its_level_are_one_view(lake: Lake) -> None:
    text = "高盛预计标普500指数年底将上涨9%，达到6000点。"
    assert params(one(lake, text))["target"] == 6000.0


@pytest.mark.parametrize(
    "text",
    [
        "瑞银首席策略师张三表示，短期内恒指受获利盘的技术性调整等因素影响震荡。",
        "瑞银首席策略师张三表示，短期升幅已多，恒指获利回吐的操作来得明显。",
        "UBS 等将苹果公司目标价下调，新目标价范围从150美元到230美元不等。",
    ],
)
def test_what_happened_and_what_several_say_is_no_call(lake: Lake, text: str) -> None:
    assert read(lake, text).calls == ()


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("花旗将苹果公司2025年目标价上调至240美元。", "2025-06-28"),
        ("JPMorgan has a December 2025 price target of $240 on Apple.", "2025-12-31"),
        ("UBS raised its 12-month price target on Apple to $240.", "2025-06-28"),
    ],
)
def test_until_when_a_target_is(lake: Lake, text: str, due: str) -> None:
    assert str(one(lake, text).due) == due


def test_what_has_moved_is_no_forecast(lake: Lake) -> None:
    text = "UBS expects calm after the S&P 500 rose 10% this year."
    assert read(lake, text).calls == ()
    call = one(lake, "花旗预计恒指今年升10%。")
    assert params(call)["target"] == pytest.approx(1.1 * call.close, abs=0.01)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("市场预计恒生指数年底将达到21000点。", "no person or house is named who says it"),
        ("摩根士丹利预计恒生指数将达到21000点。", "it does not say until when"),
        ("花旗将苹果公司(AAPL)目标价上调至2400美元。", "it is too far from the close of"),
        (
            "瑞银表示，今年的恒指波动区间上限维持17000点。",
            "it lies on the wrong side of the close of",
        ),
    ],
)
def test_what_is_none_and_why(lake: Lake, text: str, why: str) -> None:
    views = read(lake, text)
    assert views.calls == ()
    assert [left.why.text("en").startswith(why) for left in views.left] == [True]
    assert all(left.why.text(lang) for left in views.left for lang in ("zh-cn", "zh-hk"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "恒生指数收报18200点。",
        "摩根士丹利预计公司年底收入将达到21000点。",
        "摩根士丹利表示，恒生指数此前一度升至21000点。",
        "如果下雨，活动将于年底举行，瑞银表示。",
    ],
)
def test_what_is_no_view_at_all(lake: Lake, text: str) -> None:
    assert read(lake, text).calls == ()


# -- who ------------------------------------------------------------------------------------


def test_one_person_in_three_scripts_is_one() -> None:
    for written in (
        "赵文利（建银国际）",
        "趙文利（建銀國際）",
        "趙文利",
        "Zhao Wenli",
        "Cliff Zhao",
    ):
        assert source_of(written) == "Zhao Wenli (CCB International)"
    for three in (
        ("邢自强", "邢自強", "Robin Xing"),
        ("洪灝", "洪灏", "Hong Hao"),
        ("汤姆·李", "湯姆·李", "Tom Lee"),
        ("Timothy Moe", "慕天輝", "慕天辉"),
        ("閃輝", "闪辉", "Shan Hui"),
        ("陸挺", "Lu Ting", "Ting Lu"),
    ):
        assert len({source_of(one) for one in three}) == 1
        assert source_of(three[0]).isascii()
    assert source_of("某某（某證券）").startswith("某某")
    assert source_of("Jane Roe") == "Jane Roe"
    assert source_of("摩根士丹利") == source_of("大摩") == source_of("Morgan Stanley")
    assert printed("Zhao Wenli (CCB International)", "zh-hk") == "趙文利（建銀國際）"
    assert house_of("Jane Roe (UBS)") == "UBS"


def test_an_unknown_person_in_two_scripts_is_one_on_the_board(lake: Lake) -> None:
    texts = (
        "某某證券分析員陳大文指，恒指年底料見21000點。",
        "某某证券分析员陈大文表示，恒指支撑位18000点。",
    )
    calls = [one(lake, text) for text in texts]
    assert [call.source for call in calls] == ["陳大文 (某某證券)", "陈大文 (某某证券)"]
    outcomes = settle(View(lake, date(2024, 12, 31)), calls)
    assert [each.source for each in board(outcomes).standings] == ["陳大文 (某某證券)"]
    assert [each.source for each in score(outcomes)] == ["陳大文 (某某證券)"]


# -- until when ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "until", "sessions", "by"),
    [
        ("年底", "2024-12-31", 0, "end"),
        ("by year-end", "2024-12-31", 0, "end"),
        ("今年", "2024-12-31", 0, "any"),
        ("明年底", "2025-12-31", 0, "end"),
        ("未来三个月", "2024-09-28", 0, "any"),
        ("12个月目标价", "2025-06-28", 0, "any"),
        ("over the next six months", "2024-12-28", 0, "any"),
        ("短期内", None, 20, "any"),
        ("近期", None, 10, "any"),
        ("in the medium term", None, 120, "any"),
        ("下周", "2024-07-05", 0, "any"),
        ("下半年", "2024-12-31", 0, "any"),
        ("第三季", "2024-09-30", 0, "any"),
        ("四季度", "2024-12-31", 0, "any"),
        ("in Q4", "2024-12-31", 0, "any"),
        ("by the end of next quarter", "2024-09-30", 0, "any"),
        ("a December 2025 target", "2025-12-31", 0, "any"),
        ("2025年6月底", "2025-06-30", 0, "any"),
        ("will end the year above", "2024-12-31", 0, "end"),
    ],
)
def test_horizons_by_word(words: str, until: str | None, sessions: int, by: str) -> None:
    horizon = horizon_of(words, DAY)
    assert horizon is not None
    assert (horizon.until and str(horizon.until), horizon.sessions, horizon.by) == (
        until,
        sessions,
        by,
    )


def test_the_past_is_no_horizon() -> None:
    assert horizon_of("过去三个月", DAY) is None
    assert horizon_of("2020年底", DAY) is None


# -- how likely ------------------------------------------------------------------------------


def test_base_rates_know_nothing_of_later_days(lake: Lake, tmp_path: Path) -> None:
    """Whatever comes later, the base rate of a day is the same."""
    texts = (
        "摩根士丹利预计恒生指数年底将达到18300点。",
        "瑞银表示，短期恒指波动区间上限维持18600点。",
        "建银国际首席策略师赵文利表示，恒指短期已超买，有获利回吐压力。",
        "瑞银表示，恒指支撑位18050点。",
        "瑞银预计，未来三个月苹果公司将跑赢标普500指数。",
    )
    lines = ["symbol,date,close"]
    bars = View(lake, DAY).bars("HSI")
    lines += [f"HSI,{day},{close}" for day, close in zip(bars.dates, bars.close, strict=True)]
    later = [day.date() for day in HONG_KONG if day.date() > DAY]
    lines += [f"HSI,{day},{9000 + 700 * (i % 29)}" for i, day in enumerate(later)]
    for name in ("SPX", "AAPL"):
        bars = View(lake, DAY).bars(name)
        lines += [
            f"{name},{day},{close}" for day, close in zip(bars.dates, bars.close, strict=True)
        ]
        rest = [day.date() for day in NEW_YORK if day.date() > DAY]
        lines += [f"{name},{day},{3000 + 90 * (i % len(name) * 7)}" for i, day in enumerate(rest)]
    (tmp_path / "closes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    other = Lake.create(tmp_path / "lake")
    import_bars(other, [tmp_path / "closes.csv"], today=date(2026, 1, 1))
    for text in texts:
        here, there = one(lake, text), one(other, text)
        assert here == there
        assert here.base_rate is not None
        assert here.base_rate.last == DAY
        assert here.base_rate.starts > 0


def test_fewer_than_ten_windows_are_poor(lake: Lake) -> None:
    call = one(lake, "摩根士丹利预计恒生指数年底将达到18300点。")
    assert "fewer than ten independent windows" in few_in_words([call], "en")
    assert rate_in_words(call.base_rate, "en") == "—"
    assert basis_in_words(call.base_rate, "zh-hk").endswith("不足十個。")
    assert call.base_rate is not None
    assert call.base_rate.windows < 10
    assert call.base_rate.is_poor
    short = base_rate(
        View(lake, DAY),
        View(lake, DAY).instrument("HSI"),
        call.claim.__class__(
            "falls_within", "HSI", params_of("falls_within", since=DAY, sessions=10), DAY
        ),
    )
    assert short.windows > 10
    assert not short.is_poor
    # The swing is 3% of the low: from a high at 103 the low at 100 is 2.9% down, never 3%.
    assert short.value == 0.0


def test_the_close_beside_a_call_is_that_of_the_last_session(lake: Lake) -> None:
    text = "摩根士丹利预计恒生指数年底将达到21000点。"
    sunday = date(2024, 6, 30)
    (call,) = Reader(lake).read(read_document(text), "ours.md", sunday).calls
    assert (call.made, call.made + timedelta(days=2)) == (DAY, sunday)
