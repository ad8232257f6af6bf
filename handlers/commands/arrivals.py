"""What people, and the clock, ask of arrivals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Command, FromPerson


class ArrivalQuestion(StrEnum):
    """What a person is asked to write in private; the kind of the draft that waits for it."""

    WHO = "arrival-who"  #: Who came, from where, when and how.
    REASON = "arrival-reason"  #: Why somebody is not followed.
    HOME = "arrival-home"  #: In which home they stay.


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutArrival(FromPerson):
    """Something about one arrival."""

    arrival_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteArrivals(FromPerson):
    """`/nguoive`: who came, a line for each; without words, who came and is not settled."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmArrivals(FromPerson):
    """[Gửi] under those who were read back."""

    verb: ClassVar[str] = "a-send"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropArrivals(FromPerson):
    """[Huỷ] under those who were read back."""

    verb: ClassVar[str] = "a-drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenArrival(AboutArrival):
    """One arrival, with what can be done."""

    verb: ClassVar[str] = "a-open"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowArrival(AboutArrival):
    """[Theo dõi]: follow their health under the rule in force; where their home is not known, it is asked first."""

    verb: ClassVar[str] = "a-follow"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWhyNot(AboutArrival):
    """[Không theo dõi]: ask why."""

    verb: ClassVar[str] = "a-not"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcuseArrival(AboutArrival):
    """They are not followed, and why."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceArrival(AboutArrival):
    """The home they stay in, as typed; then they are followed."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkArrival(Command):
    """Their follow-up has begun."""

    arrival_id: int
    follow_up_id: int
    by_id: int  #: Who began it.


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowArrival(Command):
    """Show an arrival as it is now to those who decide what becomes of it, and to whoever looks at it."""

    arrival_id: int
    rings: bool = False  #: It is new, or asked about.


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceArrivals(Command):
    """The clock: ask what became of those whom nobody has settled."""

    most: int = 50
