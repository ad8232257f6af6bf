"""What happens to a report that nobody takes up, and to one that somebody passes on."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from handlers.commands.queue import ListQueue
from handlers.commands.reports import (
    BeginEscalation,
    BeginHandDown,
    ConfirmHelped,
    EscalateOverdue,
    EscalateWithoutReason,
    HandDownReport,
    HearMessage,
    ResolveReport,
    ReturnClaims,
    TakeReport,
)
from models.notices.desks import (
    DeskActed,
    DeskAlarmed,
    DeskRung,
    HandDownOffered,
    NobodyAbove,
    QuestionLapsed,
    ReportCard,
    ReportLine,
    ReportShrunk,
)
from models.notices.queues import QueueListed
from models.notices.reports import ReportPassedOn
from models.records import Person, Reach, Report
from models.rules.hours import instant
from models.rules.reports import ReportState, Ring, Rung, Step
from models.rules.roles import Role
from tests.stories.reading import last, read
from tests.stories.world import World

HUNGRY = "Nhà tôi xin ít gạo với thuốc"
ILL = "Bà tôi sốt cao từ tối qua, nhờ tổ giúp"
DANGER = "Bố tôi khó thở, tím tái"
A_LITTLE = timedelta(seconds=1)


def filed(world: World, words: str, by: Person | None = None) -> Report:
    sender = by or world.resident
    world.by(sender, HearMessage, words=words)
    return world.session.query(Report).filter_by(sender_id=sender.id).one()


def wait(world: World, span: timedelta) -> None:
    world.later(span + A_LITTLE)
    world.do(EscalateOverdue())


def at(world: World, clock: str) -> datetime:
    """The next instant at which clocks in Vietnam show this time on the day of the story."""
    zone = world.policy.timezone
    return instant(world.now.astimezone(zone).date(), time.fromisoformat(clock), zone)


def seat(report: Report) -> tuple[int, Rung]:
    return report.holder_id, report.rung


def rings(world: World, person: Person) -> list[Ring]:
    return [told.ring for told in world.told(person) if isinstance(told, DeskRung)]


def test_an_unanswered_report_climbs_rung_by_rung_to_the_top(world: World) -> None:
    report = filed(world, ILL)
    climbed = []
    for _ in range(3):
        wait(world, timedelta(minutes=30))
        climbed.append(seat(report))
    assert climbed == [
        (world.community.id, Rung.VILLAGE_HEAD),
        (world.commune.id, Rung.OFFICE),
        (world.district.id, Rung.OFFICE),
    ]


def test_the_sender_is_told_to_whom_it_was_passed_on(world: World) -> None:
    filed(world, ILL)
    wait(world, timedelta(minutes=30))
    told = last(world, world.resident)
    assert isinstance(told, ReportPassedOn)
    assert told.to.name == world.village_head.name
    assert told.answer_by == world.now + timedelta(minutes=30)


def test_climbing_rings_at_the_new_desk_and_leaves_the_old_one_a_copy_to_read(world: World) -> None:
    report = filed(world, ILL)
    wait(world, timedelta(minutes=30))
    assert rings(world, world.village_head) == [Ring.ESCALATED]
    old = world.card(world.member, report.subject)
    assert isinstance(old, ReportCard)
    assert (old.actions, old.sender) == ((), None)
    shown = read(world, old)
    assert world.village_head.name in shown.text
    assert world.resident.name not in shown.text
    assert "nhà số" not in shown.text
    assert shown.rows == ()


def test_looking_twice_at_the_same_moment_climbs_once(world: World) -> None:
    report = filed(world, ILL)
    wait(world, timedelta(minutes=30))
    world.do(EscalateOverdue())
    assert seat(report) == (world.community.id, Rung.VILLAGE_HEAD)
    assert len(rings(world, world.village_head)) == 1


def test_the_top_is_reminded_once_per_patience(world: World) -> None:
    report = filed(world, ILL, by=world.stranger)
    for _ in range(2):
        wait(world, timedelta(minutes=30))
        world.do(EscalateOverdue())
    assert seat(report) == (world.district.id, Rung.OFFICE)
    assert rings(world, world.commander) == [Ring.REMINDED, Ring.REMINDED]


def test_a_danger_nobody_takes_up_rings_every_desk_while_it_climbs_and_then_the_top_once_per_patience(
    world: World,
) -> None:
    report = filed(world, DANGER)
    for _ in range(3):
        wait(world, timedelta(minutes=5))
    assert seat(report) == (world.district.id, Rung.OFFICE)
    climbing = [Ring.URGENT, Ring.REMINDED, Ring.REMINDED]
    assert rings(world, world.member) == [*climbing, Ring.REMINDED]
    assert rings(world, world.officer) == [Ring.URGENT, Ring.REMINDED, Ring.ESCALATED, Ring.REMINDED]
    assert rings(world, world.commander) == [*climbing, Ring.ESCALATED]
    for _ in range(24):
        wait(world, timedelta(minutes=5))
        world.do(EscalateOverdue())
    assert len(rings(world, world.member)) == len(rings(world, world.officer)) == 4
    assert rings(world, world.commander)[4:] == [Ring.REMINDED] * 24


def test_after_an_outage_the_top_is_reminded_once_and_not_for_each_patience_that_passed(world: World) -> None:
    filed(world, DANGER, by=world.stranger)
    wait(world, timedelta(hours=7))
    world.do(EscalateOverdue())
    assert rings(world, world.commander) == [Ring.URGENT, Ring.REMINDED]


def test_a_danger_nobody_takes_up_stands_first_in_the_open_list_of_every_desk_it_passed(world: World) -> None:
    filed(world, HUNGRY, by=world.neighbour)
    report = filed(world, DANGER)
    for _ in range(12):
        wait(world, timedelta(minutes=5))
    for person in (world.member, world.village_head, world.officer, world.commander):
        world.by(person, ListQueue)
        listed = world.card(person, "queue")
        assert isinstance(listed, QueueListed)
        assert listed.lines[0].report_id == report.id


def test_the_card_says_once_that_nobody_took_it_up_and_not_for_every_reminder(world: World) -> None:
    report = filed(world, DANGER)
    for _ in range(12):
        wait(world, timedelta(minutes=5))
    card = world.card(world.commander, report.subject)
    assert isinstance(card, ReportCard)
    assert [line.step for line in card.history] == [Step.ESCALATED] * 3 + [Step.REMINDED]
    assert card.history[-1].at == world.now


def test_a_card_reads_one_of_all_reminders_in_a_row_while_the_history_keeps_each(world: World) -> None:
    report = filed(world, DANGER)
    for _ in range(12):
        wait(world, timedelta(minutes=5))
    world.work().reports.step(report, Step.NOTED, world.now, by=world.commander, words="Đang gọi trạm y tế")
    for _ in range(2):
        wait(world, timedelta(minutes=5))
    reports = world.work().reports
    whole, short = reports.history(report.id), reports.history_in_short(report.id)
    climbed = [Step.FILED, Step.ESCALATED, Step.ESCALATED, Step.ESCALATED]
    assert [step.step for step in whole] == [*climbed, *[Step.REMINDED] * 9, Step.NOTED, *[Step.REMINDED] * 2]
    assert [step.step for step in short] == [*climbed, Step.REMINDED, Step.NOTED, Step.REMINDED]
    assert [step.id for step in short[-3:]] == [whole[12].id, whole[13].id, whole[15].id]


def test_where_nobody_at_the_top_can_be_reached_the_desks_below_are_reminded(world: World) -> None:
    filed(world, DANGER)
    for _ in range(3):
        wait(world, timedelta(minutes=5))
    for person in (world.commander, world.district_officer):
        person.reach = Reach.BLOCKED
    before = len(rings(world, world.officer))
    wait(world, timedelta(minutes=5))
    assert len(rings(world, world.officer)) == before + 1


def test_a_danger_taken_up_that_stands_still_rings_at_its_desk_and_wakes_no_other(world: World) -> None:
    report = filed(world, DANGER)
    world.by(world.member, TakeReport, report_id=report.id)
    for _ in range(4):
        wait(world, timedelta(minutes=30))
    assert rings(world, world.member) == [Ring.URGENT, *[Ring.STANDING] * 4]
    assert rings(world, world.second_member) == [Ring.URGENT, *[Ring.STANDING] * 3]
    assert rings(world, world.commander) == [Ring.URGENT]


def test_who_takes_it_up_stops_the_clock(world: World) -> None:
    report = filed(world, ILL)
    world.by(world.member, TakeReport, report_id=report.id)
    wait(world, timedelta(days=2))
    assert seat(report) == (world.community.id, Rung.TEAM)


def test_nothing_climbs_after_it_is_resolved(world: World) -> None:
    report = filed(world, ILL)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã đưa thuốc")
    wait(world, timedelta(hours=12))
    assert (seat(report), report.state) == ((world.community.id, Rung.TEAM), ReportState.RESOLVED)


def test_a_result_nobody_answers_closes_after_three_days(world: World) -> None:
    report = filed(world, ILL)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã đưa thuốc")
    wait(world, timedelta(hours=72))
    assert report.state is ReportState.CLOSED
    assert isinstance(world.card(world.member, report.subject), ReportShrunk)


def test_at_night_an_urgent_report_wakes_nobody_above_the_commune(world: World) -> None:
    world.now = at(world, "22:00")
    report = filed(world, ILL)
    for _ in range(4):
        wait(world, timedelta(minutes=30))
    assert seat(report) == (world.commune.id, Rung.OFFICE)
    assert Ring.REMINDED in rings(world, world.officer)
    assert world.card(world.commander, report.subject) is None


def test_at_night_what_can_wait_waits_for_the_morning(world: World) -> None:
    world.now = at(world, "20:00")
    report = filed(world, HUNGRY)
    wait(world, timedelta(hours=10))
    assert seat(report) == (world.community.id, Rung.TEAM)
    wait(world, timedelta(hours=3))
    assert seat(report) == (world.community.id, Rung.VILLAGE_HEAD)


def test_a_danger_climbs_at_night_too(world: World) -> None:
    world.now = at(world, "23:00")
    report = filed(world, DANGER)
    for _ in range(3):
        wait(world, timedelta(minutes=5))
    assert seat(report) == (world.district.id, Rung.OFFICE)


def test_a_question_for_tomorrow_never_passes_the_commune(world: World) -> None:
    report = filed(world, "Tiêm mũi 2 được mấy hôm thì tiêm mũi 3?")
    for _ in range(6):
        wait(world, timedelta(days=3))
    assert seat(report) == (world.commune.id, Rung.OFFICE)


def test_the_district_group_sees_the_line_only_once_the_district_has_it(world: World) -> None:
    report = filed(world, ILL)
    for _ in range(2):
        wait(world, timedelta(minutes=30))
    assert world.card(world.group_of(world.district), report.subject) is None
    wait(world, timedelta(minutes=30))
    line = world.card(world.group_of(world.district), report.subject)
    assert isinstance(line, ReportLine)
    assert line.holder == world.district.name


def test_passing_it_up_by_hand_asks_for_the_reason_and_keeps_it(world: World) -> None:
    report = filed(world, HUNGRY)
    world.by(world.member, BeginEscalation, report_id=report.id)
    world.by(world.member, HearMessage, words="Tổ hết gạo rồi")
    assert seat(report) == (world.community.id, Rung.VILLAGE_HEAD)
    assert last(world, world.member) == DeskActed(report.code, Step.ESCALATED, world.community.name)
    card = world.card(world.village_head, report.subject)
    assert "Tổ hết gạo rồi" in read(world, card).text
    assert all("Tổ hết gạo rồi" not in read(world, told).text for told in world.told(world.resident))


def test_two_taps_without_a_reason_climb_once(world: World) -> None:
    report = filed(world, HUNGRY)
    world.by(world.member, BeginEscalation, report_id=report.id)
    for _ in range(2):
        world.by(world.member, EscalateWithoutReason, report_id=report.id)
    assert seat(report) == (world.community.id, Rung.VILLAGE_HEAD)
    assert last(world, world.member) == QuestionLapsed()


def test_above_the_top_there_is_nobody(world: World) -> None:
    report = filed(world, ILL, by=world.stranger)
    world.by(world.commander, BeginEscalation, report_id=report.id)
    assert last(world, world.commander) == NobodyAbove(report.code)


def test_a_desk_that_is_not_ready_is_passed_over_on_the_way_up(world: World) -> None:
    world.second_village_head.reach = Reach.BLOCKED
    report = filed(world, ILL)
    wait(world, timedelta(minutes=30))
    assert seat(report) == (world.commune.id, Rung.OFFICE)


def test_the_district_gives_a_strangers_report_to_the_commune_it_belongs_to(world: World) -> None:
    report = filed(world, ILL, by=world.stranger)
    world.by(world.district_officer, BeginHandDown, report_id=report.id)
    offered = last(world, world.district_officer)
    assert isinstance(offered, HandDownOffered)
    assert [choice.unit_id for choice in offered.choices] == [world.commune.id, world.other_commune.id]
    for _ in range(2):
        world.by(world.district_officer, HandDownReport, report_id=report.id, unit_id=world.other_commune.id)
    assert seat(report) == (world.other_commune.id, Rung.OFFICE)
    assert report.origin_id == world.other_commune.id
    assert rings(world, world.other_officer) == [Ring.HANDED_DOWN]
    told = last(world, world.stranger)
    assert isinstance(told, ReportPassedOn)
    assert told.to.unit == world.other_commune.name


def test_a_unit_elsewhere_cannot_be_given_it(world: World) -> None:
    report = filed(world, ILL, by=world.stranger)
    world.by(world.district_officer, HandDownReport, report_id=report.id, unit_id=world.far_community.id)
    assert seat(report) == (world.district.id, Rung.OFFICE)


def test_who_loses_the_role_gives_the_report_back_and_keeps_only_its_code(world: World) -> None:
    report = filed(world, ILL)
    world.by(world.member, TakeReport, report_id=report.id)
    work = world.work()
    work.people.end_grant(world.member.id, world.community.id, Role.TEAM, world.now)
    world.session.commit()
    world.do(ReturnClaims(person_id=world.member.id, unit_id=world.community.id))
    assert (report.state, report.taken_by_id) == (ReportState.OPEN, None)
    assert report.due_at == world.now + timedelta(minutes=30)
    left = world.card(world.member, report.subject)
    assert left == ReportShrunk(report.code, is_closed=False)
    assert rings(world, world.second_member) == [Ring.RELEASED]


def test_every_step_is_kept_with_who_when_and_from_where(world: World) -> None:
    report = filed(world, ILL)
    wait(world, timedelta(minutes=30))
    world.by(world.village_head, TakeReport, report_id=report.id)
    world.by(world.village_head, ResolveReport, report_id=report.id, words="Đã đưa thuốc")
    world.by(world.resident, ConfirmHelped, report_id=report.id)
    history = [(step.step, step.person_id, step.unit_id) for step in world.work().reports.history(report.id)]
    community = world.community.id
    assert history == [
        (Step.FILED, world.resident.id, community),
        (Step.ESCALATED, None, community),
        (Step.TAKEN, world.village_head.id, community),
        (Step.RESOLVED, world.village_head.id, community),
        (Step.CONFIRMED, world.resident.id, community),
    ]


@pytest.mark.parametrize("words", [ILL, DANGER])
def test_climbing_is_an_alarm_that_leaves_before_other_mail(world: World, words: str) -> None:
    filed(world, words)
    wait(world, timedelta(minutes=30))
    assert isinstance(last(world, world.village_head), DeskAlarmed)
