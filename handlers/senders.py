"""What the sender of a report does afterwards: says more, says whether it helped, asks where it stands."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.reports import (
    AddToReport,
    ConfirmHelped,
    ListMyReports,
    SayNotHelped,
    ShowReport,
    WithdrawReport,
)
from models.notices import Notice
from models.notices.confidential import HomeReportFiled, QuietlyJoined
from models.notices.reports import (
    HelpConfirmed,
    OwnLine,
    OwnReportsListed,
    ReportReopened,
    ReportWithdrawn,
    WordsJoined,
)
from models.records import Person, Report
from models.rules import reports as rules
from models.rules import triage
from models.rules.reports import ReportState, Ring, Step
from models.rules.triage import Category, Urgency
from models.work import Work

#: How many of a person's own reports are listed.
_LISTED = 4


def add(command: AddToReport, work: Work) -> None:
    """Keep the sender's further words with the report: danger makes it urgent, and a result is open again."""
    sender = work.meet(command)
    report = work.reports.goes_on_in(work.reports.require(command.report_id))
    proposed = triage.read(command.words)
    category = Category.EMERGENCY if command.urgent else proposed.category
    urgency = Urgency.P1 if command.urgent else proposed.urgency
    report.active_at = work.now
    step = Step.AMENDED if command.amends else Step.JOINED
    work.reports.step(report, step, work.now, by=sender, words=command.words, message_id=command.message_id)
    work.reports.remember_words(report, command.words)
    work.reports.attach(report, command.enclosures, command.message_id, work.now)
    if not command.words and triage.needs_listening([each.media for each in command.enclosures]):
        report.unheard = True
    became_urgent = urgency is Urgency.P1 and report.urgency is not Urgency.P1
    if rules.is_more_urgent(urgency, report.urgency):
        _raise_to(urgency, category, report, sender, work)
    _acknowledge(command, report, sender, work, is_urgent=became_urgent)
    is_mere_thanks = proposed.chatter and not command.enclosures and not command.urgent
    if report.state is ReportState.RESOLVED and not is_mere_thanks:
        _reopen(report, sender, work, afresh=True)
        return
    ring = Ring.URGENT if became_urgent else Ring.NEW_WORDS if command.words else None
    work.also(ShowReport(report_id=report.id, ring=ring))


def confirm_helped(command: ConfirmHelped, work: Work) -> None:
    """Close the report by its sender's own word."""
    sender = work.meet(command)
    report = work.reports.goes_on_in(work.reports.require(command.report_id))
    if sender not in work.reports.voices_of(report) or report.state is ReportState.CLOSED:
        return
    work.reports.close(report, work.now)
    work.reports.step(report, Step.CONFIRMED, work.now, by=sender)
    _answer_question(report, sender, HelpConfirmed(report.code), work)
    work.also(ShowReport(report_id=report.id))


def say_not_helped(command: SayNotHelped, work: Work) -> None:
    """Open the report again at the desk that thought it done."""
    sender = work.meet(command)
    report = work.reports.goes_on_in(work.reports.require(command.report_id))
    if sender in work.reports.voices_of(report) and report.state in (ReportState.RESOLVED, ReportState.CLOSED):
        _reopen(report, sender, work)


def withdraw(command: WithdrawReport, work: Work) -> None:
    """Close it at its sender's word, and let its desk know.

    In danger, in confidence, or where others told of the same, a tap closes nothing: somebody may have made them tap.
    """
    sender = work.meet(command)
    report = work.reports.goes_on_in(work.reports.require(command.report_id))
    voices = work.reports.voices_of(report)
    if sender not in voices or report.state is ReportState.CLOSED or report.must_stay_silent:
        return
    work.reports.step(report, Step.WITHDRAWN, work.now, by=sender)
    closes = rules.may_be_withdrawn(report.urgency, is_confidential=report.confidential, voices=len(voices))
    if closes:
        work.reports.close(report, work.now)
    withdrawn = ReportWithdrawn(report.id, report.code, is_closed=closes)
    work.show_each([sender], report.result_subject, withdrawn, afresh=True)
    work.also(ShowReport(report_id=report.id, ring=Ring.WITHDRAWN))


def list_mine(command: ListMyReports, work: Work) -> None:
    """Show a person their own reports and where each stands."""
    person = work.meet(command)
    lines = tuple(_own_line(report, work) for report in work.reports.listed_for(person.id, _LISTED))
    work.tell_each([person], OwnReportsListed(lines))


def _own_line(report: Report, work: Work) -> OwnLine:
    goes_on = work.reports.goes_on_in(report)
    offers = report.id if goes_on.state in rules.PENDING else None
    return OwnLine(report.code, goes_on.state, report.filed_at, work.desks.contact_of(goes_on), offers)


def _raise_to(urgency: Urgency, category: Category, report: Report, by: Person, work: Work) -> None:
    """Make it as urgent as was now understood; a clock that runs starts anew with less patience."""
    report.urgency, report.category = urgency, category
    work.reports.step(report, Step.RAISED, work.now, by=by)
    if report.state is ReportState.OPEN:
        report.due_at = work.routes.due_at(report, work.desks.seat_of(report), work.now)


def _acknowledge(command: AddToReport, report: Report, sender: Person, work: Work, *, is_urgent: bool) -> None:
    """One short word that it arrived; an album of pictures is not answered one by one."""
    if report.must_stay_silent:
        quiet = HomeReportFiled(report.id, report.code) if is_urgent else QuietlyJoined()
        work.tell_each([sender], quiet, subject=report.subject)
    elif is_urgent:
        station = work.desks.station_of(work.units.require(report.origin_id or report.holder_id))
        joined = WordsJoined(report.code, work.policy.hotlines[0], station)
        work.tell_each([sender], joined, subject=report.subject, job=work.people.job_of(sender))
    elif command.words and report.state is not ReportState.RESOLVED:
        job = work.people.job_of(sender)
        work.tell_each([sender], WordsJoined(report.code), subject=report.subject, job=job, silent=True)


def _reopen(report: Report, sender: Person, work: Work, *, afresh: bool = False) -> None:
    """Back to the desk that thought it done; `afresh` tells the sender below what they just wrote."""
    seat = work.desks.seat_of(report)
    work.reports.give(report, seat, work.routes.due_at(report, seat, work.now))
    report.active_at = work.now
    work.reports.step(report, Step.REOPENED, work.now, by=sender)
    work.also(ShowReport(report_id=report.id, ring=Ring.REOPENED))
    if report.must_stay_silent:
        return
    reopened = ReportReopened(report.code, work.desks.contact_of(report), report.due_at or work.now)
    _answer_question(report, sender, reopened, work, afresh=afresh)


def _answer_question(report: Report, sender: Person, notice: Notice, work: Work, *, afresh: bool = False) -> None:
    """Let the question whether it helped give way to what was answered."""
    work.show_each([sender], report.result_subject, notice, afresh=afresh)


STORIES: Stories = {
    AddToReport: add,
    ConfirmHelped: confirm_helped,
    SayNotHelped: say_not_helped,
    WithdrawReport: withdraw,
    ListMyReports: list_mine,
}
