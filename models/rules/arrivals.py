"""Arrivals (người về): who came, how, what becomes of each, and when somebody who was left over is asked about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.rules.policy import Policy
from models.rules.roles import STAFF, Role
from models.rules.words import fold


class Travel(StrEnum):
    """How somebody came."""

    BUS = "bus"  #: By coach.
    CAR = "car"  #: In a private car or a taxi.
    MOTORBIKE = "motorbike"
    TRAIN = "train"
    PLANE = "plane"
    BOAT = "boat"
    ON_FOOT = "on_foot"


class ArrivalState(StrEnum):
    """Where an arrival stands; none stays open unseen."""

    OPEN = "open"  #: Neither followed nor excused yet.
    FOLLOWED = "followed"  #: Their health is followed.
    EXCUSED = "excused"  #: Not followed, with a reason on record.


#: Who settles arrivals of a unit in which no community is known yet.
SETTLES_AT_OFFICE = frozenset({Role.OFFICER, Role.HEALTH, Role.COMMANDER})
#: Said again within this time, somebody of the same name, place and origin is the same arrival.
SAME_WITHIN = timedelta(days=14)


def may_report(has_home: bool, roles: Collection[Role]) -> bool:
    """Whether somebody may report arrivals: whoever lives here, for a home, and whoever serves, at a checkpoint too."""
    return has_home or not STAFF.isdisjoint(roles)


def is_same(name: str, origin: str, on: date, known_name: str, known_origin: str, known_on: date) -> bool:
    """Whether two reports from one place tell of the same arrival, however the name was typed."""
    is_near = abs(on - known_on) <= SAME_WITHIN
    return is_near and fold(name) == fold(known_name) and fold(origin) == fold(known_origin)


def first_asked_at(now: datetime, policy: Policy) -> datetime:
    """Return when the team is asked what became of an arrival that is still open: within the day's hours."""
    return policy.chase_hours.next_within(now + policy.arrivals_settled_within, policy.timezone)


def asked_again_at(now: datetime, policy: Policy) -> datetime:
    """Return when it is asked about next: every day until it is settled."""
    return policy.chase_hours.next_within(now + timedelta(days=1), policy.timezone)
