"""An alarm rings those on duty privately, and while nobody takes it up the next of each desk in turn."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.duty import RingNext, RingOn
from models.notices.desks import DeskAlarmed
from models.records import AlarmRing, Person, Report
from models.rules.reports import ReportState, Ring, Seat
from models.rules.triage import Urgency
from models.store.people import is_reachable
from models.work import Work


def ring_on(command: RingOn, work: Work) -> None:
    """Let the alarm go on at every desk where colleagues of those on duty sleep."""
    report = work.reports.require(command.report_id)
    for seat in work.desks.way_of(report):
        if work.desks.asleep_at(seat):
            due_at = work.now + work.policy.duties.ring_next_after
            work.duty_calls.ring_on(report.id, seat, due_at)


def ring_next(command: RingNext, work: Work) -> None:
    """Ring the next person of each desk whose alarm nobody took up in time; once somebody did, ring no more."""
    for ringing in work.duty_calls.ringing(work.now, command.most):
        report = work.reports.require(ringing.report_id)
        waits = report.state is ReportState.OPEN and report.urgency is Urgency.P1 and not report.confidential
        following = _next(ringing, report, work) if waits else None
        if following is None:
            ringing.due_at = None
        else:
            ringing.tried += 1
            ringing.due_at = work.now + work.policy.duties.ring_next_after
            _ring(following, report, work)


def _next(ringing: AlarmRing, report: Report, work: Work) -> Person | None:
    """Who was not rung at that desk yet, in the order in which they would be called; None when all were."""
    unit = work.units.require(ringing.unit_id)
    seat = Seat(unit.id, ringing.rung, work.policy.tiers.rank(unit.tier))
    asleep = work.desks.asleep_at(seat)
    people = work.desks.people_at(seat, work.desks.people_apart(report), report.category)
    waiting = [person for person in people if person.id in asleep and is_reachable(person)]
    return waiting[ringing.tried] if ringing.tried < len(waiting) else None


def _ring(person: Person, report: Report, work: Work) -> None:
    if person.account_id is not None:
        card = work.outbox.find_card(person.account_id, report.subject)
        rung = DeskAlarmed(report.code, Ring.URGENT, report.urgency)
        work.tell(person.account_id, rung, subject=report.subject, reply_to=card, silent=False)


STORIES: Stories = {RingOn: ring_on, RingNext: ring_next}
