"""What people, and the chat service, tell us of who is who and which chat is whose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command, FromPerson, Place, Sender
from models.rules.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Greet(FromPerson):
    """`/start`, with whatever payload its link carried: a code, an invitation, or nothing."""

    payload: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BecomeAdministrator(FromPerson):
    """The code that the first start printed."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinByInvitation(FromPerson):
    """The link a listed person was given: from now on this account is theirs."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMenu(Command):
    """A person's roles or language changed: so does the list of commands in their chat."""

    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowHelp(FromPerson):
    """`/help`."""

    verb: ClassVar[str] = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLanguage(FromPerson):
    """`/ngonngu`, and the tap that follows; empty asks."""

    verb: ClassVar[str] = "lang"
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowUnits(FromPerson):
    """`/donvi`: the units, which have a group, and whose desk is ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindChat(FromPerson):
    """`/gannhom [CODE]`: in a group binds it; in private offers the signed link for a unit."""

    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindUnit(FromPerson):
    """`/gannhom` named no unit the bot knows: start at the top of the tree."""

    unknown_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowseUnits(FromPerson):
    """Walk down the tree of units to the one whose group is to be bound."""

    verb: ClassVar[str] = "bind-in"
    unit_id: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferBinding(FromPerson):
    """The administrator picked a unit to bind: make its link."""

    verb: ClassVar[str] = "bind"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmBinding(FromPerson):
    """An administrator says in private that this group is the unit's."""

    verb: ClassVar[str] = "bind-yes"
    unit_id: int
    group_id: int
    replacing: bool  #: Whether the chat's former unit and the unit's former group were named and given up.


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroduceBot(Command):
    """Say in a unit's group whose it is and what the bot does there, on the pinned card."""

    unit_id: int
    afresh: bool = False  #: Send the card anew at the bottom, for a group that has lost the old one.


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroduceNewGroups(Command):
    """The clock: groups that a list bound have not heard from the bot yet."""

    most: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGrants(FromPerson):
    """`/phanquyen [phone or name, role, unit]`: who holds which role, or a new grant."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowseGrants(FromPerson):
    """Turn the pages of who holds which role."""

    verb: ClassVar[str] = "grants"
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRole(FromPerson):
    """Look at one role before taking it back."""

    verb: ClassVar[str] = "role"
    person_id: int
    unit_id: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole(FromPerson):
    """Give a person a role in a unit."""

    verb: ClassVar[str] = "grant"
    person_id: int
    unit_id: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRole(FromPerson):
    """Take a role back: open claims return to the queue."""

    verb: ClassVar[str] = "ungrant"
    person_id: int
    unit_id: int
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineProposal(FromPerson):
    """[Không] on a proposed role."""

    verb: ClassVar[str] = "grant-no"
    person_id: int
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePrivately(FromPerson):
    """The answer is for this person alone, to whom the bot may not write yet: leave a link where they asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseUnknown(FromPerson):
    """A button or command this version does not know: say so, with what to do instead."""

    verb: ClassVar[str] = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelDraft(FromPerson):
    """[Huỷ] on an open question."""

    verb: ClassVar[str] = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOwnMembership(Command):
    """The bot was added to, promoted in, muted in or removed from a chat; or a person (un)blocked it."""

    sender: Sender  #: Who did it.
    place: Place
    present: bool = True
    is_administrator: bool = False
    may_write: bool = True
    may_pin: bool = False
    may_delete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMember(Command):
    """Somebody joined, left, or became administrator of a group."""

    member: Sender
    place: Place
    present: bool = True
    is_administrator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTitle(Command):
    """A group has a new title."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveChat(Command):
    """A group became a supergroup: everything kept under its old id goes on under the new one."""

    old_chat_id: int
    new_chat_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LosePerson(Command):
    """A private message cannot arrive: blocked, gone, or never started."""

    account_id: int
    never_started: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoseGroup(Command):
    """A group cannot be written to: removed, deleted, muted or unknown."""

    chat_id: int
    muted: bool = False
    reason: str = ""  #: A word for the catalogue: "kicked", "deleted", "unknown", "muted".


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTappedMessage(Command):
    """A button of this message was tapped: one of ours that we do not know is a copy, sent when we were unsure."""

    only_shows: ClassVar[bool] = True

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyUp(Command):
    """The clock: erase what may not be kept (ids after 48 hours, parked payloads after 7 days, old drafts)."""

    most: int = 500
