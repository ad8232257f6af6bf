"""Check-in rounds (hỏi thăm): when they open and close, what homes answered, and how the figures add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from models.rules.hours import instant, local


class Preset(StrEnum):
    """Which hours of the day a community's rounds keep."""

    MOUNTAIN = "mountain"  #: Asked the evening before: people are in the fields from 6 to 18 o'clock.
    TOWN = "town"  #: Asked in the morning and reminded when people come home.


@dataclass(frozen=True, slots=True)
class Clocks:
    """The local clock times of one round."""

    opens: time  #: The board appears and homes may answer.
    opens_days_before: int  #: How many days before the round's day it opens.
    reminds: time  #: Silent homes are reminded.
    call_list: time  #: The team gets the numbers of silent homes.
    closes: time  #: The figures go up.


#: The team's figures are due at 15:00 (DOMAIN.md, the team's day), so the mountain round closes at 14:30.
CLOCKS = {
    Preset.MOUNTAIN: Clocks(time(18, 30), 1, time(5, 30), time(7), time(14, 30)),
    Preset.TOWN: Clocks(time(7), 0, time(16), time(16, 30), time(18)),
}

#: How long before closing the team and the village head are told who is silent.
WARNS_BEFORE_CLOSING = timedelta(hours=2)


class Zone(StrEnum):
    """The epidemic level of a place as a colour (Decision 4800/QĐ-BYT, October 2021)."""

    GREEN = "green"  #: Level 1, the new normal.
    YELLOW = "yellow"  #: Level 2, medium risk.
    ORANGE = "orange"  #: Level 3, high risk.
    RED = "red"  #: Level 4, very high risk.


MONDAY, THURSDAY = 0, 3
_EVERY_DAY = frozenset(range(7))
_WEEKDAYS = {
    Zone.GREEN: frozenset({MONDAY}),
    Zone.YELLOW: frozenset({MONDAY, THURSDAY}),
    Zone.ORANGE: _EVERY_DAY,
    Zone.RED: _EVERY_DAY,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How a unit's homes are asked."""

    preset: Preset = Preset.MOUNTAIN  #: Which hours the rounds keep.
    zone: Zone | None = None  #: Decides how often; None while the place has no colour: daily.

    def has_round_on(self, day: date) -> bool:
        """Tell whether homes report on that day: green weekly, yellow twice a week, otherwise daily."""
        return self.zone is None or day.weekday() in _WEEKDAYS[self.zone]


@dataclass(frozen=True, slots=True)
class RoundTimes:
    """The instants of one round, in UTC."""

    day: date  #: The local day it reports on.
    opens_at: datetime  #: The board appears and homes may answer.
    reminds_at: datetime  #: Silent homes are reminded.
    call_list_at: datetime  #: The team gets the numbers of silent homes.
    warns_at: datetime  #: Team and village head are told who is silent.
    closes_at: datetime  #: The figures go up.


def times(preset: Preset, day: date, tz: tzinfo) -> RoundTimes:
    """Return the instants of the round that reports on `day`."""
    clocks = CLOCKS[preset]
    closes_at = instant(day, clocks.closes, tz)
    return RoundTimes(
        day=day,
        opens_at=instant(day - timedelta(days=clocks.opens_days_before), clocks.opens, tz),
        reminds_at=instant(day, clocks.reminds, tz),
        call_list_at=instant(day, clocks.call_list, tz),
        warns_at=closes_at - WARNS_BEFORE_CLOSING,
        closes_at=closes_at,
    )


def next_round(plan: Plan, now: datetime, tz: tzinfo) -> RoundTimes:
    """Return the first round that opens after `now`; one that is open already is not it."""
    today = local(now, tz).date()
    days = (today + timedelta(days=ahead) for ahead in range(9))
    rounds = (times(plan.preset, day, tz) for day in days if plan.has_round_on(day))
    return next(coming for coming in rounds if coming.opens_at > now)


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
