"""Levels and ranges are read in their usual words; the same words of other things are not."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.claims.model import Claim
from springtide.language.types import Period
from springtide.metrics.families.double_tops import DoubleTop
from springtide.metrics.families.level_tests import LevelTests
from springtide.metrics.families.range_moves import WithinRange
from springtide.metrics.families.support import SupportResistance
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

DAY = date(2025, 2, 13)
OURS = {
    "support_level", "resistance_level", "level_tests", "level_record", "level_broken",
    "double_top", "double_bottom", "within_range", "range_ceiling", "range_floor", "range_centre",
    "risk_reward", "centre_shift",
}  # fmt: skip


def read(text: str) -> list[Claim]:
    return [one for one in read_claims(read_document(text), DAY) if one.metric in OURS]


def levels(text: str) -> list[tuple[str, float]]:
    made = []
    for claim in read(text):
        assert isinstance(claim.params, SupportResistance)
        assert claim.subject == "HSI"
        made.append((claim.metric.removesuffix("_level"), claim.params.level or 0.0))
    return made


# Every level of a list is one claim; "about" widens nothing, since the match is a band anyway.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("恒生指数下方支撑位在21500点，上方阻力位在22700点。", "S21500 R22700"),
        ("恒生指数首个支撑位为21600点、21300点，关键压力位22800点。", "S21600 S21300 R22800"),
        ("恒生指数短期支撑看20900点附近，阻力见23200点一线。", "S20900 R23200"),
        ("恒生指数21300点一线有较强支撑，23200点附近存在阻力。", "S21300 R23200"),
        ("恒指初步支持位21500點，較大阻力位22700點。", "S21500 R22700"),
        ("恒指支持位先看21300點，阻力位看23200點。", "S21300 R23200"),
        ("恒指22500點有阻力，21000點有支持。", "R22500 S21000"),
        ("The Hang Seng Index has support at 21,500 and resistance at 22,700.", "S21500 R22700"),
        (
            "Immediate resistance for the Hang Seng Index stands at 22,800 points, with support at "
            "21,300.",
            "R22800 S21300",
        ),
        (
            "Support for the Hang Seng Index is seen near 20,900; resistance lies at 23,200.",
            "S20900 R23200",
        ),
        ("The Hang Seng Index faces a 22,500 resistance level.", "R22500"),
        ("The 21,300 level is a strong support for the Hang Seng Index.", "S21300"),
    ],
)
def test_supports_and_resistances(text: str, expected: str) -> None:
    names = {"S": "support", "R": "resistance"}
    assert levels(text) == [(names[one[0]], float(one[1:])) for one in expected.split()]


YEAR_2021 = Period("span", date(2021, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("text", "level", "period", "least"),
    [
        ("恒生指数在2021年多次测试23800点。", 23800.0, YEAR_2021, 2),
        ("恒生指数今年第三次上试22500点。", 22500.0, Period("ytd"), 3),
        ("恒指今年兩度上試22500點遇阻。", 22500.0, Period("ytd"), 2),
        ("The Hang Seng Index tested 23,800 several times in 2021.", 23800.0, YEAR_2021, 2),
        ("The Hang Seng Index tested 23,800 seven times in 2021.", 23800.0, YEAR_2021, 7),
    ],
)
def test_a_level_that_was_tested_often(text: str, level: float, period: Period, least: int) -> None:
    (claim,) = read(text)
    assert claim.metric == "level_tests"
    assert claim.params == LevelTests(level, period, least=least)
    assert claim.value == level


OCTOBER = Period("span", date(2024, 10, 1), date(2024, 10, 31))


@pytest.mark.parametrize(
    ("text", "metric", "level", "period"),
    [
        ("恒生指数2024年10月在23200点形成双顶。", "double_top", 23200.0, OCTOBER),
        ("恒生指数的双底支撑在19000点。", "double_bottom", 19000.0, None),
        ("恒指2024年10月的雙頂阻力23200點。", "double_top", 23200.0, OCTOBER),
        (
            "The Hang Seng Index formed a double top at 23,200 in October 2024.",
            "double_top",
            23200.0,
            OCTOBER,
        ),
    ],
)
def test_double_tops(text: str, metric: str, level: float, period: Period | None) -> None:
    claims = [one for one in read(text) if isinstance(one.params, DoubleTop) and one.params.level]
    (claim,) = claims
    assert claim.metric == metric
    assert claim.params == (DoubleTop(level) if period is None else DoubleTop(level, period))


THIS_YEAR = Period("span", date(2025, 1, 1), date(2025, 12, 31))


# The top of a range was taken for a target price once.
@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("恒生指数今年波动区间上限为24000点。", WithinRange(None, 24000.0, THIS_YEAR)),
        ("恒生指数今年区间下限为18000点。", WithinRange(18000.0, None, THIS_YEAR)),
        ("恒指今年波幅上限料為24000點。", WithinRange(None, 24000.0, THIS_YEAR)),
        (
            "We see 24,000 as the ceiling of the Hang Seng Index's range this year.",
            WithinRange(None, 24000.0, THIS_YEAR),
        ),
        (
            "The Hang Seng Index traded between 20,000 and 22,000 this month.",
            WithinRange(20000.0, 22000.0, Period("mtd"), reached=2.5),
        ),
    ],
)
def test_ends_of_ranges(text: str, params: WithinRange) -> None:
    claims = read_claims(read_document(text), DAY)
    assert [(one.metric, one.params) for one in claims] == [("within_range", params)]


TRAPS = """\
避险需求支撑金价升至2900美元。
避險需求支持金價升至2900美元。
政策支持恒生指数成份股，涉及资金5000亿元。
恒生指数公司支持人民币柜台，共24只股票。
海底捞支持扫码点餐，覆盖1300家门店。
騰訊雲支援100個模型。
阿里云已支持DeepSeek，价格为每百万tokens 2元。
政府支持100个项目，首期拨款30亿元。
降息压力下，十年期国债收益率为1.6%。
通胀压力升至3.2%，压制内需。
原材料压力令毛利率降至23.5%。
利率下限为1.5%，上限为2.5%。
贷款额度上限为500亿元，下限为100万元。
支援基金上限為1000萬港元。
机票燃油附加费上限升至300元。
巴士票價上限為20元。
房贷利率下限取消，首付比例降至15%。
政策利率中枢下移至1.4%。
猪价中枢上移至16元。
智能中枢支持300个终端。
人工智能中枢项目投资20亿元。
年关将至，12月31日是关口。
高考进入最后30天关口。
抗藥性（resistance）個案達300宗。
细菌耐药压力测试覆盖45家医院。
银行压力测试显示资本充足率为12.5%。
核酸检测3次测试均为阴性。
公司第三次测试新车，续航达500公里。
双底部设计的锅售价299元。
波动区间很大，全年利润为20亿元。
The drug overcame resistance in 45 patients.
Antibiotic resistance rose to 60% of cases.
Support for the bill rose to 60%.
The company supports 2,000 customers.
The Federal Reserve's support of $500 billion was welcomed.
State support at 200 hospitals was cut.
The debt ceiling was raised to $36 trillion.
The price ceiling on oil is $60 a barrel.
The fund put a floor of $10 under the fee.
Guidance is between 1.34 and 1.44 dollars a share.
The engine was tested 3 times at 9,000 rpm.
She tested positive twice in 2021.
A double top-up of $50 was paid.
The range of the car is between 400 and 500 kilometres.
"""


@pytest.mark.parametrize("text", TRAPS.splitlines())
def test_the_same_words_of_other_things_are_no_levels(text: str) -> None:
    assert read(text) == []


def test_a_level_that_is_to_be_broken_is_no_statement_that_it_was() -> None:
    assert read("恒生指数若突破23000点，则有望上试24000点。") == []
    assert read("If the Hang Seng Index breaks above 23,000, it could rise to 24,000.") == []
