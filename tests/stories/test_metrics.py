"""Whoever watches the machine sees what waits, how old it is, and nobody's name."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.web.metrics import exposition
from handlers.commands.reports import FileReport
from models.rules.checkins import Answer
from models.store import gauges
from tests.stories.checkin_day import Day
from tests.stories.world import World

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations"


def page(world: World) -> str:
    return exposition(gauges.read(world.session), world.now).decode()


def values(world: World) -> dict[str, float]:
    """Every sample of the page, by its name and labels."""
    return {
        f"{sample.name}{sorted(sample.labels.items())}": sample.value
        for family in text_string_to_metric_families(page(world))
        for sample in family.samples
    }


def file_report(world: World, words: str) -> None:
    world.by(world.resident, FileReport, words=words)


def open_reports(world: World, age: str) -> float:
    name = f"tocovid_reports_open[('age', '{age}')"
    return sum(value for key, value in values(world).items() if key.startswith(name))


def test_a_report_nobody_takes_up_is_counted_older_and_older(world: World) -> None:
    file_report(world, "Nhà tôi hết gạo")
    assert (open_reports(world, "2h"), open_reports(world, "older")) == (1, 0)
    world.later(timedelta(days=2))
    assert (open_reports(world, "2h"), open_reports(world, "older")) == (0, 1)


def test_mail_that_waits_is_counted_with_the_age_of_the_oldest(world: World) -> None:
    file_report(world, "Nhà tôi hết gạo")
    world.later(timedelta(minutes=5))
    seen = values(world)
    assert seen["tocovid_mail_waiting[('priority', 'reply')]"] >= 1
    assert seen["tocovid_mail_oldest_seconds[('priority', 'reply')]"] == 300
    assert seen["tocovid_mail_waiting[('priority', 'bulk')]"] == 0


def test_the_share_of_homes_that_answered_is_shown_once_homes_are_asked(day: Day) -> None:
    assert str(values(day.world)["tocovid_rounds_completeness[]"]) == "nan"
    day.begin()
    day.tap(day.world.resident, Answer.ALL_WELL)
    share = values(day.world)["tocovid_rounds_completeness[]"]
    assert share == day.board().answered / day.board().expected


def test_no_name_and_no_word_is_shown(world: World) -> None:
    file_report(world, "Nhà tôi hết gạo")
    assert "gạo" not in page(world)
    assert world.resident.name not in page(world)


def test_the_example_dashboard_and_alerts_ask_for_what_there_is(world: World) -> None:
    rules: dict[str, Any] = yaml.safe_load((OPERATIONS / "alerts.yml").read_text(encoding="utf-8"))
    board: dict[str, Any] = json.loads((OPERATIONS / "dashboard.json").read_text(encoding="utf-8"))
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    asked += [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    known = {family.name for family in text_string_to_metric_families(page(world))}
    names = {re.sub(r"_(total|bucket)$", "", name) for each in asked for name in re.findall(r"tocovid_\w+", each)}
    assert len(asked) > 10
    assert names <= known
