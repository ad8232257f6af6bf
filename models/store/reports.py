"""Every question about reports, what came with them and what happened to them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from models.notices import Contact
from models.records import (
    AttachmentKind,
    CheckinAnswer,
    Household,
    Person,
    Report,
    ReportAttachment,
    ReportStep,
)
from models.rules.claims import WORKING
from models.rules.codes import receipt_code
from models.rules.confidential import Ground
from models.rules.reports import OPENING, PENDING, ReportState, Seat, Step
from models.rules.words import fold
from models.store.missing import NotThere
from models.store.prepared import ATTACHED, CODED, HISTORY, HISTORY_IN_SHORT, OPEN_OF

#: How often a code of some length is drawn again before a longer one is used.
_DRAWS_PER_LENGTH = 4
_FEWEST_DIGITS = 5


class Sent(Protocol):
    """A picture, voice, file or place as it came in a message."""

    @property
    def media(self) -> str: ...
    @property
    def file_id(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


class Reports:
    """What people told us."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require(self, report_id: int) -> Report:
        """The report. Raises NotThere when there is none."""
        report = self._session.get(Report, report_id)
        if report is None:
            raise NotThere(f"no report {report_id}")
        return report

    def find_by_code(self, code: str) -> Report | None:
        return self._session.scalar(CODED, {"code": code})

    def new_code(self, prefix: str) -> str:
        """A code nobody has yet, such as "TD-48213"; random, so that it tells neither place nor order."""
        digits = _FEWEST_DIGITS
        while True:
            for _ in range(_DRAWS_PER_LENGTH):
                code = receipt_code(secrets.randbelow, prefix, digits)
                if self.find_by_code(code) is None:
                    return code
            digits += 1

    def add(self, report: Report) -> Report:
        """Keep a new report, to be found by its words; from now on its desk is expected to work on it."""
        report.worked_at, report.folded = report.filed_at, fold(report.words)
        self._session.add(report)
        self._session.flush()
        return report

    def give(self, report: Report, seat: Seat, due_at: datetime) -> None:
        """Let a desk have the report, to be taken up by `due_at`."""
        report.holder_id, report.rung, report.due_at = seat.unit_id, seat.rung, due_at
        report.state, report.taken_by_id = ReportState.OPEN, None
        report.promised_at = report.resolved_at = report.closed_at = None

    def let_take(self, report: Report, person: Person, due_at: datetime) -> None:
        """Let a person work on it: nobody else is waited for, and the clock looks again at `due_at`."""
        report.state, report.taken_by_id, report.due_at = ReportState.TAKEN, person.id, due_at
        report.unheard = False

    def close(self, report: Report, now: datetime) -> None:
        """Nothing is left to do: no clock runs any more."""
        report.state, report.closed_at, report.due_at, report.promised_at = ReportState.CLOSED, now, None, None

    def goes_on_in(self, report: Report) -> Report:
        """The report in which this one goes on: itself, unless it was merged into another."""
        while report.merged_into_id is not None:
            report = self.require(report.merged_into_id)
        return report

    def merge(self, report: Report, into: Report) -> None:
        """Let the report, and those merged into it before, go on in the other with all that came along."""
        ids = [report.id, *self._session.scalars(select(Report.id).where(Report.merged_into_id == report.id))]
        for report_id in ids:
            self.require(report_id).merged_into_id = into.id
        self._session.execute(
            update(ReportAttachment).where(ReportAttachment.report_id == report.id).values(report_id=into.id)
        )
        self.remember_words(into, report.folded)
        self._session.flush()

    def voices_of(self, report: Report) -> list[Person]:
        """Everybody who told of it: its sender, then those whose reports were merged into it, each once."""
        tellers = [report.sender_id, *self._session.scalars(_merged_senders(report.id))]
        return [self._session.get_one(Person, person_id) for person_id in dict.fromkeys(tellers)]

    def sender_of(self, report: Report) -> Contact:
        """Who wrote it, and the phone to call: their own, or the one their home has on the list."""
        sender = self._session.get_one(Person, report.sender_id)
        home = self._session.get(Household, report.household_id) if report.household_id else None
        return Contact(sender.name, sender.phone or (home.phone if home else ""))

    def step(
        self,
        report: Report,
        step: Step,
        now: datetime,
        by: Person | None = None,
        unit_id: int | None = None,
        words: str = "",
        ready: str = "",
        message_id: int | None = None,
    ) -> None:
        """Keep what happened, who did it and from which unit; `by` None: the clock.

        What shows that its desk works on it starts the time anew that it may stand still.
        """
        if step in WORKING:
            report.worked_at = now
        self._session.add(
            ReportStep(
                report_id=report.id,
                at=now,
                step=step,
                person_id=by.id if by else None,
                unit_id=unit_id or report.holder_id,
                words=words,
                ready=ready,
                message_id=message_id,
            )
        )

    def find_told_by(self, sender_id: int, message_id: int) -> Report | None:
        """The open report that this message of its sender's began or joined; None when it did neither."""
        return self._session.scalar(
            select(Report)
            .join(ReportStep, ReportStep.report_id == Report.id)
            .where(
                Report.sender_id == sender_id,
                Report.state != ReportState.CLOSED,
                ReportStep.message_id == message_id,
                ReportStep.step.in_([Step.FILED, Step.JOINED, Step.AMENDED]),
            )
            .limit(1)
        )

    def remember_words(self, report: Report, words: str) -> None:
        """Let the report be found by these words, however they are typed."""
        report.folded = f"{report.folded}\n{fold(words)}".strip()

    def was_said(self, sender_id: int, words: str) -> bool:
        """Whether a report of theirs that is not closed has exactly these words."""
        said = (
            select(ReportStep.id)
            .join(Report, Report.id == ReportStep.report_id)
            .where(
                Report.sender_id == sender_id,
                Report.state != ReportState.CLOSED,
                or_(Report.words == words, ReportStep.words == words),
            )
        )
        return bool(words) and self._session.scalar(said.limit(1)) is not None

    def history(self, report_id: int) -> Sequence[ReportStep]:
        """Every step, oldest first."""
        return self._session.scalars(HISTORY, {"report": report_id}).all()

    def history_in_short(self, report_id: int) -> Sequence[ReportStep]:
        """Every step, oldest first, but of reminders in a row the last: in a week there may be two thousand."""
        return self._session.scalars(HISTORY_IN_SHORT, {"report": report_id}).all()

    def attach(self, report: Report, sent: Iterable[Sent], message_id: int | None, now: datetime) -> None:
        """Keep the pictures, voices, files and places that came in one message."""
        self._session.add_all(
            ReportAttachment(
                report_id=report.id,
                kind=AttachmentKind(each.media),
                file_id=each.file_id,
                latitude=each.latitude,
                longitude=each.longitude,
                message_id=message_id,
                at=now,
            )
            for each in sent
        )

    def attachments(self, report_id: int) -> Sequence[ReportAttachment]:
        return self._session.scalars(ATTACHED, {"report": report_id}).all()

    def newest_of(self, sender_id: int) -> Report | None:
        """The report this person last told of and that is not closed; None when there is none."""
        return self._session.scalar(OPEN_OF.limit(1), {"sender": sender_id})

    def open_of(self, sender_id: int) -> Sequence[Report]:
        """The reports this person told of and that are not closed, the one last spoken about first."""
        return self._session.scalars(OPEN_OF, {"sender": sender_id}).all()

    def of_sender(self, sender_id: int, most: int) -> Sequence[Report]:
        """A person's own reports, newest first."""
        return self._session.scalars(
            select(Report).where(Report.sender_id == sender_id).order_by(Report.id.desc()).limit(most)
        ).all()

    def listed_for(self, sender_id: int, most: int) -> Sequence[Report]:
        """What a person may find on their phone of their own reports, newest first: nothing about violence at home."""
        return self._session.scalars(
            select(Report)
            .where(Report.sender_id == sender_id, or_(Report.ground.is_(None), Report.ground != Ground.HOME))
            .order_by(Report.id.desc())
            .limit(most)
        ).all()

    def note_opened(self, report: Report, person: Person, now: datetime) -> None:
        """Keep, once, that this person opened a confidential report."""
        if person.id not in self.opened_by(report.id):
            self.step(report, Step.OPENED, now, by=person)

    def opened_by(self, report_id: int) -> frozenset[int]:
        """Everyone who opened a confidential report, or works on it."""
        return frozenset(
            self._session.scalars(
                select(ReportStep.person_id).where(
                    ReportStep.report_id == report_id,
                    ReportStep.step.in_(OPENING),
                    ReportStep.person_id.is_not(None),
                )
            )
        )

    def due(self, now: datetime, most: int) -> Sequence[Report]:
        """Reports whose clock has run out, the longest overdue first."""
        return self._session.scalars(
            select(Report)
            .where(
                Report.state != ReportState.CLOSED,
                Report.due_at <= now,
            )
            .order_by(Report.due_at, Report.id)
            .limit(most)
        ).all()

    def taken_by(self, person_id: int) -> Sequence[Report]:
        return self._session.scalars(
            select(Report).where(Report.taken_by_id == person_id, Report.state == ReportState.TAKEN).order_by(Report.id)
        ).all()

    def find_opened_by_answer(self, answer_id: int) -> Report | None:
        """The report that a check-in's answer opened and that nobody has closed; None when there is none."""
        return self._session.scalar(
            select(Report)
            .join(CheckinAnswer, CheckinAnswer.report_id == Report.id)
            .where(CheckinAnswer.id == answer_id, Report.state.in_(PENDING))
        )

    def link_answer(self, answer_id: int, report: Report) -> None:
        """Let a check-in's answer know the report it opened."""
        self._session.execute(update(CheckinAnswer).where(CheckinAnswer.id == answer_id).values(report_id=report.id))


def _merged_senders(report_id: int) -> Select[int]:
    """Who sent the reports that were merged into this one, in their order."""
    return select(Report.sender_id).where(Report.merged_into_id == report_id).order_by(Report.id)
