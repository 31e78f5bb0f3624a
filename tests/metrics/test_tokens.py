"""Prices of language models: blends, changes, cuts, what was known when, and what serving earns."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from springtide.claims.model import Measurement
from springtide.language.messages import LANGUAGES
from springtide.language.types import Language
from springtide.market.ingest import import_observations
from springtide.market.lake import Lake
from springtide.market.layouts.model import Given
from springtide.market.view import View
from springtide.metrics.params import params_from_text
from springtide.metrics.registry import get, measure, state
from springtide.numerics.tokens import Prices, Workload, blend
from springtide.reading.document import read_document
from springtide.reading.read import read_claims

DAY = date(2026, 8, 5)
VENDOR = {
    "vendor": "acme",
    "models": [
        {
            "id": "acme-chat",
            "name": "Acme Chat",
            "price_history": [
                {"input": 0.27, "output": 1.1, "input_cached": 0.07, "from_date": "2025-02-08",
                 "to_date": None},
                {"input": 0.14, "output": 0.28, "input_cached": 0.014, "from_date": None,
                 "to_date": "2025-02-08"},
            ],
        },
        {
            "id": "acme-mini",
            "name": "Acme Mini",
            "price_history": [
                {"input": 0.2, "output": 1.2, "from_date": "2026-07-30", "to_date": None},
                {"input": 1.0, "output": 6.0, "from_date": "2026-06-01", "to_date": "2026-07-30"},
                {"input": 0.0, "output": 0.0, "from_date": "2026-05-01", "to_date": "2026-06-01"},
            ],
        },
        {
            "id": "acme-old",
            "name": "Acme Old",
            "price_history": [{"input": 2, "output": 8, "from_date": None, "to_date": None}],
        },
    ],
}  # fmt: skip


def filled(folder: Path, document: object, day: date | None = DAY) -> Lake:
    path = folder / "acme.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    lake = Lake.create(folder / "lake")
    import_observations(lake, [path], layout="llm-prices", given=Given(day=day))
    return lake


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return filled(tmp_path_factory.mktemp("tokens"), VENDOR)


def ask(lake: Lake, call: str) -> Measurement:
    metric, subject, day, *params = call.split()
    view = View(lake, date.fromisoformat(day))
    typed = params_from_text(get(metric).params, dict(one.split("=", 1) for one in params))
    return measure(metric, view, view.instrument(subject), typed)


@pytest.mark.parametrize(
    ("before", "after", "workload", "change"),
    [
        # USD 0.14/0.28 to 0.27/1.10: 0.1750 to 0.4775
        (Prices(0.14, 0.28), Prices(0.27, 1.10), Workload(), 172.9),
        # CNY 0.1 cached / 1 / 2 to 0.5 / 2 / 8: 1.25 to 3.50, 0.9125 to 2.9375, 0.6425 to 2.4875
        (Prices(1, 2, 0.1), Prices(2, 8, 0.5), Workload(), 180.0),
        (Prices(1, 2, 0.1), Prices(2, 8, 0.5), Workload(cached=0.5), 221.9),
        (Prices(1, 2, 0.1), Prices(2, 8, 0.5), Workload(cached=0.9), 287.2),
        (Prices(1, 6), Prices(0.2, 1.2), Workload(), -80.0),
    ],
)
def test_how_a_blend_changes_depends_on_the_workload(
    before: Prices, after: Prices, workload: Workload, change: float
) -> None:
    old, new = blend(before, workload), blend(after, workload)
    assert old is not None
    assert new is not None
    assert round(100 * (new / old - 1), 1) == change


SERVED = "gpu_hour=2 gpus=8 tokens_per_second=5000"
VALUES = {
    "token_price acme-chat 2025-02-13": 1.10,
    "token_price acme-chat 2025-02-13 side=input": 0.27,
    "token_price acme-chat 2025-02-13 side=cached": 0.07,
    "token_price acme-chat 2025-02-13 side=input which=previous": 0.14,
    "token_price acme-chat 2025-02-07": 0.28,
    "token_price acme-chat 2026-08-05": 1.10,  # confirmed by the file
    "token_price_blend acme-chat 2025-02-13": 0.4775,
    "token_price_blend acme-chat 2025-02-13 cached=0.5": (3 * (0.27 + 0.07) / 2 + 1.1) / 4,
    "token_price_change acme-chat 2025-02-13": 172.857142857,
    "token_price_change acme-chat 2025-02-13 since=2025-02-07": 172.857142857,
    "token_price_change acme-mini 2026-08-05": -80.0,
    "token_price_cuts acme-mini 2026-08-05": 1,
    "token_price_cuts acme-chat 2025-02-13": 0,
    "token_price_ratio acme-mini 2026-08-05 other=acme-chat": 0.45 / 0.4775,
    # 5,000 tokens out and 15,000 in a second: 18 million x 1.10 + 54 million x 0.27 = USD 34.38
    f"serving_margin acme-chat 2025-02-13 {SERVED}": 100 * (1 - 16 / 34.38),
    f"serving_margin acme-chat 2025-02-13 {SERVED} utilisation=0.5": 100 * (1 - 16 / 17.19),
    f"break_even_utilisation acme-chat 2025-02-13 {SERVED}": 100 * 16 / 34.38,
    f"break_even_utilisation acme-chat 2025-02-13 {SERVED} price=0.1": 100 * 16 / 7.2,
}


@pytest.mark.parametrize("call", VALUES)
def test_a_value(lake: Lake, call: str) -> None:
    measurement = ask(lake, call)
    assert measurement.missing == ""
    assert measurement.value == pytest.approx(VALUES[call], rel=1e-9)


def test_every_input_of_a_margin_is_cited(lake: Lake) -> None:
    rows = ask(lake, f"serving_margin acme-chat 2025-02-13 {SERVED}").evidence.rows
    assert {(row.field, row.value, row.source) for row in rows} == {
        ("gpu_hour", 2, "as stated"), ("gpus", 8, "as stated"),
        ("tokens_per_second", 5000, "as stated"), ("utilisation", 1, "as stated"),
        ("token_price_input", 0.27, "llm-prices"), ("token_price_output", 1.1, "llm-prices"),
    }  # fmt: skip


MISSING = {
    # since when the first price held is not known: nothing is said of before the change
    "token_price acme-chat 2025-02-06": "that had begun by 2025-02-06",
    "token_price_change acme-chat 2025-02-13 since=2025-01-01": "that had begun by 2025-01-01",
    "token_price acme-chat 2025-06-01": "confirmed on 2025-02-08, more than 90 days before",
    "token_price_blend acme-mini 2026-08-05 cached=0.1": "no cached input token price of acme-mini",
    "token_price_change acme-mini 2026-06-02": "was free on 2026-05-31",
    "token_price_change acme-old 2026-08-05": "no change of price of acme-old",
    "token_price_ratio acme-mini 2026-08-05": "the other model",
    "serving_margin acme-chat 2025-02-13 gpus=8": "no default: gpu_hour, tokens_per_second",
    "break_even_utilisation acme-mini 2026-05-02 " + SERVED: "was free on 2026-05-02",
}


@pytest.mark.parametrize("call", MISSING)
def test_what_is_missing_is_said(lake: Lake, call: str) -> None:
    measurement = ask(lake, call)
    assert measurement.value is None
    assert MISSING[call] in measurement.missing
    assert call.split()[1] in measurement.missing_in("zh-hk")


def test_no_later_price_changes_what_was_known(lake: Lake, tmp_path: Path) -> None:
    head, *rest = VENDOR["models"][0]["price_history"]  # type: ignore[index]
    earlier = {"vendor": "acme", "models": [{**VENDOR["models"][0], "price_history": rest}]}  # type: ignore[dict-item, index]
    assert head["from_date"] == "2025-02-08"
    then = filled(tmp_path, earlier, date(2025, 2, 7))
    for metric in ("token_price", "token_price_blend", "token_price_change", "token_price_cuts"):
        call = f"{metric} acme-chat 2025-02-07"
        assert (ask(then, call).value, ask(then, call).missing) == (
            ask(lake, call).value,
            ask(lake, call).missing,
        )


def test_models_are_services_that_the_lake_describes(lake: Lake) -> None:
    told = View(lake, DAY).instrument("Acme Chat")
    assert (told.id, told.kind, told.currency, told.calendar) == (
        "acme-chat", "service", "USD", "24/7",
    )  # fmt: skip


@pytest.mark.shared
def test_a_price_war_in_which_prices_rise(shared: Path, tmp_path: Path) -> None:
    lake = Lake.create(tmp_path / "lake")
    for vendor in ("deepseek", "openai"):
        path = shared / "market" / "tokens" / f"{vendor}.json"
        import_observations(lake, [path], layout="llm-prices", given=Given(day=DAY))
    risen = ask(lake, "token_price_change deepseek-chat 2025-02-13")
    assert risen.value == pytest.approx(172.857142857)
    cut = ask(lake, "token_price_change gpt-5.6-luna 2026-08-05")
    assert cut.value == pytest.approx(-80.0)


SAID = [
    "token_price acme-chat 2025-02-13",
    "token_price acme-chat 2025-02-13 side=input",
    "token_price acme-chat 2025-02-13 side=cached",
    "token_price acme-chat 2025-02-13 side=input which=previous",
    "token_price_blend acme-chat 2025-02-13",
    "token_price_change acme-chat 2025-02-13",
    "token_price_change acme-mini 2026-08-05",
    "token_price_cuts acme-mini 2026-08-05",
    "token_price_ratio acme-mini 2026-08-05 other=acme-chat",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("call", SAID)
def test_our_own_words_are_read_back(lake: Lake, call: str, language: Language) -> None:
    measurement = ask(lake, call)
    claim = state(measurement)
    said = get(claim.metric).wording(claim, measurement).predicate(language).text
    name = "Acme Mini" if "mini" in call else "Acme Chat"
    text = f"{name} {said}." if language == "en" else f"{name}{said}。"
    (read,) = read_claims(read_document(text), measurement.as_of)
    assert (read.metric, read.subject, read.params, read.value) == (
        claim.metric, claim.subject, claim.params, claim.value,
    ), text  # fmt: skip
