"""The life of a report: who must act, until when, and what happens when nobody does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from models.rules.hours import deadline_of
from models.rules.policy import Policy
from models.rules.routing import Night
from models.rules.triage import Category, Urgency


class ReportState(StrEnum):
    """Where a report stands."""

    OPEN = "open"  #: Waiting for someone to take it up.
    TAKEN = "taken"  #: Someone works on it; its patience is stopped.
    RESOLVED = "resolved"  #: A result was told; the sender may still say it did not help.
    CLOSED = "closed"  #: Confirmed by the sender, or left unanswered for three days.


#: States in which a report still waits for something to be done.
PENDING = frozenset({ReportState.OPEN, ReportState.TAKEN})


class Rung(StrEnum):
    """Which desk of the holding unit has the report."""

    TEAM = "team"  #: The community's team.
    VILLAGE_HEAD = "village_head"  #: The village head over that community, between team and commune.
    OFFICE = "office"  #: The desk of a commune, a district or any higher unit.


class Step(StrEnum):
    """What can happen in a report's life; each is kept in its history."""

    FILED = "filed"  #: Received, with its receipt.
    JOINED = "joined"  #: The sender added words or pictures.
    AMENDED = "amended"  #: The sender edited what they had written; what it said before stays.
    RAISED = "raised"  #: Later words, or a tap on urgent help, made it more urgent.
    PASSED_OVER = "passed_over"  #: A desk that is not ready was passed over at once.
    TAKEN = "taken"  #: Somebody took it up.
    ASSIGNED = "assigned"  #: Given to a colleague by name.
    RELEASED = "released"  #: Went back to the queue: given back, or its holder may no longer act.
    PROMISED = "promised"  #: The desk told the sender by when.
    CHASED = "chased"  #: Whoever took it up was reminded of it.
    CORRECTED = "corrected"  #: Staff changed its category, urgency or confidentiality.
    PLACED = "placed"  #: Where it comes from became known.
    LINKED = "linked"  #: Staff said which home it concerns.
    MERGED = "merged"  #: Another report of the same matter goes on in this one.
    ANSWERED = "answered"  #: The desk wrote to the sender.
    NOTED = "noted"  #: An internal note.
    ESCALATED = "escalated"  #: One rung up, by hand or by the clock.
    HANDED_DOWN = "handed_down"  #: Given to a unit below.
    REMINDED = "reminded"  #: The top rung was reminded, having nobody above.
    RESOLVED = "resolved"  #: The result was written.
    CONFIRMED = "confirmed"  #: The sender said it helped.
    REOPENED = "reopened"  #: The sender said it did not help, or wrote again.
    WITHDRAWN = "withdrawn"  #: The sender took it back.
    CLOSED = "closed"  #: No answer to the result within three days.
    OPENED = "opened"  #: A reader opened what is confidential.
    REDIRECTED = "redirected"  #: Its sender chose which tier reads it.
    CONCERNED = "concerned"  #: A reader said whom it speaks of.
    HANDED_OVER = "handed_over"  #: Went to the next person on duty, with the shift.
    RELEASED_ON = "released_on"  #: A reader passed it on in words of their own, as a report of its own.


#: What nobody does with a confidential report without reading it.
OPENING = frozenset({Step.OPENED, Step.TAKEN, Step.ANSWERED, Step.NOTED, Step.RESOLVED})
#: What the clock does again and again to a report that nobody works on; the last of them in a row tells enough.
REPEATED = frozenset({Step.REMINDED, Step.CHASED})


class Action(StrEnum):
    """What a desk can do with a report; its card offers these in this order."""

    TAKE = "take"
    REPLY = "reply"
    ESCALATE = "escalate"
    RESOLVE = "resolve"
    HAND_DOWN = "hand_down"
    OPEN = "open"  #: Read what is confidential; who did is kept.
    RELEASE = "release"  #: Pass on, in one's own words, what is confidential.
    MORE = "more"  #: Everything less common.


class Ring(StrEnum):
    """Why a card makes a sound, which its edits alone do not."""

    URGENT = "urgent"  #: Somebody may be in danger.
    ESCALATED = "escalated"  #: It came up from below.
    HANDED_DOWN = "handed_down"  #: It came down from above.
    NEW_WORDS = "new_words"  #: The sender wrote again.
    REOPENED = "reopened"  #: The sender was not helped.
    REMINDED = "reminded"  #: Nobody took it up, and there is nobody above.
    RELEASED = "released"  #: Whoever had taken it gave it back, or may no longer act.
    ASSIGNED = "assigned"  #: A colleague gave it to them.
    PLACED = "placed"  #: Its sender said where they are, which is here.
    STANDING = "standing"  #: It was taken up and stands still.
    PROMISE_DUE = "promise_due"  #: What the sender was promised is due.
    WITHDRAWN = "withdrawn"  #: The sender does not want it any more.
    MERGED = "merged"  #: Somebody else tells of the same matter.


def may_be_withdrawn(urgency: Urgency, *, is_confidential: bool, voices: int) -> bool:
    """Whether its sender's word alone closes a report: nobody is in danger, and nobody else told of it."""
    return urgency is not Urgency.P1 and not is_confidential and voices == 1


@dataclass(frozen=True, slots=True)
class Seat:
    """A rung on the way up: one desk of one unit."""

    unit_id: int
    rung: Rung
    tier_rank: int  #: 0 for the widest tier.


@dataclass(frozen=True, slots=True)
class Escalate:
    """Pass it to the next rung up, which gets its own patience."""

    to: Seat


@dataclass(frozen=True, slots=True)
class Remind:
    """Nobody is above, or may be woken now: remind who has it."""


def when_overdue(
    urgency: Urgency, holder: Seat, above: list[Seat], now: datetime, policy: Policy, night: Night = Night.BY_URGENCY
) -> Escalate | Remind:
    """What to do with a report nobody took up in time.

    `above` lists the rungs over the holder, nearest first. At night P2 climbs no further than the commune (the
    tier over the communities), so that nobody above is woken for it; P4 never passes the commune, day or night.
    """
    if not above:
        return Remind()
    passes_commune = above[0].tier_rank < policy.tiers.rank(policy.tiers.community) - 1
    at_night = policy.quiet.is_quiet(now, policy.timezone)
    stays = urgency is Urgency.P4 or (urgency is Urgency.P2 and at_night)
    if passes_commune and stays and night is not Night.CLIMB:
        return Remind()
    return Escalate(to=above[0])


def due_at(
    urgency: Urgency,
    now: datetime,
    policy: Policy,
    patience: timedelta | None = None,
    night: Night = Night.BY_URGENCY,
) -> datetime:
    """When a report given to a desk at `now` must have been taken up; P3 and P4 stand still at night.

    The routing table may give the desk another `patience` and the night another meaning; a danger knows neither.
    """
    if urgency is Urgency.P1:
        return now + policy.patience[urgency]
    pauses = night is Night.WAIT or (night is Night.BY_URGENCY and urgency in _SLEEPS_AT_NIGHT)
    return deadline_of(now, patience or policy.patience[urgency], policy.timezone, policy.quiet, pauses=pauses)


def keeps_quiet(urgency: Urgency, now: datetime, policy: Policy) -> bool:
    """Whether its card is shown without a sound: at night, when it may wait for the morning."""
    return urgency in _SLEEPS_AT_NIGHT and policy.quiet.is_quiet(now, policy.timezone)


def is_more_urgent(one: Urgency, other: Urgency) -> bool:
    """Whether `one` must be acted on before `other`."""
    return one.value < other.value


def closes_at(resolved_at: datetime, policy: Policy) -> datetime:
    """When a resolved report without the sender's answer closes by itself."""
    return resolved_at + policy.close_after


def joins(active_at: datetime, desk_spoke_at: datetime | None, now: datetime, policy: Policy) -> bool:
    """Whether what the sender says now belongs to a report: it is minutes old, or the desk spoke last."""
    if now - active_at < policy.join_within:
        return True
    desk_spoke_last = desk_spoke_at is not None and desk_spoke_at >= active_at
    return desk_spoke_last and now - active_at < policy.desk_spoke_within


def actions(state: ReportState, *, has_above: bool, has_below: bool) -> tuple[Action, ...]:
    """What the card offers the desk that holds it."""
    if state is ReportState.CLOSED:
        return ()
    if state is ReportState.RESOLVED:
        return (Action.REPLY,)
    offered = [Action.TAKE] if state is ReportState.OPEN else []
    offered.append(Action.REPLY)
    if has_above:
        offered.append(Action.ESCALATE)
    offered.append(Action.RESOLVE)
    if has_below:
        offered.append(Action.HAND_DOWN)
    return (*offered, Action.MORE)


def may_be_named_in_groups(category: Category) -> bool:
    """Whether many may read what kind of report it is: nothing that tells of illness, quarrels or accusations."""
    return category in _SAYABLE_IN_GROUPS


_SLEEPS_AT_NIGHT = frozenset({Urgency.P3, Urgency.P4})
_SAYABLE_IN_GROUPS = frozenset(
    {Category.RELIEF, Category.QUESTION, Category.MOVEMENT, Category.TEAM_REPORT, Category.RUMOUR}
)
