"""The catalogues of words: complete in every language, used, and given what they print."""

from __future__ import annotations

import ast as python
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

import springtide
from springtide.language.messages import (
    LANGUAGES,
    Duration,
    Level,
    Listed,
    MessageError,
    Number,
    Percent,
    Placed,
    add_folder,
    message,
    say,
)
from springtide.language.messages import catalogue as catalogues
from springtide.language.types import Language
from springtide.metrics.registry import registry

SOURCE = Path(springtide.__file__).parent
NAMES = catalogues.catalogues("en")

# Attributes that a language has where its grammar needs them.
GRAMMAR = {"verb"}


class _Variables(Visitor):
    """Collects the values that a pattern prints, those it selects by, and what it refers to."""

    def __init__(self) -> None:
        self.printed: set[str] = set()
        self.selected: set[str] = set()
        self.referred: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.printed.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.referred.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:
        self.referred.add(f"-{node.id.name}")

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        assert isinstance(node.selector, ast.VariableReference)
        self.selected.add(node.selector.id.name)
        for variant in node.variants:
            self.visit(variant.value)


def of(catalogue: str, name: str, language: Language) -> tuple[set[str], set[str], set[str]]:
    """Return what an entry prints, what it selects by, and the entries that it refers to."""
    seen = _Variables()
    seen.visit(catalogues.parsed(catalogue, name, language))
    printed, selected, referred = set(seen.printed), set(seen.selected), set(seen.referred)
    for other in seen.referred:
        inner = of(catalogue, other, language)
        printed |= inner[0]
        selected |= inner[1]
        referred |= inner[2]
    return printed, selected, referred


def entries(language: Language) -> Iterator[tuple[str, str]]:
    for catalogue in catalogues.catalogues(language):
        for name in catalogues.entries(catalogue, language):
            yield catalogue, name


# -- what the code asks for ------------------------------------------------------------------


@cache
def asked() -> list[tuple[str, set[str] | None, str]]:
    """Return the keys that the code names, with the names of the values that it gives."""
    keys: list[tuple[str, set[str] | None, str]] = []
    files = "json|html|schema|css|js|md"
    known = re.compile(rf"(?:{'|'.join(NAMES)})\.(?!(?:{files})\b)[a-z][\w-]*(?:\.[a-z]+)?")
    for path in sorted(SOURCE.rglob("*.py")):
        tree = python.parse(path.read_text(encoding="utf-8"))
        given = dict(_calls(tree))
        keys += [
            (node.value, given.get(id(node)), path.name)
            for node in python.walk(tree)
            if isinstance(node, python.Constant)
            and isinstance(node.value, str)
            and known.fullmatch(node.value)
        ]
    for template in sorted((SOURCE / "web" / "templates").glob("*.html")):
        said = re.findall(r"\bt\('([a-z0-9-]+)'", template.read_text("utf-8"))
        keys += [(f"web.{key}", None, template.name) for key in said]
    # Metrics ask for their titles by their own keys.
    return keys + [(f"metrics.{key}", None, "registry.py") for key in registry()]


def _calls(tree: python.AST) -> Iterator[tuple[int, set[str] | None]]:
    """Yield, for each key that is the first argument of a call, the names of the values given."""
    for node in python.walk(tree):
        if not isinstance(node, python.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ("message", "say", "Missing"):
            names = {word.arg for word in node.keywords}
            yield id(node.args[0]), None if None in names else {str(one) for one in names}


def key_of(catalogue: str, name: str) -> str:
    return f"{catalogue}.{name}"


def test_every_language_has_the_same_messages() -> None:
    english = set(entries("en"))
    public = {one for one in english if _is_asked_for(*one)}
    for language in LANGUAGES:
        there = set(entries(language))
        assert public <= there, f"{language} lacks {sorted(public - there)}"
        extra = {one for one in there - english if _is_asked_for(*one)}
        assert not extra, f"{language} alone has {sorted(extra)}"


@cache
def _asked_for() -> frozenset[str]:
    return frozenset(".".join(key.split(".")[:2]) for key, _, _ in asked())


def _is_asked_for(catalogue: str, name: str) -> bool:
    return key_of(catalogue, name) in _asked_for()


def test_keys_are_written_out() -> None:
    """A key that is put together cannot be looked for, here or by whoever changes a word."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in python.walk(python.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, python.JoinedStr) and isinstance(node.values[0], python.Constant):
                start = str(node.values[0].value)
                made = any(start.startswith(f"{name}.") for name in NAMES)
                assert not made or path.name == "registry.py", f"{path.name}: {start}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_unused(language: Language) -> None:
    used = {one for one in entries(language) if _is_asked_for(*one)}
    helpers = {
        (catalogue, other) for catalogue, name in used for other in of(catalogue, name, language)[2]
    }
    unused = set(entries(language)) - used - helpers
    assert not unused, f"{language}: nobody says {sorted(unused)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_that_the_code_names_is_there(language: Language) -> None:
    there = {key_of(*one) for one in entries(language)}
    for key, _, file in asked():
        assert ".".join(key.split(".")[:2]) in there, f"{file} says {key}, {language} has none"


def test_the_code_gives_a_message_exactly_what_it_uses() -> None:
    """What any language uses: one may choose by what another has no need of."""
    for key, given, file in asked():
        if given is None:
            continue
        catalogue, name = key.split(".")[:2]
        uses = [of(catalogue, name, language)[:2] for language in LANGUAGES]
        used = set().union(*(printed | selected for printed, selected in uses))
        assert given == used, f"{file}: {key} uses {sorted(used)}"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_languages_print_the_same_values(language: Language) -> None:
    for catalogue, name in entries("en"):
        if not _is_asked_for(catalogue, name):
            continue
        printed, selected, _ = of(catalogue, name, language)
        here, by, _ = of(catalogue, name, "en")
        chosen = selected | by
        assert printed - chosen == here - chosen, f"{language}, {catalogue}.{name}"
        given = [names for key, names, _ in asked() if key == key_of(catalogue, name) and names]
        known = here | by | set().union(*given)
        assert selected <= known, f"{language}, {catalogue}.{name} selects by {selected}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_attributes_and_are_in_their_script(language: Language) -> None:
    for catalogue, name in entries(language):
        entry = catalogues.parsed(catalogue, name, language)
        if (catalogue, name) in set(entries("en")):
            english = catalogues.parsed(catalogue, name, "en")
            here, there = (
                {one.id.name for one in each.attributes} - GRAMMAR for each in (entry, english)
            )
            assert here == there, f"{language}, {catalogue}.{name}"
        source = catalogues.entries(catalogue, language)[name]
        if language == "en":
            assert not re.search("[一-鿿]", source), f"{catalogue}.{name}"


# Characters that each of the two Chinese writings has and the other has not.
def test_the_two_chinese_writings_are_not_mixed() -> None:
    from springtide.language.script import _simplified_only, _traditional_to_simplified

    for catalogue, name in entries("zh-cn"):
        found = set(catalogues.entries(catalogue, "zh-cn")[name]) & TRADITIONAL_ONLY
        assert not found, f"zh-cn {catalogue}.{name}: {found}"
    simplified = _simplified_only() - _traditional_to_simplified().keys()
    for catalogue, name in entries("zh-hk"):
        found = set(catalogues.entries(catalogue, "zh-hk")[name]) & simplified
        assert not found, f"zh-hk {catalogue}.{name}: {found}"


TRADITIONAL_ONLY = set("個點漲從對應時間實際與無這還過開關當說數據價盤報總體證區幣長於動態買賣")


# Words that mainland papers use and Hong Kong's do not.
MAINLAND = ("收盤", "開盤", "盤中", "漲", "交易額", "信息", "概率", "默認", "歷史新高點", "市淨率")


def test_hong_kong_words_are_those_of_hong_kong_papers() -> None:
    for catalogue, name in entries("zh-hk"):
        source = catalogues.entries(catalogue, "zh-hk")[name]
        for word in MAINLAND:
            assert word not in source, f"{catalogue}.{name}: {word}"


# -- words stand nowhere else ----------------------------------------------------------------

# Rooms that read what others write have its words: in texts, and in the files of vendors.
READERS = ("language", "reading", "market")
# Patterns of what articles say, and nothing that Springtide says itself.
PATTERNS = (
    "metrics/families/*.py",
    "metrics/patterns.py",
    "metrics/*_words.py",
    "metrics/*_reading.py",
    "checking/arithmetic.py",
    "calls/reading/*.py",
)


def modules() -> Iterator[tuple[Path, python.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if path.relative_to(SOURCE).parts[0] not in READERS:
            yield path.relative_to(SOURCE), python.parse(path.read_text(encoding="utf-8"))


def test_no_room_asks_which_language_it_is() -> None:
    """What differs between languages stands in their catalogues, or in ``language.format``."""
    for path, tree in modules():
        for node in python.walk(tree):
            if isinstance(node, python.Compare):
                values = [one.value for one in node.comparators if isinstance(one, python.Constant)]
                assert not set(values) & set(LANGUAGES), f"{path}, line {node.lineno}"


def test_no_word_of_chinese_stands_in_code() -> None:
    for path, tree in modules():
        if any(path.match(pattern) for pattern in PATTERNS):
            continue
        told = {
            id(node.body[0].value)
            for node in python.walk(tree)
            if isinstance(node, python.Module | python.ClassDef | python.FunctionDef)
            and node.body
            and isinstance(node.body[0], python.Expr)
        }
        for node in python.walk(tree):
            if isinstance(node, python.Constant) and id(node) not in told:
                words = node.value if isinstance(node.value, str) else ""
                assert not re.search("[一-鿿]", words), f"{path}, line {node.lineno}: {words}"


def test_no_word_of_chinese_stands_in_a_wording() -> None:
    """Families of metrics have patterns in Chinese, and no messages."""
    for path, tree in modules():
        for node in python.walk(tree):
            if isinstance(node, python.Call) and getattr(node.func, "id", "") in (
                "message",
                "say",
                "Missing",
            ):
                text = python.unparse(node)
                assert not re.search("[一-鿿]", text), f"{path}, line {node.lineno}: {text}"


# -- what a message says ---------------------------------------------------------------------


def test_a_message_knows_where_its_figures_stand() -> None:
    said = message("metrics.close_level-said", value=Level(21814.37, "points")).predicate("zh-hk")
    assert said.text == "收報21,814.37點"
    assert said.figures == (Placed(2, 12, "value"),)
    english = message("metrics.close_level-said", value=Level(21814.37, "points")).predicate("en")
    place = english.figures[0]
    assert english.text[place.start : place.end] == "21,814.37"


def test_values_in_a_row_are_numbered() -> None:
    sizes = Listed((Percent(1), Percent(2), Percent(3)))
    said = message("metrics.at-scales", all=sizes).said("en")
    assert said.text == "1%, 2% and 3%"
    assert [(said.text[one.start : one.end], one.name) for one in said.figures] == [
        ("1%", "all.0"),
        ("2%", "all.1"),
        ("3%", "all.2"),
    ]
    assert message("metrics.at-scales", all=sizes).text("zh-cn") == "1%、2%、3%"
    assert message("metrics.at-scales", all=Listed((Percent(1), Percent(2)))).text("en") == (
        "1% and 2%"
    )
    assert message("metrics.at-scales", all=Listed(())).text("en") == ""


# One and several are told apart as CLDR has it; Chinese has one form.
@pytest.mark.parametrize(
    ("left", "en", "hk"),
    [(1, "1 more session is awaited", "1個交易日"), (2, "2 more sessions are", "2個交易日")],
)
def test_plural_forms(left: int, en: str, hk: str) -> None:
    told = message("missing.high-not-decided", left=left, day="2025-02-13", high="2025-01-02")
    assert told.text("en").startswith(en)
    assert hk in told.text("zh-hk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_simple_messages_are_those_that_fluent_reads(language: Language) -> None:
    simple = 0
    for catalogue, name in entries(language):
        entry = catalogues.parsed(catalogue, name, language)
        patterns = {"": entry.value, **{one.id.name: one.value for one in entry.attributes}}
        for attribute, pattern in patterns.items():
            key = f"{catalogue}.{name}" + (f".{attribute}" if attribute else "")
            pieces = catalogues.simple(key, language)
            if pieces is not None:
                assert pattern is not None
                read = [one.value for one in pattern.elements if isinstance(one, ast.TextElement)]
                names = [
                    one.expression.id.name  # type: ignore[union-attr]
                    for one in pattern.elements
                    if isinstance(one, ast.Placeable)
                ]
                assert list(pieces[1::2]) == names, key
                assert [one for one in pieces[::2] if one] == [one for one in read if one], key
                simple += 1
    assert simple > 250


def test_a_title_needs_no_parser() -> None:
    code = (
        "import sys; from springtide.language.messages import say; "
        "print(say('metrics.rsi', 'en'), say('missing.no-bars', 'en', subject='X'), "
        "'fluent.syntax' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "Relative strength index no bars of X False"


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(MessageError, match=r"zh-hk/brief\.ftl has no message nothing"):
        say("brief.nothing", "zh-hk")
    with pytest.raises(MessageError, match=r"needs a value for \$day"):
        say("brief.as-of", "en")
    with pytest.raises(MessageError, match="no catalogue en/nowhere"):
        say("nowhere.title", "en")


def test_a_package_of_its_own_brings_its_words(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        words = f"own-metric = In {language}\n    .definition = What it is.\n"
        (tmp_path / language / "metrics.own.ftl").write_text(words, encoding="utf-8")
    try:
        add_folder(tmp_path)
        assert say("metrics.own-metric", "zh-hk") == "In zh-hk"
        assert say("metrics.rsi", "en") == "Relative strength index"
    finally:
        catalogues._FOLDERS.remove(tmp_path)
        catalogues.forget()


def test_a_broken_message_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "broken.ftl").write_text("torn = { $day\n", encoding="utf-8")
    try:
        add_folder(tmp_path)
        with pytest.raises(MessageError, match=r"en/broken\.ftl, torn: Expected token"):
            say("broken.torn", "en", day=date(2025, 2, 13))
    finally:
        catalogues._FOLDERS.remove(tmp_path)
        catalogues.forget()


def test_numbers_that_select_are_those_of_the_value() -> None:
    told = {
        count: message(
            "metrics.episode_days-said",
            value=Duration(358),
            count=count,
            names=Listed(("A", "B")[:count]),
        ).text("en")
        for count in (0, 1, 2)
    }
    assert told == {
        0: "took an average of 358 sessions from trough to peak over its past episodes",
        1: "took 358 sessions from trough to peak in A",
        2: "took an average of 358 sessions from trough to peak over 2 episodes (A and B)",
    }
    assert Number(2.5, 1).write("en") == "2.5"
