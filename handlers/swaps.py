"""Colleagues swap shifts: one offers, the other takes it or does not; until then it stays where it was."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.duty import AnswerSwap, BeginSwap, OfferSwap
from models.notices.duty import ColleagueChoice, NotOnDuty, SwapAsked, SwapOffered, SwapSettled
from models.records import DutyShift, Person
from models.work import Work


def begin(command: BeginSwap, work: Work) -> None:
    """Offer the colleagues who could stand it."""
    person, shift = work.meet(command), work.hand_overs.require_shift(command.shift_id)
    if _is_theirs(command, person, shift, work):
        colleagues = [each for each in work.duty.serving(shift.unit_id).values() if each.id != person.id]
        choices = tuple(ColleagueChoice(each.id, each.name) for each in colleagues)
        work.tell_each([person], SwapOffered(work.duty.line_of(shift), choices))


def offer(command: OfferSwap, work: Work) -> None:
    """Ask the colleague, who alone can answer."""
    person, shift = work.meet(command), work.hand_overs.require_shift(command.shift_id)
    if not _is_theirs(command, person, shift, work):
        return
    unit = work.units.require(shift.unit_id)
    colleague = work.duty.serving(unit.id).get(command.person_id)
    if colleague is None:
        work.refuse(command, person, f"shift:{shift.id}", NotOnDuty(unit.name, ()))
        return
    swap = work.hand_overs.offer_swap(shift, colleague.id, work.now)
    work.tell_each([colleague], SwapAsked(swap.id, work.duty.line_of(shift), work.desks.contact(person, unit)))
    work.tell_each([person], SwapSettled("sent", work.duty.line_of(shift), work.desks.contact(colleague, unit)))


def answer(command: AnswerSwap, work: Work) -> None:
    """Let the colleague stand the shift from now on, or leave it where it was; both are told."""
    person, swap = work.meet(command), work.hand_overs.require_swap(command.swap_id)
    shift = work.hand_overs.require_shift(swap.shift_id)
    unit, giver = work.units.require(shift.unit_id), work.people.require(swap.from_id)
    if person.id != swap.to_id:
        work.refuse(command, person, f"shift:{shift.id}", NotOnDuty(unit.name, ()))
        return
    by = work.desks.contact(giver, unit)
    is_open = swap.settled_at is None and shift.person_id == swap.from_id and shift.cancelled_at is None
    if not is_open or shift.ends_at <= work.now or person.id not in work.duty.serving(unit.id):
        work.tell_each([person], SwapSettled("lapsed", work.duty.line_of(shift), by))
        return
    swap.settled_at = work.now
    if command.agreed:
        work.duty.pass_on(shift, person.id, work.now)
        work.done(command, person, f"shift:{shift.id}")
    outcome = "taken" if command.agreed else "declined"
    work.tell_each([giver], SwapSettled(outcome, work.duty.line_of(shift), work.desks.contact(person, unit)))
    work.tell_each([person], SwapSettled(outcome, work.duty.line_of(shift), by))


def _is_theirs(command: BeginSwap | OfferSwap, person: Person, shift: DutyShift, work: Work) -> bool:
    """Whether it is the person's own shift and not over; anybody else is refused and told whose it is."""
    if shift.person_id == person.id and shift.cancelled_at is None and shift.ends_at > work.now:
        return True
    unit = work.units.require(shift.unit_id)
    standing = work.desks.contact(work.people.require(shift.person_id), unit)
    work.refuse(command, person, f"shift:{shift.id}", NotOnDuty(unit.name, (standing,)))
    return False


STORIES: Stories = {BeginSwap: begin, OfferSwap: offer, AnswerSwap: answer}
