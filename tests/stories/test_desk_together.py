"""A desk works together: what rings and what only changes, whose clock runs, what goes along, what settings move."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from handlers.commands import Enclosure
from handlers.commands.desks import CorrectCategory, PromiseHours
from handlers.commands.reports import (
    AnswerSender,
    EscalateOverdue,
    EscalateReport,
    HandDownReport,
    HearMessage,
    NoteOnReport,
    ReplyToCard,
    ResolveReport,
    SayNotHelped,
    SendHeldReply,
    TakeReport,
)
from handlers.commands.routing import ShowRoutes
from models.notices import Passed
from models.notices.desks import DeskAlarmed, DeskRung
from models.notices.queues import PatternSeen
from models.records import Person, Report
from models.rules.hours import instant
from models.rules.reports import Ring, Rung
from models.rules.triage import Category
from tests.stories.reading import the_report
from tests.stories.world import World

HUNGRY = "Nhà tôi xin ít gạo với thuốc"
ILL = "Bà tôi sốt cao từ tối qua, nhờ tổ giúp"
DANGER = "Bố tôi khó thở, tím tái"
A_LITTLE = timedelta(seconds=1)


def filed(world: World, words: str = HUNGRY) -> Report:
    world.by(world.resident, HearMessage, words=words)
    return the_report(world)


def rings(world: World, person: Person) -> list[Ring]:
    return [told.ring for told in world.told(person) if isinstance(told, DeskRung | DeskAlarmed)]


def passed(world: World, person: Person) -> list[str]:
    return [told.file_id for told in world.told(person) if isinstance(told, Passed)]


def at(world: World, clock: str) -> datetime:
    zone = world.policy.timezone
    return instant(world.now.astimezone(zone).date(), time.fromisoformat(clock), zone)


def test_what_a_desk_does_changes_its_cards_and_makes_no_phone_ring(world: World) -> None:
    report = filed(world)
    for command, values in (
        (TakeReport, {}),
        (NoteOnReport, {"words": "Nhà này ở cuối bản"}),
        (AnswerSender, {"words": "Chiều nay có gạo"}),
        (PromiseHours, {"hours": 2}),
        (CorrectCategory, {"category": Category.RELIEF}),
        (ResolveReport, {"words": "Đã giao gạo"}),
    ):
        world.by(world.member, command, report_id=report.id, **values)
    assert rings(world, world.member) == rings(world, world.second_member) == []


def test_new_words_reopening_climbing_and_danger_ring_under_the_card(world: World) -> None:
    report = filed(world)
    world.by(world.resident, HearMessage, words="Cho xin thêm ít muối")
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã giao gạo")
    world.by(world.resident, SayNotHelped, report_id=report.id)
    assert rings(world, world.second_member) == [Ring.NEW_WORDS, Ring.REOPENED]
    world.by(world.member, EscalateReport, report_id=report.id, words="Tổ hết gạo")
    assert rings(world, world.village_head) == [Ring.ESCALATED]
    world.by(world.resident, HearMessage, words=DANGER)
    assert rings(world, world.second_member)[-1] is Ring.URGENT


def test_taking_it_up_stops_the_clock_and_handing_it_on_starts_it_anew(world: World) -> None:
    report = filed(world, ILL)
    world.by(world.chair, EscalateReport, report_id=report.id, words="")
    world.by(world.chair, EscalateReport, report_id=report.id, words="")
    world.by(world.officer, TakeReport, report_id=report.id)
    world.later(timedelta(minutes=50))
    world.do(EscalateOverdue())
    assert report.taken_by_id == world.officer.id
    world.by(world.officer, HandDownReport, report_id=report.id, unit_id=world.community.id)
    assert (report.rung, report.due_at) == (Rung.TEAM, world.now + timedelta(minutes=30))


def test_a_desk_sends_a_picture_back_only_at_its_tap(world: World) -> None:
    report = filed(world)
    world.by(world.member, ReplyToCard, report_id=report.id, enclosures=(Enclosure("photo", "phieu-gao"),))
    assert passed(world, world.resident) == []
    world.by(world.member, SendHeldReply, report_id=report.id)
    assert passed(world, world.resident) == ["phieu-gao"]


def test_pictures_that_come_later_stay_above_with_whoever_holds_it(world: World) -> None:
    report = filed(world)
    world.by(world.member, EscalateReport, report_id=report.id, words="")
    world.by(world.resident, HearMessage, enclosures=(Enclosure("voice", "tieng-noi"),))
    assert passed(world, world.village_head) == ["tieng-noi"]
    assert passed(world, world.member) == []


@pytest.mark.parametrize(
    ("line", "rung"), [("cứu trợ: tổ, đêm chờ", Rung.TEAM), ("cứu trợ: tổ, đêm chuyển", Rung.VILLAGE_HEAD)]
)
def test_what_the_night_does_is_a_line_of_the_table(world: World, line: str, rung: Rung) -> None:
    world.by(world.commander, ShowRoutes, words=line)
    world.now = at(world, "22:00")
    report = filed(world)
    assert report.category is Category.RELIEF
    for _ in range(3):
        world.later(timedelta(hours=2) + A_LITTLE)
        world.do(EscalateOverdue())
    assert report.rung is rung


def test_how_many_homes_how_soon_and_of_what_make_a_pattern_are_settings(world: World) -> None:
    world.policy = replace(world.policy, pattern_homes=2, pattern_categories=frozenset({Category.RELIEF}))
    for person in (world.resident, world.neighbour):
        world.by(person, HearMessage, words=ILL)
    assert not any(isinstance(told, PatternSeen) for told in world.told(world.officer))
    world.later(timedelta(hours=1))
    for person in (world.resident, world.neighbour):
        world.by(person, HearMessage, words=HUNGRY)
    assert sum(isinstance(told, PatternSeen) for told in world.told(world.officer)) == 1
