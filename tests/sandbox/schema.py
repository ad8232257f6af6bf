"""Telegram's own description of its API, and whether a value keeps to it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

DESCRIPTION = Path(__file__).resolve().parents[2].parent / "shared" / "telegram" / "api.json"
_SCALARS: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "Float": (int, float),
    "True": bool,
}


@cache
def description() -> dict[str, Any]:
    """The description; the test is skipped where it is not at hand."""
    if not DESCRIPTION.exists():
        pytest.skip(f"Telegram's description is not here: {DESCRIPTION}")
    loaded: dict[str, Any] = json.loads(DESCRIPTION.read_text("utf-8"))
    return loaded


def faults(value: Any, kinds: list[str], where: str = "result") -> list[str]:
    """What is wrong with a value that should be of one of these kinds; nothing when it is right."""
    found = [_faults(value, kind, where) for kind in kinds]
    return min(found, key=len)


def _faults(value: Any, kind: str, where: str) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        inner = [kind.removeprefix("Array of ")]
        return [fault for at, item in enumerate(value) for fault in faults(item, inner, f"{where}[{at}]")]
    if kind in _SCALARS:
        right = isinstance(value, _SCALARS[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if right else [f"{where} is no {kind}: {value!r}"]
    described = description()["types"][kind]
    if described.get("subtypes"):
        return faults(value, described["subtypes"], where)
    return _object_faults(value, described, where)


def _object_faults(value: Any, described: dict[str, Any], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where} is no {described['name']}"]
    fields = {field["name"]: field for field in described.get("fields", [])}
    found = [f"{where} lacks {name}" for name, field in fields.items() if field["required"] and name not in value]
    found += [f"{where} has an unknown {name}" for name in value.keys() - fields.keys()]
    for name in value.keys() & fields.keys():
        found += faults(value[name], fields[name]["types"], f"{where}.{name}")
    if "status" in value and f'"{value["status"]}"' not in str(fields.get("status", {}).get("description")):
        found.append(f"{where}.status is not that of {described['name']}")
    return found
