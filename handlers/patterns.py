"""Seeing the pattern: several homes of one village tell of the same, and the desk above is told once."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.queue import WatchVillage
from models.notices.queues import PatternSeen
from models.records import Report, Unit
from models.rules.patterns import is_pattern, kinds_like
from models.rules.reports import Rung
from models.store.people import is_reachable
from models.work import Work


def watch(command: WatchVillage, work: Work) -> None:
    """Tell the office over the village when enough homes tell of the same, with only what is new since the last time.

    What was told once is marked, so that the next alert waits for as many new ones.
    """
    report = work.reports.require(command.report_id)
    kinds = kinds_like(report.category) & work.policy.pattern_categories
    if report.confidential or report.origin_id is None or not kinds:
        return
    since = work.now - work.policy.pattern_within
    new = work.report_lists.of_kinds_near(report, kinds, since, untold=True)
    if not is_pattern([_home(each) for each in new], work.policy.pattern_homes):
        return
    alike = work.report_lists.of_kinds_near(report, kinds, since)
    for each in new:
        each.patterned_at = work.now
    unit = work.units.require(report.origin_id)
    seen = PatternSeen(
        village=unit.village or unit.name,
        category=report.category,
        homes=len({_home(each) for each in alike}),
        hours=round(work.policy.pattern_within.total_seconds() / 3600),
        lines=tuple(work.report_lists.line(each) for each in new),
    )
    _tell_office_over(unit, seen, report, work)


def _home(report: Report) -> str:
    """Whose word it is: a home's, however many of it write; else its sender's."""
    return f"home:{report.household_id}" if report.household_id else f"person:{report.sender_id}"


def _tell_office_over(unit: Unit, seen: PatternSeen, report: Report, work: Work) -> None:
    """The nearest office over the community where anybody can be reached, each once for this alert."""
    offices = [seat for seat in work.desks.seats_from(unit) if seat.rung is Rung.OFFICE and seat.unit_id != unit.id]
    if not offices:
        return
    seat = work.desks.place(report, offices, needed=1).seat
    people = [person for person in work.desks.people_at(seat) if is_reachable(person)]
    work.tell_each(people, seen, key=f"pattern:{report.id}")


STORIES: Stories = {WatchVillage: watch}
