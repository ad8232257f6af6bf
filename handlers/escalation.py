"""A report changes desks: up by the clock or by hand, down by somebody above; and old results close."""

from __future__ import annotations

from handlers import Stories, admit_while_pending
from handlers.commands.desks import ChaseClaim
from handlers.commands.reports import (
    BeginEscalation,
    BeginHandDown,
    EscalateOverdue,
    EscalateReport,
    EscalateWithoutReason,
    HandDownReport,
    Question,
    ShowReport,
    WarnOfDesk,
)
from models.notices.desks import (
    DeskActed,
    DeskUnreachable,
    HandDownOffered,
    NobodyAbove,
    QuestionLapsed,
    ReasonAsked,
    UnitBelow,
)
from models.notices.enrolment import PrivateChatNeeded
from models.notices.reports import ReportPassedOn
from models.records import Person, Report, Unit
from models.rules import reports as rules
from models.rules.claims import Breach
from models.rules.confidential import is_out_of_reach
from models.rules.desks import Placement
from models.rules.reports import Escalate, ReportState, Ring, Step
from models.store.people import is_reachable
from models.work import Work


def escalate_overdue(command: EscalateOverdue, work: Work) -> None:
    """Let every report climb, be brought to mind, be chased or close, whose clock has run out."""
    for report in work.reports.due(work.now, command.most):
        if report.state is ReportState.RESOLVED:
            _close(report, work)
        elif report.state is ReportState.TAKEN:
            work.also(ChaseClaim(report_id=report.id))
        else:
            _move_on(report, work)


def begin(command: BeginEscalation, work: Work) -> None:
    """Ask why it is to go up."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    if _above(report, work) is None:
        work.tell_each([person], NobodyAbove(report.code), subject=report.subject)
    elif not is_reachable(person):
        work.tell(command.place.chat_id, PrivateChatNeeded())
    else:
        work.ask(command.sender.account_id, Question.REASON, report_id=report.id)
        work.tell_each([person], ReasonAsked(report.id, report.code), subject=report.subject)


def escalate(command: EscalateReport, work: Work) -> None:
    """Pass it one rung up with the reason."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    placement = _above(report, work)
    if placement is None:
        work.tell_each([person], NobodyAbove(report.code), subject=report.subject)
        return
    _climb(report, placement, work, by=person, reason=command.words)
    unit = work.units.require(report.holder_id)
    work.tell_each([person], DeskActed(report.code, Step.ESCALATED, unit.name), subject=report.subject)


def escalate_without_reason(command: EscalateWithoutReason, work: Work) -> None:
    """Pass it one rung up at once; a second tap finds the question answered."""
    draft = work.drafts.find(command.sender.account_id, work.now)
    if draft != (Question.REASON.value, {"report_id": command.report_id}):
        work.tell_each([work.meet(command)], QuestionLapsed())
        return
    work.drafts.close(command.sender.account_id)
    work.also(EscalateReport(sender=command.sender, place=command.place, report_id=command.report_id))


def begin_hand_down(command: BeginHandDown, work: Work) -> None:
    """Offer the units below the one that holds it."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    children = work.units.children(work.units.require(report.holder_id))
    choices = tuple(UnitBelow(unit.id, unit.name) for unit in children if not _speaks_of(report, unit, work))
    if choices and not report.confidential:
        offered = HandDownOffered(report.id, report.code, choices)
        work.tell_each([person], offered, subject=report.subject)


def hand_down(command: HandDownReport, work: Work) -> None:
    """Give it to the lowest desk of that unit which can work on it."""
    person, report = admit_while_pending(command, work)
    unit = work.units.require(command.unit_id)
    if report is None or report.confidential or unit.parent_id != report.holder_id or _speaks_of(report, unit, work):
        return
    own = [seat for seat in work.desks.seats_from(unit) if seat.unit_id == unit.id]
    placement = work.desks.place(report, own, work.policy.reachable_staff_for_a_ready_desk)
    if not placement.has_anyone:
        work.tell_each([person], DeskUnreachable(report.code, unit.name), subject=report.subject)
        return
    work.reports.step(report, Step.HANDED_DOWN, work.now, by=person, unit_id=unit.id)
    _set_origin(report, unit, work)
    _give(report, placement, Ring.HANDED_DOWN, work)
    work.tell_each([person], DeskActed(report.code, Step.HANDED_DOWN, unit.name), subject=report.subject)


def _move_on(report: Report, work: Work) -> None:
    """Nobody took it up in time: one rung up, or a reminder where it is."""
    work.oversight.breach(report, Breach.UNTAKEN, report.worked_at, work.now)
    placement = _above(report, work)
    above = [placement.seat] if placement else []
    holder = work.desks.seat_of(report)
    decision = rules.when_overdue(report.urgency, holder, above, work.now, work.policy, work.routes.of(report).night)
    if placement is not None and isinstance(decision, Escalate):
        _climb(report, placement, work)
    else:
        report.due_at = work.routes.due_at(report, holder, work.now)
        work.reports.step(report, Step.REMINDED, work.now)
        work.also(ShowReport(report_id=report.id, ring=Ring.REMINDED))


def _close(report: Report, work: Work) -> None:
    work.reports.close(report, work.now)
    work.reports.step(report, Step.CLOSED, work.now)
    work.also(ShowReport(report_id=report.id))


def _above(report: Report, work: Work) -> Placement | None:
    """The desk it would climb to; None when nobody is above."""
    seats = work.desks.seats_above(report)
    if not seats:
        return None
    placement = work.desks.place(report, seats, work.policy.reachable_staff_for_a_ready_desk)
    return placement if placement.has_anyone else None


def _climb(report: Report, placement: Placement, work: Work, *, by: Person | None = None, reason: str = "") -> None:
    work.reports.step(report, Step.ESCALATED, work.now, by=by, words=reason)
    _give(report, placement, Ring.ESCALATED, work)


def _give(report: Report, placement: Placement, ring: Ring, work: Work) -> None:
    """Let that desk have it with its own patience, and tell the sender who has it now."""
    work.reports.give(report, placement.seat, work.routes.due_at(report, placement.seat, work.now))
    for seat in placement.passed_over:
        work.also(WarnOfDesk(report_id=report.id, unit_id=seat.unit_id, rung=seat.rung))
    if not report.confidential:
        passed_on = ReportPassedOn(report.code, work.desks.contact_of(report), report.due_at or work.now)
        work.tell_each(work.reports.voices_of(report), passed_on, subject=report.subject)
    work.also(ShowReport(report_id=report.id, ring=ring))


def _speaks_of(report: Report, unit: Unit, work: Work) -> bool:
    """Whether a reader said that it speaks of people at this unit or above it, who must never be given it."""
    concerned = work.units.require(report.concerned_id).path if report.concerned_id else None
    return is_out_of_reach(unit.path, concerned)


def _set_origin(report: Report, unit: Unit, work: Work) -> None:
    """Whoever hands it down knows the place: it comes from there, unless it is known to come from below there."""
    origin = work.units.require(report.origin_id) if report.origin_id else None
    if origin is None or not origin.path.startswith(unit.path):
        report.origin_id, report.household_id = unit.id, None


STORIES: Stories = {
    EscalateOverdue: escalate_overdue,
    BeginEscalation: begin,
    EscalateReport: escalate,
    EscalateWithoutReason: escalate_without_reason,
    BeginHandDown: begin_hand_down,
    HandDownReport: hand_down,
}
