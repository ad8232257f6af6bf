"""What is said about which chat is whose, and about the register of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, Names, Notice
from models.notices.enrolment import Post
from models.rules.mail import Priority

#: Which menu a bound group is offered: where the households are, or where offices meet.
COMMUNITY_GROUP, OFFICE_GROUP = "community_group", "office_group"


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """One unit an administrator may pick."""

    unit_id: int
    name: str
    has_group: bool
    has_below: bool  #: Whether units lie below it, to walk down to.


@dataclass(frozen=True, slots=True)
class UnitsOffered(Notice):
    """The unit an administrator is looking at, and those directly below it, one page of them."""

    here: UnitChoice
    below: tuple[UnitChoice, ...]
    above_id: int | None  #: The unit over it; None at the top.
    page: int = 0
    has_more: bool = False
    unknown_code: str = ""  #: The code that was typed and fits no unit.


@dataclass(frozen=True, slots=True)
class NoUnitsYet(Notice):
    """Nothing was imported, so there is nothing to bind or to give roles in."""


@dataclass(frozen=True, slots=True)
class BindingOffered(Notice):
    """A single-use link that adds the bot to a group and binds it to the unit.

    The token alone opens nothing: whoever uses it must be an administrator or serve the unit.
    """

    protected: ClassVar[bool] = True
    erased: ClassVar[bool] = True

    unit: str
    code: str  #: The unit's code, for typing in the group instead.
    token: str
    until: datetime
    current_title: str = ""  #: The group the unit already has.


@dataclass(frozen=True, slots=True)
class BindingRefused(Notice):
    """Only an administrator binds groups: these are."""

    administrators: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class BindingConfirmationAsked(Notice):
    """An administrator who hides behind the group is asked for one tap in private."""

    unit_id: int
    unit: str
    chat_id: int


@dataclass(frozen=True, slots=True)
class RebindingAsked(Notice):
    """The group is another unit's, or the unit has another group: shall it change?"""

    unit_id: int
    unit: str
    chat_id: int
    title: str
    other_unit: str = ""  #: Whose group it is now.
    other_title: str = ""  #: Which group the unit has now.


@dataclass(frozen=True, slots=True)
class ChatGone(Notice):
    """The group to be bound is not there any more."""


@dataclass(frozen=True, slots=True)
class BindingDone(Notice):
    """To whoever bound it: the group is the unit's."""

    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class GroupBound(Notice):
    """To the group: whose it is, and what the bot still lacks there."""

    unit: str
    lacks_administrator: bool = False
    lacks_pin: bool = False
    lacks_delete: bool = False

    @property
    def lacks_something(self) -> bool:
        return self.lacks_administrator or self.lacks_pin or self.lacks_delete


@dataclass(frozen=True, slots=True)
class CommunityIntroduced(Notice):
    """The pinned card of a community's group: what the bot is for, reads and keeps, and who the team is."""

    priority: ClassVar[Priority] = Priority.BULK
    silent: ClassVar[bool] = True

    unit: str
    team: tuple[Contact, ...]
    overhears: bool = False  #: Whether the bot listens there for what looks like a report.


@dataclass(frozen=True, slots=True)
class OfficeIntroduced(Notice):
    """The pinned card of the group of a commune, a district, or above."""

    priority: ClassVar[Priority] = Priority.BULK
    silent: ClassVar[bool] = True

    unit: str
    leaders: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class GroupReleased(Notice):
    """On the pinned card of a group that is the unit's no more."""

    unit: str


@dataclass(frozen=True, slots=True)
class GroupGreeted(Notice):
    """The bot was added to a group nobody has bound yet."""

    silent: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class GroupMet(Notice):
    """To administrators: the bot is in a group that is no unit's."""

    title: str
    by: str  #: Who added it.


@dataclass(frozen=True, slots=True)
class GroupLost(Notice):
    """To administrators and the commanders above: the bot may not write in a unit's group any more."""

    priority: ClassVar[Priority] = Priority.ALARM

    unit: str
    title: str
    reason: str  #: A word for the catalogue: "kicked", "deleted", "unknown", "muted".


@dataclass(frozen=True, slots=True)
class GroupReturned(Notice):
    """To administrators: the bot may write in a unit's group again."""

    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class GroupMoved(Notice):
    """To administrators: a unit's group became a supergroup, and all goes on there."""

    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class GroupRenamed(Notice):
    """To administrators: a unit's group has a new title."""

    silent: ClassVar[bool] = True

    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class PersonLost(Notice):
    """To administrators: the bot cannot write to someone who serves."""

    name: str
    posts: tuple[Post, ...]
    never_started: bool


# The register.


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many units of a tier there are."""

    tier: str
    units: int
    with_group: int


@dataclass(frozen=True, slots=True)
class UnitsShown(Notice):
    """How many units there are, and what is not right yet."""

    tiers: tuple[TierCount, ...]
    without_group: Names
    silenced: Names  #: Their group exists, but the bot may not write to it.
    not_ready: Names  #: Fewer than two people of their desk can be reached.


@dataclass(frozen=True, slots=True)
class OnlyAdministrators(Notice):
    """What was asked is the administrators' work: these are."""

    administrators: tuple[Contact, ...]
