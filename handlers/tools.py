"""What staff know better than triage: what a report is about, how urgent it is, and that it is confidential."""

from __future__ import annotations

from handlers import Stories, admit_while_pending
from handlers.commands.desks import (
    CorrectCategory,
    CorrectUrgency,
    MakeConfidential,
    OfferCategories,
    OfferGrounds,
    OfferReadyAnswers,
    OfferUrgencies,
    OpenTools,
    SendReadyAnswer,
)
from handlers.commands.queue import WatchVillage
from handlers.commands.reports import AnswerSender, PlaceReport, ReturnClaims, ShowReport
from models.notices.desks import DeskActed
from models.notices.enrolment import PrivateChatNeeded
from models.notices.tools import CategoriesOffered, GroundsOffered, ReadyAnswersOffered, ToolsOffered, UrgenciesOffered
from models.records import Aspect, Person, Report
from models.rules.claims import looked_at_again
from models.rules.ready_answers import fitting
from models.rules.reports import ReportState, Ring, Step
from models.rules.tools import tools
from models.rules.triage import Urgency
from models.store.people import is_reachable
from models.work import Work


def open_tools(command: OpenTools, work: Work) -> None:
    """Offer, in private, everything less common that can be done with the report now."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    if not is_reachable(person):
        work.tell(command.place.chat_id, PrivateChatNeeded())
        return
    offered = ToolsOffered(report.id, report.code, tools(report.state, confidential=report.confidential))
    work.show_each([person], report.tools_subject, offered, afresh=True)


def offer_ready_answers(command: OfferReadyAnswers, work: Work) -> None:
    """Show the ready-made answers for its kind."""
    person, report = admit_while_pending(command, work)
    if report is not None:
        offered = ReadyAnswersOffered(report.id, report.code, fitting(report.category))
        work.show_each([person], report.tools_subject, offered)


def send_ready_answer(command: SendReadyAnswer, work: Work) -> None:
    """Send it as any other answer of the desk, so that it takes the report up."""
    work.also(
        AnswerSender(
            sender=command.sender, place=command.place, report_id=command.report_id, ready=command.answer.value
        )
    )


def offer_categories(command: OfferCategories, work: Work) -> None:
    """Ask what it is about."""
    person, report = admit_while_pending(command, work)
    if report is not None:
        offered = CategoriesOffered(report.id, report.code, report.category)
        work.show_each([person], report.tools_subject, offered)


def correct_category(command: CorrectCategory, work: Work) -> None:
    """Let it be about that; what was proposed is kept with who knew better."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    if command.category is not report.category:
        work.oversight.correct(report, Aspect.CATEGORY, command.category.value, work.now, person)
        report.category = command.category
        _keep_correction(report, person, work)
        work.also(WatchVillage(report_id=report.id))
    work.show_each([person], report.tools_subject, DeskActed(report.code, Step.CORRECTED))


def offer_urgencies(command: OfferUrgencies, work: Work) -> None:
    """Ask how urgent it is."""
    person, report = admit_while_pending(command, work)
    if report is not None:
        offered = UrgenciesOffered(report.id, report.code, report.urgency)
        work.show_each([person], report.tools_subject, offered)


def correct_urgency(command: CorrectUrgency, work: Work) -> None:
    """Let it be that urgent: its clock starts anew, and what became a danger rings at every desk on its way."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    if command.urgency is not report.urgency:
        work.oversight.correct(report, Aspect.URGENCY, command.urgency.value, work.now, person)
        report.urgency = command.urgency
        _start_clock_anew(report, work)
        _keep_correction(report, person, work, Ring.URGENT if command.urgency is Urgency.P1 else None)
    work.show_each([person], report.tools_subject, DeskActed(report.code, Step.CORRECTED))


def offer_grounds(command: OfferGrounds, work: Work) -> None:
    """Ask why it is for a few only: that decides who they are."""
    person, report = admit_while_pending(command, work)
    if report is not None:
        work.show_each([person], report.tools_subject, GroundsOffered(report.id, report.code))


def make_confidential(command: MakeConfidential, work: Work) -> None:
    """Take it away from every desk but its named readers."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    if not report.confidential:
        work.oversight.correct(report, Aspect.CONFIDENTIAL, str(True), work.now, person)
        report.confidential, report.ground = True, command.ground
        work.reports.step(report, Step.CORRECTED, work.now, by=person)
        work.also(PlaceReport(report_id=report.id, ring=Ring.ESCALATED))
    work.show_each([person], report.tools_subject, DeskActed(report.code, Step.CORRECTED))


def _keep_correction(report: Report, person: Person, work: Work, ring: Ring | None = None) -> None:
    """Let everybody see it anew; whoever took it up and may work on it only as what it was, gives it back."""
    report.unheard = False
    work.reports.step(report, Step.CORRECTED, work.now, by=person)
    if report.taken_by_id is not None:
        work.also(ReturnClaims(person_id=report.taken_by_id, unit_id=None))
    work.also(ShowReport(report_id=report.id, ring=ring))


def _start_clock_anew(report: Report, work: Work) -> None:
    if report.state is ReportState.OPEN:
        report.due_at = work.routes.due_at(report, work.desks.seat_of(report), work.now)
    else:
        report.due_at = looked_at_again(report.urgency, work.now, report.promised_at, work.policy)


STORIES: Stories = {
    OpenTools: open_tools,
    OfferReadyAnswers: offer_ready_answers,
    SendReadyAnswer: send_ready_answer,
    OfferCategories: offer_categories,
    CorrectCategory: correct_category,
    OfferUrgencies: offer_urgencies,
    CorrectUrgency: correct_urgency,
    OfferGrounds: offer_grounds,
    MakeConfidential: make_confidential,
}
