"""The demo's timetable names everything the clock will bring, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

from bot.demo.books import deadlines
from models.records.base import Record

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
#: What the clock looks after without anybody seeing it in a chat, and a deadline that is chased under another name.
UNSEEN = {"errands.due_at", "imports.due_at", "assignments.due_at"}


def test_every_deadline_that_people_will_notice_is_on_the_timetable() -> None:
    kept = {
        f"{table.name}.{column.name}"
        for table in Record.metadata.tables.values()
        for column in table.columns
        if column.name in ("due_at", "chase_at", "send_at")
    }
    shown = {f"{deadline.at.class_.__tablename__}.{deadline.at.key}" for deadline in deadlines()}
    assert kept - shown - UNSEEN == {"rounds.due_at"}, "rounds are shown by the time of each step"


def test_the_page_has_a_name_for_each() -> None:
    for language in ("vi", "en"):
        words = json.loads((PAGE / f"{language}.json").read_text("utf-8"))
        named = {key for key in words if key.startswith("due_")}
        assert named == {f"due_{deadline.kind.replace('.', '_')}" for deadline in deadlines()}
