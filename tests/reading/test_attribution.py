"""Who says it, in the script of the text, with the house where the text gives both."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("恒指升1%。", ""),
        ("蓝山资本首席策略师王一平表示，恒指可能上试23000点。", "王一平（蓝山资本）"),
        ("藍山資本首席策略師譚一慧預料，恒指有機會上試23000點。", "譚一慧（藍山資本）"),
        (
            "蓝山集团市场分析师斯通（Dan Stone）指出，恒指可能上试23000点。",
            "斯通（Dan Stone，蓝山集团）",
        ),
        ("高盛在最新研报中表示，恒指目标价为23000点。", "高盛"),
        ("高盛给予腾讯570港元的目标价。", "高盛"),
        ("据蓝山资本数据，恒指今年上涨8%。", "蓝山资本"),
        (
            '"The S&P 500 could rise 10% this year," said Jane Fox, chief strategist at Blue Hill.',
            "Jane Fox (Blue Hill)",
        ),
        ("Morgan Stanley raised its price target on Alibaba to $180.", "Morgan Stanley"),
        ("预期偏乐观，恒指升1%。", ""),
    ],
)
def test_speakers(read, text: str, who: str) -> None:  # type: ignore[no-untyped-def]
    assert {claim.attributed_to for claim in read(text)} == {who}


def test_a_name_alone_later_on_is_the_same_person(read) -> None:  # type: ignore[no-untyped-def]
    claims = read(
        "蓝山资本首席策略师王一平表示，恒指可能上试23000点。\n\n王一平还指出，标普500指数看高至6500点。他又称，恒指今年上涨8%。"
    )
    assert len(claims) >= 2
    assert {claim.attributed_to for claim in claims} == {"王一平（蓝山资本）"}


def test_a_house_has_no_target_of_its_own(read) -> None:  # type: ignore[no-untyped-def]
    claims = read("里昂将快手目标价由60港元上调至66港元。")
    assert [(c.metric, c.subject, c.value, c.attributed_to) for c in claims] == [
        ("target_price", "1024.HK", 60.0, "里昂"),
        ("target_price", "1024.HK", 66.0, "里昂"),
    ]
