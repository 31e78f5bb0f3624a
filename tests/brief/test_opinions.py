"""The section on targets and ratings: what it says, that it reads back, that it is never empty."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from springtide.brief.model import Brief, Section
from springtide.brief.opinions import opinions_section
from springtide.brief.render.hugo import hugo_page, page_name
from springtide.checking.check import check_article, check_file
from springtide.language.messages import LANGUAGES
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given
from springtide.market.view import View
from springtide.reading.document import read_document

DAY = date(2025, 2, 13)
BARS = "symbol,date,close\nNVDA,2025-02-12,131.14\nNVDA,2025-02-13,135.29\nAAPL,2025-02-13,241.53\n"
OPINIONS = """date,ticker,firm,rating,target,currency
2024-11-21,NVDA,Goldman Sachs,Buy,165,USD
2024-12-02,NVDA,UBS,Buy,185,USD
2025-01-10,NVDA,JP Morgan,Overweight,170,USD
2025-01-17,NVDA,Barclays,Overweight,160,USD
2025-01-28,NVDA,Acme Securities,Hold,140,USD
2025-02-10,NVDA,Goldman Sachs,Buy,175,USD
"""
QUOTED = (
    "subject,field,date,value,unit,text,source\n"
    'AAPL,target_price,2025-02-12,260,USD,,"UBS, quoted by a paper"\n'
)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder = tmp_path_factory.mktemp("opinions")
    for name, text in (("bars", BARS), ("opinions", OPINIONS), ("quoted", QUOTED)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    made = Lake.create(folder / "lake")
    import_bars(made, [folder / "bars.csv"])
    import_observations(made, [folder / "opinions.csv"], layout="ratings", given=Given())
    import_observations(made, [folder / "quoted.csv"])
    return made


def section_of(lake: Lake, subject: str) -> Section | None:
    view = View(lake, DAY)
    return opinions_section(view, view.instrument(subject), LANGUAGES)


def brief_of(lake: Lake, section: Section) -> Brief:
    titles = dict.fromkeys(LANGUAGES, "NVDA")
    return Brief("NVDA", DAY, LANGUAGES, titles, (section,), (), "springtide")


def test_what_is_said(lake: Lake) -> None:
    section = section_of(lake, "NVDA")
    assert section is not None
    said = [line.text["en"] for line in section.sentences]
    # (175 + 185 + 170 + 160 + 140) / 5 = 166; 166 / 135.29 - 1 = 22.70%; 175 / 165 - 1 = 6.06%
    assert "has an average target price of $166.00 and an upside of 22.70% to its ave" in said[0]
    assert said[1:] == [
        "It has a target price of $175.00 from Goldman Sachs.",
        "It has seen Goldman Sachs raise its target price by 6.06%.",
        "It has a “Buy” rating from Goldman Sachs.",
        "It is rated a buy or better by 80.0% of the houses.",
    ]
    assert section.sentences[3].text["zh-cn"] == "该股获高盛给予“Buy”评级。"
    assert section.heading["zh-hk"] == "目標價與評級"


def test_there_is_no_empty_section_and_no_quotation_in_it(lake: Lake) -> None:
    assert section_of(lake, "AAPL") is None  # a quotation alone
    assert section_of(lake, "MSFT") is None


def test_it_reads_back_and_one_changed_figure_refutes_one_claim(lake: Lake, tmp_path: Path) -> None:
    section = section_of(lake, "NVDA")
    assert section is not None
    made = Counter(
        (one.claim.metric, one.claim.params, one.claim.value)
        for line in section.sentences
        for one in line.statements
    )
    for language in LANGUAGES:
        page = tmp_path / page_name(language)
        page.write_text(hugo_page(brief_of(lake, section), language), encoding="utf-8")
        verdicts = check_file(page, lake).verdicts
        read = Counter((one.claim.metric, one.claim.params, one.claim.value) for one in verdicts)
        assert read == made, f"{language}: lost {made - read}, invented {read - made}"
        assert {one.label for one in verdicts} == {"supported"}
        refute_one_by_one(page.read_text(encoding="utf-8"), lake)


def refute_one_by_one(text: str, lake: Lake) -> None:
    original = check_article(read_document(text), lake)
    for place, verdict in enumerate(original):
        claim = verdict.claim
        if claim.metric == "rating":  # prints no figure
            continue
        assert isinstance(claim.value, float)
        forms = (f"{abs(claim.value):.2f}", f"{claim.value:.1f}")
        printed = next(form for form in forms if form in claim.quote)
        other = f"{abs(claim.value) * 1.3 + 12:.{len(printed.partition('.')[2])}f}"
        at = claim.start + claim.quote.index(printed)
        after = check_article(read_document(text[:at] + other + text[at + len(printed) :]), lake)
        assert len(after) == len(original)
        fallen = [i for i, one in enumerate(after) if one.label != "supported"]
        assert fallen == [place], f"{claim.quote}: {[original[i].claim.quote for i in fallen]}"
        told = f"{claim.quote}: {after[place].reason} {after[place].claim}"
        assert after[place].label == "refuted", told
