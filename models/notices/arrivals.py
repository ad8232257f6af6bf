"""What is said about people who came: to those who report them, and to those who look after them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from models.notices.base import Contact, IfUnsure, Notice
from models.rules.arrivals import ArrivalState, Travel
from models.rules.mail import Priority
from models.rules.protocols import Vaccinated


@dataclass(frozen=True, slots=True)
class ReadArrival:
    """Somebody who came, as read back."""

    unit_id: int
    unit: str
    household_id: int | None
    number: str  #: The home's; empty: not known.
    name: str
    phone: str
    origin: str
    arrived_on: dt.date
    how: Travel | None
    vaccinated: Vaccinated
    words: str  #: The line, as typed.
    is_known: bool = False  #: Was reported before; it will not be counted again.


@dataclass(frozen=True, slots=True)
class ArrivalsRead(Notice):
    """Who came is read back before it counts."""

    protected: ClassVar[bool] = True

    people: tuple[ReadArrival, ...]
    unread: tuple[str, ...]  #: Lines that could not be read, as typed.
    by_resident: bool  #: Read by somebody of a home, not by staff.


@dataclass(frozen=True, slots=True)
class ArrivalsKept(Notice):
    """They were reported."""

    people: int
    again: int  #: Of those read back, known before.
    contacts: tuple[Contact, ...]  #: Who looks after them now.
    by_resident: bool


@dataclass(frozen=True, slots=True)
class ArrivalsDropped(Notice):
    """Nobody was reported."""


@dataclass(frozen=True, slots=True)
class ArrivalAsked(Notice):
    """Who came, from where, when, how, how far vaccinated?"""

    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN

    by_resident: bool


@dataclass(frozen=True, slots=True)
class ArrivalsUnread(Notice):
    """No line could be read, or the place is not known."""

    by_resident: bool


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """One open arrival of a list."""

    arrival_id: int
    unit: str
    name: str
    origin: str
    arrived_on: dt.date


@dataclass(frozen=True, slots=True)
class ArrivalsListed(Notice):
    """Who came and is not settled, where one serves."""

    protected: ClassVar[bool] = True

    lines: tuple[ArrivalLine, ...]


@dataclass(frozen=True, slots=True)
class ArrivalShown(Notice):
    """One arrival with what the rule in force says, and what became of it."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    protected: ClassVar[bool] = True

    arrival_id: int
    unit: str
    number: str
    name: str
    phone: str
    origin: str
    arrived_on: dt.date
    how: Travel | None
    vaccinated: Vaccinated
    by: str  #: Who reported it.
    isolates_until: dt.date | None
    last_day: dt.date
    source: str
    state: ArrivalState
    follow_up_id: int | None
    reason: str
    settled_by: str
    is_asked_again: bool  #: The clock asks what became of it.


@dataclass(frozen=True, slots=True)
class ArrivalHomeAsked(Notice):
    """In which home do they stay?"""

    name: str
    is_community_known: bool


@dataclass(frozen=True, slots=True)
class ArrivalHomeUnread(Notice):
    """No such home was found."""

    name: str


@dataclass(frozen=True, slots=True)
class ArrivalReasonAsked(Notice):
    """Why are they not followed?"""

    name: str


@dataclass(frozen=True, slots=True)
class ArrivalsLeftOver(Notice):
    """People came days ago, and nobody below has decided what becomes of them."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    protected: ClassVar[bool] = True

    unit: str
    lines: tuple[ArrivalLine, ...]
    contacts: tuple[Contact, ...]  #: Whose it is to decide.


@dataclass(frozen=True, slots=True)
class ArrivalRefused(Notice):
    """Only those who live or serve here report arrivals, and only those who look after a place settle them."""

    unit: str  #: Empty: none in particular.
    contacts: tuple[Contact, ...]
