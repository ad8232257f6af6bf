"""Whose a report is: given back, given to a colleague, promised for a time, and chased when it stands still."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from handlers.commands.desks import (
    AssignReport,
    GiveBackReport,
    OfferColleagues,
    OfferTimes,
    PromiseHours,
)
from handlers.commands.reports import EscalateOverdue, HearMessage, NoteOnReport, ResolveReport, TakeReport
from models.notices.desks import DeskActed, DeskRung, ReportCard, ReportRefused
from models.notices.directives import DeadlineRefused
from models.notices.reports import ReportTakenUp
from models.notices.tools import ColleaguesOffered, TimePromised, TimesOffered
from models.records import Person, Report, ReportBreach
from models.rules.claims import Breach
from models.rules.reports import ReportState, Ring, Step
from tests.stories.reading import last, read, the_report
from tests.stories.world import World

ILL = "Bà tôi sốt cao từ tối qua"


def taken(world: World) -> Report:
    world.by(world.resident, HearMessage, words=ILL)
    report = the_report(world)
    world.by(world.member, TakeReport, report_id=report.id)
    return report


def wait(world: World, span: timedelta) -> None:
    world.later(span)
    world.do(EscalateOverdue())


def rings(world: World, person: Person) -> list[Ring]:
    return [told.ring for told in world.told(person) if isinstance(told, DeskRung)]


def breaches(world: World) -> list[tuple[Breach, int | None]]:
    return [(each.kind, each.person_id) for each in world.session.scalars(select(ReportBreach))]


def steps(world: World, report: Report) -> list[Step]:
    return [step.step for step in world.work().reports.history(report.id)]


def test_whoever_cannot_do_it_gives_it_back_and_its_desk_is_rung(world: World) -> None:
    report = taken(world)
    for _ in range(2):
        world.by(world.member, GiveBackReport, report_id=report.id)
    assert (report.state, report.taken_by_id) == (ReportState.OPEN, None)
    assert report.due_at == world.now + timedelta(minutes=30)
    assert rings(world, world.second_member) == [Ring.RELEASED]
    assert steps(world, report).count(Step.RELEASED) == 1


def test_a_colleague_is_chosen_by_name_rung_alone_and_named_to_the_sender(world: World) -> None:
    report = taken(world)
    world.by(world.member, OfferColleagues, report_id=report.id)
    offered = world.card(world.member, report.tools_subject)
    assert isinstance(offered, ColleaguesOffered)
    assert [each.name for each in offered.people] == [world.second_member.name]
    world.by(world.member, AssignReport, report_id=report.id, person_id=world.second_member.id)
    assert (report.state, report.taken_by_id) == (ReportState.TAKEN, world.second_member.id)
    assert rings(world, world.second_member) == [Ring.ASSIGNED]
    assert rings(world, world.member) == []
    told = last(world, world.resident)
    assert isinstance(told, ReportTakenUp)
    assert told.by.name == world.second_member.name
    card = world.card(world.member, report.subject)
    assert world.second_member.name in read(world, card).text


def test_nobody_from_elsewhere_can_be_given_it(world: World) -> None:
    report = taken(world)
    for stranger in (world.far_member, world.resident, world.officer):
        world.by(world.member, AssignReport, report_id=report.id, person_id=stranger.id)
        assert report.taken_by_id == world.member.id
    world.by(world.far_member, AssignReport, report_id=report.id, person_id=world.far_member.id)
    assert isinstance(last(world, world.far_member), ReportRefused)
    assert report.taken_by_id == world.member.id


def test_the_sender_reads_by_when_help_comes(world: World) -> None:
    report = taken(world)
    world.by(world.member, OfferTimes, report_id=report.id)
    assert isinstance(world.card(world.member, report.tools_subject), TimesOffered)
    world.by(world.member, PromiseHours, report_id=report.id, hours=2)
    told = last(world, world.resident)
    assert isinstance(told, TimePromised)
    assert told.at == report.promised_at == report.due_at == world.now + timedelta(hours=2)
    card = world.card(world.second_member, report.subject)
    assert isinstance(card, ReportCard)
    assert card.promised_at == told.at


def test_a_time_can_be_typed_and_what_is_none_is_asked_again(world: World) -> None:
    report = taken(world)
    world.by(world.member, OfferTimes, report_id=report.id)
    world.by(world.member, HearMessage, words="lúc nào rảnh")
    assert isinstance(last(world, world.member), DeadlineRefused)
    world.by(world.member, HearMessage, words="16h hôm nay")
    assert report.promised_at == world.now + timedelta(hours=7)
    assert world.card(world.member, report.tools_subject) == DeskActed(report.code, Step.PROMISED)


def test_a_promise_is_due_at_its_time_and_is_broken_once(world: World) -> None:
    report = taken(world)
    world.by(world.member, PromiseHours, report_id=report.id, hours=1)
    wait(world, timedelta(minutes=59))
    assert rings(world, world.member) == []
    wait(world, timedelta(minutes=1))
    world.do(EscalateOverdue())
    assert rings(world, world.member) == [Ring.PROMISE_DUE]
    assert breaches(world) == [(Breach.PROMISE, world.member.id)]


def test_a_promise_kept_breaks_nothing(world: World) -> None:
    report = taken(world)
    world.by(world.member, PromiseHours, report_id=report.id, hours=1)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã đưa thuốc")
    wait(world, timedelta(hours=2))
    assert breaches(world) == []
    assert report.state is ReportState.RESOLVED


def test_a_report_that_was_taken_up_and_stands_still_is_chased_first_in_private_then_at_its_desk(world: World) -> None:
    report = taken(world)
    wait(world, timedelta(hours=2))
    assert rings(world, world.member) == [Ring.STANDING]
    assert rings(world, world.second_member) == []
    wait(world, timedelta(hours=2))
    assert rings(world, world.member) == [Ring.STANDING] * 2
    assert rings(world, world.second_member) == [Ring.STANDING]
    assert report.taken_by_id == world.member.id
    assert breaches(world) == [(Breach.STANDING, world.member.id)]


def test_whoever_works_on_it_is_left_alone(world: World) -> None:
    report = taken(world)
    for _ in range(4):
        wait(world, timedelta(hours=1))
        world.by(world.member, NoteOnReport, report_id=report.id, words="Đang chờ trạm")
    assert rings(world, world.member) == []
    assert breaches(world) == []


def test_a_desk_that_takes_nothing_up_is_on_record_once_for_its_time(world: World) -> None:
    world.by(world.stranger, HearMessage, words=ILL)
    for _ in range(3):
        wait(world, timedelta(minutes=30))
    assert rings(world, world.district_officer).count(Ring.REMINDED) == 3
    assert breaches(world) == [(Breach.UNTAKEN, None)]


def test_each_desk_that_was_late_is_on_record_for_itself(world: World) -> None:
    world.by(world.resident, HearMessage, words=ILL)
    for _ in range(3):
        wait(world, timedelta(minutes=30))
    assert breaches(world) == [(Breach.UNTAKEN, None)] * 3
    rungs = world.session.scalars(select(ReportBreach.unit_id).order_by(ReportBreach.id)).all()
    assert rungs == [world.community.id, world.community.id, world.commune.id]
