"""Check-in plans (lịch hỏi thăm): when homes are asked, and how a unit's own wishes override those above it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise

from models.rules.hours import QuietHours, instant, local
from models.rules.roles import Role


class Preset(StrEnum):
    """Which hours of the day a community's rounds keep."""

    MOUNTAIN = "mountain"  #: Asked the evening before: people are in the fields from 6 to 18 o'clock.
    TOWN = "town"  #: Asked in the morning and reminded when people come home.


@dataclass(frozen=True, slots=True)
class Clocks:
    """The local clock times of one round."""

    opens: time  #: The board appears and homes may answer.
    opens_days_before: int  #: How many days before the round's day it opens: 0 or 1.
    reminds: time  #: Silent homes are reminded.
    call_list: time  #: The team gets the numbers of silent homes.
    closes: time  #: The figures go up.


#: The team's figures are due at 15:00 (DOMAIN.md, the team's day), so the mountain round closes at 14:30.
CLOCKS = {
    Preset.MOUNTAIN: Clocks(time(18, 30), 1, time(5, 30), time(7), time(14, 30)),
    Preset.TOWN: Clocks(time(7), 0, time(16), time(16, 30), time(18)),
}

#: When homes are not asked and not reminded. The mountain reminder is the first thing of the day.
NIGHT = QuietHours(time(21), time(5, 30))

#: How long before closing the team and the village head are told who is silent.
WARNS_BEFORE_CLOSING = timedelta(hours=2)

#: Rounds of one community never overlap, and a team needs this long to call.
_LONGEST, _SHORTEST = timedelta(hours=24), timedelta(hours=3)

#: Letters of a plan's own question; with the rest of the board it stays within a resident's 280.
LONGEST_QUESTION = 60


class Zone(StrEnum):
    """The epidemic level of a place as a colour (Decision 4800/QĐ-BYT, October 2021)."""

    GREEN = "green"  #: Level 1, the new normal.
    YELLOW = "yellow"  #: Level 2, medium risk.
    ORANGE = "orange"  #: Level 3, high risk.
    RED = "red"  #: Level 4, very high risk.


MONDAY, THURSDAY = 0, 3
EVERY_DAY = frozenset(range(7))
_WEEKDAYS = {
    Zone.GREEN: frozenset({MONDAY}),
    Zone.YELLOW: frozenset({MONDAY, THURSDAY}),
    Zone.ORANGE: EVERY_DAY,
    Zone.RED: EVERY_DAY,
}


@dataclass(frozen=True, slots=True)
class Pause:
    """Days without rounds, such as a holiday."""

    first: date
    last: date | None = None  #: The last day without; None: until somebody ends the pause.

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a unit's homes are asked, once everything the units above it wish is taken into account."""

    clocks: Clocks = CLOCKS[Preset.MOUNTAIN]
    zone: Zone | None = None  #: Decides how often where no days are named; None while the place has no colour.
    days: frozenset[int] | None = None  #: The weekdays homes report on, Monday is 0; None: as the zone says.
    reminds: bool = True  #: Whether silent homes are reminded.
    quiet: QuietHours = NIGHT  #: Nobody is asked or reminded then: what falls into it waits for its end.
    question: str = ""  #: What is asked beside how the home is.
    pauses: tuple[Pause, ...] = ()

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays on which homes report: daily where neither days nor a colour say otherwise."""
        if self.days is not None:
            return self.days
        return EVERY_DAY if self.zone is None else _WEEKDAYS[self.zone]

    def is_paused_on(self, day: date) -> bool:
        return any(pause.covers(day) for pause in self.pauses)

    def has_round_on(self, day: date) -> bool:
        """Tell whether homes report on that day: a weekday of the plan, and no pause."""
        return day.weekday() in self.weekdays and not self.is_paused_on(day)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one unit sets for itself and those below it; whatever is None is as in the unit above."""

    preset: Preset | None = None  #: Sets all the clock times at once.
    opens: time | None = None
    opens_days_before: int | None = None
    reminds_at: time | None = None
    call_list: time | None = None
    closes: time | None = None
    reminds: bool | None = None
    zone: Zone | None = None
    days: frozenset[int] | None = None
    quiet: QuietHours | None = None
    question: str | None = None

    def over(self, plan: Plan) -> Plan:
        """The plan with these wishes fulfilled."""
        return replace(
            plan,
            clocks=self._clocks(CLOCKS[self.preset] if self.preset else plan.clocks),
            # Days named further up do not outlive a colour given nearer, and the other way round.
            days=self.days if self.days is not None or self.zone is not None else plan.days,
            zone=plan.zone if self.zone is None else self.zone,
            reminds=plan.reminds if self.reminds is None else self.reminds,
            quiet=plan.quiet if self.quiet is None else self.quiet,
            question=plan.question if self.question is None else self.question,
        )

    def _clocks(self, clocks: Clocks) -> Clocks:
        closes = clocks.closes if self.closes is None else self.closes
        days_before = self.opens_days_before
        if days_before is None:
            # Nobody who opens at 19:00 and closes at 14:30 means the same day.
            days_before = clocks.opens_days_before if self.opens is None else int(self.opens >= closes)
        return Clocks(
            opens=clocks.opens if self.opens is None else self.opens,
            opens_days_before=days_before,
            reminds=clocks.reminds if self.reminds_at is None else self.reminds_at,
            call_list=clocks.call_list if self.call_list is None else self.call_list,
            closes=closes,
        )

    def updated(self, newer: Wishes) -> Wishes:
        """These wishes with newer ones laid over; a preset wished anew sets every clock time anew."""
        forgotten = _CLOCK_FIELDS if newer.preset else ("opens_days_before",) if newer.opens else ()
        kept = replace(self, **dict.fromkeys(forgotten))
        named = {each.name: getattr(newer, each.name) for each in fields(newer)}
        return replace(kept, **{name: value for name, value in named.items() if value is not None})


_CLOCK_FIELDS = ("opens", "opens_days_before", "reminds_at", "call_list", "closes")


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants to be different in a unit's plan."""

    wishes: Wishes = Wishes()
    pause: Pause | None = None
    resumes: bool = False  #: Every pause of the unit itself ends.
    inherits: bool = False  #: First the unit forgets its own wishes, and does as the unit above.

    @property
    def is_nothing(self) -> bool:
        return self == Change()


@dataclass(frozen=True, slots=True)
class PlanBook:
    """The wishes and pauses of every unit, by unit id, and what holds where nobody wishes anything."""

    otherwise: Plan = Plan()
    wishes: Mapping[int, Wishes] = field(default_factory=dict)
    pauses: Mapping[int, tuple[Pause, ...]] = field(default_factory=dict)

    def plan_of(self, path: str) -> Plan:
        """The plan of the unit with this path, "/1/4/17/": its own wishes over its parents', pauses of them all."""
        ids = [int(part) for part in path.split("/") if part]
        plan = self.otherwise
        for wishes in (self.wishes[unit_id] for unit_id in ids if unit_id in self.wishes):
            plan = wishes.over(plan)
        paused = tuple(pause for unit_id in ids for pause in self.pauses.get(unit_id, ()))
        return replace(plan, pauses=(*plan.pauses, *paused)) if paused else plan

    def changed(self, unit_id: int, change: Change) -> PlanBook:
        """The book as it would be with this change at the unit."""
        own = Wishes() if change.inherits else self.wishes.get(unit_id, Wishes())
        pauses = () if change.resumes else self.pauses.get(unit_id, ())
        added = (change.pause,) if change.pause else ()
        return replace(
            self,
            wishes={**self.wishes, unit_id: own.updated(change.wishes)},
            pauses={**self.pauses, unit_id: (*pauses, *added)},
        )


@dataclass(frozen=True, slots=True)
class RoundTimes:
    """The instants of one round, in UTC."""

    day: date  #: The local day it reports on.
    opens_at: datetime  #: The board appears and homes may answer.
    reminds_at: datetime  #: Silent homes are reminded.
    call_list_at: datetime  #: The team gets the numbers of silent homes.
    warns_at: datetime  #: Team and village head are told who is silent.
    closes_at: datetime  #: The figures go up.
    reminds: bool = True  #: Whether they are reminded at all.
    question: str = ""  #: What is asked beside how the home is.


def times(plan: Plan, day: date, tz: tzinfo) -> RoundTimes:
    """Return the instants of the round that reports on `day`; homes are asked and reminded outside quiet hours."""
    clocks = plan.clocks
    closes_at = instant(day, clocks.closes, tz)
    opens_at = instant(day - timedelta(days=clocks.opens_days_before), clocks.opens, tz)
    return RoundTimes(
        day=day,
        opens_at=plan.quiet.quiet_ends_at(opens_at, tz),
        reminds_at=plan.quiet.quiet_ends_at(instant(day, clocks.reminds, tz), tz),
        call_list_at=instant(day, clocks.call_list, tz),
        warns_at=closes_at - WARNS_BEFORE_CLOSING,
        closes_at=closes_at,
        reminds=plan.reminds,
        question=plan.question,
    )


def next_round(plan: Plan, now: datetime, tz: tzinfo) -> RoundTimes | None:
    """Return the first round that opens after `now`; one that is open already is not it.

    None while none is near: a pause that lasts longer than a week is looked at again when its end comes near.
    """
    today = local(now, tz).date()
    days = (today + timedelta(days=ahead) for ahead in range(9))
    rounds = (times(plan, day, tz) for day in days if plan.has_round_on(day))
    return next((coming for coming in rounds if coming.opens_at > now), None)


class Objection(StrEnum):
    """Why a plan cannot be kept."""

    ORDER = "order"  #: It would remind before opening, or close before the team has the list.
    TOO_LONG = "too_long"  #: The next round would open before this one closed.
    TOO_SHORT = "too_short"  #: Nobody could call the silent homes in time.
    NO_DAY = "no_day"  #: No weekday is left.


def objection(plan: Plan, day: date, tz: tzinfo) -> Objection | None:
    """Return why a round of this plan cannot be held, tried on `day`; None when it can."""
    if not plan.weekdays:
        return Objection.NO_DAY
    tried = times(plan, day, tz)
    reminder = [tried.reminds_at] if tried.reminds else []
    steps = [tried.opens_at, *reminder, tried.call_list_at, tried.closes_at]
    if any(later <= earlier for earlier, later in pairwise(steps)):
        return Objection.ORDER
    lasts = tried.closes_at - tried.opens_at
    if lasts > _LONGEST:
        return Objection.TOO_LONG
    return Objection.TOO_SHORT if lasts < _SHORTEST else None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of a plan's preview."""

    day: date
    is_asked: bool
    is_paused: bool = False  #: It would be asked, but for a pause.


def preview(plan: Plan, today: date, days: int = 7) -> tuple[PlannedDay, ...]:
    """Return what the coming days hold, today first."""
    coming = [today + timedelta(days=ahead) for ahead in range(days)]
    return tuple(
        PlannedDay(day, plan.has_round_on(day), day.weekday() in plan.weekdays and plan.is_paused_on(day))
        for day in coming
    )


#: Who may change the plan of their own unit.
PLANS_HERE = frozenset({Role.TEAM, Role.VILLAGE_HEAD, Role.OFFICER})


def may_plan(here: Collection[Role], parent: Collection[Role], above: Iterable[Role]) -> bool:
    """Whether someone with these roles in the unit, right above it, and in any of these may change its plan."""
    return not PLANS_HERE.isdisjoint(here) or Role.OFFICER in parent or Role.COMMANDER in above
