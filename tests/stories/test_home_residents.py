"""People come, leave and die: nobody is asked who must not be, and nobody who stays is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.commands.called_homes import MoveHomeOut
from handlers.commands.followups import (
    AdvanceFollowUps,
    ConfirmFollowUp,
    Feeling,
    OpenFollowUp,
    ShowFollowUps,
    TapFeeling,
)
from handlers.commands.households import EndResident, MergeHome, MoveOut, MoveResident, ReturnHome, ReturnResident
from models.notices.checkins import HomePrompted, LeftInPeace
from models.notices.followups import FollowedLeft, FollowUpClosed, FollowUpOver, FollowUpShown, ReadingAsked
from models.notices.households import ResidentAsked
from models.records import FollowUp, Household, Resident
from models.rules.checkins import Answer
from models.rules.followups import FollowUpState
from models.rules.households import Ending, HouseholdStep
from tests.stories.checkin_day import Day
from tests.stories.reading import last
from tests.stories.world import World


def resident(world: World, home: Household, name: str) -> Resident:
    somebody = Resident(household_id=home.id, name=name, birth_year=1950)
    world.session.add(somebody)
    world.session.commit()
    return somebody


def end(world: World, somebody: Resident, ending: Ending) -> None:
    world.by(world.member, EndResident, resident_id=somebody.id, ending=ending)


def followed(world: World, somebody: Resident) -> FollowUp:
    """Somebody whose health is followed from today on, and who was asked for a reading."""
    number = world.work().households.require(somebody.household_id).number
    world.by(world.member, ShowFollowUps, words=f"{number} {somebody.name} F0")
    world.by(world.member, ConfirmFollowUp)
    (begun,) = world.work().followups.running_at([somebody.household_id])
    assert begun.due_at is not None
    world.now = begun.due_at
    world.do(AdvanceFollowUps())
    return begun


def shown(world: World) -> ResidentAsked:
    card = world.card(world.member, "register")
    assert isinstance(card, ResidentAsked)
    return card


def test_a_home_in_mourning_is_neither_asked_nor_expected_for_a_week(day: Day) -> None:
    world, home = day.world, day.world.homes[0]
    home.prompted_privately, home.members = True, 4
    day.begin()
    assert isinstance(day.card_of(world.resident, 0), HomePrompted)
    end(world, resident(world, home, "Lò Thị Mỷ"), Ending.DIED)
    assert (home.members, home.ended_at) == (3, None)
    assert (day.tally().expected, day.tally().silent) == (4, 4)
    instead = day.card_of(world.resident, 0)
    assert isinstance(instead, LeftInPeace)
    assert "mất" not in day.read(instead).text
    day.until(day.round.reminds_at)
    assert isinstance(day.card_of(world.resident, 0), LeftInPeace)
    assert "Nhà có tang: đến hết" in day.read(shown(world)).text
    day.later(world.policy.mourned_for + timedelta(days=1))
    day.round = next(each for each in world.work().counted.open_in([world.community.id]))
    assert day.tally().expected == 5


def test_a_home_in_mourning_that_answers_all_the_same_is_counted(day: Day) -> None:
    day.begin()
    end(day.world, resident(day.world, day.world.homes[0], "Lò Thị Mỷ"), Ending.DIED)
    day.tap(day.world.resident, Answer.NEED_HELP)
    tally = day.tally()
    assert (tally.expected, tally.self_reported, tally.silent) == (5, 1, 4)


@pytest.mark.parametrize("ending", Ending)
def test_where_nobody_is_left_nobody_is_asked(day: Day, ending: Ending) -> None:
    world, home = day.world, day.world.homes[0]
    home.prompted_privately, home.members = True, 2
    first, second = resident(world, home, "Giàng A Páo"), resident(world, home, "Lò Thị Mỷ")
    day.begin()
    end(world, first, Ending.LEFT)
    assert home.ended_at is None
    assert isinstance(day.card_of(world.resident, 0), HomePrompted)
    end(world, second, ending)
    assert home.ended_at is not None
    assert "không còn ai" in day.read(shown(world)).text
    assert isinstance(day.card_of(world.resident, 0), LeftInPeace)
    assert day.tally().expected == 4
    assert world.work().homes.history(home, 1)[0].step is HouseholdStep.EMPTIED
    world.by(world.member, ReturnResident, resident_id=second.id)
    assert (home.ended_at, home.mourns_until, home.members) == (None, None, 1)
    assert day.tally().expected == 5


def test_a_home_with_others_than_those_listed_is_not_taken_for_empty(day: Day) -> None:
    home = day.world.homes[0]
    end(day.world, resident(day.world, home, "Lò Thị Mỷ"), Ending.LEFT)
    assert home.ended_at is None
    end(day.world, resident(day.world, home, home.head), Ending.LEFT)
    assert home.ended_at is not None


def test_a_death_ends_the_follow_up_without_a_word_of_days_that_are_over(day: Day) -> None:
    world = day.world
    somebody = resident(world, world.homes[0], "Lò Thị Mỷ")
    follow_up = followed(world, somebody)
    assert isinstance(world.card(world.resident, follow_up.code), ReadingAsked)
    end(world, somebody, Ending.DIED)
    assert (follow_up.state, follow_up.due_at) == (FollowUpState.DIED, None)
    assert isinstance(world.card(world.resident, follow_up.code), FollowUpClosed)
    world.by(world.resident, TapFeeling, follow_up_id=follow_up.id, feeling=Feeling.WELL)
    assert isinstance(last(world, world.resident), FollowUpClosed)
    world.now += timedelta(days=30)
    world.do(AdvanceFollowUps())
    assert not any(isinstance(each, FollowUpOver) for each in world.told(world.resident))
    world.by(world.member, OpenFollowUp, follow_up_id=follow_up.id)
    page = world.card(world.member, "follow-up-open")
    assert isinstance(page, FollowUpShown)
    assert "F0 tại nhà, đã mất khi đang theo dõi" in day.read(page).text


def test_a_death_tapped_by_mistake_is_taken_back_with_all_that_followed(world: World) -> None:
    home = world.homes[0]
    somebody = resident(world, home, "Lò Thị Mỷ")
    follow_up = followed(world, somebody)
    end(world, somebody, Ending.DIED)
    world.by(world.member, ReturnResident, resident_id=somebody.id)
    assert (home.mourns_until, follow_up.state) == (None, FollowUpState.RUNNING)
    assert follow_up.due_at is not None


def test_who_moves_away_while_followed_is_told_to_the_team_and_the_station(day: Day) -> None:
    world = day.world
    somebody = resident(world, world.homes[0], "Lò Thị Mỷ")
    follow_up = followed(world, somebody)
    end(world, somebody, Ending.LEFT)
    assert follow_up.state is FollowUpState.STOPPED
    for person in (world.second_member, world.health):
        told = last(world, person)
        assert isinstance(told, FollowedLeft)
        assert "báo nơi đó theo dõi tiếp" in day.read(told).text
    assert not any(isinstance(told, FollowedLeft) for told in world.told(world.member))


def test_a_home_that_moves_away_is_not_asked_for_readings(day: Day) -> None:
    world, home = day.world, day.world.homes[0]
    follow_up = followed(world, resident(world, home, "Lò Thị Mỷ"))
    day.begin()
    day.by(world.member, MoveHomeOut, household_id=home.id, is_sure=True)
    states = [follow_up.state]
    for command in (ReturnHome, MoveOut):
        world.by(world.member, command, household_id=home.id)
        states.append(follow_up.state)
    assert states == [FollowUpState.STOPPED, FollowUpState.RUNNING, FollowUpState.STOPPED]


def test_who_is_followed_is_followed_where_they_live_now(world: World) -> None:
    first, second, third = world.homes[:3]
    somebody = resident(world, first, "Lò Thị Mỷ")
    follow_up = followed(world, somebody)
    world.by(world.member, MoveResident, resident_id=somebody.id, household_id=second.id)
    assert follow_up.household_id == second.id
    world.by(world.member, MergeHome, household_id=second.id, into_id=third.id)
    assert follow_up.household_id == third.id
