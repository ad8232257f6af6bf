"""What is said about who is on duty, shifts that change hands, and calls that must be answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, Notice
from models.rules.mail import Priority


@dataclass(frozen=True, slots=True)
class DutyPlace:
    """One unit and whom to call there."""

    unit: str
    people: tuple[Contact, ...]
    on_duty: bool = False  #: Whether these are on duty now, by the roster.
    until: datetime | None = None  #: When their shift ends.
    place: str = ""  #: Where its duty is.
    phone: str = ""  #: Its own hotline.


@dataclass(frozen=True, slots=True)
class DutyChoice:
    """A unit at which whoever asks is on duty, or whose roster they see to."""

    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class DutyShown(Notice):
    """Whom to call, from the nearest unit to the widest."""

    places: tuple[DutyPlace, ...]
    hotlines: tuple[str, ...]
    standing: tuple[DutyChoice, ...] = ()  #: Where the reader is on duty now, and can hand over.
    rosters: tuple[DutyChoice, ...] = ()  #: Whose rosters the reader sees to.
    has_shifts: bool = False  #: Whether the reader has shifts of their own.
    for_resident: bool = False  #: Whether it must fit what a resident is shown.


@dataclass(frozen=True, slots=True)
class DutyRefused(Notice):
    """The roster of that unit is somebody else's to keep: whose."""

    unit: str
    who_can: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class DutyUnread(Notice):
    """What was typed cannot be a shift, a post or a duty phone."""

    why: str  #: "form", "unit", "person" or "role".
    given: str = ""


@dataclass(frozen=True, slots=True)
class PostKept(Notice):
    """Where a unit's duty is and how it is called, as kept now."""

    unit: str
    place: str
    phone: str
    handset: str = ""  #: Whose account the duty phone is; empty: there is none.


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One shift on the roster."""

    shift_id: int
    who: str
    starts_at: datetime
    ends_at: datetime
    is_weekly: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RosterShown(Notice):
    """The next shifts of a unit, and when nobody is on duty."""

    unit: str
    lines: tuple[ShiftLine, ...]
    gap_at: datetime | None = None  #: When nobody is on duty next; None: somebody always is.
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class MyShiftsShown(Notice):
    """One's own next shifts."""

    lines: tuple[ShiftLine, ...]


@dataclass(frozen=True, slots=True)
class ShiftSet(Notice):
    """Somebody put the reader on the roster, or took them off."""

    line: ShiftLine
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class ColleagueChoice:
    """Someone who serves at the same desk."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class SwapOffered(Notice):
    """Which colleague is to stand the shift?"""

    line: ShiftLine
    colleagues: tuple[ColleagueChoice, ...]


@dataclass(frozen=True, slots=True)
class SwapAsked(Notice):
    """A colleague asks the reader to stand their shift."""

    swap_id: int
    line: ShiftLine
    by: Contact


@dataclass(frozen=True, slots=True)
class SwapSettled(Notice):
    """What became of a swap: both are told."""

    outcome: str  #: "sent", "taken", "declined" or "lapsed".
    line: ShiftLine
    other: Contact


@dataclass(frozen=True, slots=True)
class ShiftEnding(Notice):
    """The reader's shift ends soon: it can be handed over."""

    unit_id: int
    unit: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class ReceiverAsked(Notice):
    """Nobody comes next on the roster: who takes over?"""

    unit_id: int
    unit: str
    colleagues: tuple[ColleagueChoice, ...]


@dataclass(frozen=True, slots=True)
class HandOverNoteAsked(Notice):
    """What should whoever takes over know?"""

    unit_id: int
    person_id: int
    to: str


@dataclass(frozen=True, slots=True)
class ShiftOffered(Notice):
    """The reader takes over: from whom, what is open, and the giver's note."""

    priority: ClassVar[Priority] = Priority.ALARM
    protected: ClassVar[bool] = True

    hand_over_id: int
    unit: str
    by: Contact
    codes: tuple[str, ...]  #: Of the reports the giver works on.
    note: str = ""
    is_again: bool = False  #: It was offered before and nobody took it.


@dataclass(frozen=True, slots=True)
class ShiftHandedOver(Notice):
    """How a hand-over stands: both are told."""

    outcome: str  #: "offered", "taken" or "received".
    unit: str
    other: Contact
    claims: int = 0


@dataclass(frozen=True, slots=True)
class NotOnDuty(Notice):
    """Only whoever is on duty hands over: who that is."""

    unit: str
    on_duty: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class DutyGapRaised(Notice):
    """Nobody is on duty somewhere, now or tomorrow: told to those who can put somebody there."""

    priority: ClassVar[Priority] = Priority.ALARM

    unit: str
    starts_at: datetime
    ends_at: datetime | None  #: None: further than the roster reaches.
    is_now: bool


@dataclass(frozen=True, slots=True)
class HandOverRaised(Notice):
    """Nobody took a shift over in time; the giver holds it still."""

    unit: str
    giver: Contact
    receiver: Contact


@dataclass(frozen=True, slots=True)
class CallTested(Notice):
    """The weekly test call: without a sound, and to be tapped."""

    silent: ClassVar[bool] = True

    test_id: int
    unit: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CallHeard(Notice):
    """The test call was tapped."""

    silent: ClassVar[bool] = True

    unit: str


@dataclass(frozen=True, slots=True)
class CallUnheard(Notice):
    """Somebody on duty did not tap the test call: call them."""

    unit: str
    person: Contact
