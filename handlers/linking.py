"""What a report belongs to: the home it concerns, and the other report that tells of the same matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from handlers import Stories, admit_while_pending
from handlers.commands.desks import LinkReport, MergeReport, NameHome, OfferDuplicates, OfferHomes
from handlers.commands.reports import Question, ReturnClaims, ShowReport
from models.notices.desks import DeskActed
from models.notices.tools import Choice, DuplicatesOffered, HomesOffered, ReportMergedTold
from models.records import Household, Report
from models.rules.reports import PENDING, Ring, Step
from models.work import Work

#: How far back another report may be of the same matter, and how many are offered.
_SAME_WITHIN, _OFFERED = timedelta(days=3), 6
#: How many homes one typed name may offer.
_HOMES_FOUND = 12


def offer_homes(command: OfferHomes, work: Work) -> None:
    """Offer the homes of its community by number, and take what is typed: a number, or the name of a head."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    work.ask(command.sender.account_id, Question.HOME, report_id=report.id)
    unit = work.units.require(report.origin_id) if report.origin_id else None
    homes = work.households.of_unit(unit.id) if unit else ()
    choices = tuple(Choice(home.id, home.number) for home in homes)
    offered = HomesOffered(report.id, report.code, unit.name if unit and homes else "", choices)
    work.show_each([person], report.tools_subject, offered)


def name_home(command: NameHome, work: Work) -> None:
    """Offer the homes whose number or head was typed, among those the desk answers for."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    found = work.households.search(command.words, work.units.require(report.holder_id), _HOMES_FOUND)
    if not found:
        work.ask(command.sender.account_id, Question.HOME, report_id=report.id)
    choices = tuple(Choice(home.id, _named(home, work)) for home in found)
    offered = HomesOffered(report.id, report.code, "", choices)
    work.show_each([person], report.tools_subject, offered, afresh=True)


def link(command: LinkReport, work: Work) -> None:
    """Keep which home it concerns; whoever lives there works on it no longer."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    home = work.households.require(command.household_id)
    if not work.units.require(home.unit_id).path.startswith(work.units.require(report.holder_id).path):
        work.also(OfferHomes(sender=command.sender, place=command.place, report_id=report.id))
        return
    work.drafts.close(command.sender.account_id)
    if report.household_id != home.id:
        report.household_id, report.origin_id = home.id, home.unit_id
        work.reports.step(report, Step.LINKED, work.now, by=person)
        if report.taken_by_id is not None:
            work.also(ReturnClaims(person_id=report.taken_by_id, unit_id=None))
        work.also(ShowReport(report_id=report.id))
    work.show_each([person], report.tools_subject, DeskActed(report.code, Step.LINKED, home.number))


def offer_duplicates(command: OfferDuplicates, work: Work) -> None:
    """Offer the reports of the last days that may tell of the same matter, the likeliest first."""
    person, report = admit_while_pending(command, work)
    if report is not None:
        others = tuple(work.report_lists.line(other) for other in _duplicates(report, person.id, work)[:_OFFERED])
        work.show_each([person], report.tools_subject, DuplicatesOffered(report.id, report.code, others))


def merge(command: MergeReport, work: Work) -> None:
    """Let it go on in the other: one history, one holder, and what the desk says reaches everybody who told of it."""
    person, report = admit_while_pending(command, work)
    if report is None:
        return
    other = work.reports.require(command.into_id)
    if other not in _duplicates(report, person.id, work):
        work.also(OfferDuplicates(sender=command.sender, place=command.place, report_id=report.id))
        return
    voices = work.reports.voices_of(report)
    work.reports.merge(report, other)
    work.reports.close(report, work.now)
    work.reports.step(report, Step.MERGED, work.now, by=person)
    work.reports.step(other, Step.MERGED, work.now, by=person, words=report.words)
    work.desks.look_anew()
    told = ReportMergedTold(report.code, other.code, work.desks.contact_of(other))
    work.tell_each(voices, told, subject=other.subject)
    if other.taken_by_id is not None:
        work.also(ReturnClaims(person_id=other.taken_by_id, unit_id=None))
    work.also(ShowReport(report_id=report.id))
    work.also(ShowReport(report_id=other.id, ring=Ring.MERGED))
    work.show_each([person], report.tools_subject, DeskActed(report.code, Step.MERGED, other.code))


def _named(home: Household, work: Work) -> str:
    unit = work.units.require(home.unit_id)
    return " · ".join(part for part in (home.number, home.head, unit.name) if part)


def _duplicates(report: Report, person_id: int, work: Work) -> Sequence[Report]:
    """Pending reports near it in place and time that this person may work on, too; of its own home first."""
    near = work.report_lists.near(report, work.now - _SAME_WITHIN)
    theirs = [other for other in near if other.state in PENDING and work.desks.may_act(person_id, other)]
    return sorted(theirs, key=lambda other: (other.household_id != report.household_id, -other.id))


STORIES: Stories = {
    OfferHomes: offer_homes,
    NameHome: name_home,
    LinkReport: link,
    OfferDuplicates: offer_duplicates,
    MergeReport: merge,
}
