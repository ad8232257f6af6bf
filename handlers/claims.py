"""Whose a report is: given back, given to a colleague, promised for a time, and chased when it stands still."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import Stories, admit_while_pending
from handlers.commands.desks import (
    AssignReport,
    ChaseClaim,
    GiveBackReport,
    OfferColleagues,
    OfferTimes,
    PromiseHours,
    PromiseTime,
)
from handlers.commands.reports import AboutReport, Question, ReturnClaims, ShowReport, ShrinkCards
from models.notices.desks import DeskActed, DeskAlarmed, DeskRung
from models.notices.directives import DeadlineRefused
from models.notices.reports import ReportTakenUp
from models.notices.tools import Choice, ColleaguesOffered, TimePromised, TimesOffered
from models.records import Person, Report
from models.rules import deadlines
from models.rules import reports as rules
from models.rules.claims import Breach, looked_at_again
from models.rules.deadlines import NotADeadline
from models.rules.reports import ReportState, Ring, Step
from models.rules.triage import Urgency
from models.store.people import is_reachable
from models.work import Work


def release(command: GiveBackReport, work: Work) -> None:
    """Put it back into the queue of its desk, with new patience."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    if report.state is ReportState.TAKEN:
        _put_back(report, person, work)
    done = DeskActed(report.code, Step.RELEASED)
    work.show_each([person], report.tools_subject, done)


def offer_colleagues(command: OfferColleagues, work: Work) -> None:
    """Name those at the desk who could do it."""
    person, report = admit_while_pending(command, work)
    if report is not None:
        choices = tuple(Choice(each.id, each.name) for each in _colleagues(report, person, work))
        work.show_each([person], report.tools_subject, ColleaguesOffered(report.id, report.code, choices))


def assign(command: AssignReport, work: Work) -> None:
    """Let a colleague do it, who is rung; whoever told of it reads who."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    colleague = work.people.require(command.person_id)
    if colleague not in _colleagues(report, person, work):
        work.also(OfferColleagues(sender=command.sender, place=command.place, report_id=report.id))
        return
    _let_take(report, colleague, work)
    work.reports.step(report, Step.ASSIGNED, work.now, by=person, words=colleague.name)
    if not report.confidential:
        taken = ReportTakenUp(report.code, work.desks.contact_of(report))
        work.tell_each(work.reports.voices_of(report), taken, subject=report.subject)
    work.also(ShowReport(report_id=report.id))
    _ring(report, colleague, Ring.ASSIGNED, work)
    work.show_each([person], report.tools_subject, DeskActed(report.code, Step.ASSIGNED, colleague.name))


def offer_times(command: OfferTimes, work: Work) -> None:
    """Ask by when, to be tapped or written."""
    person, report = admit_while_pending(command, work)
    if report is not None:
        work.ask(command.sender.account_id, Question.PROMISE, report_id=report.id)
        work.show_each([person], report.tools_subject, TimesOffered(report.id, report.code))


def promise_hours(command: PromiseHours, work: Work) -> None:
    """Promise so many hours from now."""
    if 0 < command.hours <= _LONGEST_PROMISE:
        _promise(command, work.now + timedelta(hours=command.hours), work)


def promise_time(command: PromiseTime, work: Work) -> None:
    """Promise what was typed; of what names no time the reason is said, and the question stays open."""
    at = deadlines.read(command.words, work.now, work.policy.timezone)
    if isinstance(at, NotADeadline):
        work.ask(command.sender.account_id, Question.PROMISE, report_id=command.report_id)
        work.tell(command.sender.account_id, DeadlineRefused(at.reason))
        return
    _promise(command, at, work)


def chase(command: ChaseClaim, work: Work) -> None:
    """Remind whoever took it up that it stands still, or that their promise is due; from the second time all there.

    What was worked on meanwhile is looked at again when it has stood long enough since.
    """
    report = work.reports.require(command.report_id)
    quiet_until = looked_at_again(report.urgency, report.worked_at, report.promised_at, work.policy)
    if quiet_until > work.now:
        report.due_at = quiet_until
        return
    promised_at, report.promised_at = report.promised_at, None
    kind = Breach.PROMISE if promised_at else Breach.STANDING
    work.oversight.breach(report, kind, promised_at or report.worked_at, work.now)
    was_chased = work.oversight.chased_since(report, report.worked_at) > 0
    work.reports.step(report, Step.CHASED, work.now)
    report.due_at = looked_at_again(report.urgency, work.now, None, work.policy)
    ring = Ring.PROMISE_DUE if promised_at else Ring.STANDING
    if was_chased or report.taken_by_id is None:
        work.also(ShowReport(report_id=report.id, ring=ring))
    else:
        _ring(report, work.people.require(report.taken_by_id), ring, work)
        work.also(ShowReport(report_id=report.id))


def return_claims(command: ReturnClaims, work: Work) -> None:
    """What someone had taken and may no longer work on waits again; their cards shrink to the code."""
    person = work.people.require(command.person_id)
    for report in work.reports.taken_by(person.id):
        if not work.desks.may_act(person.id, report):
            _put_back(report, person, work)
    work.also(ShrinkCards(person_id=person.id))


def _put_back(report: Report, person: Person, work: Work) -> None:
    seat = work.desks.seat_of(report)
    work.reports.give(report, seat, work.routes.due_at(report, seat, work.now))
    work.reports.step(report, Step.RELEASED, work.now, by=person)
    work.also(ShowReport(report_id=report.id, ring=Ring.RELEASED))


def _colleagues(report: Report, person: Person, work: Work) -> list[Person]:
    """Those at the desk that holds it who can be reached, without whoever asks and whoever has it."""
    at_desk = work.desks.workers_at(work.desks.seat_of(report), report)
    return [each for each in at_desk if is_reachable(each) and each.id not in (person.id, report.taken_by_id)]


def _let_take(report: Report, person: Person, work: Work) -> None:
    work.reports.let_take(report, person, looked_at_again(report.urgency, work.now, report.promised_at, work.policy))


def _promise(command: AboutReport, at: datetime, work: Work) -> None:
    """Tell the sender by when; whoever promises has taken it up."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    work.drafts.close(command.sender.account_id)
    report.promised_at = at
    work.reports.step(report, Step.PROMISED, work.now, by=person)
    _let_take(report, work.people.require(report.taken_by_id or person.id), work)
    promised = TimePromised(report.code, work.desks.contact_of(report), at)
    work.tell_each(work.reports.voices_of(report), promised, subject=report.subject)
    work.show_each([person], report.tools_subject, DeskActed(report.code, Step.PROMISED))
    work.also(ShowReport(report_id=report.id))


def _ring(report: Report, person: Person, ring: Ring, work: Work) -> None:
    """Let one person's phone ring for their report, whoever else may see it."""
    rung = (DeskAlarmed if report.urgency is Urgency.P1 else DeskRung)(report.code, ring, report.urgency)
    silent = rules.keeps_quiet(report.urgency, work.now, work.policy)
    work.tell_each([person], rung, subject=report.subject, silent=silent)


#: Hours that may be promised at most by a tap.
_LONGEST_PROMISE = 72

STORIES: Stories = {
    GiveBackReport: release,
    OfferColleagues: offer_colleagues,
    AssignReport: assign,
    OfferTimes: offer_times,
    PromiseHours: promise_hours,
    PromiseTime: promise_time,
    ChaseClaim: chase,
    ReturnClaims: return_claims,
}
