"""Health followed at home: begun under the rule of the day, measured, flagged, and over on the right day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from handlers.commands.followups import (
    AdvanceFollowUps,
    AskFollowUp,
    ConfirmFollowUp,
    DropFollowUp,
    Feeling,
    FollowQuestion,
    MakeCase,
    OpenFollowUp,
    ReadingOf,
    ShowFollowUps,
    TapFeeling,
)
from handlers.commands.reports import HearMessage
from models.notices.followups import (
    FollowRefused,
    FollowUpBegan,
    FollowUpCertified,
    FollowUpOver,
    FollowUpRead,
    FollowUpShown,
    FollowUpsListed,
    ReadingAsked,
    ReadingKept,
    ReadingsMissed,
    WhoseReading,
)
from models.records import FollowUp, Reading, Report, ReportStep, Resident
from models.rules.followups import FollowUpEvent, FollowUpState
from models.rules.protocols import Subject
from models.rules.reports import Step
from models.rules.triage import Urgency
from tests.stories.rendering import read
from tests.stories.world import World

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def begin(world: World, words: str = "1 Bà Mẫu F1 đủ mũi") -> FollowUp:
    """A follow-up in the resident's home, begun by the team on Monday 23 November at 09:00."""
    world.by(world.member, ShowFollowUps, words=words)
    world.by(world.member, ConfirmFollowUp)
    return world.session.scalars(select(FollowUp).order_by(FollowUp.id.desc()).limit(1)).one()


def until(world: World, clock: str) -> None:
    """Let the clock tick at every step that falls due up to this local time."""
    target = datetime.fromisoformat(clock).replace(tzinfo=VIETNAM)
    while True:
        due = world.session.scalars(
            select(FollowUp.due_at).where(FollowUp.state == FollowUpState.RUNNING).order_by(FollowUp.due_at).limit(1)
        ).first()
        if due is None or due > target:
            break
        world.now = max(due, world.now)
        world.do(AdvanceFollowUps())
    world.now = target


def measure(world: World, words: str) -> None:
    world.by(world.resident, HearMessage, words=words)


def reports(world: World) -> list[Report]:
    return list(world.session.scalars(select(Report).order_by(Report.id)))


def test_whom_to_follow_is_read_back_with_the_rule_in_force(world: World) -> None:
    world.by(world.member, ShowFollowUps, words="1 Bà Mẫu F1 đủ mũi từ 20/11")
    shown = world.card(world.member, "follow-up")
    assert isinstance(shown, FollowUpRead)
    assert (shown.isolates_until, shown.last_day) == (date(2026, 11, 24), date(2026, 11, 29))
    assert "21/02/2022" in read(shown).text
    assert world.session.scalars(select(FollowUp)).all() == []
    world.by(world.member, DropFollowUp)
    world.by(world.member, ConfirmFollowUp)
    assert world.session.scalars(select(FollowUp)).all() == []


def test_the_resident_of_the_list_is_found_by_part_of_the_name(world: World) -> None:
    world.session.add(Resident(household_id=world.homes[0].id, name="Lò Thị Mẫu", birth_year=1950))
    world.session.flush()
    follow_up = begin(world, "1 mau f0")
    assert (follow_up.name, follow_up.birth_year) == ("Lò Thị Mẫu", 1950)


def test_the_home_learns_at_once_until_when_and_whom_to_call(world: World) -> None:
    begin(world)
    began = world.told(world.resident)[-1]
    assert isinstance(began, FollowUpBegan)
    assert "27/11/2026" in read(began).text
    assert "Tổ viên Một" in read(began).text
    assert len(read(began).text.splitlines()) <= 5


def test_a_second_tap_begins_nothing_more(world: World) -> None:
    begin(world)
    world.by(world.member, ConfirmFollowUp)
    assert len(world.session.scalars(select(FollowUp)).all()) == 1


def test_readings_are_asked_for_twice_a_day_and_kept_as_typed(world: World) -> None:
    follow_up = begin(world)
    until(world, "2026-11-23 17:00")
    assert isinstance(world.card(world.resident, follow_up.code), ReadingAsked)
    measure(world, "38,2 spo2 97 nhịp thở 18")
    reading = world.session.scalars(select(Reading)).one()
    assert (reading.temperature, reading.oxygen, reading.breaths) == (38.2, 97, 18)
    kept = world.card(world.resident, follow_up.code)
    assert isinstance(kept, ReadingKept)
    assert "38,2 độ, SpO₂ 97%" in read(kept).text
    assert reports(world) == []
    until(world, "2026-11-24 07:00")
    assert isinstance(world.card(world.resident, follow_up.code), ReadingAsked)


@pytest.mark.parametrize("words", ["spo2 95", "nhip tho 21", "mach 130", "ha 85/50", "37 94"])
def test_a_red_flag_is_an_urgent_report_at_once_with_the_last_readings(world: World, words: str) -> None:
    begin(world)
    measure(world, "36.8 spo2 98")
    measure(world, words)
    (report,) = reports(world)
    assert report.urgency is Urgency.P1
    assert words in report.words
    assert "36.8 °C, SpO2 98%" in report.words
    assert report.household_id == world.homes[0].id


def test_the_next_red_flag_joins_the_report_that_is_worked_on(world: World) -> None:
    begin(world)
    measure(world, "spo2 94")
    measure(world, "spo2 92")
    (report,) = reports(world)
    joined = world.session.scalars(select(ReportStep).where(ReportStep.step == Step.JOINED)).one()
    assert "spo2 92" in joined.words
    assert report.urgency is Urgency.P1


def test_a_tap_on_hard_breathing_is_danger_and_on_worse_is_told_to_the_team(world: World) -> None:
    follow_up = begin(world)
    world.by(world.resident, TapFeeling, follow_up_id=follow_up.id, feeling=Feeling.WORSE)
    assert [report.urgency for report in reports(world)] == [Urgency.P2]
    world.by(world.resident, TapFeeling, follow_up_id=follow_up.id, feeling=Feeling.BREATHLESS)
    assert Urgency.P1 in [report.urgency for report in reports(world)]


def test_a_missed_reading_is_on_the_teams_list_within_the_hour_and_leaves_it_when_it_comes(world: World) -> None:
    begin(world)
    until(world, "2026-11-23 18:00")
    subject = f"missed:{world.community.id}"
    missed = world.card(world.member, subject)
    assert isinstance(missed, ReadingsMissed)
    assert "Nhà 1, Bà Mẫu" in read(missed).text or "Nhà 1, Mẫu" in read(missed).text
    assert "092" in read(missed).text
    measure(world, "36.7")
    now = world.card(world.member, subject)
    assert isinstance(now, ReadingsMissed)
    assert now.missed == ()


def test_whoever_measured_just_before_is_not_asked_again(world: World) -> None:
    follow_up = begin(world)
    world.now = datetime(2026, 11, 23, 16, 0, tzinfo=VIETNAM)
    measure(world, "36.7")
    until(world, "2026-11-23 18:30")
    assert isinstance(world.card(world.resident, follow_up.code), ReadingKept)
    assert world.card(world.member, f"missed:{world.community.id}") is None


def test_it_ends_by_itself_on_the_right_day_with_a_line_for_the_certificate(world: World) -> None:
    follow_up = begin(world, "1 Bà Mẫu F1 đủ mũi")  # 5 and 5 days, the first counted: through 2 December.
    until(world, "2026-12-02 23:59")
    states = [follow_up.state]
    until(world, "2026-12-03 00:00")
    assert [*states, follow_up.state] == [FollowUpState.RUNNING, FollowUpState.ENDED]
    over = world.told(world.resident)[-1]
    assert isinstance(over, FollowUpOver)
    certified = world.told(world.member)[-1]
    assert isinstance(certified, FollowUpCertified)
    assert "từ 23/11/2026 đến hết 2/12/2026" in read(certified).text


def test_a_contact_who_falls_ill_begins_new_days_and_the_history_stays(world: World) -> None:
    follow_up = begin(world)
    world.later(timedelta(days=2))
    world.by(world.member, MakeCase, follow_up_id=follow_up.id, is_sure=False)
    assert follow_up.subject is Subject.F1
    for _ in range(2):
        world.by(world.member, MakeCase, follow_up_id=follow_up.id, is_sure=True)
    assert (follow_up.subject, follow_up.last_day) == (Subject.F0, date(2026, 12, 4))
    events = [change.event for change in world.work().followups.changes_of(follow_up)]
    assert events == [FollowUpEvent.STARTED, FollowUpEvent.BECAME_CASE]
    shown = world.card(world.member, "follow-up-open")
    assert isinstance(shown, FollowUpShown)
    assert "thành F0" in read(shown).text


def test_it_is_extended_and_ended_early_with_who_and_why(world: World) -> None:
    follow_up = begin(world)
    world.by(world.member, AskFollowUp, follow_up_id=follow_up.id, question=FollowQuestion.EXTEND)
    world.by(world.member, HearMessage, words="còn dương tính")
    world.by(world.member, HearMessage, words="3 ngày, còn dương tính")
    assert follow_up.last_day == date(2026, 12, 5)
    world.by(world.health, AskFollowUp, follow_up_id=follow_up.id, question=FollowQuestion.STOP)
    world.by(world.health, HearMessage, words="đi viện")
    assert follow_up.state is FollowUpState.STOPPED
    shown = read(world.card(world.health, "follow-up-open")).text
    assert "Tổ viên Một, 3 ngày, còn dương tính" in shown
    assert "Trạm Y tế Xã Một, đi viện" in shown
    until(world, "2026-12-20 09:00")
    assert not any(isinstance(notice, FollowUpOver) for notice in world.told(world.resident))


def test_the_team_enters_what_it_was_told_on_the_phone(world: World) -> None:
    follow_up = begin(world)
    world.by(world.member, AskFollowUp, follow_up_id=follow_up.id, question=FollowQuestion.READING)
    world.by(world.member, HearMessage, words="36.6 97")
    reading = world.session.scalars(select(Reading)).one()
    assert (reading.oxygen, reading.by_id) == (97, world.member.id)


def test_values_from_a_home_where_several_are_followed_are_asked_about(world: World) -> None:
    begin(world)
    other = begin(world, "1 Cháu Mẫu F1")
    measure(world, "37.2")
    whose = world.card(world.resident, "whose-reading")
    assert isinstance(whose, WhoseReading)
    for _ in range(2):
        world.by(world.resident, ReadingOf, follow_up_id=other.id)
    assert [reading.follow_up_id for reading in world.session.scalars(select(Reading))] == [other.id]


def test_an_outage_brings_no_late_question_and_still_tells_the_team(world: World) -> None:
    follow_up = begin(world)
    world.now = datetime(2026, 11, 24, 12, 0, tzinfo=VIETNAM)
    world.do(AdvanceFollowUps())
    assert world.card(world.resident, follow_up.code) is None
    assert follow_up.due_at == datetime(2026, 11, 24, 17, 0, tzinfo=VIETNAM)


def test_the_list_shows_whom_one_looks_after_and_nobody_else(world: World) -> None:
    follow_up = begin(world)
    world.by(world.officer, ShowFollowUps)
    listed = world.card(world.officer, "follow-ups")
    assert isinstance(listed, FollowUpsListed)
    assert [line.follow_up_id for line in listed.lines] == [follow_up.id]
    world.by(world.far_member, ShowFollowUps)
    elsewhere = world.card(world.far_member, "follow-ups")
    assert isinstance(elsewhere, FollowUpsListed)
    assert elsewhere.lines == ()


@pytest.mark.parametrize("who", ["stranger", "neighbour", "far_member", "administrator", "clerk"])
def test_others_neither_see_nor_change_it(world: World, who: str) -> None:
    follow_up = begin(world)
    person = getattr(world, who)
    world.by(person, OpenFollowUp, follow_up_id=follow_up.id)
    world.by(person, MakeCase, follow_up_id=follow_up.id, is_sure=True)
    world.by(person, TapFeeling, follow_up_id=follow_up.id, feeling=Feeling.WELL)
    assert follow_up.subject is Subject.F1
    assert all(isinstance(notice, FollowRefused) for notice in world.told(person))
    assert all("Mẫu F1" not in read(notice).text for notice in world.told(person))
    assert world.session.scalars(select(Reading)).all() == []
