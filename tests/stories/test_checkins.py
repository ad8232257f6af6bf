"""A day of check-ins as the households live it."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from handlers.commands.called_homes import NoteAway
from handlers.commands.checkins import AskOtherHome, ChooseOwnHome, ProposeHome, RefreshBoard, ShowCheckin, TellMissed
from handlers.commands.households import MergeHome
from models.notices.call_lists import AnswerRefused, HelpAsked, RoundMissed, TeamRoundsShown
from models.notices.checkins import (
    AnswerKept,
    AnswerStood,
    HomeAsked,
    HomeClaimed,
    HomeClaimSettled,
    HomeLinked,
    HomeNotLinked,
    HomePrompted,
    HomeProposed,
    HomeUnknown,
    NothingOpen,
    RoundClosed,
    RoundOpened,
    RoundOver,
    RoundReminded,
    StrangerPrompted,
    TeamTapNoted,
)
from models.notices.enrolment import PrivateChatNeeded
from models.records import Mail, Reach, Report, Round
from models.rules.checkins import Answer, Source
from models.rules.rounds import RoundState
from tests.stories.checkin_day import Day, reports_of
from tests.stories.rendering import labels

WELL, ILL, HELP = Answer.ALL_WELL, Answer.SOMEONE_ILL, Answer.NEED_HELP


def test_every_community_with_homes_is_asked_the_evening_before(day: Day) -> None:
    day.begin()
    assert day.board() == RoundOpened(
        round_id=day.round.id,
        unit_id=day.world.community.id,
        answered=0,
        expected=5,
        closes_at=day.round.closes_at,
    )
    assert day.at_local_clock(day.round.opens_at) == "18:30"


def test_a_community_without_homes_is_not_asked(day: Day) -> None:
    day.begin()
    assert {round_.unit_id for round_ in day.world.session.query(Round)} == {day.world.community.id}


def test_one_tap_is_a_complete_answer_and_the_board_counts_it(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, WELL)
    assert day.board().answered == 1
    assert day.answer_of(0) == (WELL, Source.SELF)


def test_a_tap_that_all_are_well_costs_no_message_of_its_own(day: Day) -> None:
    day.begin()
    before = len(day.world.told(day.world.resident))
    day.tap(day.world.resident, WELL)
    assert len(day.world.told(day.world.resident)) == before
    assert day.card_of(day.world.resident, 0) is None


def test_tapping_twice_counts_once(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, WELL)
    day.tap(day.world.resident, WELL)
    assert day.board().answered == 1


def test_someone_ill_becomes_a_report_at_the_tap_and_only_one(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, ILL)
    day.tap(day.world.resident, ILL)
    assert len(reports_of(day.world, day.world.resident)) == 1


def test_the_board_never_says_how_many_are_ill(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, ILL)
    assert set(RoundOpened.__slots__) == {"round_id", "unit_id", "answered", "expected", "closes_at", "question"}
    assert "ốm" not in day.read(day.board()).text


def test_the_worst_answer_stands_and_the_person_is_told_kindly(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, ILL)
    day.tap(day.world.resident, WELL)
    assert day.answer_of(0) == (ILL, Source.SELF)
    assert AnswerStood(number="1") in day.world.told(day.world.resident)
    assert [change.answer for change in day.history_of(0)] == [ILL, WELL]


def test_a_home_that_needs_help_is_asked_what_and_its_team_is_told(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, HELP)
    asked = [notice for notice in day.world.told(day.world.member) if isinstance(notice, HelpAsked)]
    assert [notice.number for notice in asked] == ["1"]
    assert day.card_of(day.world.resident, 0) == AnswerKept(
        round_id=day.round.id, household_id=day.world.homes[0].id, number="1", answer=HELP
    )


def test_homes_that_prefer_it_are_asked_in_private(day: Day) -> None:
    day.world.homes[0].prompted_privately = True
    day.begin()
    assert isinstance(day.card_of(day.world.resident, 0), HomePrompted)
    assert day.card_of(day.world.neighbour, 1) is None


def test_where_there_is_no_group_every_linked_home_is_asked_in_private(day: Day) -> None:
    day.lose_group()
    day.begin()
    assert isinstance(day.card_of(day.world.resident, 0), HomePrompted)
    assert isinstance(day.card_of(day.world.neighbour, 1), HomePrompted)


def test_a_private_answer_is_confirmed_where_it_was_asked(day: Day) -> None:
    day.world.homes[0].prompted_privately = True
    day.begin()
    day.tap_home(day.world.resident, 0, WELL)
    assert isinstance(day.card_of(day.world.resident, 0), AnswerKept)


def test_silent_homes_are_reminded_once_and_only_counted_in_the_group(day: Day) -> None:
    day.world.homes[0].prompted_privately = day.world.homes[1].prompted_privately = True
    day.begin()
    day.tap(day.world.resident, WELL)
    day.until(day.round.reminds_at)
    day.tick()
    reminders = [notice for notice in day.world.told(day.group) if isinstance(notice, RoundReminded)]
    assert [notice.waiting_for for notice in reminders] == [4]
    asked_again = day.card_of(day.world.neighbour, 1)
    assert isinstance(asked_again, HomePrompted)
    assert asked_again.again


def test_a_home_that_answered_gets_no_reminder(day: Day) -> None:
    day.world.homes[0].prompted_privately = True
    day.begin()
    day.tap(day.world.resident, WELL)
    day.until(day.round.reminds_at)
    assert isinstance(day.card_of(day.world.resident, 0), AnswerKept)


def test_an_answer_overtakes_a_reminder_that_has_not_left_yet(day: Day) -> None:
    day.world.homes[0].prompted_privately = True
    day.begin()
    day.until(day.round.reminds_at)
    day.tap(day.world.resident, WELL)
    assert isinstance(day.card_of(day.world.resident, 0), AnswerKept)


def test_when_everybody_answered_nobody_is_reminded(day: Day) -> None:
    day.begin()
    day.answer_all(WELL)
    day.until(day.round.reminds_at)
    assert not any(isinstance(notice, RoundReminded) for notice in day.world.told(day.group))


def test_the_closed_board_takes_no_more_taps_but_the_next_day_is_planned(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, WELL)
    day.until(day.round.closes_at)
    assert day.board() == RoundClosed(day=day.round.day, answered=1, expected=5)
    assert day.newest_round().day == day.round.day + timedelta(days=1)
    assert day.newest_round().state is RoundState.SCHEDULED


def test_an_answer_within_a_day_after_closing_is_late_and_not_silent(day: Day) -> None:
    day.begin()
    day.until(day.round.closes_at + timedelta(hours=3))
    day.tap(day.world.resident, WELL)
    tally = day.tally()
    assert (tally.self_reported, tally.on_time, tally.silent) == (1, 0, 4)
    assert day.board() == RoundClosed(day=day.round.day, answered=1, expected=5)


def test_an_old_button_explains_itself_and_illness_is_not_lost(day: Day) -> None:
    day.begin()
    day.until(day.round.closes_at + timedelta(days=3))
    day.tap(day.world.resident, ILL)
    (over,) = [notice for notice in day.world.told(day.world.resident) if isinstance(notice, RoundOver)]
    assert over.is_reported
    assert over.opens_at is not None
    assert len(reports_of(day.world, day.world.resident)) == 1
    assert day.answer_of(0) is None


def test_an_account_of_two_homes_says_which_one_it_meant(day: Day) -> None:
    day.world.link(day.world.resident, day.world.homes[2])
    day.begin()
    day.tap(day.world.resident, WELL)
    asked = day.world.card(day.world.resident, f"which-home:{day.round.id}")
    assert isinstance(asked, HomeAsked)
    assert [home.number for home in asked.homes] == ["1", "3"]
    day.by(day.world.resident, ChooseOwnHome, household_id=day.world.homes[2].id, answer=WELL)
    assert day.answer_of(2) == (WELL, Source.SELF)
    assert day.answer_of(0) is None


def test_an_account_of_two_homes_may_mean_another_which_the_team_confirms(day: Day) -> None:
    resident = day.world.resident
    day.world.link(resident, day.world.homes[2])
    day.begin()
    day.tap(resident, WELL)
    asked = day.world.card(resident, f"which-home:{day.round.id}")
    assert "Nhà khác" in labels(day.read(asked))
    day.by(resident, AskOtherHome, answer=WELL, page=0)
    others = day.world.card(resident, f"which-home:{day.round.id}")
    assert isinstance(others, HomeAsked)
    assert [home.number for home in others.homes] == ["2", "4", "5"]
    day.by(resident, ProposeHome, household_id=day.world.homes[3].id, answer=WELL)
    assert day.answer_of(3) is None
    day.confirm_home(day.world.member, resident, 3, agreed=True)
    assert day.answer_of(3) == (WELL, Source.SELF)


def test_illness_in_one_of_two_homes_is_reported_at_the_tap_and_once(day: Day) -> None:
    day.world.link(day.world.resident, day.world.homes[2])
    day.begin()
    day.tap(day.world.resident, ILL)
    assert len(reports_of(day.world, day.world.resident)) == 1
    day.by(day.world.resident, ChooseOwnHome, household_id=day.world.homes[2].id, answer=ILL)
    assert len(reports_of(day.world, day.world.resident)) == 1
    assert day.answer_of(2) == (ILL, Source.SELF)


def test_a_newcomer_chooses_a_number_the_team_confirms_and_the_answer_counts(day: Day) -> None:
    stranger = day.world.stranger
    day.begin()
    day.tap(stranger, WELL)
    asked = day.world.card(stranger, f"which-home:{day.round.id}")
    assert isinstance(asked, HomeAsked)
    assert not asked.are_own
    day.by(stranger, ProposeHome, household_id=day.world.homes[3].id, answer=WELL)
    assert day.world.card(stranger, f"which-home:{day.round.id}") == HomeProposed(number="4")
    assert day.answer_of(3) is None
    day.later(timedelta(minutes=10))
    day.confirm_home(day.world.member, stranger, 3, agreed=True)
    assert day.answer_of(3) == (WELL, Source.SELF)
    assert HomeLinked(number="4") in day.world.told(stranger)


def test_a_claim_outlives_that_its_home_went_up_in_another(day: Day) -> None:
    stranger, homes = day.world.stranger, day.world.homes
    day.begin()
    day.by(stranger, ProposeHome, household_id=homes[3].id, answer=WELL)
    day.world.by(day.world.chair, MergeHome, household_id=homes[3].id, into_id=homes[4].id)
    day.confirm_home(day.world.member, stranger, 3, agreed=True)
    assert day.world.work().people.households_of(stranger.id) == [homes[4]]
    assert day.answer_of(4) == (WELL, Source.SELF)
    assert (day.tally().expected, day.tally().answered) == (4, 1)


def test_the_team_confirms_a_home_without_learning_what_it_answered(day: Day) -> None:
    day.begin()
    day.by(day.world.stranger, ProposeHome, household_id=day.world.homes[3].id, answer=ILL)
    subject = f"claim:{day.world.homes[3].id}:{day.world.stranger.id}"
    claimed = day.world.card(day.world.member, subject)
    assert isinstance(claimed, HomeClaimed)
    assert "ốm" not in day.read(claimed).text
    day.confirm_home(day.world.member, day.world.stranger, 3, agreed=True)
    assert isinstance(day.world.card(day.world.second_member, subject), HomeClaimSettled)


def test_a_home_the_team_does_not_confirm_stays_unlinked(day: Day) -> None:
    day.begin()
    day.by(day.world.stranger, ProposeHome, household_id=day.world.homes[3].id, answer=WELL)
    day.confirm_home(day.world.member, day.world.stranger, 3, agreed=False)
    assert any(isinstance(notice, HomeNotLinked) for notice in day.world.told(day.world.stranger))
    assert day.world.work().people.households_of(day.world.stranger.id) == []
    assert day.answer_of(3) is None


def test_only_the_team_confirms_a_home(day: Day) -> None:
    day.begin()
    day.by(day.world.stranger, ProposeHome, household_id=day.world.homes[3].id, answer=WELL)
    day.confirm_home(day.world.far_member, day.world.stranger, 3, agreed=True)
    assert any(isinstance(notice, AnswerRefused) for notice in day.world.told(day.world.far_member))
    assert day.world.work().people.households_of(day.world.stranger.id) == []


def test_nobody_confirms_their_own_home(day: Day) -> None:
    member = day.world.member
    day.begin()
    day.by(member, ProposeHome, household_id=day.world.homes[3].id, answer=WELL)
    day.confirm_home(member, member, 3, agreed=True)
    assert day.world.work().people.households_of(member.id) == []


def test_illness_of_a_newcomer_is_reported_at_the_tap_once_whatever_follows(day: Day) -> None:
    stranger = day.world.stranger
    day.begin()
    day.tap(stranger, ILL)
    day.tap(stranger, ILL)
    day.by(stranger, ProposeHome, household_id=day.world.homes[3].id, answer=ILL)
    day.confirm_home(day.world.member, stranger, 3, agreed=True)
    assert len(day.world.session.query(Report).all()) == 1
    assert day.answer_of(3) == (ILL, Source.SELF)


def test_someone_the_bot_cannot_write_to_is_not_written_to(day: Day) -> None:
    day.world.stranger.reach = Reach.NEVER_STARTED
    day.begin()
    day.tap(day.world.stranger, WELL)
    assert day.world.card(day.world.stranger, f"which-home:{day.round.id}") is None
    assert day.world.told(day.world.stranger) == []


def test_a_team_member_who_taps_the_board_is_shown_the_way_to_the_call_list(day: Day) -> None:
    day.begin()
    day.tap(day.world.member, WELL)
    assert TeamTapNoted(round_id=day.round.id) in day.world.told(day.world.member)
    assert day.board().answered == 0


def test_hoitham_shows_the_open_round_of_ones_own_home(day: Day) -> None:
    day.begin()
    day.world.by(day.world.resident, ShowCheckin)
    assert isinstance(day.card_of(day.world.resident, 0), HomePrompted)


def test_hoitham_says_when_the_next_round_opens(day: Day) -> None:
    day.tick()
    day.world.by(day.world.resident, ShowCheckin)
    opens_at = day.newest_round().opens_at
    assert NothingOpen(unit="Tổ 1 bản Mẫu", opens_at=opens_at) in day.world.told(day.world.resident)


def test_hoitham_shows_a_team_member_how_far_the_team_is(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, WELL)
    day.world.by(day.world.member, ShowCheckin)
    shown = day.world.card(day.world.member, "team-rounds")
    assert isinstance(shown, TeamRoundsShown)
    assert [(each.answered, each.expected) for each in shown.rounds] == [(1, 5)]


def test_hoitham_from_the_boards_link_asks_a_newcomer_of_that_community(day: Day) -> None:
    day.begin()
    day.world.by(day.world.stranger, ShowCheckin)
    assert HomeUnknown() in day.world.told(day.world.stranger)
    day.world.by(day.world.stranger, ShowCheckin, unit_id=day.world.community.id)
    assert isinstance(day.world.told(day.world.stranger)[-1], StrangerPrompted)


def test_the_board_is_shown_anew_when_the_group_became_another_chat(day: Day) -> None:
    day.begin()
    day.world.do(RefreshBoard(unit_id=day.world.community.id))
    card = day.world.work().outbox.find_card(day.group, f"round:{day.round.id}")
    assert card is not None
    assert (card.shown_version, card.message_id) == (0, None)


def test_one_person_cannot_answer_for_a_home_that_is_not_theirs(day: Day) -> None:
    day.begin()
    day.tap_home(day.world.stranger, 0, WELL)
    assert day.answer_of(0) is None
    assert isinstance(day.world.card(day.world.stranger, f"which-home:{day.round.id}"), HomeAsked)


@pytest.mark.parametrize("days", [1, 5])
def test_a_round_that_lay_in_an_outage_is_counted_and_never_sent_late(day: Day, days: int) -> None:
    day.tick()
    first = day.newest_round()
    day.world.now = first.closes_at + timedelta(days=days - 1, minutes=5)
    day.tick()
    assert first.state is RoundState.SKIPPED
    assert first.skipped_steps == 5
    assert day.world.card(day.group, f"round:{first.id}") is None
    assert day.newest_round().opens_at > day.world.now


def test_team_and_village_head_hear_once_that_nobody_asked_their_homes(day: Day) -> None:
    day.tick()
    missed = day.newest_round()
    day.world.now = missed.closes_at + timedelta(minutes=5)
    day.tick()
    day.world.do(TellMissed(round_id=missed.id))
    told = RoundMissed(unit="Tổ 1 bản Mẫu", day=missed.day, opens_at=day.newest_round().opens_at)
    for person in (day.world.member, day.world.second_member, day.world.village_head):
        assert day.world.told(person).count(told) == 1
    assert told not in [*day.world.told(day.world.officer), *day.world.told(day.world.resident)]
    assert "chưa nhà nào được hỏi" in day.read(told).text


def test_a_missed_round_is_told_without_a_sound_by_night(day: Day) -> None:
    day.tick()
    day.world.now = day.newest_round().closes_at.replace(hour=20)
    assert day.at_local_clock(day.world.now) == "03:30"
    day.tick()
    told = day.world.session.scalars(select(Mail).where(Mail.kind == RoundMissed.__name__)).all()
    assert told
    assert all(mail.silent for mail in told)


def test_a_board_that_could_not_open_in_time_comes_with_the_reminder(day: Day) -> None:
    day.tick()
    day.round = day.newest_round()
    day.world.now = day.round.opens_at + timedelta(hours=4)
    day.tick()
    assert day.round.state is RoundState.OPEN
    assert day.world.card(day.group, f"round:{day.round.id}") is None
    day.tap_home(day.world.resident, 0, WELL)
    assert day.answer_of(0) == (WELL, Source.SELF)
    day.until(day.round.reminds_at)
    assert day.board().answered == 1
    assert day.round.skipped_steps == 1


def test_administrators_are_told_in_one_line_what_an_outage_left_out(day: Day) -> None:
    day.tick()
    day.world.now = day.newest_round().closes_at + timedelta(minutes=5)
    day.tick()
    local_day = day.world.now.astimezone(day.world.policy.timezone).date()
    told = day.world.card(day.world.administrator, f"skipped:{local_day}")
    assert day.read(told).text.startswith("Máy có lúc ngừng: 5 bước hỏi thăm của 1 tổ")


def test_whoever_asks_in_the_group_and_cannot_be_answered_in_private_is_left_one_link(day: Day) -> None:
    day.world.stranger.reach = Reach.NEVER_STARTED
    day.begin()
    for _ in range(2):
        day.world.by(day.world.stranger, ShowCheckin, chat_id=day.group)
    assert day.world.told(day.group).count(PrivateChatNeeded()) == 1


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows sets no zone for one process")
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_days_are_the_communitys_wherever_the_server_stands(
    day: Day, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as server:
        server.setenv("TZ", zone)
        time.tzset()
        day.world.now = datetime(2026, 11, 30, 17, 30, tzinfo=UTC)  # Half an hour into December in Vietnam.
        assert day.world.work().today == date(2026, 12, 1)
        day.begin()
        assert (day.round.day, day.at_local_clock(day.round.opens_at)) == (date(2026, 12, 2), "18:30")
        day.by(day.world.member, NoteAway, household_id=day.world.homes[2].id, until=date(2026, 12, 3))
        day.until(day.round.closes_at)
        assert day.world.now == datetime(2026, 12, 2, 7, 30, tzinfo=UTC)
        day.later(timedelta(days=1))
        assert day.world.work().counted.open_in([day.world.community.id]) == []
        newest = day.newest_round()
        assert (newest.day, newest.opens_at.date()) == (date(2026, 12, 4), date(2026, 12, 3))
    time.tzset()
