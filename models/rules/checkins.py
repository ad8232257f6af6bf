"""Check-in rounds (hỏi thăm): what homes answered, what comes too late, and how the figures add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Wait:
    """It is not time yet."""

    left: timedelta  #: How long until then.


@dataclass(frozen=True, slots=True)
class Act:
    """It is time, or so little past it that nobody minds."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Its time passed while nothing ran; it is counted and told, never sent late."""

    late_by: timedelta  #: How long ago it was due.


def when_due(due_at: datetime, now: datetime, grace: timedelta) -> Wait | Act | Skip:
    """Decide about a step of a round that was due at `due_at` and may come at most `grace` late."""
    if now < due_at:
        return Wait(due_at - now)
    late_by = now - due_at
    return Skip(late_by) if late_by > grace else Act()


class Answer(StrEnum):
    """What a home says about itself in one round."""

    ALL_WELL = "all_well"  #: Cả nhà khỏe.
    NEED_HELP = "need_help"  #: Cần hỗ trợ: food, medicine, a ride.
    SOMEONE_ILL = "someone_ill"  #: Có người ốm: opens a report at the tap.


_FROM_BEST_TO_WORST = (Answer.ALL_WELL, Answer.NEED_HELP, Answer.SOMEONE_ILL)


def worst(answers: Iterable[Answer]) -> Answer | None:
    """Return the answer that stands when a home gave several in one round; None when it gave none."""
    return max(answers, key=_FROM_BEST_TO_WORST.index, default=None)


class Source(StrEnum):
    """How an answer came to be known."""

    SELF = "self"  #: Someone of the home tapped it.
    MET = "met"  #: Staff met them (gặp).
    CALLED = "called"  #: Staff called them (gọi).
    NEIGHBOUR = "neighbour"  #: A neighbour told staff (hàng xóm).


class Asking(StrEnum):
    """How a home wants to be asked; whichever it chose, it is never left out."""

    PRIVATE = "private"  #: By a message of its own.
    BOARD = "board"  #: By the board in the community's group; where there is no group, by a message.
    CALL = "call"  #: By no message at all: the team calls or comes.


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of one round for one unit, in households; tallies of units add up to their parent's."""

    expected: int = 0  #: Homes that were asked.
    self_reported: int = 0  #: Answered themselves.
    on_behalf: int = 0  #: Staff answered for them.
    unreachable: int = 0  #: Staff tried and did not reach them.
    silent: int = 0  #: Neither answered nor tried; never counted as zero.
    ill: int = 0  #: Answered that someone is ill.
    need_help: int = 0  #: Answered that they need help.
    on_time: int = 0  #: First answered before the round closed.

    @property
    def answered(self) -> int:
        """Homes with an answer, whoever gave it."""
        return self.self_reported + self.on_behalf

    @property
    def completeness(self) -> float | None:
        """Answered ÷ expected, 0 to 1; None when nobody was asked."""
        return self.answered / self.expected if self.expected else None

    @property
    def timeliness(self) -> float | None:
        """On time ÷ expected, 0 to 1; None when nobody was asked."""
        return self.on_time / self.expected if self.expected else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            expected=self.expected + other.expected,
            self_reported=self.self_reported + other.self_reported,
            on_behalf=self.on_behalf + other.on_behalf,
            unreachable=self.unreachable + other.unreachable,
            silent=self.silent + other.silent,
            ill=self.ill + other.ill,
            need_help=self.need_help + other.need_help,
            on_time=self.on_time + other.on_time,
        )
