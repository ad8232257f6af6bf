"""The life of a check-in round: its states, the steps its clock takes, and whose answer stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise, takewhile

from models.rules.checkins import Answer, Skip, Source, when_due, worst
from models.rules.plans import Plan, RoundTimes, next_round
from models.rules.roles import Role

#: How late a step may come and nobody minds; later, after an outage, it is skipped.
GRACE = timedelta(hours=2)

#: An answer this long after closing is handed in late ("nộp muộn"), which is not silence.
LATE_FOR = timedelta(hours=24)


#: So many rounds running without an answer, and the commune is told.
SILENT_TOO_LONG = 3


class RoundState(StrEnum):
    """Where a round stands."""

    SCHEDULED = "scheduled"  #: Its opening lies ahead.
    OPEN = "open"  #: Households can answer.
    CLOSED = "closed"  #: Counted and told upward; answers still count as late for a day.
    SKIPPED = "skipped"  #: Its whole time lay in an outage: counted and told, never sent late.


class RoundStep(StrEnum):
    """What the clock does next for a round, in this order."""

    OPEN = "open"  #: Show the board; ask those who prefer it privately.
    REMIND = "remind"  #: Remind the silent homes once.
    CALL_LIST = "call_list"  #: Give the team the silent homes with their phones.
    WARN = "warn"  #: Two hours before closing: tell team and village head who is silent.
    CLOSE = "close"  #: Count, and send completeness and timeliness up.

    def following(self) -> RoundStep | None:
        """The step after this one; None after closing."""
        return _FOLLOWING.get(self)


_FOLLOWING = dict(pairwise(RoundStep))


def passed_by(step: RoundStep, due_at: datetime, next_at: datetime | None, now: datetime) -> bool:
    """Whether an outage let this step pass: it is more than `GRACE` late, or the step after it is due too.

    Closing never passes: the figures go up however late.
    """
    if step is RoundStep.CLOSE:
        return False
    return isinstance(when_due(due_at, now, GRACE), Skip) or (next_at is not None and next_at <= now)


def round_after(plan: Plan, now: datetime, last_day: date | None, tz: tzinfo) -> RoundTimes | None:
    """Return the first round that opens after `now` for a day later than `last_day`, which had its round.

    None while none is near.
    """
    coming = next_round(plan, now, tz)
    while coming is not None and last_day is not None and coming.day <= last_day:
        coming = next_round(plan, coming.opens_at, tz)
    return coming


def takes_answers(state: RoundState, closes_at: datetime, now: datetime) -> bool:
    """Whether an answer given now still counts, on time or late."""
    return state is RoundState.OPEN or (state is RoundState.CLOSED and now < closes_at + LATE_FOR)


def standing(before: Answer | None, given: Answer | None) -> Answer | None:
    """Return the answer that stands: the worst one given; None while nobody was reached."""
    return worst(answer for answer in (before, given) if answer is not None)


def is_settled(
    before: Answer | None, given: Answer | None, first_at: datetime, now: datetime, changeable_for: timedelta
) -> bool:
    """Whether `given` comes too late to change `before`; bad news is never too late."""
    is_worse = standing(before, given) is not before
    return before is not None and not is_worse and now > first_at + changeable_for


def credited(before: Source, given: Source) -> Source:
    """Return whom the answer is credited to: once the home itself has spoken, it is the home's own."""
    return Source.SELF if Source.SELF in (before, given) else given


#: Who looks after a community's homes: its call lists are theirs.
LOOKS_AFTER = frozenset({Role.TEAM, Role.VILLAGE_HEAD})
#: Who may answer for them from the unit right above.
_ANSWERS_FROM_PARENT = frozenset({Role.OFFICER, Role.HEALTH})


def may_answer_for(here: Collection[Role], parent: Collection[Role], above: Collection[Role]) -> bool:
    """Whether someone with these roles may answer for a community's homes.

    `here` are the roles in the community, `parent` those in the unit right above it, `above` those in any.
    """
    return not LOOKS_AFTER.isdisjoint(here) or not _ANSWERS_FROM_PARENT.isdisjoint(parent) or Role.COMMANDER in above


def silent_run(days: Sequence[date], answered: Collection[date]) -> Sequence[date]:
    """Return the days of the last rounds running in which a home did not answer; `days` begins with the newest."""
    return list(takewhile(lambda day: day not in answered, days))
