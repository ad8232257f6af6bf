"""Being on it: how long a report that somebody took up may stand still, and what counts as too late."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from models.rules.hours import deadline_of
from models.rules.policy import Policy
from models.rules.reports import Step
from models.rules.triage import Urgency


class Breach(StrEnum):
    """What was not kept; each is recorded once, however often it is brought to mind."""

    UNTAKEN = "untaken"  #: A desk did not take it up in time.
    STANDING = "standing"  #: Whoever took it up did nothing about it for too long.
    PROMISE = "promise"  #: The time that the sender was promised passed without a result.


#: The steps by which a desk shows that it works on a report; the others are its sender's, or the clock's.
WORKING = frozenset(
    {
        Step.FILED,
        Step.TAKEN,
        Step.ASSIGNED,
        Step.RELEASED,
        Step.PROMISED,
        Step.CORRECTED,
        Step.PLACED,
        Step.LINKED,
        Step.MERGED,
        Step.ANSWERED,
        Step.NOTED,
        Step.ESCALATED,
        Step.HANDED_DOWN,
        Step.RESOLVED,
        Step.REOPENED,
    }
)


def looked_at_again(urgency: Urgency, worked_at: datetime, promised_at: datetime | None, policy: Policy) -> datetime:
    """When the clock looks at a report that was taken up: at the promised time, else when it has stood too long.

    `worked_at` is when its desk last did something. What may wait stands still at night, as its patience does.
    """
    if promised_at is not None and promised_at > worked_at:
        return promised_at
    pauses = urgency in (Urgency.P3, Urgency.P4)
    return deadline_of(worked_at, policy.standstill[urgency], policy.timezone, policy.quiet, pauses=pauses)
