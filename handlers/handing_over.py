"""A shift is handed over with what is open; both people hold until the second says [Nhận ca]."""

from __future__ import annotations

from datetime import timedelta

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.duty import (
    BeginHandOver,
    ChooseReceiver,
    DutyQuestion,
    HandOverWithoutNote,
    OfferHandOver,
    TakeShift,
    WatchShifts,
)
from handlers.commands.reports import ShowReport
from models.notices.duty import (
    ColleagueChoice,
    HandOverNoteAsked,
    HandOverRaised,
    NotOnDuty,
    ReceiverAsked,
    ShiftEnding,
    ShiftHandedOver,
    ShiftOffered,
)
from models.notices.reports import ReportTakenUp
from models.records import DutyShift, HandOver, Person, Report, Unit
from models.rules import duty as rules
from models.rules.reports import Step
from models.work import Work

#: How far ahead the roster is looked at for whoever comes next.
NEXT_WITHIN = timedelta(hours=12)


def begin(command: BeginHandOver, work: Work) -> None:
    """Ask what whoever comes next should know; where nobody does, first ask who takes over."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if not _is_on_duty(command, person, unit, work):
        return
    receiver = _receiver(unit, person.id, work)
    if receiver is not None:
        _ask_note(command, person, unit, receiver, work)
        return
    colleagues = [each for each in work.duty.serving(unit.id).values() if each.id != person.id]
    choices = tuple(ColleagueChoice(each.id, each.name) for each in colleagues)
    asked = ReceiverAsked(unit.id, unit.name, choices) if choices else NotOnDuty(unit.name, ())
    work.tell_each([person], asked)


def choose_receiver(command: ChooseReceiver, work: Work) -> None:
    """This colleague takes over: ask what they should know."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if _is_on_duty(command, person, unit, work):
        receiver = work.duty.serving(unit.id).get(command.person_id)
        if receiver is None:
            work.refuse(command, person, f"unit:{unit.id}", NotOnDuty(unit.name, ()))
        else:
            _ask_note(command, person, unit, receiver, work)


def without_note(command: HandOverWithoutNote, work: Work) -> None:
    """Offer the shift as it is."""
    work.drafts.close(command.sender.account_id)
    offered = OfferHandOver(
        sender=command.sender, place=command.place, unit_id=command.unit_id, person_id=command.person_id
    )
    work.also(offered)


def offer(command: OfferHandOver, work: Work) -> None:
    """Offer the shift with its note and what is open; the giver holds until it is taken."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if not _is_on_duty(command, person, unit, work):
        return
    receiver = work.duty.serving(unit.id).get(command.person_id)
    if receiver is None or receiver.id == person.id:
        work.refuse(command, person, f"unit:{unit.id}", NotOnDuty(unit.name, ()))
        return
    _offer(unit, person, receiver, command.words, work)
    to = work.desks.contact(receiver, unit)
    work.tell_each([person], ShiftHandedOver("offered", unit.name, to, len(_claims(unit, person, work))))


def take(command: TakeShift, work: Work) -> None:
    """Let the receiver have the shift and every open claim of the giver, with the note in each history."""
    person, given = work.meet(command), work.hand_overs.require(command.hand_over_id)
    unit, giver = work.units.require(given.unit_id), work.people.require(given.giver_id)
    if person.id != given.receiver_id or person.id not in work.duty.serving(unit.id):
        on_duty = tuple(work.desks.contact(each, unit) for each in work.duty.on_duty(unit.id))
        work.refuse(command, person, f"hand-over:{given.id}", NotOnDuty(unit.name, on_duty))
        return
    if given.settled_at is not None:
        work.tell_each([person], ShiftHandedOver("received", unit.name, work.desks.contact(giver, unit)))
        return
    given.settled_at, given.due_at = work.now, None
    _move_shift(unit, giver, person, work)
    moved = [report for report in _claims(unit, giver, work) if _move_claim(report, given, person, work)]
    work.done(command, person, f"hand-over:{given.id}")
    work.tell_each([giver], ShiftHandedOver("taken", unit.name, work.desks.contact(person, unit), len(moved)))
    work.tell_each([person], ShiftHandedOver("received", unit.name, work.desks.contact(giver, unit), len(moved)))


def watch(command: WatchShifts, work: Work) -> None:
    """Offer to hand over what ends soon, hand over what has ended with claims open, and raise what nobody took."""
    soon = work.now + work.policy.duties.ends_soon
    for shift in work.hand_overs.ending(soon, work.now, command.most):
        if shift.ends_at <= work.now:
            _end(shift, work)
        else:
            shift.reminded_at = work.now
            unit, person = work.units.require(shift.unit_id), work.people.require(shift.person_id)
            work.tell_each([person], ShiftEnding(unit.id, unit.name, shift.ends_at), key=f"ending:{shift.id}")
    for given in work.hand_overs.overdue(work.now, command.most):
        _raise(given, work)


def _end(shift: DutyShift, work: Work) -> None:
    """A shift is over: what its person works on goes to whoever comes next, who must take it."""
    shift.due_at = None
    unit, giver = work.units.require(shift.unit_id), work.people.require(shift.person_id)
    goes_on = any(
        span.person_id == giver.id and span.covers(work.now) for span in work.duty.spans(unit.id, work.now, work.now)
    )
    if goes_on or not _claims(unit, giver, work) or work.hand_overs.open_of(unit.id, giver.id) is not None:
        return
    receiver = _receiver(unit, giver.id, work)
    if receiver is not None:
        _offer(unit, giver, receiver, "", work)


def _raise(given: HandOver, work: Work) -> None:
    """Ring the receiver again, and tell those above, once a patience, that the giver holds it still."""
    given.due_at = work.now + work.policy.duties.hand_over_within
    unit = work.units.require(given.unit_id)
    giver, receiver = work.people.require(given.giver_id), work.people.require(given.receiver_id)
    work.tell_each([receiver], _offered(given, unit, giver, work, is_again=True))
    raised = HandOverRaised(unit.name, work.desks.contact(giver, unit), work.desks.contact(receiver, unit))
    work.tell_each(work.people.commanders_over(unit), raised, key=f"hand-over:{given.id}:{work.today}")


def _is_on_duty(command: FromPerson, person: Person, unit: Unit, work: Work) -> bool:
    """Whether the person is on duty there; anybody else is refused and told who is."""
    if work.duty.is_on_duty(person.id, unit.id):
        return True
    on_duty = tuple(work.desks.contact(each, unit) for each in work.duty.on_duty(unit.id))
    work.refuse(command, person, f"unit:{unit.id}", NotOnDuty(unit.name, on_duty))
    return False


def _receiver(unit: Unit, giver_id: int, work: Work) -> Person | None:
    """Whoever else is on duty, or comes next on the roster."""
    spans = work.duty.spans(unit.id, work.now, work.now + NEXT_WITHIN)
    person_id = rules.following(spans, giver_id, work.now, NEXT_WITHIN)
    return work.people.require(person_id) if person_id is not None else None


def _ask_note(command: FromPerson, person: Person, unit: Unit, receiver: Person, work: Work) -> None:
    account_id = command.sender.account_id
    work.ask(account_id, DutyQuestion.NOTE, unit_id=unit.id, person_id=receiver.id)
    work.tell_each([person], HandOverNoteAsked(unit.id, receiver.id, receiver.name))


def _offer(unit: Unit, giver: Person, receiver: Person, note: str, work: Work) -> None:
    within = work.policy.duties.hand_over_within
    given = work.hand_overs.offer(unit.id, giver.id, receiver.id, note, work.now, within)
    work.tell_each([receiver], _offered(given, unit, giver, work))


def _offered(given: HandOver, unit: Unit, giver: Person, work: Work, *, is_again: bool = False) -> ShiftOffered:
    codes = tuple(report.code for report in _claims(unit, giver, work))
    return ShiftOffered(given.id, unit.name, work.desks.contact(giver, unit), codes, given.note, is_again)


def _claims(unit: Unit, giver: Person, work: Work) -> list[Report]:
    """What the giver works on at this unit; what is confidential stays with its reader."""
    taken = work.reports.taken_by(giver.id)
    return [report for report in taken if report.holder_id == unit.id and not report.confidential]


def _move_shift(unit: Unit, giver: Person, receiver: Person, work: Work) -> None:
    """End the giver's time on duty now, and begin the receiver's, whatever their own shift says."""
    shifts = work.duty.shifts(unit.id, work.now, work.now + NEXT_WITHIN)
    given = [each for each in shifts if each.person_id == giver.id and each.starts_at <= work.now]
    own = [each for each in shifts if each.person_id == receiver.id]
    given_until = max((each.ends_at for each in given), default=work.now)
    for each in given:
        each.ends_at, each.due_at = work.now, None
    if not own:
        next_at = min((each.starts_at for each in shifts if each.starts_at > work.now), default=None)
        until = rules.stands_until(work.now, given_until, next_at)
        work.duty.add_shift(unit.id, receiver.id, work.now, until)
    elif own[0].starts_at > work.now:
        own[0].starts_at = work.now


def _move_claim(report: Report, given: HandOver, receiver: Person, work: Work) -> bool:
    """Let the receiver work on it; one that is about their own home stays with the giver."""
    if not work.desks.may_act(receiver.id, report):
        return False
    report.taken_by_id = receiver.id
    work.reports.step(report, Step.HANDED_OVER, work.now, by=receiver, words=given.note)
    taken = ReportTakenUp(report.code, work.desks.contact_of(report))
    work.tell_each([work.people.require(report.sender_id)], taken, subject=report.subject, silent=True)
    work.also(ShowReport(report_id=report.id))
    return True


STORIES: Stories = {
    BeginHandOver: begin,
    ChooseReceiver: choose_receiver,
    HandOverWithoutNote: without_note,
    OfferHandOver: offer,
    TakeShift: take,
    WatchShifts: watch,
}
