"""What only a few may read: its sender chooses who, its readers open it, and nobody writes where it is dangerous."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.confidential import (
    BeginConfidential,
    ChooseReaders,
    FileConfidential,
    OfferConfidence,
    OpenConfidential,
    WantWord,
)
from handlers.commands.reports import FileReport, Question, ShowReport
from models.notices.confidential import (
    ConfidenceOffered,
    ConfidentialWordsAsked,
    ReadersChosen,
    ReadersFixed,
    TierChoice,
    WordPromised,
)
from models.notices.reports import NobodyServesYet, ReportOutOfReach, SenderAnswered
from models.records import Person, Report, Unit
from models.rules.confidential import may_choose_reader
from models.rules.reports import ReportState, Ring, Rung, Seat, Step
from models.work import Work


def offer(command: OfferConfidence, work: Work) -> None:
    """Offer the sender the tiers whose two readers can be given what they are about to write."""
    person = work.meet(command)
    choices = tuple(TierChoice(unit.id, unit.tier) for unit in _offices_over(person, work))
    work.tell_each([person], ConfidenceOffered(choices) if choices else NobodyServesYet(work.policy.hotlines))


def begin(command: BeginConfidential, work: Work) -> None:
    """Let the next message be for that unit's readers alone."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if unit not in _offices_over(person, work):
        _refuse(command, person, f"unit:{unit.id}", work)
        return
    work.ask(command.sender.account_id, Question.CONFIDENCE, unit_id=unit.id)
    work.tell_each([person], ConfidentialWordsAsked(unit.name))


def file(command: FileConfidential, work: Work) -> None:
    """File what was said as a confidential report to the tier that was chosen."""
    work.also(
        FileReport(
            sender=command.sender,
            place=command.place,
            message_id=command.message_id,
            words=command.words,
            enclosures=command.enclosures,
            readers_at=command.unit_id,
        )
    )


def choose_readers(command: ChooseReaders, work: Work) -> None:
    """Give the report to the readers its sender wants, as long as nobody works on it; the others keep its code."""
    person, report = work.meet(command), work.reports.require(command.report_id)
    unit = work.units.require(command.unit_id)
    seats = work.desks.confidential_seats(work.desks.way_of(report), report.ground, unit.id)
    is_theirs = report.sender_id == person.id and report.confidential and may_choose_reader(report.ground)
    if not is_theirs or seats[0].unit_id != unit.id:
        _refuse(command, person, report.subject, work)
    elif report.state is not ReportState.OPEN:
        work.tell_each([person], ReadersFixed(report.code), subject=report.subject)
    else:
        _redirect(report, seats, person, work)
        reading = work.units.require(report.holder_id)
        work.tell_each([person], ReadersChosen(report.code, reading.name), subject=report.subject)


def open_report(command: OpenConfidential, work: Work) -> None:
    """Show its reader what it says, and keep that they read it."""
    person, report = work.meet(command), work.reports.require(command.report_id)
    refusal = work.desks.refusal_for(person.id, report)
    if refusal is not None:
        work.refuse(command, person, report.subject, refusal)
        return
    work.done(command, person, report.subject)
    work.reports.note_opened(report, person, work.now)
    work.also(ShowReport(report_id=report.id))


def want_word(command: WantWord, work: Work) -> None:
    """It is safe to write to the sender now: what the desk had to say meanwhile is given at once."""
    person, report = work.meet(command), work.reports.require(command.report_id)
    if report.sender_id != person.id:
        _refuse(command, person, report.subject, work)
        return
    was_silent, report.wants_word_at = report.must_stay_silent, report.wants_word_at or work.now
    work.tell_each([person], WordPromised(report.code), subject=report.subject)
    if not was_silent:
        return
    for step in work.reports.history(report.id):
        says = step.words or step.ready
        if step.step in (Step.ANSWERED, Step.RESOLVED) and says and step.person_id is not None:
            by = work.desks.contact(work.people.require(step.person_id), work.units.require(report.holder_id))
            work.tell_each([person], SenderAnswered(report.code, by, step.words, step.ready), subject=report.subject)
    work.also(ShowReport(report_id=report.id))


def _offices_over(person: Person, work: Work) -> list[Unit]:
    """The units over a person's home, or over where they serve, that have an office: the lowest and the top."""
    root = work.units.root()
    homes = work.people.households_of(person.id)
    unit = work.units.require(homes[0].unit_id) if homes else work.desks.home_of_staff(person.id) or root
    if unit is None or root is None:
        return []
    offices = [seat.unit_id for seat in work.desks.seats_from(unit) if seat.rung is Rung.OFFICE]
    return [work.units.require(unit_id) for unit_id in dict.fromkeys((offices[0], offices[-1]))]


def _redirect(report: Report, seats: Sequence[Seat], person: Person, work: Work) -> None:
    """Give it to the first of these desks where anybody can be reached."""
    seat = work.desks.place(report, seats, needed=1).seat
    if seat == work.desks.seat_of(report):
        return
    work.reports.give(report, seat, work.routes.due_at(report, seat, work.now))
    work.reports.step(report, Step.REDIRECTED, work.now, by=person)
    work.also(ShowReport(report_id=report.id, ring=Ring.ESCALATED))


def _refuse(command: FromPerson, person: Person, subject: str, work: Work) -> None:
    """Whoever has nothing to do with it is not told that there is such a report."""
    work.refuse(command, person, subject, ReportOutOfReach())


STORIES: Stories = {
    OfferConfidence: offer,
    BeginConfidential: begin,
    FileConfidential: file,
    ChooseReaders: choose_readers,
    OpenConfidential: open_report,
    WantWord: want_word,
}
