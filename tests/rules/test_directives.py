"""Whom a directive is for, whose tap counts, and when the missing are chased."""

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.directives import (
    Audience,
    Chase,
    LetBe,
    Postpone,
    chase_at,
    default_audience,
    may_chase_by_hand_at,
    reaches_group,
    sending_takes,
    speaks_for,
    when_chase_is_due,
)
from models.rules.policy import Policy
from models.rules.roles import Role

POLICY = Policy()


def clock(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """An instant of November 2026 as the clocks of Vietnam show it."""
    return datetime(2026, 11, day, hour, minute, tzinfo=POLICY.timezone).astimezone(UTC)


def test_plain_words_are_for_all_groups_and_a_document_for_staff() -> None:
    assert default_audience(is_document=False) is Audience.ALL_GROUPS
    assert default_audience(is_document=True) is Audience.STAFF_ONLY


def test_an_order_for_staff_never_lands_in_a_community_group() -> None:
    assert not reaches_group(Audience.STAFF_ONLY, of_community=True)
    assert reaches_group(Audience.STAFF_ONLY, of_community=False)
    assert reaches_group(Audience.ALL_GROUPS, of_community=True)
    assert reaches_group(Audience.CHOSEN, of_community=True)


@pytest.mark.parametrize("role", [Role.TEAM, Role.VILLAGE_HEAD])
def test_a_team_and_its_village_head_speak_for_a_community(role: Role) -> None:
    assert speaks_for(frozenset({role}), of_community=True)
    assert not speaks_for(frozenset({role}), of_community=False)


@pytest.mark.parametrize("role", [Role.COMMANDER, Role.CLERK, Role.OFFICER])
def test_commander_clerk_and_officer_speak_for_a_commune(role: Role) -> None:
    assert speaks_for(frozenset({role}), of_community=False)


@pytest.mark.parametrize("role", [Role.HEALTH, Role.POLICE, Role.ADMINISTRATOR])
def test_others_speak_for_nobody(role: Role) -> None:
    assert not speaks_for(frozenset({role}), of_community=False)
    assert not speaks_for(frozenset({role}), of_community=True)


def test_the_missing_are_chased_at_half_time() -> None:
    assert chase_at(clock(8), clock(12), POLICY) == clock(10)


def test_a_half_time_at_night_waits_for_the_morning() -> None:
    assert chase_at(clock(9), clock(9, day=24), POLICY) == clock(7, day=24)


def test_nobody_is_chased_when_the_deadline_comes_before_the_morning() -> None:
    assert chase_at(clock(17), clock(23), POLICY) is None


def test_a_deadline_beyond_seven_days_is_not_chased_at_half_time() -> None:
    assert chase_at(clock(9, day=1), clock(9, day=9), POLICY) is None


def test_a_chase_an_outage_delayed_into_the_evening_waits_for_the_morning() -> None:
    assert when_chase_is_due(clock(10), clock(12), POLICY) == Chase()
    assert when_chase_is_due(clock(20), clock(12, day=24), POLICY) == Postpone(until=clock(7, day=24))


def test_a_chase_an_outage_delayed_past_the_deadline_is_let_be() -> None:
    assert when_chase_is_due(clock(13), clock(12), POLICY) == LetBe()
    assert when_chase_is_due(clock(20), clock(6, day=24), POLICY) == LetBe()


def test_a_chase_by_hand_waits_an_hour_after_the_last() -> None:
    assert may_chase_by_hand_at(None, clock(9), POLICY) == clock(9)
    assert may_chase_by_hand_at(clock(9), clock(9, 20), POLICY) == clock(10)
    assert may_chase_by_hand_at(clock(9), clock(11), POLICY) == clock(11)


def test_a_district_is_told_in_the_time_the_service_allows() -> None:
    assert sending_takes(1400, POLICY) == timedelta(seconds=1400 / 30)
