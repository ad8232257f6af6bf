"""What people ask of check-in plans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Command, FromPerson


class PlanQuestion(StrEnum):
    """What a person is asked to write in private; the kind of the draft that waits for it."""

    CHANGE = "plan-change"  #: What is to be different in a unit's plan.


class PlanChoice(StrEnum):
    """A change of a plan that one button asks for."""

    MOUNTAIN = "mountain"  #: The hours of people who work in the fields.
    TOWN = "town"  #: The hours of people who work in town.
    PAUSE = "pause"  #: No rounds until somebody ends the pause.
    RESUME = "resume"  #: Rounds again.
    INHERIT = "inherit"  #: As the unit above has it.


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPlans(FromPerson):
    """`/lichhoitham`: the plan of one's own unit; with words after it, what is to be different there."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPlan(FromPerson):
    """Something about one unit's plan."""

    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlan(AboutPlan):
    """The plan of one unit, with its next seven days."""

    verb: ClassVar[str] = "p-open"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowsePlans(AboutPlan):
    """A page of the units right below one, to choose whose plan to see."""

    verb: ClassVar[str] = "p-below"
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePlan(AboutPlan):
    """A button that asks for one change; it is read back first."""

    verb: ClassVar[str] = "p-set"
    choice: PlanChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForPlan(AboutPlan):
    """[Đổi lịch]: the next private message says what is to be different."""

    verb: ClassVar[str] = "p-type"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypePlan(AboutPlan):
    """What is to be different, as typed; it is read back before it counts."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePlan(AboutPlan):
    """[Gửi] under the change that was read back: now it counts."""

    verb: ClassVar[str] = "p-save"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPlan(AboutPlan):
    """[Huỷ] under the change that was read back: the plan stays as it is."""

    verb: ClassVar[str] = "p-drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRounds(Command):
    """See to it that every community with homes has a round ahead of it."""

    unit_ids: tuple[int, ...] = ()  #: Only these communities; empty: every one.


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanRounds(Command):
    """The plan of a unit changed: void what the old one had pending in its subtree, and plan anew."""

    unit_id: int
