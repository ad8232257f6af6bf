"""What is said about the register of homes, to those who look after them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Names, Notice
from models.rules.households import Ending, HouseholdKind, HouseholdStep


@dataclass(frozen=True, slots=True)
class FoundHome:
    """One home that fits a search."""

    household_id: int
    number: str
    unit: str
    head: str
    birth_year: int | None  #: Of its head, or of whoever fits; three homes may have heads of one name.
    through: str  #: Whoever fits and is not its head; empty otherwise.
    is_gone: bool


@dataclass(frozen=True, slots=True)
class HomesFound(Notice):
    """The homes that fit what was looked for."""

    protected: ClassVar[bool] = True

    words: str
    homes: tuple[FoundHome, ...]
    more: int  #: How many fit beyond those.


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A community whose homes one looks after."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class HomeSearchAsked(Notice):
    """How to look for a home, and where one can be added."""

    protected: ClassVar[bool] = True

    units: tuple[OwnUnit, ...]


@dataclass(frozen=True, slots=True)
class ShownResident:
    """Somebody who lives in a home."""

    resident_id: int
    name: str
    birth_year: int | None
    conditions: str
    no_phone: bool
    is_at_risk: bool


@dataclass(frozen=True, slots=True)
class HouseholdShown(Notice):
    """One home of the register."""

    protected: ClassVar[bool] = True

    household_id: int
    number: str
    unit: str
    head: str
    phone: str
    no_phone: bool
    members: int | None
    address: str
    sort: HouseholdKind
    is_gone: bool
    into: str  #: The number of the home it went up in; empty otherwise.
    residents: tuple[ShownResident, ...]
    accounts: Names  #: Who speaks for it.
    waiting: tuple[ShownResident, ...] = ()  #: Of the home it was split off: who may have come along.
    remark: HouseholdStep | None = None  #: What was just done.
    mourns_until: dt.date | None = None  #: Through this day it is left in peace; None: it is asked.


@dataclass(frozen=True, slots=True)
class ResidentAsked(Notice):
    """Somebody who lives in a home, and what can be done."""

    protected: ClassVar[bool] = True

    household_id: int
    number: str
    unit: str
    resident: ShownResident
    ending: Ending | None
    is_deserted: bool = False  #: Nobody is left in the home.
    mourns_until: dt.date | None = None  #: Through this day the home is left in peace.


@dataclass(frozen=True, slots=True)
class HomeWordsAsked(Notice):
    """Words are asked for about a home."""

    question: str  #: A word for the catalogue.
    number: str


@dataclass(frozen=True, slots=True)
class HomeWordsUnread(Notice):
    """What was typed cannot be taken: why."""

    why: str  #: A word for the catalogue: "no_such_number", "same_home", "number_taken", "no_name", "bad_phone".
    given: str


@dataclass(frozen=True, slots=True)
class MergeProposed(Notice):
    """One home would go up in another: one tap does it."""

    protected: ClassVar[bool] = True

    household_id: int
    number: str
    head: str
    into_id: int
    into_number: str
    into_head: str
    residents: int  #: How many known people would move along.


@dataclass(frozen=True, slots=True)
class CommunitiesOffered(Notice):
    """The communities a home may belong to, a page of them."""

    protected: ClassVar[bool] = True

    household_id: int
    number: str
    units: tuple[OwnUnit, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class HomeArrived(Notice):
    """To those who look after a community: a home was moved to it."""

    protected: ClassVar[bool] = True

    household_id: int
    number: str
    head: str
    unit: str
    former: str  #: The community it belonged to before.


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One thing that happened to a home."""

    at: datetime
    step: HouseholdStep
    by: str  #: Who did it; empty: a list from the shell.
    about: str  #: The other home's number, the person, or the community before.
    columns: tuple[str, ...] = ()  #: What changed.


@dataclass(frozen=True, slots=True)
class HomeHistoryShown(Notice):
    """What happened to a home, newest first."""

    protected: ClassVar[bool] = True

    household_id: int
    number: str
    unit: str
    events: tuple[ShownEvent, ...]
