"""What is said about who holds which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, Notice


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role of one person in one unit."""

    person_id: int
    name: str
    role: str
    unit_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class GrantsShown(Notice):
    """Who holds which role in the units one commands, one page of them."""

    protected: ClassVar[bool] = True

    held: tuple[HeldRole, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class RoleReviewed(Notice):
    """One role, before it is taken back."""

    protected: ClassVar[bool] = True

    held: HeldRole
    phone: str


@dataclass(frozen=True, slots=True)
class GrantRead(Notice):
    """How the typed grant was understood: one tap gives it. Several people when the words fit several."""

    protected: ClassVar[bool] = True

    choices: tuple[HeldRole, ...]
    phones: tuple[str, ...]  #: Of each choice, in the same order.


@dataclass(frozen=True, slots=True)
class GrantUnread(Notice):
    """The typed grant could not be understood: what was wrong with it."""

    why: str  #: A word for the catalogue: "form", "unit", "person".
    given: str = ""


@dataclass(frozen=True, slots=True)
class GrantRefused(Notice):
    """Only who commands the unit, or one above it, gives its roles: these do."""

    unit: str
    commanders: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class RoleGranted(Notice):
    """To whoever gave it: the role is held. One tap takes it back."""

    protected: ClassVar[bool] = True

    held: HeldRole
    was_new: bool


@dataclass(frozen=True, slots=True)
class InvitationMade(Notice):
    """A single-use link to pass on to someone the bot has never met: their account becomes known by it."""

    protected: ClassVar[bool] = False  # It is there to be passed on.
    erased: ClassVar[bool] = True

    name: str
    token: str
    until: datetime


@dataclass(frozen=True, slots=True)
class RoleReceived(Notice):
    """To the person: which role they hold now."""

    role: str
    unit: str
    by: str


@dataclass(frozen=True, slots=True)
class RoleEnded(Notice):
    """To whoever took it back. One tap gives it again."""

    protected: ClassVar[bool] = True

    held: HeldRole


@dataclass(frozen=True, slots=True)
class RoleWithdrawn(Notice):
    """To the person: which role they no longer hold."""

    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class RoleProposed(Notice):
    """Someone administers a unit's group: do they serve the unit?"""

    protected: ClassVar[bool] = True

    held: HeldRole
    title: str


@dataclass(frozen=True, slots=True)
class ProposalSettled(Notice):
    """What became of the question."""

    protected: ClassVar[bool] = True

    held: HeldRole
    agreed: bool
