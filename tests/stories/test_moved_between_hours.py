"""A home that moves between communities that keep different hours is asked once a day and counted once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.commands.checkins import ShowSilent
from handlers.commands.households import MoveHome
from handlers.commands.plans import AskForPlan, SavePlan
from handlers.commands.reports import HearMessage
from models.notices.call_lists import CallListShown
from models.notices.checkins import HomePrompted
from models.records import Household, Round
from models.rules.checkins import Answer, Asking, Source
from models.rules.roles import Role
from tests.stories.checkin_day import Day

WELL = Answer.ALL_WELL
MOVED = 0  #: The home of the resident.


@pytest.fixture
def town(day: Day) -> Day:
    """The first community asks the evening before; the second one, over there, in the morning."""
    world = day.world
    world.household(world.second_community, "9")
    world.grant(world.member, Role.TEAM, world.second_community)
    world.homes[MOVED].asking = Asking.PRIVATE
    world.session.commit()
    world.by(world.chair, AskForPlan, unit_id=world.second_community.id)
    world.by(world.chair, HearMessage, words="thị trấn")
    world.by(world.chair, SavePlan, unit_id=world.second_community.id)
    day.begin()
    return day


def round_over_there(day: Day) -> Round:
    """The second community's round of the same day."""
    where = (Round.unit_id == day.world.second_community.id, Round.day == day.round.day)
    return day.world.session.scalars(select(Round).where(*where)).one()


def moves(day: Day) -> Household:
    world = day.world
    home = world.homes[MOVED]
    world.by(world.chair, MoveHome, household_id=home.id, unit_id=world.second_community.id)
    return home


def asked(day: Day) -> list[int]:
    """The rounds that ask the home in private, by their cards."""
    cards = day.world.work().outbox.cards_in(day.world.account(day.world.resident), "round")
    return [int(card.subject.split(":")[1]) for card in cards if card.kind == HomePrompted.__name__]


def test_a_home_that_answered_before_it_moved_is_not_asked_again_where_it_lives_now(town: Day) -> None:
    town.tap_home(town.world.resident, MOVED, WELL)
    there = round_over_there(town)
    assert there.opens_at > town.world.now, "it opens in the morning"
    moves(town)
    town.until(there.reminds_at + timedelta(minutes=1))
    assert asked(town) == []
    town.world.by(town.world.member, ShowSilent, round_id=there.id)
    listed = town.world.card(town.world.member, f"calls:{there.id}")
    assert isinstance(listed, CallListShown)
    assert [home.number for home in listed.homes] == ["9"]


def test_it_is_counted_once_where_it_answered(town: Day) -> None:
    town.tap_home(town.world.resident, MOVED, WELL)
    moves(town)
    there = round_over_there(town)
    town.until(there.closes_at)
    assert (town.round.expected, there.expected) == (5, 1)
    tallies = town.world.work().checkins.count_answered([town.round.id, there.id])
    assert tallies == {town.round.id: 1}


def test_what_it_says_later_that_day_changes_its_one_answer(town: Day) -> None:
    town.tap_home(town.world.resident, MOVED, WELL)
    home = moves(town)
    there = round_over_there(town)
    town.until(there.opens_at)
    town.tap_home(town.world.member, MOVED, Answer.NEED_HELP, Source.CALLED)
    assert town.answer_of(MOVED) == (Answer.NEED_HELP, Source.SELF)
    assert town.world.work().checkins.find_answer(there.id, home.id) is None


def test_the_next_day_it_is_asked_where_it_lives(town: Day) -> None:
    town.tap_home(town.world.resident, MOVED, WELL)
    moves(town)
    there = round_over_there(town)
    town.until(there.closes_at + timedelta(hours=18))
    where = (Round.unit_id == town.world.second_community.id, Round.day == there.day + timedelta(days=1))
    following = town.world.session.scalars(select(Round).where(*where)).one()
    assert following.id in asked(town)
    assert following.expected == 2


def test_a_home_that_had_not_answered_is_asked_and_counted_where_it_lives_now(town: Day) -> None:
    moves(town)
    there = round_over_there(town)
    town.until(there.opens_at + timedelta(minutes=1))
    assert there.id in asked(town)
    assert (town.round.expected, there.expected) == (4, 2)
