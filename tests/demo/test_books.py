"""The demo's timetable has a name for everything the clock will bring, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.demo.books import UNSEEN, WAITING, deadlines
from models.records.base import Record

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"


def test_every_table_with_a_deadline_is_on_the_timetable() -> None:
    kept = {str(column) for table in Record.metadata.tables.values() for column in table.columns}
    assert kept >= UNSEEN
    assert {name for name in kept if name.endswith(WAITING)} - UNSEEN <= {deadline.column for deadline in deadlines()}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_has_a_name_for_each(language: str) -> None:
    words = json.loads((PAGE / f"{language}.json").read_text("utf-8"))
    named = {key for key in words if key.startswith("due_")}
    assert {f"due_{deadline.kind.replace('.', '_')}" for deadline in deadlines()} | {"due_other"} == named
