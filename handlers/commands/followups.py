"""What people, and the clock, ask of follow-ups and readings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Command, FromPerson
from models.rules.households import Ending
from models.rules.protocols import Subject, Vaccinated


class FollowQuestion(StrEnum):
    """What a person is asked to write in private; the kind of the draft that waits for it."""

    READING = "follow-reading"  #: What was measured.
    EXTEND = "follow-extend"  #: By how many days it is to be longer, and why.
    STOP = "follow-stop"  #: Why it ends early.


class Feeling(StrEnum):
    """How somebody says they are, by one tap."""

    WELL = "well"  #: As before; nothing measured.
    WORSE = "worse"  #: More tired, more ill than before.
    BREATHLESS = "breathless"  #: Breathing is hard: that is danger.


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutFollowUp(FromPerson):
    """Something about one follow-up."""

    follow_up_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowFollowUps(FromPerson):
    """`/theodoi`: whose health is followed in one's communities; with words, whom to follow from now on."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmFollowUp(FromPerson):
    """[Gửi] under what was read back: now it begins."""

    verb: ClassVar[str] = "f-start"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFollowUp(FromPerson):
    """Follow somebody's health from now on; whoever asks for it has seen that this person may."""

    household_id: int
    name: str
    resident_id: int | None  #: None: known by name alone.
    birth_year: int | None
    subject: Subject
    vaccinated: Vaccinated
    protocol: str  #: The rule it is decided under, by name.
    begins_on: dt.date
    arrival_id: int | None = None  #: The arrival it settles.


@dataclass(frozen=True, slots=True, kw_only=True)
class DropFollowUp(FromPerson):
    """[Huỷ] under what was read back."""

    verb: ClassVar[str] = "f-drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFollowUp(AboutFollowUp):
    """One follow-up with its last readings and what can be done."""

    verb: ClassVar[str] = "f-open"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFollowUp(AboutFollowUp):
    """A button that asks for words: a reading, more days, or why it ends."""

    verb: ClassVar[str] = "f-ask"
    question: FollowQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeCase(AboutFollowUp):
    """[Thành F0]: whoever was a contact is ill now; asked once more before it counts."""

    verb: ClassVar[str] = "f-case"
    is_sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendFollowUp(AboutFollowUp):
    """So many days more, and why."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopFollowUp(AboutFollowUp):
    """It ends today, and why."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TapFeeling(AboutFollowUp):
    """How they are, by one tap."""

    verb: ClassVar[str] = "f-feel"
    feeling: Feeling


@dataclass(frozen=True, slots=True, kw_only=True)
class HearReading(FromPerson):
    """Measured values came from somebody whose home is followed; whose they are may have to be asked."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOf(AboutFollowUp):
    """Whose the values held are."""

    verb: ClassVar[str] = "f-of"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepReading(AboutFollowUp):
    """Keep what was measured; a red flag becomes a report at once."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFollowUps(Command):
    """Somebody died or moved away: nobody is to be asked for their readings any more."""

    household_id: int
    resident_id: int | None  #: None: everybody of the home.
    ending: Ending
    by_id: int  #: Who said so.


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeFollowUps(Command):
    """They live there after all: what was ended for that alone goes on."""

    household_id: int
    resident_id: int | None  #: None: everybody of the home.
    by_id: int  #: Who said so.


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFlag(Command):
    """A red flag has opened a report: the follow-up remembers which, so that the next flag joins it."""

    follow_up_id: int
    sender_id: int  #: Whose report it is.


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceFollowUps(Command):
    """The clock: ask for readings, tell the team of missed ones, end what is over."""

    most: int = 50
