"""Accept first, ask after: whoever is linked to no home says in two taps where they are."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.enrolment import RefuseUnknown
from handlers.commands.places import AskPlace, NamePlace
from handlers.commands.queue import WatchVillage
from handlers.commands.reports import PlaceReport, ShowReport
from models.notices.places import PlaceAsked, PlaceChoice, PlaceNamed
from models.notices.reports import ReportOutOfReach
from models.records import Person, Report, Unit
from models.rules.pages import page_of
from models.rules.reports import PENDING, ReportState, Ring, Step
from models.rules.triage import Urgency
from models.work import Work

#: Places on one page of the question: six rows of two.
PAGE = 12


def ask(command: AskPlace, work: Work) -> None:
    """Offer the sender what lies right below the widest unit."""
    report, root = work.reports.require(command.report_id), work.units.root()
    if root is not None and work.units.children(root):
        _ask(report, work.people.require(report.sender_id), root, 0, work, afresh=True)


def name(command: NamePlace, work: Work) -> None:
    """Offer what lies below the tapped place; where nothing does, the report comes from there and goes to its desk."""
    person, report = work.meet(command), work.reports.require(command.report_id)
    if report.sender_id != person.id:
        work.refuse(command, person, report.subject, ReportOutOfReach())
        return
    unit = work.units.require(command.unit_id)
    if report.origin_id is not None:
        _answer(report, person, work.units.require(report.origin_id), work)
    elif report.confidential or report.state not in PENDING:
        work.also(RefuseUnknown(sender=command.sender, place=command.place))
    elif work.units.children(unit):
        _ask(report, person, unit, command.page, work)
    else:
        _place(report, unit, person, work)
        _answer(report, person, unit, work)


def _ask(report: Report, person: Person, above: Unit, page: int, work: Work, *, afresh: bool = False) -> None:
    shown = page_of(work.units.children(above), page, PAGE, around=True)
    asked = PlaceAsked(
        report_id=report.id,
        above=_choice(above),
        top_id=[above, *work.units.above(above)][-1].id,
        choices=tuple(map(_choice, shown.items)),
        page=shown.number,
        pages=shown.of,
    )
    work.show_each([person], report.place_subject, asked, afresh=afresh, job=work.people.job_of(person))


def _answer(report: Report, person: Person, unit: Unit, work: Work) -> None:
    work.show_each([person], report.place_subject, PlaceNamed(report.code, unit.name))


def _place(report: Report, unit: Unit, person: Person, work: Work) -> None:
    """Let it come from there. What nobody took up goes to the desk of that place, whoever works on it keeps it."""
    report.origin_id = unit.id
    work.reports.step(report, Step.PLACED, work.now, by=person)
    if report.state is ReportState.OPEN:
        ring = Ring.URGENT if report.urgency is Urgency.P1 else Ring.PLACED
        work.also(PlaceReport(report_id=report.id, ring=ring))
    else:
        work.also(ShowReport(report_id=report.id))
    work.also(WatchVillage(report_id=report.id))


def _choice(unit: Unit) -> PlaceChoice:
    return PlaceChoice(unit.id, unit.name)


STORIES: Stories = {AskPlace: ask, NamePlace: name}
