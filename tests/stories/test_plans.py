"""When homes are asked: `/lichhoitham`, read back before it counts, and what a change does to rounds on their way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.commands.plans import (
    AskForPlan,
    BrowsePlans,
    ChoosePlan,
    DropPlan,
    OpenPlan,
    PlanChoice,
    SavePlan,
    ShowPlans,
)
from handlers.commands.reports import HearMessage
from models.notices.checkins import RoundOpened, RoundReminded
from models.notices.plans import (
    PlanAsked,
    PlanNotThus,
    PlanProposed,
    PlanRefused,
    PlanShown,
    PlansOffered,
    PlanUnread,
)
from models.records import AuditEntry, CheckinPause, CheckinPlan, Person, Round, Unit
from models.rules.checkins import Answer
from models.rules.rounds import RoundState
from tests.stories.checkin_day import Day


def card(day: Day, who: Person) -> object:
    return day.world.card(who, "plan")


def types(day: Day, who: Person, unit: Unit, words: str) -> None:
    """Ask for another plan, write what is to be different, and confirm what is read back."""
    day.world.by(who, AskForPlan, unit_id=unit.id)
    day.world.by(who, HearMessage, words=words)
    day.world.by(who, SavePlan, unit_id=unit.id)


def scheduled(day: Day) -> Round:
    round_ = day.world.session.scalars(select(Round).where(Round.state == RoundState.SCHEDULED)).one()
    day.world.session.refresh(round_)
    return round_


def test_the_team_sees_its_plan_and_the_next_seven_days(day: Day) -> None:
    day.world.by(day.world.member, ShowPlans)
    shown = card(day, day.world.member)
    assert isinstance(shown, PlanShown)
    assert len(shown.days) == 7
    text = day.read(shown).text
    assert "Mở lúc 18:30 hôm trước, nhắc lúc 05:30" in text
    assert "T2 23/11" in text
    assert "theo Xã Mẫu Một" in text


def test_a_change_is_read_back_and_counts_only_once_it_is_confirmed(day: Day) -> None:
    day.tick()
    day.world.by(day.world.member, ShowPlans, words="mở 7h, nhắc 16h, gọi 16h30, khép 18h; thứ 2 4 6; xin chào")
    proposed = card(day, day.world.member)
    assert isinstance(proposed, PlanProposed)
    assert proposed.refused == ("xin chào",)
    assert "khép lúc 18:00" in day.read(proposed).text
    assert day.world.session.scalars(select(CheckinPlan)).all() == []
    day.world.by(day.world.member, SavePlan, unit_id=day.world.community.id)
    shown = card(day, day.world.member)
    assert isinstance(shown, PlanShown)
    assert shown.was_saved
    # It is Monday 09:00, so the next round of the new plan is Wednesday's.
    assert (scheduled(day).day, day.at_local_clock(scheduled(day).opens_at)) == (date(2026, 11, 25), "07:00")


def test_what_was_dropped_leaves_the_plan_as_it_was(day: Day) -> None:
    day.world.by(day.world.member, ShowPlans, words="khép 15h")
    day.world.by(day.world.member, DropPlan, unit_id=day.world.community.id)
    day.world.by(day.world.member, SavePlan, unit_id=day.world.community.id)
    assert isinstance(card(day, day.world.member), PlanShown)
    assert day.world.session.scalars(select(CheckinPlan)).all() == []


def test_a_second_tap_on_send_changes_nothing_more(day: Day) -> None:
    day.world.by(day.world.member, ShowPlans, words="nghỉ")
    for _ in range(2):
        day.world.by(day.world.member, SavePlan, unit_id=day.world.community.id)
    assert len(day.world.session.scalars(select(CheckinPause)).all()) == 1


def test_the_question_lasts_until_the_next_message_answers_it(day: Day) -> None:
    day.world.by(day.world.member, AskForPlan, unit_id=day.world.community.id)
    assert isinstance(day.world.told(day.world.member)[-1], PlanAsked)
    day.world.by(day.world.member, HearMessage, words="blabla")
    unread = card(day, day.world.member)
    assert isinstance(unread, PlanUnread)
    assert "blabla" in day.read(unread).text


def test_a_plan_no_round_could_keep_is_refused_with_its_reason(day: Day) -> None:
    day.world.by(day.world.member, ShowPlans, words="khép 6h")
    refused = card(day, day.world.member)
    assert isinstance(refused, PlanNotThus)
    assert "thứ tự" in day.read(refused).text


def test_a_commanders_plan_holds_for_every_community_below_unless_it_has_its_own(day: Day) -> None:
    day.world.household(day.world.far_community, "1")
    types(day, day.world.member, day.world.community, "khép 16h")
    types(day, day.world.commander, day.world.district, "thị trấn; hỏi: Nhà có ai mới về không ạ?")
    day.tick()
    rounds = {round_.unit_id: round_ for round_ in day.world.session.scalars(select(Round))}
    own, far = rounds[day.world.community.id], rounds[day.world.far_community.id]
    assert (day.at_local_clock(far.opens_at), day.at_local_clock(far.closes_at)) == ("07:00", "18:00")
    assert day.at_local_clock(own.closes_at) == "16:00"
    assert own.question == far.question == "Nhà có ai mới về không ạ?"


def test_a_commander_finds_the_plans_below(day: Day) -> None:
    world = day.world
    world.by(world.commander, ShowPlans)
    assert isinstance(card(day, world.commander), PlanShown)
    world.by(world.commander, BrowsePlans, unit_id=world.district.id, page=0)
    offered = card(day, world.commander)
    assert isinstance(offered, PlansOffered)
    assert [unit.name for unit in offered.units] == ["Xã Mẫu Một", "Xã Mẫu Hai"]
    world.by(world.commander, OpenPlan, unit_id=world.commune.id)
    shown = card(day, world.commander)
    assert isinstance(shown, PlanShown)
    assert shown.unit == "Xã Mẫu Một"


def test_who_plans_for_several_units_chooses_one(day: Day) -> None:
    day.world.by(day.world.village_head, ShowPlans)
    offered = card(day, day.world.village_head)
    assert isinstance(offered, PlansOffered)
    assert [unit.unit_id for unit in offered.units] == [day.world.community.id, day.world.second_community.id]


@pytest.mark.parametrize("who", ["stranger", "far_member", "other_chair", "health", "clerk", "administrator"])
def test_others_are_told_who_decides_and_it_is_recorded(day: Day, who: str) -> None:
    person = getattr(day.world, who)
    day.world.by(person, OpenPlan, unit_id=day.world.community.id)
    day.world.by(person, ChoosePlan, unit_id=day.world.community.id, choice=PlanChoice.TOWN)
    day.world.by(person, SavePlan, unit_id=day.world.community.id)
    refused = day.world.told(person)
    assert all(isinstance(notice, PlanRefused) for notice in refused)
    assert "Tổ viên Một" in day.read(refused[0]).text
    assert day.world.session.query(AuditEntry).filter_by(person_id=person.id, refused=True).count() == 3


def test_a_holiday_has_no_rounds_and_they_go_on_by_themselves_afterwards(day: Day) -> None:
    types(day, day.world.chair, day.world.commune, "nghỉ 25/11-27/11")
    day.begin()
    assert day.round.day == date(2026, 11, 24)
    day.until(day.round.closes_at + timedelta(days=3))
    days = day.world.session.scalars(select(Round.day).order_by(Round.day)).all()
    assert days[:2] == [date(2026, 11, 24), date(2026, 11, 28)]


def test_a_pause_without_an_end_lasts_until_somebody_ends_it(day: Day) -> None:
    day.tick()
    day.world.by(day.world.chair, ChoosePlan, unit_id=day.world.commune.id, choice=PlanChoice.PAUSE)
    day.world.by(day.world.chair, SavePlan, unit_id=day.world.commune.id)
    day.later(timedelta(days=10))
    assert day.world.session.scalars(select(Round)).all() == []
    day.world.by(day.world.chair, ChoosePlan, unit_id=day.world.commune.id, choice=PlanChoice.RESUME)
    day.world.by(day.world.chair, SavePlan, unit_id=day.world.commune.id)
    assert scheduled(day).day == day.world.work().today + timedelta(days=1)


def test_a_change_moves_what_lies_ahead_of_an_open_round_and_shows_it(day: Day) -> None:
    day.begin()
    types(day, day.world.member, day.world.community, "nhắc 6h30, khép 16h")
    day.world.session.refresh(day.round)
    assert day.at_local_clock(day.round.closes_at) == "16:00"
    assert "16:00" in day.read(day.board()).text
    day.until(day.round.opens_at.replace(hour=23, minute=0))
    assert [notice for notice in day.world.told(day.group) if isinstance(notice, RoundReminded)] == []
    day.until(day.round.reminds_at)
    assert len([notice for notice in day.world.told(day.group) if isinstance(notice, RoundReminded)]) == 1


def test_what_the_new_plan_puts_behind_this_moment_is_not_sent_late(day: Day) -> None:
    day.begin()
    day.world.now = day.round.reminds_at - timedelta(minutes=30)
    types(day, day.world.member, day.world.community, "nhắc 4h, im 22h-3h")
    day.until(day.round.closes_at)
    assert [notice for notice in day.world.told(day.group) if isinstance(notice, RoundReminded)] == []
    assert day.round.state is RoundState.CLOSED
    assert day.round.skipped_steps == 0


def test_a_pause_of_today_lets_the_open_round_end_in_peace(day: Day) -> None:
    day.begin()
    closes_at = day.round.closes_at
    types(day, day.world.chair, day.world.commune, "nghỉ 23/11-30/11")
    day.tap(day.world.resident, Answer.ALL_WELL)
    day.until(closes_at)
    assert day.calls_of(day.world.member) is None
    assert (day.round.state, day.tally().answered) == (RoundState.CLOSED, 1)


def test_the_question_of_the_plan_stands_on_the_board(day: Day) -> None:
    types(day, day.world.member, day.world.community, "hỏi: Nhà có ai mới về không ạ?")
    day.begin()
    board = day.board()
    assert isinstance(board, RoundOpened)
    assert day.read(board).text.splitlines()[1] == "Nhà có ai mới về không ạ?"
    assert len(day.read(board).text.splitlines()) <= 5


def test_without_a_reminder_nobody_is_reminded(day: Day) -> None:
    types(day, day.world.member, day.world.community, "không nhắc")
    day.begin()
    day.until(day.round.call_list_at)
    assert [notice for notice in day.world.told(day.group) if isinstance(notice, RoundReminded)] == []
    assert day.calls_of(day.world.member) is not None
