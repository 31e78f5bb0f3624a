"""How articles say targets, ratings and token prices, and what only looks like them."""

from __future__ import annotations

from datetime import date

import pytest

from springtide.claims.model import Claim
from springtide.market import registry
from springtide.market.layouts.llm_prices import service
from springtide.metrics.families.ratings import RATING, RATING_BALANCE
from springtide.metrics.families.revisions import METRICS as REVISIONS
from springtide.metrics.families.serving import METRICS as SERVING
from springtide.metrics.families.tokens import METRICS as TOKENS
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

DAY = date(2025, 2, 13)
OURS = {one.key for one in (RATING, RATING_BALANCE, *REVISIONS, *SERVING, *TOKENS)}


@pytest.fixture(scope="module", autouse=True)
def models() -> None:
    stated = [service("acme-chat", "Acme Chat"), service("acme-mini", "Acme Mini")]
    registry.declare(stated, "a lake of this module")


def read(text: str) -> list[Claim]:
    return [
        claim
        for claim in read_claims(read_document(text), DAY)
        if claim.metric in OURS or claim.metric in ("target_price", "implied_move")
    ]


def short(claim: Claim) -> str:
    params = claim.params
    parts = [claim.metric, claim.subject, f"{claim.value:g}"]
    for name in ("house", "which", "side", "statistic"):
        said = getattr(params, name, None)
        if said and said not in ("latest", "mean"):
            parts.append(str(said))
    return " ".join(parts)


OPINIONS = {
    # the new target first in English, the old one first in Chinese
    "Goldman Sachs raised its price target on Nvidia to $150 from $130.": [
        "target_price NVDA 150 Goldman Sachs", "target_price NVDA 130 Goldman Sachs previous"],
    "Barclays cut its price target on Nvidia from $150 to $120.": [
        "target_price NVDA 150 Barclays previous", "target_price NVDA 120 Barclays"],
    "高盛将腾讯目标价由420港元上调至450港元，维持“买入”评级。": [
        "target_price 0700.HK 420 Goldman Sachs previous", "target_price 0700.HK 450 Goldman Sachs",
        "rating 0700.HK 2 Goldman Sachs"],
    "瑞銀將騰訊目標價由420港元下調至400港元，評級為「中性」。": [
        "target_price 0700.HK 420 UBS previous", "target_price 0700.HK 400 UBS",
        "rating 0700.HK 3 UBS"],
    # to each house its own
    "高盛和摩根士丹利将腾讯目标价分别上调至500港元和520港元。": [
        "target_price 0700.HK 500 Goldman Sachs", "target_price 0700.HK 520 Morgan Stanley"],
    # a change of a rating is two claims
    "Nvidia was downgraded to hold from buy at Jefferies.": [
        "rating NVDA 3 Jefferies", "rating NVDA 2 Jefferies previous"],
    "摩根大通将腾讯评级从“中性”上调至“增持”。": [
        "rating 0700.HK 3 JPMorgan previous", "rating 0700.HK 2 JPMorgan"],
    "摩根大通將騰訊評級由「中性」上調至「增持」。": [
        "rating 0700.HK 3 JPMorgan previous", "rating 0700.HK 2 JPMorgan"],
    "Jefferies rates Nvidia a buy.": ["rating NVDA 2 Jefferies"],
    "UBS reiterated its Neutral rating on Nvidia.": ["rating NVDA 3 UBS"],
    "Morgan Stanley Adjusts Price Target on Nvidia to $166 From $152, Keeps at Overweight": [
        "target_price NVDA 166 Morgan Stanley", "target_price NVDA 152 Morgan Stanley previous",
        "rating NVDA 2 Morgan Stanley"],
    "Citi maintains buy on Nvidia with a price target of $175.": [
        "rating NVDA 2 Citigroup", "target_price NVDA 175 Citigroup"],
    "高盛升腾讯目标价至500港元，重申“买入”。": [
        "target_price 0700.HK 500 Goldman Sachs", "rating 0700.HK 2 Goldman Sachs"],
    "大和首予騰訊「跑贏大市」評級，目標價500港元。": [
        "rating 0700.HK 2 Daiwa", "target_price 0700.HK 500 Daiwa"],
    # several houses together
    "Nvidia has an average price target of $171.20.": ["target_consensus NVDA 171.2"],
    "英伟达的目标价中位数为175美元。": ["target_consensus NVDA 175 median"],
    "Nvidia is rated a buy by 95.1% of the houses.": ["rating_balance NVDA 95.1"],
    "英伟达获95.1%的机构给予买入评级。": ["rating_balance NVDA 95.1"],
    # by how much
    "Goldman cut its target on Nvidia by 8%.": ["target_revision NVDA -8 Goldman Sachs"],
    "高盛将腾讯目标价下调8%。": ["target_revision 0700.HK -8 Goldman Sachs"],
    "高盛上调腾讯盈利预测5%。": ["estimate_revision 0700.HK 5 Goldman Sachs"],
    "Goldman raised its EPS estimate for Nvidia by 5%.": ["estimate_revision NVDA 5 Goldman Sachs"],
}  # fmt: skip

PRICES = {
    "Acme Chat costs $0.27 per million input tokens and $1.10 per million output tokens.": [
        "token_price acme-chat 0.27 input", "token_price acme-chat 1.1 output"],
    "Acme Chat charges $0.07 per million cached input tokens.": [
        "token_price acme-chat 0.07 cached"],
    "Acme Chat每百万tokens输入0.27美元，输出1.10美元。": [
        "token_price acme-chat 0.27 input", "token_price acme-chat 1.1 output"],
    # 分别 maps in order; hits and misses stand behind their prices
    "Acme Chat每百万输入/输出token分别为2元和8元。": [
        "token_price acme-chat 2 input", "token_price acme-chat 8 output"],
    "Acme Chat每百萬輸入tokens 0.5元（緩存命中）、2元（緩存未命中）。": [
        "token_price acme-chat 0.5 cached", "token_price acme-chat 2 input"],
    "Acme Chat輸入價格由每百萬tokens 0.14美元上調至0.27美元。": [
        "token_price acme-chat 0.14 previous input", "token_price acme-chat 0.27 input"],
    "Acme Chat每百万输入tokens的价格为0.5元（针对缓存命中情况）。": [
        "token_price acme-chat 0.5 cached"],
    "Acme Chat每百万输出tokens由2元提高至8元。": [
        "token_price acme-chat 2 previous output", "token_price acme-chat 8 output"],
    "Acme Chat has raised its API prices by 172.9%.": ["token_price_change acme-chat 172.9"],
    "Acme Chat的API价格下调80%。": ["token_price_change acme-chat -80"],
    "Acme Chat的API價格下調過3次。": ["token_price_cuts acme-chat 3"],
    "Acme Mini is priced at 0.10 times the price of Acme Chat.": [
        "token_price_ratio acme-mini 0.1"],
    "Acme Chat的推理毛利率为53.5%。": ["serving_margin acme-chat 53.5"],
    "Acme Chat breaks even at 46.5% utilisation.": ["break_even_utilisation acme-chat 46.5"],
}  # fmt: skip


@pytest.mark.parametrize("text", [*OPINIONS, *PRICES])
def test_what_is_said_is_read(text: str) -> None:
    assert [short(claim) for claim in read(text)] == {**OPINIONS, **PRICES}[text]


NOTHING = [
    # agencies rate debts, not shares
    "Fitch downgraded Alibaba to A- from A with a negative outlook.",
    "Moody's affirmed the credit rating of Tencent and kept a positive outlook.",
    "穆迪将腾讯信用评级由A1下调至A2，展望中性。",
    "標普維持騰訊的信用評級為A+，展望正面。",
    # targets of something else, and guidance
    "Nvidia raised its revenue target to $150 billion from $130 billion.",
    "英伟达将全年收入目标由1,300亿美元上调至1,500亿美元。",
    "英偉達維持全年收入指引。",
    "The company maintains its guidance of 10% growth.",
    "公司维持全年销量目标500万辆。",
    "UBS maintains a neutral stance on the dollar.",
    "The board holds a positive view and keeps buying.",
    # nobody's rating can be neither right nor wrong
    "My earlier note on Nvidia was a buy rating.",
    "首次覆盖英伟达，给予“买入”评级。",
    # tokens of another kind
    "The Acme token fell to $0.27, with 5 million tokens sold.",
    "New users of Acme Chat get 5 million free tokens until 30 April.",
    "新用户可获赠500万tokens。",
    "代币价格下跌30%，每百万代币0.5美元。",
    "加密貨幣代幣每百萬枚0.5美元。",
    "Acme Chat answers at 60 tokens per second.",
    # one side's price is not the blend's
    "Acme Chat的输入tokens费用上涨100%。",
    # a margin of the whole company
    "Nvidia's gross margin was 73.5%.",
    "英伟达毛利率为73.5%。",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_it_is_not_read(text: str) -> None:
    assert [short(claim) for claim in read(text)] == []
