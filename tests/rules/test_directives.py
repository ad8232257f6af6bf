"""Whom a directive is for, and whose tap counts."""

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.directives import (
    Audience,
    audience_below,
    default_audience,
    latest_deadline,
    reaches_group,
    sending_takes,
    speaks_for,
)
from models.rules.policy import Policy
from models.rules.roles import Role

POLICY = Policy()


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


def test_a_district_is_told_in_the_time_the_service_allows() -> None:
    assert sending_takes(1400, POLICY) == timedelta(seconds=1400 / 30)


def test_what_is_passed_on_is_due_no_later_than_above_unless_that_is_over() -> None:
    now = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
    ahead = now + timedelta(hours=4)
    assert latest_deadline(ahead, now) == ahead
    assert latest_deadline(now, now) is None
    assert latest_deadline(None, now) is None


def test_places_picked_above_mean_everyone_below_them() -> None:
    assert audience_below(Audience.CHOSEN) is Audience.ALL_GROUPS
    assert audience_below(Audience.STAFF_ONLY) is Audience.STAFF_ONLY
