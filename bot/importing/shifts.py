"""The duty roster: `unit,name,phone,days,from,until`, a row for each shift or weekly pattern."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.importing import cells
from bot.importing.family import Family, Taken
from bot.importing.table import Outcome, Row, RowRefused
from models.records import Person, Unit
from models.rules.duty import Hours, read_clock, read_days
from models.rules.words import fold
from models.work import Work


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row, understood."""

    unit: Unit
    person: Person
    weekdays: tuple[int, ...]  #: Empty: once.
    day: date | None  #: None: every week.
    hours: Hours


class Shifts(Family):
    """Who is on duty when: on weekdays every week ("t2-t6", "mon-fri"), or once on a day ("24/11")."""

    columns = ("unit", "name", "phone", "days", "from", "until")
    required = ("unit", "days", "from", "until")
    key = ("unit", "days", "name")

    def take(self, row: Row) -> Taken:
        """Put one shift on the roster, or one that comes round every week."""
        cells.require_complete(row, self.required)
        wanted, duty, zone = _understand(row, self.work), self.work.duty, self.work.policy.timezone
        if wanted.day is not None:
            starts_at, ends_at = wanted.hours.on(wanted.day, zone)
            was_new = duty.add_shift(wanted.unit.id, wanted.person.id, starts_at, ends_at)
        else:
            was_new = False
            for weekday in wanted.weekdays:
                was_new |= duty.add_pattern(wanted.unit.id, wanted.person.id, weekday, wanted.hours)
        return Taken(Outcome.NEW if was_new else Outcome.SAME)

    def finish(self) -> None:
        """Make shifts of what comes round every week, as far ahead as the roster is planned."""
        work = self.work
        work.duty.plan(work.today, work.today + work.policy.duties.plan_ahead, work.policy.timezone)
        super().finish()


def _understand(row: Row, work: Work) -> Wanted:
    unit = work.units.find_by_code(row["unit"])
    if unit is None:
        raise RowRefused("unit", "import.unknown_unit", given=row["unit"])
    weekdays, day = read_days(row["days"], work.today)
    if not weekdays and day is None:
        raise RowRefused("days", "import.bad_days", given=row["days"])
    starts, ends = read_clock(row["from"]), read_clock(row["until"])
    if starts is None or ends is None:
        column = "until" if starts else "from"
        raise RowRefused(column, "import.bad_clock", given=row[column])
    return Wanted(unit, _person(row, unit, work), weekdays, day, Hours(starts, ends))


def _person(row: Row, unit: Unit, work: Work) -> Person:
    """Who of those who serve there is meant, by phone or else by name; a shared name needs the phone."""
    serving = work.duty.serving(unit.id).values()
    phone = cells.phone(row)
    meant = [person for person in serving if phone and person.phone == phone]
    meant = meant or [person for person in serving if row["name"] and fold(person.name) == fold(row["name"])]
    if len(meant) != 1:
        raise RowRefused("name", "import.nobody_serves", given=row["name"] or row["phone"])
    return meant[0]
