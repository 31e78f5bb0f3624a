"""Instruments of the user's own, taken from a file into ``instruments.toml`` of the settings."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from springtide.errors import DataError, UsageError
from springtide.market import calendars, codes, instruments, listed, registry
from springtide.market.types import DESCRIBED

if TYPE_CHECKING:
    import polars as pl

COLUMNS = (
    "id", "kind", "currency", "calendar", "inception", "primary", "en", "zh-cn", "zh-hk",
    "yahoo", "akshare", "stooq",
)  # fmt: skip
"""The columns that a file may have; ``id`` is the only one that it must have."""

_NAMES = ("en", "zh-cn", "zh-hk")
_BETWEEN = "|"


def add(path: Path, target: Path) -> tuple[str, ...]:
    """Append the instruments of a file to the user's own, and return the ids of those that are new.

    An id may be written as any vendor writes it. ``kind``, ``currency`` and ``calendar`` follow
    from the code where they are not given. Several names stand in one cell with ``|`` between
    them, the one to print first. An instrument that the user's file holds already, with the same
    facts, is left as it is; one with other facts is added and counts from then on.

    Parameters
    ----------
    path
        A CSV, Parquet or TOML file (TOML in the form of the registry: ``[[instrument]]``).
    target
        The user's ``instruments.toml``; made where it is not there.

    Raises
    ------
    DataError
        The file cannot be read.
    UsageError
        It lacks a column or holds a value that is not allowed; nothing is written then.
    """
    rows = [_whole(row, place, path) for place, row in enumerate(_rows(path), start=1)]
    held = _held(target)
    fresh = [row for row in rows if held.get(row["id"]) != row]
    if fresh:
        target.parent.mkdir(parents=True, exist_ok=True)
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        text = before.rstrip("\n") + "\n\n" if before.strip() else ""
        target.write_text(text + "\n".join(map(_toml, fresh)), encoding="utf-8")
        registry.forget()
    return tuple(row["id"] for row in fresh)


def _held(target: Path) -> dict[str, dict[str, Any]]:
    if not target.exists():
        return {}
    return {row["id"]: row for row in registry.read_own(target).get("instrument", [])}


def _rows(path: Path) -> list[dict[str, Any]]:
    if path.suffix.lower() == ".toml":
        try:
            read = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise DataError(f"{path} cannot be read: {error}") from error
        rows = read.get("instrument", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise UsageError(
                f"{path} holds no list of instruments", allowed="[[instrument]] tables"
            )
        return rows
    frame = _frame(path)
    unknown = [name for name in frame.columns if name not in COLUMNS]
    if unknown or "id" not in frame.columns:
        raise UsageError(
            f"{path} has columns that are not known" if unknown else f"{path} has no column id",
            given=", ".join(unknown or frame.columns),
            allowed=", ".join(COLUMNS),
        )
    return frame.to_dicts()


def _frame(path: Path) -> pl.DataFrame:
    import polars as pl

    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataError(
            f"{path} cannot be read: {str(error).splitlines()[0]}",
            hint=f"a CSV, Parquet or TOML file with the columns {', '.join(COLUMNS)}",
        ) from error


def _whole(row: Mapping[str, Any], place: int, path: Path) -> dict[str, Any]:
    """Return a row as the user's file holds it, with what follows from its code."""
    where = f"Instrument {place} in {path}"
    written = str(row.get("id") or "").strip()
    if not written:
        raise UsageError(f"{where} has no id")
    identity = instruments.canonical(written)
    told = codes.market(identity)
    whole: dict[str, Any] = {"id": identity}
    whole["kind"] = _text(row, "kind") or (told.kind if told else "")
    whole["currency"] = _text(row, "currency") or (told.currency if told else "")
    whole["calendar"] = _text(row, "calendar") or (
        listed.calendar(told.mic, told.kind, told.currency) if told else ""
    )
    for key in ("kind", "calendar"):
        if not whole[key]:
            raise UsageError(f"{where} ({identity}) lacks {key}, which its code does not tell")
    if whole["kind"] not in DESCRIBED:
        allowed = ", ".join(DESCRIBED)
        raise UsageError(f"{where} has no known kind", given=whole["kind"], allowed=allowed)
    calendars.reach(whole["calendar"])  # says so where there is no such calendar
    whole |= _optional(row, where)
    return whole


def _optional(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    inception = row.get("inception")
    if inception:
        try:
            is_day = isinstance(inception, date)
            kept["inception"] = inception if is_day else date.fromisoformat(str(inception))
        except ValueError as error:
            raise UsageError(
                f"{where} has an inception that is no date", given=str(inception),
                allowed="YYYY-MM-DD",
            ) from error  # fmt: skip
    if str(row.get("primary") or "").lower() in ("true", "1", "yes"):
        kept["primary"] = True
    for key in _NAMES:
        value = row.get(key) or []
        names = value.split(_BETWEEN) if isinstance(value, str) else [str(one) for one in value]
        names = [name.strip() for name in names if name.strip()]
        if names:
            kept[key] = names
    kept |= {key: _text(row, key) for key in ("yahoo", "akshare", "stooq") if _text(row, key)}
    return kept


def _text(row: Mapping[str, Any], key: str) -> str:
    return str(row.get(key) or "").strip()


def _toml(row: Mapping[str, Any]) -> str:
    lines = ["[[instrument]]"]
    for key, value in row.items():
        is_day = isinstance(value, date)
        lines.append(f"{key} = {value if is_day else json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
