"""Directives, the places they reach, and who has seen them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.directives import Audience, DirectiveState


class Directive(Record):
    """What a commander decided, on its way to every unit it names."""

    __tablename__ = "directives"
    __table_args__ = (Index(None, "state", "chase_at"), Index(None, "state", "send_at"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  #: What people quote, "CD-20417".
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  #: Who issues it.
    #: Who gives it: whoever drafted it, until a commander approves a clerk's draft.
    issuer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: The clerk who drafted it, if one did.
    #: The directive from above that this one passes on, with a note of its own.
    passes_on_id: Mapped[int | None] = mapped_column(ForeignKey("directives.id"), index=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)  #: Where it was typed: its preview and board live there.
    words: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")  #: What the unit that passes something on adds to it.
    correction: Mapped[str] = mapped_column(Text, default="")  #: The newest correction, shown on every card.
    file_id: Mapped[str] = mapped_column(default="")  #: A document passed on as it is; of an album its first page.
    file_kind: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    being_read: Mapped[bool] = mapped_column(default=False)  #: Its document is being read into tasks.
    #: What its document means for those who live there, in plain words; their groups get this instead of it.
    residents_note: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[Audience]
    state: Mapped[DirectiveState] = mapped_column(default=DirectiveState.DRAFT)
    is_alarm: Mapped[bool] = mapped_column(default=False)  #: Rings at any hour; asked twice before it left.
    by_tier: Mapped[bool] = mapped_column(default=False)  #: Goes one tier down; commanders there pass it on.
    deadline_at: Mapped[datetime]
    send_at: Mapped[datetime | None]  #: When a scheduled one leaves.
    drafted_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    #: When the clock next looks after the missing; None: all have acknowledged, or their superiors know.
    chase_at: Mapped[datetime | None]
    chases: Mapped[int] = mapped_column(default=0)  #: How often the missing were chased, by the clock or by hand.
    chased_at: Mapped[datetime | None]  #: When they last were.
    told_on_at: Mapped[datetime | None]  #: When the superiors of the missing heard that the deadline is over.
    corrected_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    @property
    def subject(self) -> str:
        """What its cards and mail are about, such as "directive:3"."""
        return f"directive:{self.id}"

    @property
    def board_subject(self) -> str:
        """What its issuer's boards are about, such as "directive-board:3"."""
        return f"directive-board:{self.id}"


class DirectivePage(Record):
    """One page of a document that came as an album; all of them, the first included."""

    __tablename__ = "directive_pages"
    __table_args__ = (UniqueConstraint("directive_id", "message_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    message_id: Mapped[int] = mapped_column(BigInteger)  #: The message it came in: pages stand in the order of these.
    album: Mapped[str] = mapped_column(index=True)  #: What the service calls the album.
    media: Mapped[str]  #: "photo" or "document", mostly.
    file_id: Mapped[str]
    name: Mapped[str] = mapped_column(default="")  #: Of a photo "".


class DirectivePlace(Record):
    """One unit a directive is for; from the register of units, whether it has a group or not."""

    __tablename__ = "directive_places"
    __table_args__ = (UniqueConstraint("directive_id", "unit_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    delivered_at: Mapped[datetime | None]  #: When the first card of this unit arrived.
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class DirectiveSeen(Record):
    """A tap by someone who does not act for the unit: counted apart, as "đã xem"."""

    __tablename__ = "directive_seen"
    __table_args__ = (UniqueConstraint("directive_id", "account_id"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    account_id: Mapped[int] = mapped_column(BigInteger)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    seen_at: Mapped[datetime]
