"""The forms of results: documents by schema, tables, files, and what notebooks show."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest

import springtide
from springtide.brief.compose import compose
from springtide.calls.forecasts import from_outlook
from springtide.calls.ledger import file as file_calls
from springtide.checking.check import check_text
from springtide.claims.schema import SchemaName, validate
from springtide.errors import UsageError
from springtide.library.results import Result
from springtide.market.ingest import load_bundled
from springtide.market.lake import Lake as StoredLake
from springtide.market.view import View
from springtide.outlook.compose import outlook

TOP = date(2018, 1, 26)
ATTACK = '<script>alert(1)</script><img src=x onerror="alert(2)">'
ARTICLE = (
    f"The S&P 500 {ATTACK} closed at 2,872.87, up 1.18%. The Nasdaq Composite closed at 7,105.77.\n"
)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> springtide.Lake:
    folder = tmp_path_factory.mktemp("results") / "lake"
    stored = StoredLake.create(folder)
    load_bundled(stored)
    view = View(stored, date(2009, 12, 31))
    spx = view.instrument("SPX")
    file_calls(stored, from_outlook(outlook(view, spx), spx))
    return springtide.open(folder)


@pytest.fixture(scope="module")
def results(lake: springtide.Lake) -> dict[SchemaName, Result]:
    day = lake["SPX"].asof(TOP)
    return {
        "measurement": day.measure("rsi"),
        "brief": day.brief(("en", "zh-cn")),
        "outlook": day.outlook(),
        "exuberance": day.exuberance(),
        "bars": day.bars(),
        "check": lake.check(text=ARTICLE, asof=TOP),
        "calls": lake.calls(asof="2012-12-31"),
        "import": springtide.load(day.bars().to_polars(), into=lake),
    }


NAMES: tuple[SchemaName, ...] = (
    "measurement", "brief", "outlook", "exuberance", "bars", "check", "calls", "import",
)  # fmt: skip


class Seen(HTMLParser):
    """What of a page could act: elements and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.sources: set[str] = set()
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.sources |= {str(value)[:26] for name, value in attrs if name in ("src", "href")}
        if tag not in ("img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", NAMES)
def test_the_document_fits_its_schema(results: dict[SchemaName, Result], name: SchemaName) -> None:
    validate(json.loads(json.dumps(results[name].to_dict(), allow_nan=False)), name)


@pytest.mark.parametrize("name", NAMES)
def test_both_tables_say_the_same(results: dict[SchemaName, Result], name: SchemaName) -> None:
    table, other = results[name].to_polars(), results[name].to_pandas()
    assert table.height > 0
    assert list(other.columns) == table.columns
    assert len(other) == table.height
    for column, kind in table.schema.items():
        if kind.is_numeric():
            values = other[column].to_numpy(dtype="float64")
            expected = table[column].cast(pl.Float64).fill_null(float("nan")).to_numpy()
            assert ((values == expected) | ((values != values) & (expected != expected))).all()
        if kind == pl.Date:
            assert str(other[column].dtype).startswith("datetime64")


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_shows_it_without_a_script(
    results: dict[SchemaName, Result], name: SchemaName
) -> None:
    shown = results[name]._repr_html_()
    seen = Seen(shown)
    assert not seen.open
    allowed = {"div", "h3", "h4", "p", "ul", "li", "img", "table", "thead", "tbody", "tr", "th"}
    allowed |= {"td", "dl", "dt", "dd", "code", "strong", "details", "summary", "caption"}
    assert seen.tags <= allowed
    assert seen.attributes <= {"lang", "class", "alt", "style", "src", "scope"}
    assert seen.sources <= {"data:image/svg+xml;base64,"}
    assert ATTACK not in shown


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", [".json", ".csv", ".parquet", ".html"])
def test_every_form_is_saved(
    results: dict[SchemaName, Result], name: SchemaName, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / "deep" / f"result{ending}"
    assert results[name].save(path) == (path,)
    if ending == ".json":
        validate(json.loads(path.read_text(encoding="utf-8")), name)
    elif ending == ".parquet":
        assert pl.read_parquet(path).equals(results[name].to_polars())
    elif ending == ".csv":
        assert pl.read_csv(path).height == results[name].to_polars().height
    else:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("<!doctype html>")
        assert ATTACK not in text
        assert "default-src 'none'" in text


def test_a_folder_holds_what_the_commands_write(
    results: dict[SchemaName, Result], tmp_path: Path
) -> None:
    brief = {path.name for path in results["brief"].save(tmp_path / "brief")}
    assert {"brief.json", "brief.html", "index.en.md", "index.zh-cn.md"} <= brief
    check = {path.name for path in results["check"].save(tmp_path / "check")}
    assert check == {"check.json", "check.html", "claimreview.jsonld"}
    with pytest.raises(UsageError, match="no ending"):
        results["outlook"].save(tmp_path / "outlook")
    with pytest.raises(UsageError, match="cannot be saved in that form"):
        results["outlook"].save(tmp_path / "outlook.docx")


def test_charts_come_as_svg_and_png(results: dict[SchemaName, Result]) -> None:
    brief = results["brief"]
    assert isinstance(brief, springtide.Brief)
    assert brief.charts
    for chart in brief.charts:
        bundle = chart._repr_mimebundle_()
        assert chart.png.startswith(b"\x89PNG")
        assert bundle["image/svg+xml"].startswith("<svg")
        assert "<script" not in bundle["image/svg+xml"]
        assert bundle["text/plain"] == chart.alt["en"]
    outlook_ = results["outlook"]
    assert isinstance(outlook_, springtide.Outlook)
    assert outlook_.charts[0].key == "front"
    assert "since 9 March 2009" in outlook_.text()


def test_they_are_the_results_of_the_rooms_below(
    lake: springtide.Lake, results: dict[SchemaName, Result]
) -> None:
    view = View(lake.stored, TOP)
    brief, check = results["brief"], results["check"]
    assert isinstance(brief, springtide.Brief)
    assert isinstance(check, springtide.Check)
    made = compose(view, view.instrument("SPX"), ("en", "zh-cn"))
    assert brief.sections == made.sections
    assert check.verdicts == check_text(ARTICLE, "text", lake.stored, TOP).verdicts
    assert check.count("refuted") == 1
    assert results["exuberance"].to_dict()["subject"] == "SPX"
    assert len(results["bars"].to_polars()) == len(view.bars("SPX"))


def test_an_article_from_a_file(lake: springtide.Lake, tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("---\ndate: 2018-01-26\n---\nThe S&P 500 closed at 2,872.87.\n", "utf-8")
    report = lake.check(path)
    assert (report.source, report.as_of, report.count("supported")) == ("note.md", TOP, 1)
    assert lake.check(str(path), language="zh-cn").language == "zh-cn"
    with pytest.raises(UsageError, match="a file or a text"):
        lake.check()
    with pytest.raises(UsageError, match="a file or a text"):
        lake.check(path, text="x")
    with pytest.raises(TypeError, match="an article is a text, not bytes"):
        lake.check(text=b"x", asof=TOP)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="states no date"):
        lake.check(text="The S&P 500 closed at 2,872.87.")


def test_calls_are_settled(results: dict[SchemaName, Result]) -> None:
    calls = results["calls"]
    assert isinstance(calls, springtide.Calls)
    table = calls.to_polars()
    assert set(table["subject"]) == {"SPX"}
    assert table["happened"].drop_nulls().len() > 0
    assert {score.source.split()[-1] for score in calls.scores} >= {"climatology"}
