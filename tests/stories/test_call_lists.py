"""The team's side of a round: who is silent, and answering on their behalf."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.commands.called_homes import ChooseSource, OpenHome
from handlers.commands.checkins import ConfirmLine, DropLine, EnterLine, NoteUnreached, ReadLine, ShowSilent
from handlers.commands.reports import HearMessage
from models.notices.call_lists import (
    AnswerRefused,
    CallListShown,
    HomeOpened,
    LineDropped,
    LineHeard,
    LineKept,
    LineRead,
    SourceAsked,
    TeamRoundsShown,
)
from models.notices.checkin_figures import FiguresSent, UnitsListed
from models.notices.checkins import NothingOpen
from models.records import AuditEntry, Report
from models.rules.checkins import Answer, Source
from models.rules.roles import Role
from tests.stories.checkin_day import Day

WELL, ILL, HELP = Answer.ALL_WELL, Answer.SOMEONE_ILL, Answer.NEED_HELP


def numbers(shown: CallListShown) -> list[str]:
    return [home.number for home in shown.homes]


def test_in_the_morning_the_team_gets_the_silent_homes_with_their_phones(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, WELL)
    day.until(day.round.call_list_at)
    assert numbers(day.calls_of(day.world.member)) == ["2", "3", "4", "5"]
    assert day.calls_of(day.world.second_member) == day.calls_of(day.world.member)
    assert day.calls_of(day.world.village_head) is None
    assert "2. Chủ nhà 2, 092" in day.read(day.calls_of(day.world.member)).text


def test_the_list_loses_a_home_as_soon_as_it_answers(day: Day) -> None:
    day.begin()
    day.until(day.round.call_list_at)
    day.tap(day.world.resident, WELL)
    assert numbers(day.calls_of(day.world.member)) == ["2", "3", "4", "5"]


def test_two_taps_answer_on_behalf_with_the_source(day: Day) -> None:
    home = day.world.homes[2]
    day.begin()
    day.by(day.world.member, OpenHome, household_id=home.id)
    assert isinstance(day.calls_of(day.world.member), HomeOpened)
    day.by(day.world.member, ChooseSource, household_id=home.id, answer=WELL)
    assert isinstance(day.calls_of(day.world.member), SourceAsked)
    day.tap_home(day.world.member, 2, WELL, Source.NEIGHBOUR)
    assert day.answer_of(2) == (WELL, Source.NEIGHBOUR)
    assert numbers(day.calls_of(day.world.member)) == ["1", "2", "4", "5"]


def test_an_ill_home_the_team_learnt_of_becomes_a_report(day: Day) -> None:
    day.begin()
    day.tap_home(day.world.member, 2, ILL, Source.CALLED)
    assert [report.household_id for report in day.world.session.query(Report)] == [day.world.homes[2].id]


def test_a_home_that_was_not_reached_is_not_silent_and_stays_on_the_list(day: Day) -> None:
    day.begin()
    day.by(day.world.member, NoteUnreached, household_id=day.world.homes[0].id)
    tally = day.tally()
    assert (tally.unreachable, tally.silent, tally.answered) == (1, 4, 0)
    shown = day.calls_of(day.world.member)
    assert numbers(shown) == ["2", "3", "4", "5", "1"]
    assert shown.homes[-1].is_tried


def test_what_a_home_says_itself_outweighs_that_it_was_not_reached(day: Day) -> None:
    day.begin()
    day.by(day.world.member, NoteUnreached, household_id=day.world.homes[0].id)
    day.tap(day.world.resident, WELL)
    day.by(day.world.member, NoteUnreached, household_id=day.world.homes[0].id)
    assert day.answer_of(0) == (WELL, Source.SELF)


@pytest.mark.parametrize("who", ["officer", "health", "chair", "commander", "village_head"])
def test_those_above_the_team_may_answer_on_behalf_too(day: Day, who: str) -> None:
    day.begin()
    day.tap_home(getattr(day.world, who), 2, WELL, Source.CALLED)
    assert day.answer_of(2) == (WELL, Source.CALLED)


@pytest.mark.parametrize("who", ["stranger", "far_member", "other_officer", "administrator", "clerk"])
def test_others_are_told_who_can_and_it_is_recorded(day: Day, who: str) -> None:
    person = getattr(day.world, who)
    day.begin()
    day.tap_home(person, 2, WELL, Source.CALLED)
    day.by(person, OpenHome, household_id=day.world.homes[2].id)
    assert day.answer_of(2) is None
    refused = [notice for notice in day.world.told(person) if isinstance(notice, AnswerRefused)]
    assert [contact.name for contact in refused[0].contacts][-2:] == ["Tổ viên Một", "Tổ viên Hai"]
    assert all("Chủ nhà" not in day.read(notice).text for notice in day.world.told(person))
    assert day.world.session.query(AuditEntry).filter_by(person_id=person.id, refused=True).count() == 2


def test_two_hours_before_closing_the_village_head_is_told_as_well(day: Day) -> None:
    day.begin()
    day.until(day.round.warns_at)
    assert day.at_local_clock(day.round.warns_at) == "12:30"
    for person in (day.world.member, day.world.village_head):
        assert day.calls_of(person).closes_soon


def test_nobody_is_disturbed_when_every_home_answered(day: Day) -> None:
    day.begin()
    day.answer_all(WELL)
    day.until(day.round.warns_at)
    assert day.calls_of(day.world.second_member) is None


def test_a_long_list_comes_a_page_at_a_time(day: Day) -> None:
    for number in range(6, 21):
        day.world.household(day.world.community, str(number))
    day.begin()
    day.world.by(day.world.member, ShowSilent)
    assert numbers(day.calls_of(day.world.member)) == ["1", "2", "3", "4", "5", "6", "7", "8"]
    day.by(day.world.member, ShowSilent, page=2)
    assert numbers(day.calls_of(day.world.member)) == ["17", "18", "19", "20"]
    day.by(day.world.member, ShowSilent, page=9)
    assert day.calls_of(day.world.member).page == 2


def test_nhachuabao_shows_ones_own_communitys_list(day: Day) -> None:
    day.begin()
    day.world.by(day.world.member, ShowSilent)
    assert day.calls_of(day.world.member).waiting_for == 5


def test_nhachuabao_lets_the_head_of_several_communities_choose(day: Day) -> None:
    day.world.household(day.world.second_community, "1")
    day.begin()
    day.world.by(day.world.village_head, ShowSilent)
    shown = day.world.card(day.world.village_head, "team-rounds")
    assert isinstance(shown, TeamRoundsShown)
    assert [each.unit for each in shown.rounds] == ["Tổ 1 bản Mẫu", "Tổ 2 bản Mẫu"]


def test_nhachuabao_names_the_units_behind_to_an_officer(day: Day) -> None:
    day.begin()
    day.world.by(day.world.officer, ShowSilent)
    shown = day.world.card(day.world.officer, f"behind:{day.world.commune.id}:{day.round.day}")
    assert isinstance(shown, UnitsListed)
    assert [(part.unit, part.waiting_for) for part in shown.parts] == [("Tổ 1 bản Mẫu", 5)]


def test_nhachuabao_between_rounds_says_when_the_next_opens(day: Day) -> None:
    day.tick()
    day.world.by(day.world.member, ShowSilent)
    assert isinstance(day.world.told(day.world.member)[-1], NothingOpen)


def test_a_resident_is_not_shown_who_is_silent(day: Day) -> None:
    day.begin()
    day.world.by(day.world.resident, ShowSilent)
    assert isinstance(day.world.told(day.world.resident)[-1], AnswerRefused)


def test_a_line_is_read_back_before_it_counts(day: Day) -> None:
    day.begin()
    day.world.by(day.world.member, EnterLine, words="khoe 1-3, om 5, xyz")
    read = day.world.card(day.world.member, "line")
    assert isinstance(read, LineRead)
    assert day.read(read).text.splitlines()[1:] == [
        "Khỏe: 1-3",
        "Có người ốm: 5",
        "Chưa hiểu, chưa ghi: xyz",
    ]
    assert day.tally().answered == 0
    day.by(day.world.member, ConfirmLine)
    assert day.world.card(day.world.member, "line") == LineKept(unit="Tổ 1 bản Mẫu", homes=4)
    assert (day.tally().on_behalf, day.tally().ill, day.tally().silent) == (4, 1, 1)
    assert len(day.world.session.query(Report).all()) == 1


def test_a_line_that_was_sent_twice_counts_once(day: Day) -> None:
    day.begin()
    day.world.by(day.world.member, EnterLine, words="om 5")
    day.by(day.world.member, ConfirmLine)
    day.by(day.world.member, ConfirmLine)
    assert len(day.history_of(4)) == 1


def test_a_dropped_line_counts_for_nothing(day: Day) -> None:
    day.begin()
    day.world.by(day.world.member, EnterLine, words="khoe 1-5")
    day.world.by(day.world.member, DropLine)
    day.by(day.world.member, ConfirmLine)
    assert day.world.card(day.world.member, "line") == LineDropped()
    assert day.tally().answered == 0


def test_a_line_of_the_head_of_several_communities_waits_for_the_place(day: Day) -> None:
    day.world.household(day.world.second_community, "1")
    day.begin()
    day.world.by(day.world.village_head, EnterLine, words="khoe 1")
    assert isinstance(day.world.card(day.world.village_head, "line"), LineHeard)
    day.by(day.world.village_head, ReadLine)
    day.by(day.world.village_head, ConfirmLine)
    assert day.answer_of(0) == (WELL, Source.MET)


def test_homes_in_the_fields_were_tried_and_have_no_answer(day: Day) -> None:
    day.begin()
    day.world.by(day.world.member, EnterLine, words="nuong 1, kgd 2")
    day.by(day.world.member, ConfirmLine)
    assert day.tally().unreachable == 2


def test_whoever_lost_the_role_sees_nothing_new_on_the_list(day: Day) -> None:
    day.begin()
    day.until(day.round.call_list_at)
    work = day.world.work()
    work.people.end_grant(day.world.member.id, day.world.community.id, Role.TEAM, day.world.now)
    day.tap(day.world.resident, WELL)
    assert len(day.calls_of(day.world.member).homes) == 5
    assert len(day.calls_of(day.world.second_member).homes) == 4


def test_where_no_team_member_can_be_reached_the_village_head_gets_the_list(day: Day) -> None:
    work = day.world.work()
    for person in (day.world.member, day.world.second_member):
        work.people.end_grant(person.id, day.world.community.id, Role.TEAM, day.world.now)
    day.begin()
    day.until(day.round.call_list_at)
    assert day.calls_of(day.world.village_head).waiting_for == 5


def test_a_late_answer_on_behalf_still_reaches_the_figures(day: Day) -> None:
    day.begin()
    day.until(day.round.closes_at + timedelta(hours=2))
    day.tap_home(day.world.member, 2, WELL, Source.MET)
    figures = day.world.card(day.world.group_of(day.world.commune), f"figures:{day.world.commune.id}:{day.round.day}")
    assert isinstance(figures, FiguresSent)
    assert (figures.on_behalf, figures.on_time, figures.silent_homes) == (1, 0, 4)


def test_a_line_is_recognised_when_a_team_member_just_types_it(day: Day) -> None:
    day.begin()
    day.world.by(day.world.member, HearMessage, words="khoe 1-3, om 5")
    assert isinstance(day.world.card(day.world.member, "line"), LineRead)
    assert day.world.session.query(Report).all() == []


def test_the_same_words_of_a_resident_are_a_report(day: Day) -> None:
    day.begin()
    day.world.by(day.world.resident, HearMessage, words="ốm 5")
    assert day.world.card(day.world.resident, "line") is None
