"""What makes a verdict: of several readings, of doubt, and the words in which it is given.

Closes of the S&P 500 are 120 on 5 January 2024 and 114 on the 8th: a fall of 5%.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from springtide.checking.check import check_article
from springtide.checking.verify import SURE, verify
from springtide.checking.views import Views
from springtide.claims.model import Claim
from springtide.language.types import Interval, Language, Period
from springtide.market import registry
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.layouts.llm_prices import service
from springtide.metrics.families.activity import Turnover
from springtide.metrics.families.changes import PctChange
from springtide.metrics.families.contributions import Contribution, Unit
from springtide.metrics.families.levels import CloseLevel
from springtide.metrics.families.records import HighLowRecord
from springtide.metrics.families.relative import TODAY
from springtide.metrics.families.targets import ImpliedMove, TargetPrice
from springtide.reading.document import read_document

BARS = """symbol,date,close
SPX,2024-01-04,99
SPX,2024-01-05,120
SPX,2024-01-08,114
SPX,2024-01-09,114.6
"""
FRIDAY, MONDAY = date(2024, 1, 5), date(2024, 1, 8)
HAN = re.compile("[\u4e00-\u9fff]")
UNKNOWN = "not_enough_information"


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Views:
    folder = tmp_path_factory.mktemp("verdicts")
    (folder / "bars.csv").write_text(BARS)
    lake = Lake.create(folder / "lake")
    assert not import_bars(lake, [folder / "bars.csv"]).errors
    return Views(lake)


def change(value: float, day: date = MONDAY, **more: object) -> Claim:
    within = Interval(value - 0.5, value + 0.5)
    claim = Claim("pct_change", "SPX", PctChange(), day, "=", value, "%", within, quote="x")
    return replace(claim, **more)  # type: ignore[arg-type]


def record(count: int, side: str = "high", **more: object) -> Claim:
    params = HighLowRecord(Period("last", count=count, unit="sessions"), side)  # type: ignore[arg-type]
    return replace(Claim("high_low_record", "SPX", params, MONDAY, quote="x"), **more)  # type: ignore[arg-type]


TRUE, FALSE, NO_DATA = change(-5.0), change(40.0), change(40.0, date(2024, 1, 4))


def test_the_first_reading_that_holds_supports(views: Views) -> None:
    assert verify(TRUE, views).label == "supported"
    assert verify(TRUE, views).read_as is None
    assert verify(replace(TRUE, others=(FALSE,), confidence=0.1), views).read_as is None
    assert verify(replace(TRUE, others=(change(-5.1),)), views).read_as is None


def test_another_reading_that_holds_supports_and_is_named(views: Views) -> None:
    verdict = verify(replace(FALSE, others=(NO_DATA, TRUE)), views)
    assert verdict.label == "supported"
    assert verdict.read_as is not None
    assert verdict.read_as.claim == TRUE
    assert verdict.read_as.distance == 0
    assert verdict.measurement == verdict.read_as.measurement
    # also where the data of the first reading are not there
    assert verify(replace(NO_DATA, others=(TRUE,)), views).label == "supported"


def test_what_no_reading_supports_is_refuted_where_it_is_sure(views: Views) -> None:
    assert verify(FALSE, views).label == "refuted"
    assert verify(replace(FALSE, others=(change(50.0),)), views).label == "refuted"
    unsure = replace(FALSE, confidence=SURE - 0.1, others=(NO_DATA,))
    in_doubt = verify(unsure, views)
    assert in_doubt.label == UNKNOWN
    assert in_doubt.doubts == (unsure, NO_DATA)
    # that another reading could not be measured is part of how sure the first is
    assert verify(replace(unsure, confidence=SURE), views).label == "refuted"
    assert verify(replace(NO_DATA, others=(FALSE,)), views).label == UNKNOWN


@pytest.mark.parametrize(("sure", "label"), [(SURE, "refuted"), (SURE - 1e-9, UNKNOWN)])
def test_only_a_sure_reading_is_refuted(views: Views, sure: float, label: str) -> None:
    verdict = verify(replace(FALSE, confidence=sure), views)
    assert verdict.label == label
    assert verify(replace(TRUE, confidence=sure), views).label == "supported"
    if label == UNKNOWN:
        assert verdict.doubts
        assert not verdict.nearest


def test_doubt_says_what_else_could_be_meant_or_that_nothing_is_sure(views: Views) -> None:
    for language, otherwise, unsure in (
        ("en", "can be read as", "not certain"),
        ("zh-cn", "也可读作", "不能确定"),
    ):
        two = verify(replace(FALSE, confidence=0.5, others=(NO_DATA,)), views, language).reason  # type: ignore[arg-type]
        one = verify(replace(FALSE, confidence=0.1), views, language).reason  # type: ignore[arg-type]
        assert otherwise in two
        assert unsure not in two
        assert unsure in one
        assert otherwise not in one


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (114.0, "supported"),  # the digits of 114.6, cut off
        (115.3, UNKNOWN),  # 114.8 would do, and is nearer than half a step
        (116.0, "refuted"),
    ],
)
def test_differences_that_refute_nothing(views: Views, value: float, label: str) -> None:
    """The close of 9 January is 114.6."""
    within = Interval(value - 0.5, value + 0.5, high_open=True)
    day = date(2024, 1, 9)
    claim = Claim("close_level", "SPX", CloseLevel(), day, "=", value, "points", within, quote="x")
    assert verify(claim, views).label == label


def test_only_a_refuted_claim_has_nearest_readings(views: Views) -> None:
    """+21.2% is Friday's: 120 / 99 - 1."""
    refuted = verify(change(21.2), views)
    assert refuted.label == "refuted"
    assert [one.claim.as_of for one in refuted.nearest] == [FRIDAY]
    assert not verify(TRUE, views).nearest


def test_units_are_compared_where_both_sides_have_one(views: Views) -> None:
    level = Claim("close_level", "SPX", CloseLevel(), MONDAY, "=", 114.0, "", Interval(113, 115))
    assert verify(level, views).label == "supported"
    assert verify(replace(level, unit="points"), views).label == "supported"
    assert verify(replace(level, unit="USD"), views).label == UNKNOWN
    for value in (None, 3.0):  # a yes or no has no unit, whatever number stands beside it
        stated = record(1, period="one session", unit="sessions", value=value)
        assert verify(stated, views).label == "refuted"
    # where nothing was measured, that is the reason
    assert "USD" not in verify(replace(level, unit="USD", as_of=date(2024, 1, 2)), views).reason


def test_words_that_are_somebodys_are_judged_with_their_care(views: Views) -> None:
    """A claim of our own says what it means; a text's record without a span does not."""
    assert verify(record(1, period="one session"), views).label == "refuted"
    assert verify(record(1), views).label == UNKNOWN
    assert verify(record(1, quote=""), views).label == "refuted"
    assert verify(record(1, "low"), views).label == "supported"
    move = Claim(
        "implied_move", "SPX", ImpliedMove(), MONDAY, "=", 10.0, "%", Interval(9, 11), quote="x"
    )
    assert "target" in verify(move, views).reason
    assert verify(move, views).measurement is None
    given = verify(replace(move, params=ImpliedMove(125.4)), views)
    assert given.label == "supported"
    assert verify(replace(change(-5.0), live=True), views).label == UNKNOWN


# Claims of every kind of reason, with what the reason must say in any language.
REASONS = [
    (change(21.2), ["-5.00%", "8"]),
    (replace(FALSE, metric="close_level", params=CloseLevel(), unit="points"), ["114.00", "8"]),
    (record(1, period="one session"), ["120.00", "114.00", "5", "8"]),
    (record(1, "low"), ["120.00", "114.00"]),
    (record(1), ["52", "120.00"]),
    (NO_DATA, ["SPX", "2024-01-0"]),
    (replace(TRUE, subject="Acme"), ["Acme"]),
    (replace(TRUE, unit="points"), ["points", "%"]),
    (replace(TRUE, live=True), []),
    (replace(FALSE, others=(NO_DATA,)), ["-5.00%"]),
    (replace(FALSE, confidence=0.1), ["-5.00%"]),
]


@pytest.mark.parametrize(("claim", "told"), REASONS)
def test_reasons_are_in_the_language_that_is_asked_for(
    views: Views, claim: Claim, told: list[str]
) -> None:
    in_english = verify(claim, views, "en").reason
    assert not HAN.search(in_english), in_english
    chinese: tuple[Language, ...] = ("zh-cn", "zh-hk")
    for language in chinese:
        reason = verify(claim, views, language).reason
        assert HAN.search(reason), reason
        assert not re.search(r"\b(?:on|the|and|of|is|no)\b", reason), reason
        assert all(word in reason for word in told), reason
        assert not re.search(r"\d\.\d{3}", reason), reason  # two digits, as prices have
        assert "None" not in reason
    assert all(word in in_english for word in told), in_english


def test_a_yes_and_a_no_are_told_apart(views: Views) -> None:
    """The lowest of two sessions, not the highest; and money or points are no percentage."""
    for language, no in (("en", "not so"), ("zh-cn", "不属实")):
        assert no in verify(record(1, period="x"), views, language).reason  # type: ignore[arg-type]
        assert no not in verify(record(1, "low"), views, language).reason  # type: ignore[arg-type]
    level = Claim("close_level", "SPX", CloseLevel(), MONDAY, "=", 114.0, "", Interval(113, 115))
    assert "%" not in verify(level, views).reason


@pytest.fixture(scope="module")
def traded(views: Views, tmp_path_factory: pytest.TempPathFactory) -> Views:
    """The same closes with what was traded: 1 billion dollars on 8 January, said by an exchange."""
    folder = tmp_path_factory.mktemp("traded")
    (folder / "bars.csv").write_text(BARS)
    (folder / "traded.csv").write_text(
        "subject,field,date,value,unit,source,quoted_by\n"
        "SPX,turnover,2024-01-08,1000000000,USD,an exchange,\n"
        "SPX,turnover,2024-01-09,1000000000,USD,an exchange,a newspaper\n"
        "KC,target_price,2024-01-05,13,USD,House A,\n"
    )
    lake = Lake.create(folder / "lake")
    assert not import_bars(lake, [folder / "bars.csv"]).errors
    assert import_observations(lake, [folder / "traded.csv"]).total("new") == 3
    return Views(lake)


def traded_value(billions: float, unit: str, slack: float = 0.1, day: date = MONDAY) -> Claim:
    within = Interval(1e9 * (billions - slack), 1e9 * (billions + slack))
    params = Turnover("value")
    return Claim("turnover", "SPX", params, day, "=", 1e9 * billions, unit, within, quote="x")


@pytest.mark.parametrize(
    ("claim", "label", "told"),
    [
        (traded_value(1.0, "USD"), "supported", []),
        (traded_value(2.0, "USD"), "refuted", []),
        # the Hong Kong dollar is held at 7.75 to 7.85 for an American one
        (traded_value(7.8, "HKD"), "supported", ["7.75", "7.85"]),
        (traded_value(8.5, "HKD"), "refuted", ["7.75", "7.85"]),
        (traded_value(7.8, "HKD", 0.01), UNKNOWN, ["7.75", "7.85"]),
        (traded_value(140.0, "JPY", 20.0), UNKNOWN, ["JPY", "USD"]),  # no rate is on file
        (traded_value(1.0, "points"), UNKNOWN, ["points", "USD"]),
        (traded_value(140.0, "JPY", day=FRIDAY), UNKNOWN, ["2024-01-05"]),  # nothing is on file
        (traded_value(1.0, "USD", day=date(2024, 1, 9)), UNKNOWN, ["quoted", "a newspaper"]),
    ],
)
def test_sums_of_money_are_set_against_the_rate_that_is_known(
    traded: Views, claim: Claim, label: str, told: list[str]
) -> None:
    verdict = verify(claim, traded)
    assert verdict.label == label
    for words in told:
        assert words in verdict.reason
    assert ("JPY" in verdict.reason) is ("JPY" in told)


@pytest.mark.parametrize(
    ("day", "told", "told_zh"),
    [
        (date(2024, 1, 4), "99,999,999.00", "99,999,999.00"),
        (FRIDAY, "$100m", "1亿美元"),
        (MONDAY, "$1.25bn", "12.5亿美元"),
    ],
)
def test_large_sums_are_told_with_their_scale(
    tmp_path: Path, day: date, told: str, told_zh: str
) -> None:
    lines = ["subject,field,date,value,unit,source"]
    sums = {date(2024, 1, 4): 99_999_999, FRIDAY: 100_000_000, MONDAY: 1_250_000_000}
    lines += [f"SPX,turnover,{on},{value},USD,an exchange" for on, value in sums.items()]
    (tmp_path / "bars.csv").write_text(BARS)
    (tmp_path / "traded.csv").write_text("\n".join(lines) + "\n")
    lake = Lake.create(tmp_path / "lake")
    assert not import_bars(lake, [tmp_path / "bars.csv"]).errors
    assert import_observations(lake, [tmp_path / "traded.csv"]).total("new") == 3
    claim = traded_value(9.0, "USD", day=day)
    assert told in verify(claim, Views(lake)).reason
    assert told_zh in verify(claim, Views(lake), "zh-cn").reason


def test_an_opinion_that_is_nobodys_is_not_refuted_by_somebodys(traded: Views) -> None:
    def target(value: float, house: str | None = None) -> Claim:
        within = Interval(value - 0.5, value + 0.5)
        params = TargetPrice(house)
        return Claim("target_price", "KC", params, MONDAY, "=", value, "USD", within, quote="x")

    assert verify(target(13.0), traded).label == "supported"
    assert verify(target(20.0), traded).label == UNKNOWN
    theirs = verify(target(20.0, "House A"), traded)
    assert theirs.label == "refuted"
    assert "13.00" in theirs.reason  # a price is no sum
    assert verify(replace(target(20.0), quote=""), traded).label == "refuted"


def test_a_quotation_is_enough_for_a_claim_of_our_own(traded: Views) -> None:
    claim = traded_value(1.0, "USD", day=date(2024, 1, 9))
    assert verify(replace(claim, quote=""), traded).label == "supported"


def test_a_basket_is_a_subject_and_a_name_is_nobodys_symbol(views: Views) -> None:
    """The bundled basket has no bars here: what is said of it is not known, but it is known."""
    of_basket = verify(replace(TRUE, subject="hk_ai_cloud"), views)
    assert (of_basket.label, of_basket.measurement is None) == (UNKNOWN, False)
    nobody = verify(replace(TRUE, subject="spx"), views)
    assert (nobody.label, nobody.measurement) == (UNKNOWN, None)
    # nor is a symbol that is no identifier of its own: reading resolves those
    assert verify(replace(TRUE, subject="^GSPC"), views).measurement is None


def test_makers_write_the_ids_of_their_models_in_small_letters(
    views: Views, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_DECLARED", {})
    registry.declare([service("acme-chat", "Acme Chat")], "a lake")
    for subject, known in (("acme-chat", True), ("acme-mini", False), ("Acme Chat", False)):
        verdict = verify(replace(TRUE, subject=subject), views)
        assert verdict.label == UNKNOWN
        assert (verdict.measurement is not None) is known
    monkeypatch.undo()
    registry.forget()


def points_of(
    member: str = "AAPL", period: Period = TODAY, unit: Unit = "points", **more: object
) -> Claim:
    """What a member is said to have taken from the index on 8 January, in points."""
    params = Contribution(member, period, unit)
    claim = Claim("contribution", "SPX", params, MONDAY, "=", -1.2, unit, Interval(-1.25, -1.15))
    return replace(claim, quote="x", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claim", "implied"),
    [
        (points_of(), True),  # -10% of a tenth of 120 points
        (points_of(value=None), False),
        (points_of("MSFT"), False),  # no closes of it
        (points_of(unit="pp"), False),
        (points_of(period=Period("last", count=2, unit="sessions")), False),
    ],
)
def test_points_of_a_member_tell_the_weight_that_they_would_need(
    tmp_path: Path, claim: Claim, implied: bool
) -> None:
    (tmp_path / "bars.csv").write_text(f"{BARS}AAPL,2024-01-05,100\nAAPL,2024-01-08,90\n")
    lake = Lake.create(tmp_path / "lake")
    assert not import_bars(lake, [tmp_path / "bars.csv"]).errors
    verdict = verify(claim, Views(lake))
    assert verdict.label == UNKNOWN
    assert ("AAPL would have a weight of 10.0% in SPX" in verdict.reason) is implied
    assert ("arithmetic" in verdict.reason) is implied


@pytest.mark.shared
def test_how_near_is_near_refutes_nothing_close_by(market_lake: Lake) -> None:
    # From 4 to 5 February 2025 HSTECH stood some 7% below its close of 7 October 2024, 5,386.48.
    text = "The Hang Seng TECH Index is near a three-year high."
    (verdict,) = check_article(read_document(text), market_lake, date(2025, 2, 5))
    assert verdict.label == "not_enough_information"
    assert "how near is near" in verdict.reason
