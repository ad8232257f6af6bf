"""What staff ask of the register of homes: find one, see it, and keep up with what happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Command, FromPerson
from models.rules.households import Ending, HouseholdKind, HouseholdStep


class HomeQuestion(StrEnum):
    """What is asked for in words about a home."""

    SPLIT = "home-split"  #: Who heads the home that is split off.
    MERGE = "home-merge"  #: The number of the home it goes up in.
    RESIDENT = "home-resident"  #: Somebody who lives there.
    EDIT = "home-edit"  #: What is new about it.
    NEW = "home-new"  #: A home that is not on the list yet.
    REPORT = "home-report"  #: What it needs, as its team heard.


@dataclass(frozen=True, slots=True, kw_only=True)
class FindHome(FromPerson):
    """`/nha …`: a home by its head, a relative, a year of birth, a phone or its number."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutHome(FromPerson):
    """A command about one home."""

    household_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHome(AboutHome):
    """One home of the register: its people, its accounts, and what can be done."""

    verb: ClassVar[str] = "h"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentHome(AboutHome):
    """Let the home's page show what it is now, and what was just done."""

    remark: HouseholdStep | None = None
    afresh: bool = False  #: As a new message at the bottom, for somebody who has just typed.


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHomeHistory(AboutHome):
    """[Lịch sử]: what happened to the home, by whom and when."""

    verb: ClassVar[str] = "h-log"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAboutHome(AboutHome):
    """A button that asks for words: who is split off, what the home goes up in, who lives there, what is new."""

    verb: ClassVar[str] = "h-ask"
    question: HomeQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNewHome(FromPerson):
    """[Thêm hộ]: a home that is not on the community's list yet."""

    verb: ClassVar[str] = "h-new"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddHome(FromPerson):
    """The new home, as typed."""

    unit_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditHome(AboutHome):
    """What is new about a home, as typed."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOut(AboutHome):
    """[Chuyển đi]: the home is no longer expected."""

    verb: ClassVar[str] = "h-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeHomeOff(Command):
    """Somebody who may says that the home moved away."""

    household_id: int
    by_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnHome(AboutHome):
    """[Về lại]: a home that had moved away, or gone up in another, is expected again."""

    verb: ClassVar[str] = "h-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCommunity(AboutHome):
    """[Chuyển tổ]: which community does it belong to now?"""

    verb: ClassVar[str] = "h-where"
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveHome(AboutHome):
    """The home belongs to this community from now on."""

    verb: ClassVar[str] = "h-to"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitHome(AboutHome):
    """A home of its own is split off: its head, as typed."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeMerge(AboutHome):
    """The number of the home it goes up in, as typed: read back before it counts."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeHome(AboutHome):
    """The home goes up in another: its people and accounts belong there from now on."""

    verb: ClassVar[str] = "h-join"
    into_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHomeKind(AboutHome):
    """What sort of home it is."""

    verb: ClassVar[str] = "h-kind"
    kind: HouseholdKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNoPhone(AboutHome):
    """Whether it is known to have no phone, and is visited instead of called."""

    verb: ClassVar[str] = "h-tel"
    no_phone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AddResident(AboutHome):
    """Somebody who lives there, as typed."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowResident(FromPerson):
    """Somebody who lives in a home, and what can be done."""

    verb: ClassVar[str] = "r"
    resident_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndResident(FromPerson):
    """[Đã mất] or [Chuyển đi]: they no longer count among the home's people."""

    verb: ClassVar[str] = "r-end"
    resident_id: int
    ending: Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnResident(FromPerson):
    """[Hoàn tác]: somebody counted as gone lives there after all."""

    verb: ClassVar[str] = "r-back"
    resident_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveResident(FromPerson):
    """Somebody lives in another home of the community now."""

    verb: ClassVar[str] = "r-to"
    resident_id: int
    household_id: int
