"""How long somebody is isolated and followed: versioned data, chosen by who they are and when it begins."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_suffix(".toml")


class Subject(StrEnum):
    """Why somebody is followed."""

    F0 = "f0"  #: Ill with it, at home.
    F1 = "f1"  #: In contact with somebody ill.
    RETURNEE = "returnee"  #: Back from an epidemic area.
    DOSE = "dose"  #: Just vaccinated.


class Vaccinated(StrEnum):
    """How far somebody is protected."""

    FULL = "full"  #: Every dose, or recovered within six months.
    PART = "part"  #: Some doses.
    NONE = "none"  #: None, or nobody knows.


@dataclass(frozen=True, slots=True)
class Protocol:
    """One version of one rule."""

    key: str  #: Its name in the data; what was decided under it keeps this name.
    subject: Subject
    vaccinated: Vaccinated | None  #: None: whoever has no rule of their own.
    effective_from: date
    isolate: int  #: Days at home alone.
    monitor: int  #: Days of measuring after them.
    readings: int  #: Measurements a day: 1 or 2.
    source: str  #: By what it was ordered, as people say it.

    @property
    def days(self) -> int:
        """All its days, at least one."""
        return max(1, self.isolate + self.monitor)


@cache
def protocols() -> tuple[Protocol, ...]:
    """Every version of every rule, oldest first."""
    with _DATA.open("rb") as file:
        rows = tomllib.load(file)["protocol"]
    read = [
        Protocol(
            key=row["key"],
            subject=Subject(row["subject"]),
            vaccinated=None if row["vaccinated"] == "any" else Vaccinated(row["vaccinated"]),
            effective_from=row["effective_from"],
            isolate=row["isolate"],
            monitor=row["monitor"],
            readings=row["readings"],
            source=row["source"],
        )
        for row in rows
    ]
    return tuple(sorted(read, key=lambda protocol: protocol.effective_from))


def protocol_for(subject: Subject, vaccinated: Vaccinated, begins_on: date) -> Protocol:
    """Return the rule in force on that day for such a person; before any was, the first there was.

    A rule for all, issued later, outweighs an older one for some; issued together, the special one holds.
    """
    fitting = [rule for rule in protocols() if rule.subject is subject and rule.vaccinated in (vaccinated, None)]
    in_force = [rule for rule in fitting if rule.effective_from <= begins_on] or fitting[:1]
    return max(in_force, key=lambda rule: (rule.effective_from, rule.vaccinated is not None))


def protocol_named(key: str) -> Protocol:
    """The rule of this name. Raises KeyError for one the data does not have."""
    return {rule.key: rule for rule in protocols()}[key]
