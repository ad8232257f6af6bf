"""Reports and their one history."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.claims import Breach
from models.rules.confidential import Ground
from models.rules.reports import ReportState, Rung, Step
from models.rules.triage import Category, Urgency

#: How the subject of everything about a report begins.
REPORT = "report"
#: The same for what asks its sender whether the result helped.
RESULT = "result"
#: The same for what one member of a desk chooses from.
TOOLS = "tools"
#: The same for what asks its sender where they are.
PLACE = "place"


class Report(Record):
    """What somebody told us, until it is closed."""

    __tablename__ = "reports"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "sender_id", "state"))

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  #: What its sender quotes, "TD-48213".
    state: Mapped[ReportState] = mapped_column(default=ReportState.OPEN)
    category: Mapped[Category]
    urgency: Mapped[Urgency]
    confidential: Mapped[bool] = mapped_column(default=False)
    ground: Mapped[Ground | None]  #: Why it is confidential, as its words or its sender said; None: they did not.
    is_hotline_fault: Mapped[bool] = mapped_column(default=False)  #: It tells that nobody answers the hotline.
    concerned_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))  #: Whom it speaks of, as a reader said.
    released_from_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  #: What a reader passed on here.
    wants_word_at: Mapped[datetime | None]  #: When its sender asked to be written to, where that may be dangerous.
    words: Mapped[str] = mapped_column(Text, default="")  #: As written; later words are in the history.
    unheard: Mapped[bool] = mapped_column(default=False)  #: Nobody has heard or seen it yet.
    sender_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  #: Who wrote, or for whom staff wrote.
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)  #: None: not known yet.
    holder_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)  #: Whose desk holds it.
    rung: Mapped[Rung]  #: Which desk of that unit.
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    filed_at: Mapped[datetime] = mapped_column(index=True)
    active_at: Mapped[datetime]  #: When sender or desk last said something.
    desk_spoke_at: Mapped[datetime | None]  #: When the desk last wrote to the sender.
    worked_at: Mapped[datetime]  #: When its desk got it, or last did something about it.
    promised_at: Mapped[datetime | None]  #: By when its sender was told to be helped; None: nothing was promised.
    due_at: Mapped[datetime | None]  #: When the clock next looks; None: no clock runs.
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(Text, default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"), index=True)  #: Where it goes on.
    folded: Mapped[str] = mapped_column(Text, default="")  #: All its sender's words without marks, to be searched.
    patterned_at: Mapped[datetime | None]  #: When an alert about its village counted it.

    @property
    def must_stay_silent(self) -> bool:
        """Whether no message may follow the receipt: whoever hurts the sender may hold their phone."""
        return self.confidential and self.ground is Ground.HOME and self.wants_word_at is None

    @property
    def subject(self) -> str:
        """What its cards and mail are about, such as "report:12"."""
        return f"{REPORT}:{self.id}"

    @property
    def tools_subject(self) -> str:
        """What the choice of one desk member is about, such as "tools:12"."""
        return f"{TOOLS}:{self.id}"

    @property
    def place_subject(self) -> str:
        """What the question where its sender is is about, such as "place:12"."""
        return f"{PLACE}:{self.id}"

    @property
    def result_subject(self) -> str:
        """What the question to its sender is about, such as "result:12"."""
        return f"{RESULT}:{self.id}"


class ReportStep(Record):
    """One step of a report's life; steps are added, never changed."""

    __tablename__ = "report_steps"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    at: Mapped[datetime]
    step: Mapped[Step]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: None: the clock.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))  #: Whose desk held it then.
    words: Mapped[str] = mapped_column(Text, default="")
    ready: Mapped[str] = mapped_column(default="")  #: The ready-made answer that was sent; empty: words of their own.
    message_id: Mapped[int | None] = mapped_column(BigInteger)  #: The sender's message, should they edit it.


class Aspect(StrEnum):
    """What triage proposes about a report and staff may know better."""

    CATEGORY = "category"
    URGENCY = "urgency"
    CONFIDENTIAL = "confidential"


class ReportCorrection(Record):
    """Staff knew better than what was proposed: kept, so that triage can be taught."""

    __tablename__ = "report_corrections"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    aspect: Mapped[Aspect]
    before: Mapped[str]  #: A category, an urgency, or "True" and "False".
    after: Mapped[str]


class ReportBreach(Record):
    """Something about a report was not done in time: one row a breach, however often it was brought to mind."""

    __tablename__ = "report_breaches"
    __table_args__ = (UniqueConstraint("report_id", "kind", "since"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    kind: Mapped[Breach]
    since: Mapped[datetime]  #: When its desk got it or last worked on it; for a promise, the promised time.
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  #: Whose desk held it.
    rung: Mapped[Rung]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: Who had taken it up; None: nobody.
    at: Mapped[datetime]  #: When it was noticed.


class AttachmentKind(StrEnum):
    """What came along with the words."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"


class ReportAttachment(Record):
    """A picture, voice, file or place that belongs to a report; the service keeps the bytes."""

    __tablename__ = "report_attachments"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    kind: Mapped[AttachmentKind]
    file_id: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[datetime]
