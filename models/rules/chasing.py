"""When those who owe an answer are reminded of it, and when their superior hears that it never came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Chase:
    """Bring it to mind now."""


@dataclass(frozen=True, slots=True)
class Postpone:
    """The hours for chasing are over for today; look again then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class TellOn:
    """The deadline is over: whoever is above the missing hears of it."""


def next_chase_at(sent_at: datetime, deadline_at: datetime, chased_at: datetime | None, policy: Policy) -> datetime:
    """When the clock next looks after the missing, within the day's hours.

    They are chased at half-time of a deadline within seven days, and later so long before the deadline as the policy
    says (a day, two hours), never twice within an hour. After the last of these it is the first hour of the day in
    which their superior may be told that the deadline is over.
    """
    halfway = sent_at + (deadline_at - sent_at) / 2
    is_near = deadline_at - sent_at <= policy.halftime_chase_within
    moments = [deadline_at - span for span in policy.chase_before_deadline if deadline_at - span > halfway]
    after = sent_at if chased_at is None else max(sent_at, chased_at + policy.chase_by_hand_every)
    chases = [_allowed(moment, policy) for moment in ([halfway] if is_near else []) + moments]
    due = [moment for moment in chases if after <= moment < deadline_at]
    return min(due, default=_allowed(deadline_at, policy))


def when_chase_is_due(now: datetime, deadline_at: datetime, policy: Policy) -> Chase | Postpone | TellOn:
    """What to do at a due chase, which after an outage may come late in the evening or after the deadline."""
    allowed = _allowed(now, policy)
    if allowed > now:
        return Postpone(until=allowed)
    return Chase() if now < deadline_at else TellOn()


def may_chase_by_hand_at(chased_at: datetime | None, now: datetime, policy: Policy) -> datetime:
    """From when on somebody may chase by hand: at most once an hour, whoever chased last."""
    return now if chased_at is None else max(now, chased_at + policy.chase_by_hand_every)


def _allowed(moment: datetime, policy: Policy) -> datetime:
    return policy.chase_hours.next_within(moment, policy.timezone)
