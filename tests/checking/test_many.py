"""Many articles in one run: what each is called, what is kept of it, and what stops none of it."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from springtide.checking import many
from springtide.checking.many import Checked, Item, Job, articles_in, check_many
from springtide.checking.report.findings import Lines, github_annotation
from springtide.checking.report.rows import COLUMNS, Table, number_rows
from springtide.checking.streams import Format, stream
from springtide.errors import LakeError, UsageError
from springtide.market.lake import Lake

FRONT = "---\ntitle: A day in March\ndate: 2000-03-10\n---\n\n"
TRUE = "The Nasdaq Composite closed at 5,048.62.\n"
FALSE = "Quiet.\n\nSo 100%, they say: the Nasdaq Composite closed at 5,148.62.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five articles, two of which cannot be checked."""
    texts = {
        "true.md": FRONT + TRUE,
        "deeper/false.md": FRONT + FALSE,
        "nodate.txt": TRUE,
        "page.html": f"<meta property='article:published_time' content='2000-03-10'><p>{TRUE}</p>",
    }
    for name, text in texts.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "in" / "binary.md").write_bytes(b"\x89PNG\r\n")
    return tmp_path / "in"


@pytest.fixture
def job(bundled_lake: Lake, tmp_path: Path) -> Job:
    return Job(str(bundled_lake.address), (), tmp_path / "out")


def checks(folder: Path, job: Job, processes: int = 1) -> dict[str, Checked]:
    done = list(check_many(articles_in([folder]), job, processes))
    assert [one.item for one in done] == articles_in([folder])
    return {one.item.name: one for one in done}


@pytest.mark.parametrize("processes", [1, 2])
def test_one_bad_article_never_stops_the_rest(folder: Path, job: Job, processes: int) -> None:
    done = checks(folder, job, processes)
    assert {name: bool(one.error) for name, one in done.items()} == {
        "binary": True,
        "deeper/false": False,
        "nodate": True,
        "page": False,
        "true": False,
    }
    assert "binary file" in done["binary"].error
    assert "--as-of" in done["nodate"].error
    assert done["true"].counts == {"supported": 1, "refuted": 0, "not_enough_information": 0}
    written = json.loads((job.out / "deeper/false/check.json").read_text(encoding="utf-8"))
    verdicts = [claim["verdict"] for claim in written["claims"]]
    assert verdicts == ["not_enough_information", "refuted"]  # "100%" is of nothing
    assert not (job.out / "nodate").exists()


def test_a_defect_on_one_article_is_its_error(
    folder: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    from springtide.checking import check

    def fail(text: str, *_: object) -> None:
        raise ZeroDivisionError(f"of {len(text)}")

    worker = many.Worker(job)
    monkeypatch.setattr(check, "read_document", fail)
    done = worker.check(Item(folder / "true.md", "true"))
    assert done.error.startswith("Unexpected ZeroDivisionError: of ")


def test_an_article_that_ends_its_process_is_named_and_the_rest_is_checked(
    folder: Path, job: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every process that Python begins leaves at once when it opens a file of that name."""
    (folder / "ends.md").write_text(FRONT + TRUE, encoding="utf-8")
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(
        "import os, sys\n"
        "def hook(event, given):\n"
        "    if event == 'open' and str(given[0]).endswith('ends.md'):\n"
        "        os._exit(9)\n"
        "sys.addaudithook(hook)\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'hook'}:{os.environ.get('PYTHONPATH', '')}")
    done = checks(folder, job, 2)
    assert "ended the process" in done["ends"].error
    assert {name for name, one in done.items() if not one.error} == {"deeper/false", "page", "true"}


def test_a_lake_that_is_not_there_is_told_at_once(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LakeError):
        next(check_many(articles_in([folder]), Job(str(tmp_path / "none"), (), tmp_path), 2))


@pytest.mark.parametrize(
    ("files", "given", "names"),
    [
        (("a.md", "b/c.md"), ("",), ("a", "b/c")),
        (("a.md", "a.html", "b.txt"), ("",), ("a.html", "a.md", "b")),
        (("x/p/index.en.md", "y/p/index.en.md"), ("x", "y"), ("x/p/index.en", "y/p/index.en")),
        (("x/a.md", "x/b.md", "c.md"), ("x/b.md", "x/a.md"), ("b", "a")),
        (("a.md", "b.csv", ".git/c.md", ".d.md"), ("",), ("a",)),
        (("x/a.md",), ("x", "x/a.md"), ("a",)),
    ],
)  # fmt: skip
def test_names_of_articles(
    tmp_path: Path, files: tuple[str, ...], given: tuple[str, ...], names: tuple[str, ...]
) -> None:
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert tuple(item.name for item in articles_in([tmp_path / one for one in given])) == names


def test_a_folder_without_articles_is_bad_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no article"):
        articles_in([tmp_path])


# --- rows ----------------------------------------------------------------------------------------

NUMBERS = [
    {"start": 3, "end": 5, "text": "13", "kind": "none", "why": "date", "confidence": 0.99},
    {
        "start": 9, "end": 15, "text": "2%到3%", "kind": "claim", "measure": "price_change",
        "subject": "HSI", "name": "恒指", "value": [2.0, 3.0], "scaled": None, "unit": "%",
        "comparator": "range", "as_of": "2025-02-13", "basis": "close", "speaker": "",
        "period": {"kind": "day", "words": "今日", "from": "2025-02-12", "to": "2025-02-13"},
        "modality": "stated", "confidence": 0.9, "claim": 0,
    },
]  # fmt: skip
CLAIM = {
    "metric": "pct_change",
    "verdict": "supported",
    "reason": "so",
    "measured": {"value": 2.5, "unit": "%"},
}


def test_a_table_has_a_row_a_number(tmp_path: Path) -> None:
    rows = number_rows({"numbers": NUMBERS, "claims": [CLAIM]}, "note", Path("in/note.md"))
    with Table(tmp_path / "new") as table:
        table.add(rows)
        table.add(rows)
    frame = pl.read_parquet(tmp_path / "new" / "checks.parquet")
    assert frame.columns == list(COLUMNS)
    assert frame.height == 4
    assert frame.row(1, named=True) == dict.fromkeys(COLUMNS) | {
        "article": "note", "file": "in/note.md", "start": 9, "end": 15, "text": "2%到3%",
        "kind": "claim", "measure": "price_change", "subject": "HSI", "name": "恒指", "value": 2.0,
        "value_to": 3.0, "unit": "%", "comparator": "range", "period_kind": "day",
        "period_words": "今日", "period_from": date(2025, 2, 12), "period_to": date(2025, 2, 13),
        "as_of": date(2025, 2, 13), "basis": "close", "speaker": "", "modality": "stated",
        "confidence": 0.9, "claim": 0, "metric": "pct_change", "verdict": "supported",
        "measured": 2.5, "measured_unit": "%", "reason": "so",
    }  # fmt: skip
    assert frame["why"].to_list() == ["date", None, "date", None]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["checks.parquet"]


def test_a_table_of_no_number_has_its_columns(tmp_path: Path) -> None:
    with Table(tmp_path):
        pass
    assert pl.read_parquet(tmp_path / "checks.parquet").schema["as_of"] == pl.Date


def test_a_run_that_breaks_off_leaves_the_table_of_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "checks.parquet").write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt), Table(tmp_path):
        raise KeyboardInterrupt
    assert (tmp_path / "checks.parquet").read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 1


# --- what is printed -----------------------------------------------------------------------------


def printed(folder: Path, job: Job, form: Format) -> str:
    lines = stream(form)
    parts = [*lines.begin()]
    for one in check_many(articles_in([folder]), job):
        parts += lines.article(one)
    return "\n".join([*parts, *lines.end()])


def test_text(folder: Path, job: Job) -> None:
    lines = printed(folder, job, "text").splitlines()
    assert lines[0] == "deeper/false: ✓ supported 0 · ✗ refuted 1 · ? not enough information 1"
    assert lines[1].startswith("  line 8: Nasdaq Composite closed at 5,148.62 (5,148.62): ")
    assert lines[-1].startswith("5 articles, 2 of them not checked: ✓ supported 2 · ✗ refuted 1")


def test_lines_of_json_are_the_rows_of_the_table(folder: Path, job: Job) -> None:
    lines = [json.loads(line) for line in printed(folder, job, "jsonl").splitlines()]
    failed = {line["article"] for line in lines if "error" in line}
    assert failed == {"binary", "nodate"}
    assert all(list(line) == list(COLUMNS) for line in lines if "error" not in line)
    verdicts = {line["verdict"] for line in lines if "error" not in line}
    assert verdicts == {"supported", "refuted", "not_enough_information", None}


def test_annotations_of_github(folder: Path, job: Job) -> None:
    binary, refuted, nodate = printed(folder, job, "github").splitlines()
    path = (folder / "deeper" / "false.md").as_posix()
    text = (folder / "deeper" / "false.md").read_text(encoding="utf-8")
    column = text.splitlines()[7].index("Nasdaq") + 1
    last = column + len("Nasdaq Composite closed at 5,148.62")
    assert refuted.startswith(
        f"::error file={path},line=8,endLine=8,col={column},endColumn={last},"
        "title=Closing level::Nasdaq"
    )
    assert binary.startswith(
        f"::error file={folder.as_posix()}/binary.md::binary.md is a binary file"
    )
    assert "nodate.txt::The article states no date" in nodate


def test_what_would_end_an_annotation_is_escaped(folder: Path, job: Job) -> None:
    (finding,) = checks(folder, job)["deeper/false"].findings
    line = github_annotation(finding, Path("100%,a:b\n.md"))
    assert "file=100%25%2Ca%3Ab%0A.md," in line
    assert "\n" not in line


def test_lines_and_columns_count_from_one() -> None:
    lines = Lines("恒指\r\n升3%\n\n")
    assert [lines.at(i) for i in (0, 3, 4, 7, 8, 9)] == [
        (1, 1),
        (1, 4),
        (2, 1),
        (2, 4),
        (3, 1),
        (4, 1),
    ]


def closed(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


TEXT = closed("text", text={"type": "string", "minLength": 1})
COUNT = {"type": "integer", "minimum": 1}
PLACE = closed(
    "physicalLocation",
    physicalLocation=closed(
        "artifactLocation",
        artifactLocation=closed("uri", uri={"type": "string", "pattern": r"^[\w./:%~-]+$"}),
        region=closed(
            "startLine", startLine=COUNT, startColumn=COUNT, endLine=COUNT, endColumn=COUNT,
            charOffset={"type": "integer"}, charLength={"type": "integer"},
        ),
    ),
)  # fmt: skip
PLACES = {"type": "array", "items": PLACE}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RULE = closed("id", id={"type": "string"}, name={"type": "string"}, shortDescription=TEXT)
# The part of the schema of SARIF 2.1.0 (OASIS) that a log of ours may use, with what it requires.
SARIF = closed(
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "items": closed(
            "tool",
            tool=closed(
                "driver",
                driver=closed(
                    "name", name={"type": "string"}, version={"type": "string"},
                    rules={"type": "array", "items": RULE, "uniqueItems": True},
                ),
            ),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            results={
                "type": "array",
                "items": closed(
                    "message", ruleId={"type": "string"}, message=TEXT, locations=PLACES,
                    level=LEVEL, kind={"enum": ["pass", "fail", "review", "open"]},
                ),
            },
            invocations={
                "type": "array",
                "items": closed(
                    "executionSuccessful", executionSuccessful={"type": "boolean"},
                    toolExecutionNotifications={
                        "type": "array",
                        "items": closed("message", message=TEXT, level=LEVEL, locations=PLACES),
                    },
                ),
            },
        ),
    },
)  # fmt: skip


def test_a_sarif_log(folder: Path, job: Job) -> None:
    (folder / "deeper" / "别的.md").write_text(FRONT + FALSE, encoding="utf-8")
    log = json.loads(printed(folder, job, "sarif"))
    Draft202012Validator(SARIF).validate(log)
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["close_level"]
    first, second = run["results"]
    region = first["locations"][0]["physicalLocation"]["region"]
    text = (folder / "deeper" / "false.md").read_text(encoding="utf-8")
    start = region["charOffset"]
    assert text[start : start + region["charLength"]] == "Nasdaq Composite closed at 5,148.62"
    place = second["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("%E5%88%AB%E7%9A%84.md")
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 2


def test_a_sarif_log_of_nothing_is_one_too(tmp_path: Path, job: Job) -> None:
    (tmp_path / "a.md").write_text(FRONT + TRUE, encoding="utf-8")
    log = json.loads(printed(tmp_path, job, "sarif"))
    Draft202012Validator(SARIF).validate(log)
    assert log["runs"][0]["results"] == []
