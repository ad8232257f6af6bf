"""Durable mail: what came in, what must go out, and the cards whose last state must be shown."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, Text, UniqueConstraint, and_, text
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.mail import Priority


class EntryState(StrEnum):
    """Where an accepted update stands."""

    WAITING = "waiting"  #: Stored, not yet handled.
    HANDLED = "handled"  #: Its effects are committed; its payload is erased.
    PARKED = "parked"  #: Failed five times; kept seven days for a person to look at.


class InboxEntry(Record):
    """One update from the chat service, stored before it is confirmed there."""

    __tablename__ = "inbox"
    __table_args__ = (Index(None, "state", "id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)  #: Negative: our own question's answer.
    chat_id: Mapped[int] = mapped_column(BigInteger)  #: Its lane: entries of one chat keep their order.
    payload: Mapped[str | None] = mapped_column(Text)  #: The raw JSON; None once handled.
    state: Mapped[EntryState] = mapped_column(default=EntryState.WAITING)
    received_at: Mapped[datetime]
    said_at: Mapped[datetime | None]  #: When its message was sent, by the service's clock; None for anything else.
    tries: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(default="")  #: Where it failed, without anybody's words.
    settled_at: Mapped[datetime | None] = mapped_column(index=True)  #: When it was handled or parked.


class MailState(StrEnum):
    """Where a message to somebody stands."""

    WAITING = "waiting"  #: To be sent when its turn comes.
    LEASED = "leased"  #: Being sent by the owner whose epoch it names.
    SENT = "sent"  #: The service has answered that it has it.
    UNCERTAIN = "uncertain"  #: May or may not have arrived, and its kind must not be repeated.
    DROPPED = "dropped"  #: Cannot arrive (blocked, group lost); the reason is kept.
    PARKED = "parked"  #: Refused as wrong; kept for a person to look at.


class Card(Record):
    """A message that shows the newest state of one subject in one chat; any changes collapse into one edit."""

    __tablename__ = "cards"
    __table_args__ = (UniqueConstraint("chat_id", "subject"), Index(None, "subject"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    subject: Mapped[str]  #: What it shows, such as "report:12".
    kind: Mapped[str]  #: The notice's class name.
    notice: Mapped[str] = mapped_column(Text)  #: The newest state, as JSON.
    version: Mapped[int] = mapped_column(default=1)
    shown_version: Mapped[int] = mapped_column(default=0)  #: 0 until it was sent once.
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    pinned: Mapped[bool] = mapped_column(default=False)  #: Whether it is to be pinned when first sent.
    rests_until: Mapped[datetime | None]  #: What changes before then leaves then, as one edit.


_SHOWS_A_CARD = text("card_id IS NOT NULL")


class Mail(Record):
    """One thing to send. It leaves at least once; only what is ambiguous may leave twice.

    No index knows the state, so that to lease a mail changes nothing but its row.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "card_id", "settled_at", sqlite_where=_SHOWS_A_CARD, postgresql_where=_SHOWS_A_CARD),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str | None] = mapped_column(unique=True)  #: Natural key of a due thing: telling it twice does nothing.
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    kind: Mapped[str]  #: The notice's class name; "" for a card, whose row holds the newest state.
    notice: Mapped[str] = mapped_column(Text, default="")
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))  #: Show this card's newest state.
    reply_to_card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))  #: Rings under that card.
    priority: Mapped[int] = mapped_column(default=Priority.REPLY)
    subject: Mapped[str] = mapped_column(default="")  #: Mail about one subject to one chat keeps its order.
    job: Mapped[str] = mapped_column(default="")  #: The fan-out it belongs to, such as "directive:3".
    silent: Mapped[bool] = mapped_column(default=False)
    request: Mapped[str] = mapped_column(default="")  #: What set it off, as the log calls it.
    not_before: Mapped[datetime | None]
    state: Mapped[MailState] = mapped_column(default=MailState.WAITING)
    epoch: Mapped[int | None]  #: Whose lease; a foreign epoch's lease is ambiguous, whatever any clock says.
    tries: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(index=True)  #: When it was sent or dropped; else None.
    message_id: Mapped[int | None] = mapped_column(BigInteger)

    @classmethod
    def stands_in(cls, *states: MailState) -> ColumnElement[bool]:
        """Whether it is in one of these states, none of which is an end: it is found by having none."""
        return and_(cls.settled_at.is_(None), cls.state.in_(states))


class Draft(Record):
    """A conversation's open question: what the next message of this person answers."""

    __tablename__ = "drafts"

    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str]  #: What is being asked for, such as "reply" or "result".
    data: Mapped[str] = mapped_column(Text, default="{}")  #: JSON: the ids it is about and what was said so far.
    expires_at: Mapped[datetime]


class Fact(Record):
    """One remembered value about the installation, such as the owner's epoch or the bot's name."""

    __tablename__ = "facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
