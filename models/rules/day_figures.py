"""The figures of a day (số liệu trong ngày): what a team counts, how counts add up, and when they are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from models.rules.hours import instant
from models.rules.roles import Role
from models.rules.tiers import Tiers
from models.rules.words import fold

#: Who gathers figures in a unit and in those below it.
GATHERERS = frozenset({Role.COMMANDER, Role.OFFICER, Role.HEALTH, Role.CLERK})
#: How late a step may come and nobody minds; later, after an outage, it is left out. Closing never is.
GRACE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Origin:
    """People who came from one place."""

    place: str  #: As everybody writes it.
    people: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What one unit counts on one day; None: nobody said, which is not zero (DOMAIN.md, the team's day)."""

    homes: int | None = None  #: Homes assigned.
    visited: int | None = None  #: Homes that were met or answered.
    no_answer: int | None = None  #: Homes nobody reached.
    people: int | None = None  #: People who live there.
    ill: int | None = None  #: People, or homes, with symptoms.
    returnees: int | None = None  #: People who came back that day.
    isolating: int | None = None  #: People at home alone.
    cases: int | None = None  #: People ill with it (F0) at home.
    breaches: int | None = None  #: Rules broken.
    unvaccinated: int | None = None  #: People without a dose.
    relief: int | None = None  #: Homes that ask for help.
    origins: tuple[Origin, ...] = ()  #: Where those who came back came from.

    @property
    def is_empty(self) -> bool:
        return self == DayFigures()

    def given(self) -> dict[str, int]:
        """Every figure that was said, by name, in their order."""
        said = {name: getattr(self, name) for name in FIGURES}
        return {name: value for name, value in said.items() if value is not None}


#: The names of the figures, in the order in which they are read.
FIGURES = tuple(each.name for each in fields(DayFigures) if each.name != "origins")


def updated(earlier: DayFigures, said: DayFigures) -> DayFigures:
    """Return what stands when more is said: the newer word on each figure, the earlier where there is none."""
    origins = earlier.origins if said.returnees is None else said.origins
    return replace(earlier, **said.given(), origins=origins)


def add_up(counted: Iterable[DayFigures]) -> DayFigures:
    """Return the sum of the units' figures; one that no unit gave stays unsaid."""
    total: dict[str, int] = {}
    places: dict[str, Origin] = {}
    for figures in counted:
        for name, value in figures.given().items():
            total[name] = total.get(name, 0) + value
        for origin in figures.origins:
            known = places.get(fold(origin.place), Origin(origin.place, 0))
            places[fold(origin.place)] = replace(known, people=known.people + origin.people)
    most_first = sorted(places.values(), key=lambda origin: (-origin.people, origin.place))
    return DayFigures(**total, origins=tuple(most_first))


class DayStep(StrEnum):
    """What the clock does next about the figures a unit gathers on a day, in this order."""

    REMIND = "remind"  #: Teams right below that have not sent are reminded.
    MISSING = "missing"  #: Those right below are due: whoever has not sent is shown to the commander.
    CLOSE = "close"  #: The unit's own sum is due: it is told, and goes to the tier above.


#: A step, and when it is due.
Timed = tuple[DayStep, datetime]


@dataclass(frozen=True, slots=True)
class Cascade:
    """When figures are due: the teams first, each tier above them a while later (DOMAIN.md: 15:00, 16:00, 17:00)."""

    is_wanted: bool = True  #: Whether the clock asks for figures at all.
    teams_at: time = time(15)  #: The local time at which the teams' figures are due.
    tier_takes: timedelta = timedelta(hours=1)  #: How much later those of the tier above are.
    reminds_before: timedelta = timedelta(minutes=30)  #: So long before, teams that have not sent are reminded.

    def due_at(self, tier: str, day: date, tiers: Tiers, tz: tzinfo) -> datetime:
        """Return the UTC instant at which the figures of a unit of this tier are due. Raises ValueError for no tier."""
        rungs_up = len(tiers.names) - 1 - tiers.rank(tier)
        return instant(day, self.teams_at, tz) + rungs_up * self.tier_takes

    def steps(self, tier: str, day: date, tiers: Tiers, tz: tzinfo) -> Sequence[Timed]:
        """Return what is done about the figures that a unit of this tier gathers, and when; none for a community."""
        if tier == tiers.community:
            return []
        below_is_due = self.due_at(tiers.names[tiers.rank(tier) + 1], day, tiers, tz)
        steps = [(DayStep.MISSING, below_is_due), (DayStep.CLOSE, self.due_at(tier, day, tiers, tz))]
        gathers_teams = tiers.rank(tier) == len(tiers.names) - 2
        return [(DayStep.REMIND, below_is_due - self.reminds_before), *steps] if gathers_teams else steps


def step_after(step: DayStep, steps: Sequence[Timed]) -> Timed | None:
    """Return what comes after this step on that day, and when; None after the last."""
    order = list(DayStep)
    return next((each for each in steps if order.index(each[0]) > order.index(step)), None)


def is_left_out(step: DayStep, due_at: datetime, next_at: datetime | None, now: datetime) -> bool:
    """Whether an outage let this step pass: it is more than `GRACE` late, or the one after it is due too."""
    if step is DayStep.CLOSE:
        return False
    return now - due_at > GRACE or (next_at is not None and next_at <= now)
