"""The life of a directive: whom it is for, whose tap counts, and when the missing are chased."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from models.rules.policy import Policy
from models.rules.roles import SPEAKS_FOR_COMMUNITY, SPEAKS_FOR_OFFICE, Role


class DirectiveState(StrEnum):
    """Where a directive stands."""

    DRAFT = "draft"  #: Its preview is shown; nothing has left.
    SENT = "sent"  #: On its way, or arrived everywhere.
    WITHDRAWN = "withdrawn"  #: What was unsent stays unsent; what was sent is marked.
    DISCARDED = "discarded"  #: The commander chose not to send it.


class Audience(StrEnum):
    """Whom a directive is for."""

    ALL_GROUPS = "all_groups"  #: Every group of every tier below, and the staff of units without one.
    STAFF_ONLY = "staff_only"  #: Groups above the communities, and staff in private.
    CHOSEN = "chosen"  #: The units the commander picked, with all below them.


def speaks_for(roles: frozenset[Role], *, of_community: bool) -> bool:
    """Whether a tap by someone holding these roles in a unit counts as that unit's."""
    return bool(roles & (SPEAKS_FOR_COMMUNITY if of_community else SPEAKS_FOR_OFFICE))


def chase_at(sent_at: datetime, deadline_at: datetime, policy: Policy) -> datetime | None:
    """When those who have not acknowledged are chased once: at half-time, within the day's hours.

    None when the deadline is further than seven days, or when no hour of the day is left before it.
    """
    if deadline_at - sent_at > policy.halftime_chase_within:
        return None
    halfway = sent_at + (deadline_at - sent_at) / 2
    allowed = policy.chase_hours.next_within(halfway, policy.timezone)
    return allowed if allowed < deadline_at else None


def sending_takes(chats: int, per_second: int) -> timedelta:
    """How long a fan-out to so many chats lasts at the bot's pace; zero when pacing is off."""
    return timedelta(seconds=chats / per_second) if per_second else timedelta()
