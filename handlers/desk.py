"""The desk works on a report: takes it up, answers its sender, keeps notes, records the result."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from handlers import Stories, admit
from handlers.commands import Enclosure, FromPerson
from handlers.commands.reports import (
    AnswerSender,
    BeginReply,
    BeginResult,
    KeepHeldNote,
    NoteOnReport,
    Question,
    ReplyToCard,
    ResolveReport,
    SendHeldReply,
    ShowReport,
    TakeReport,
)
from models.notices import Contact, Notice, Passed
from models.notices.confidential import SenderMustBeSpared
from models.notices.desks import (
    AddresseeAsked,
    AlreadySettled,
    AlreadyTaken,
    DeskActed,
    QuestionLapsed,
    ReplyAsked,
    ResultAsked,
    SenderMustBeCalled,
)
from models.notices.enrolment import PrivateChatNeeded
from models.notices.reports import ReportTakenUp, ResultTold, SenderAnswered
from models.records import Person, Report
from models.rules import reports as rules
from models.rules.claims import looked_at_again
from models.rules.reports import ReportState, Step
from models.rules.triage import Urgency
from models.store.people import is_reachable
from models.work import Work


def take(command: TakeReport, work: Work) -> None:
    """Let the person work on it: patience stops, and the sender is told who took it up."""
    person, report = admit(command, work)
    if report is None:
        return
    if report.state is ReportState.TAKEN and report.taken_by_id != person.id:
        work.tell_each([person], AlreadyTaken(report.code, work.desks.contact_of(report)), subject=report.subject)
    elif report.state in (ReportState.RESOLVED, ReportState.CLOSED):
        work.tell_each([person], AlreadySettled(report.code), subject=report.subject)
    elif report.state is ReportState.OPEN:
        _take_up(report, person, work)
        if not report.confidential:
            taken = ReportTakenUp(report.code, work.desks.contact_of(report))
            work.tell_each(work.reports.voices_of(report), taken, subject=report.subject)
    work.also(ShowReport(report_id=report.id))


def begin_reply(command: BeginReply, work: Work) -> None:
    """Ask for the words that go to the sender."""
    person, report = admit(command, work)
    if report is None:
        return
    if report.state is ReportState.CLOSED:
        work.tell_each([person], AlreadySettled(report.code), subject=report.subject)
    else:
        _ask(command, person, report, Question.REPLY, ReplyAsked(report.code), work)


def begin_result(command: BeginResult, work: Work) -> None:
    """Ask what was done."""
    person, report = admit(command, work)
    if report is None:
        return
    if report.state in rules.PENDING:
        _ask(command, person, report, Question.RESULT, ResultAsked(report.code), work)
    else:
        work.tell_each([person], AlreadySettled(report.code), subject=report.subject)


def answer(command: AnswerSender, work: Work) -> None:
    """Give the desk's words to the sender, who may just write back; answering takes the report up."""
    person, report = admit(command, work)
    if report is None:
        return
    if report.state is ReportState.OPEN:
        _take_up(report, person, work)
    report.active_at = report.desk_spoke_at = work.now
    work.reports.step(report, Step.ANSWERED, work.now, by=person, words=command.words, ready=command.ready)
    _give_to_senders(command, report, person, work)
    work.also(ShowReport(report_id=report.id))


def ask_addressee(command: ReplyToCard, work: Work) -> None:
    """Hold a reply to a card until its writer says whom it is for: nothing reaches a resident by accident."""
    person, report = admit(command, work)
    if report is None:
        return
    earlier = _held(command.sender.account_id, report.id, work)
    words = "\n".join(part for part in (earlier.words if earlier else "", command.words) if part)
    enclosures = [*(earlier.enclosures if earlier else ()), *command.enclosures]
    account_id = command.sender.account_id
    work.ask(account_id, Question.ADDRESSEE, report_id=report.id, words=words, enclosures=enclosures)
    work.tell_each([person], AddresseeAsked(report.id, report.code), subject=report.subject)


def send_held(command: SendHeldReply, work: Work) -> None:
    """What was held goes to the sender."""
    _release_held(command, AnswerSender, work)


def keep_held(command: KeepHeldNote, work: Work) -> None:
    """What was held stays at the desk."""
    _release_held(command, NoteOnReport, work)


def note(command: NoteOnReport, work: Work) -> None:
    """Keep words in the report's history that its sender never sees."""
    person, report = admit(command, work)
    if report is None:
        return
    work.reports.step(report, Step.NOTED, work.now, by=person, words=command.words)
    work.reports.attach(report, command.enclosures, command.message_id, work.now)
    work.tell_each([person], DeskActed(report.code, Step.NOTED), subject=report.subject)
    work.also(ShowReport(report_id=report.id))


def resolve(command: ResolveReport, work: Work) -> None:
    """Write the result, tell the sender, and ask whether it helped; after a P1 a person calls instead."""
    person, report = admit(command, work)
    if report is None:
        return
    if report.state not in rules.PENDING:
        work.tell_each([person], AlreadySettled(report.code), subject=report.subject)
        return
    report.state, report.result, report.promised_at = ReportState.RESOLVED, command.words, None
    report.taken_by_id = report.taken_by_id or person.id
    report.resolved_at = report.active_at = report.desk_spoke_at = work.now
    report.due_at = rules.closes_at(work.now, work.policy)
    work.reports.step(report, Step.RESOLVED, work.now, by=person, words=command.words)
    _tell_result(report, person, work)
    work.also(ShowReport(report_id=report.id))


def _ask(command: FromPerson, person: Person, report: Report, question: Question, notice: Notice, work: Work) -> None:
    """Ask in private; in a staff chat, whom we may not write to is shown the way there."""
    if not is_reachable(person):
        work.tell(command.place.chat_id, PrivateChatNeeded())
        return
    work.ask(command.sender.account_id, question, report_id=report.id)
    work.tell(command.sender.account_id, notice, subject=report.subject)


def _take_up(report: Report, person: Person, work: Work) -> None:
    due_at = looked_at_again(report.urgency, work.now, report.promised_at, work.policy)
    work.reports.let_take(report, person, due_at)
    work.reports.step(report, Step.TAKEN, work.now, by=person)


def _give_to_senders(command: AnswerSender, report: Report, person: Person, work: Work) -> None:
    by = work.desks.contact(person, work.units.require(report.holder_id))
    reached = _reached(report, person, work)
    if command.words or command.ready:
        work.tell_each(reached, SenderAnswered(report.code, by, command.words, command.ready), subject=report.subject)
    for each in command.enclosures:
        passed = Passed(each.media, each.file_id, each.latitude, each.longitude, about=report.code)
        work.tell_each(reached, passed, subject=report.subject)
    if reached:
        work.tell_each([person], DeskActed(report.code, Step.ANSWERED), subject=report.subject)


def _tell_result(report: Report, person: Person, work: Work) -> None:
    told = ResultTold(
        report_id=report.id,
        code=report.code,
        by=work.desks.contact(person, work.units.require(report.holder_id)),
        words=report.result,
        asks=report.urgency is not Urgency.P1,
    )
    reached = _reached(report, person, work)
    work.show_each(reached, report.result_subject, told, afresh=True)
    if reached:
        work.tell_each([person], DeskActed(report.code, Step.RESOLVED), subject=report.subject)


def _reached(report: Report, person: Person, work: Work) -> list[Person]:
    """Those who told of it and may be written to; whoever acts is told to call the others, or to spare the sender."""
    if report.must_stay_silent:
        work.tell_each([person], SenderMustBeSpared(report.code), subject=report.subject)
        return []
    voices = work.reports.voices_of(report)
    for voice in voices:
        if not is_reachable(voice):
            is_sender = voice.id == report.sender_id
            to_call = work.reports.sender_of(report) if is_sender else Contact(voice.name, voice.phone)
            work.tell_each([person], SenderMustBeCalled(report.code, to_call), subject=report.subject)
    return [voice for voice in voices if is_reachable(voice)]


@dataclass(frozen=True, slots=True)
class HeldReply:
    """What somebody wrote and has not yet said whom it is for."""

    report_id: int
    words: str
    enclosures: tuple[Enclosure, ...]


def _held(account_id: int, report_id: int, work: Work) -> HeldReply | None:
    """What this person wrote about this report and is still held."""
    draft = work.drafts.find(account_id, work.now)
    if draft is None or draft[0] != Question.ADDRESSEE.value:
        return None
    held = msgspec.convert(draft[1], HeldReply)
    return held if held.report_id == report_id else None


def _release_held(
    command: SendHeldReply | KeepHeldNote, into: type[AnswerSender] | type[NoteOnReport], work: Work
) -> None:
    """Let what was held become an answer or a note, once; a second tap finds nothing and says so."""
    held = _held(command.sender.account_id, command.report_id, work)
    if held is None:
        work.tell_each([work.meet(command)], QuestionLapsed())
        return
    work.drafts.close(command.sender.account_id)
    work.also(
        into(
            sender=command.sender,
            place=command.place,
            report_id=held.report_id,
            words=held.words,
            enclosures=held.enclosures,
        )
    )


STORIES: Stories = {
    TakeReport: take,
    BeginReply: begin_reply,
    AnswerSender: answer,
    ReplyToCard: ask_addressee,
    SendHeldReply: send_held,
    KeepHeldNote: keep_held,
    NoteOnReport: note,
    BeginResult: begin_result,
    ResolveReport: resolve,
}
