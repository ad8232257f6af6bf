"""Who and where: units, their chats, people, roles, households."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.checkins import Asking
from models.rules.households import HouseholdKind
from models.rules.roles import Role


class Unit(Record):
    """A place with people in charge: a district, a commune, a community of 30–50 households."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  #: The administrator's own short name for it.
    name: Mapped[str]
    tier: Mapped[str] = mapped_column(index=True)  #: A tier's name in the configuration.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(index=True)  #: Ids from the root to itself, "/1/4/17/".
    village: Mapped[str] = mapped_column(default="")  #: The village a community lies in.


class ChatPurpose(StrEnum):
    """What a bound chat is to its unit."""

    GROUP = "group"  #: The unit's group: many people, no words or health.
    DESK = "desk"  #: A staff-only chat where the unit's reports are worked on.


class ChatState(StrEnum):
    """Whether we can write there."""

    PRESENT = "present"  #: As far as we know we may write.
    MUTED = "muted"  #: We are in, but may not write; its administrators were told.
    LOST = "lost"  #: We were removed, or it was deleted.


class Chat(Record):
    """A group chat the bot has met, bound to a unit or not yet."""

    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("unit_id", "purpose"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  #: The service's id.
    title: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    purpose: Mapped[ChatPurpose] = mapped_column(default=ChatPurpose.GROUP)
    state: Mapped[ChatState] = mapped_column(default=ChatState.PRESENT)
    may_pin: Mapped[bool | None]  #: None until the service told us our rights there.
    may_delete: Mapped[bool | None]
    is_administrator: Mapped[bool | None]
    overhears: Mapped[bool] = mapped_column(default=False)  #: Talk that looks like a report is offered to be sent.
    bound_at: Mapped[datetime | None]


class Reach(StrEnum):
    """Whether a private message reaches a person."""

    UNKNOWN = "unknown"  #: Imported; counts as reachable until a send says otherwise.
    REACHABLE = "reachable"  #: Has written to the bot, or a message arrived.
    NEVER_STARTED = "never_started"  #: Must press Start before the bot may write.
    BLOCKED = "blocked"  #: Blocked the bot, or the account is gone; revived by their next message.


class Person(Record):
    """Someone the bot knows: by account, by an imported list, or both."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    account_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)  #: Also their private chat's id.
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="", index=True)  #: E.164, "+84912345678", or empty.
    language: Mapped[str] = mapped_column(default="")  #: Empty: the community's.
    reach: Mapped[Reach] = mapped_column(default=Reach.UNKNOWN)


class Grant(Record):
    """One role of one person in one unit; ended grants stay for the record."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("person_id", "unit_id", "role"), Index(None, "unit_id", "role"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))  #: None: administrator of it all.
    role: Mapped[Role]
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: None: from a list.
    ended_at: Mapped[datetime | None]


class Household(Record):
    """One home of a community's list."""

    __tablename__ = "households"
    __table_args__ = (UniqueConstraint("unit_id", "number"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    number: Mapped[str]  #: Its number on the community's list.
    head: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    members: Mapped[int | None]
    address: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    kind: Mapped[HouseholdKind] = mapped_column(default=HouseholdKind.FAMILY)
    no_phone: Mapped[bool] = mapped_column(default=False)  #: Known to have none: to be visited, not called.
    prompted_privately: Mapped[bool] = mapped_column(default=False)  #: Asked in private, too, where a group exists.
    opted_out: Mapped[bool] = mapped_column(default=False)  #: Never asked by message: the team calls instead.
    away_until: Mapped[dt.date | None] = mapped_column(Date)  #: Through this day neither asked nor expected.
    mourns_until: Mapped[dt.date | None] = mapped_column(Date)  #: The same: somebody of it died.
    #: The day whose round it answered where it lived before: on that day it is not asked again where it lives now.
    answered_elsewhere_on: Mapped[dt.date | None] = mapped_column(Date)
    ended_at: Mapped[datetime | None]  #: Moved away or merged; no longer expected.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"))  #: The home it went up in.

    @property
    def asking(self) -> Asking:
        """How it wants to be asked."""
        if self.opted_out:
            return Asking.CALL
        return Asking.PRIVATE if self.prompted_privately else Asking.BOARD

    @asking.setter
    def asking(self, asking: Asking) -> None:
        self.opted_out, self.prompted_privately = asking is Asking.CALL, asking is Asking.PRIVATE

    def is_asked_on(self, day: dt.date) -> bool:
        """Whether the round of that day asks it: it lives there, is neither away nor in mourning, and was not asked."""
        until = max((each for each in (self.away_until, self.mourns_until) if each), default=None)
        is_there = self.ended_at is None and self.answered_elsewhere_on != day
        return is_there and (until is None or until < day)

    def mourning_on(self, day: dt.date) -> dt.date | None:
        """Through which day it is left in peace after a death; None when it is not, on that day."""
        return self.mourns_until if self.mourns_until is not None and day <= self.mourns_until else None


class HouseholdLink(Record):
    """An account that speaks for a household once the team, or the list, confirmed it."""

    __tablename__ = "household_links"
    __table_args__ = (UniqueConstraint("household_id", "person_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    proposed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: None: from a list.


class InvitationKind(StrEnum):
    """What following the link does."""

    BIND = "bind"  #: Adds the bot to a group and binds it to the unit.
    JOIN = "join"  #: Ties the account to the imported person.
    ADMINISTRATOR = "administrator"  #: The first start's code: makes its sender administrator.


class Invitation(Record):
    """A single-use link or code. Only a hash is kept: a stolen database opens no door."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)  #: SHA-256 in hex of the random token.
    kind: Mapped[InvitationKind]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    purpose: Mapped[ChatPurpose] = mapped_column(default=ChatPurpose.GROUP)
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class AuditEntry(Record):
    """Something done or refused that someone may ask about later; ids only, no words."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    action: Mapped[str]  #: The command's name, such as "TakeReport".
    subject: Mapped[str] = mapped_column(default="")  #: What it was about, such as "report:12".
    refused: Mapped[bool] = mapped_column(default=False)
