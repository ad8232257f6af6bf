"""A reader passes on what is confidential: says whom it speaks of, who is to act, and what, in their own words."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, admit_while_pending
from handlers.commands.confidential import BeginRelease, BeginReleaseTo, NameConcerned, ReleaseReport
from handlers.commands.reports import AboutReport, Question, ShowReport
from models.notices.confidential import (
    ConcernAsked,
    ConcernChoice,
    Released,
    ReleaseOffered,
    ReleaseWordsAsked,
)
from models.notices.desks import DeskUnreachable
from models.notices.reports import ReportOutOfReach
from models.records import Person, Report, Unit
from models.rules.confidential import is_out_of_reach
from models.rules.reports import Ring, Rung, Step
from models.rules.triage import Urgency
from models.work import Work


def begin(command: BeginRelease, work: Work) -> None:
    """Ask whose people it speaks of, before anything leaves."""
    person, report = _asked(command, work)
    if report is not None:
        asked = ConcernAsked(report.id, report.code, _choices(_units_below(report, work)))
        work.tell_each([person], asked, subject=report.subject)


def name_concerned(command: NameConcerned, work: Work) -> None:
    """Keep whom it speaks of, and offer everybody who is not among them."""
    person, report = _asked(command, work)
    if report is None:
        return
    concerned = work.units.require(command.unit_id) if command.unit_id else None
    if concerned is not None and concerned not in _units_below(report, work):
        work.refuse(command, person, report.subject, ReportOutOfReach())
        return
    report.concerned_id = concerned.id if concerned else None
    work.reports.step(report, Step.CONCERNED, work.now, by=person, unit_id=report.concerned_id)
    offered = ReleaseOffered(report.id, report.code, _choices(_units_left(report, work)))
    work.tell_each([person], offered, subject=report.subject)


def begin_release_to(command: BeginReleaseTo, work: Work) -> None:
    """Ask for the words that unit is to read."""
    person, report = _asked(command, work)
    if report is None:
        return
    unit = work.units.require(command.unit_id)
    if unit not in _units_left(report, work):
        work.refuse(command, person, report.subject, ReportOutOfReach())
        return
    work.ask(command.sender.account_id, Question.RELEASE, report_id=report.id, unit_id=unit.id)
    work.tell(command.sender.account_id, ReleaseWordsAsked(report.code, unit.name), subject=report.subject)


def release(command: ReleaseReport, work: Work) -> None:
    """File the reader's words at that unit's desk; nothing there leads back to the sender, the result comes here."""
    person, report = _asked(command, work)
    if report is None:
        return
    unit = work.units.require(command.unit_id)
    if unit not in _units_left(report, work):
        work.refuse(command, person, report.subject, ReportOutOfReach())
        return
    passed_on = _passed_on(report, unit, person, command.words, work)
    own = [seat for seat in work.desks.seats_from(unit) if seat.unit_id == unit.id]
    placement = work.desks.place(passed_on, own, work.policy.reachable_staff_for_a_ready_desk)
    if not placement.has_anyone:
        work.tell_each([person], DeskUnreachable(report.code, unit.name), subject=report.subject)
        return
    work.reports.add(passed_on)
    work.reports.give(passed_on, placement.seat, work.routes.due_at(passed_on, placement.seat, work.now))
    work.reports.step(passed_on, Step.FILED, work.now, by=person)
    work.reports.step(report, Step.RELEASED_ON, work.now, by=person, unit_id=unit.id)
    told = Released(report.code, passed_on.code, work.desks.contact_of(passed_on))
    work.tell_each([person], told, subject=report.subject)
    work.also(ShowReport(report_id=report.id))
    ring = Ring.URGENT if report.urgency is Urgency.P1 else Ring.HANDED_DOWN
    work.also(ShowReport(report_id=passed_on.id, ring=ring))


def _asked(command: AboutReport, work: Work) -> tuple[Person, Report | None]:
    """Who asked, and the report; None when it is not theirs to pass on, which they have then been told."""
    person, report = admit_while_pending(command, work)
    if report is None or report.confidential:
        return person, report
    work.refuse(command, person, report.subject, ReportOutOfReach())
    return person, None


def _units_below(report: Report, work: Work) -> list[Unit]:
    """The units under the holding one that it may speak of: those on its way, or all directly below."""
    holder = work.units.require(report.holder_id)
    if report.origin_id is None:
        return list(work.units.children(holder))
    way = dict.fromkeys(seat.unit_id for seat in work.desks.way_of(report))
    units = [work.units.require(unit_id) for unit_id in way]
    return [unit for unit in units if unit.path.startswith(holder.path) and unit is not holder]


def _units_left(report: Report, work: Work) -> list[Unit]:
    """The units that can be given it: the holding one and those below, without whom it speaks of."""
    concerned = work.units.require(report.concerned_id).path if report.concerned_id else None
    units = [*_units_below(report, work), work.units.require(report.holder_id)]
    return [unit for unit in units if not is_out_of_reach(unit.path, concerned)]


def _passed_on(report: Report, unit: Unit, person: Person, words: str, work: Work) -> Report:
    return Report(
        code=work.reports.new_code(work.policy.code_prefix),
        category=report.category,
        urgency=report.urgency,
        confidential=False,
        words=words,
        sender_id=person.id,
        origin_id=unit.id,
        holder_id=unit.id,
        rung=Rung.OFFICE,
        filed_at=work.now,
        active_at=work.now,
        concerned_id=report.concerned_id,
        released_from_id=report.id,
    )


def _choices(units: Sequence[Unit]) -> tuple[ConcernChoice, ...]:
    return tuple(ConcernChoice(unit.id, unit.name) for unit in units)


STORIES: Stories = {
    BeginRelease: begin,
    NameConcerned: name_concerned,
    BeginReleaseTo: begin_release_to,
    ReleaseReport: release,
}
