"""What waits at somebody's desks, narrowed down as they like, and looking for a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import time, timedelta

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.queue import BrowseQueue, ListQueue, SearchReports, SortQueue
from models.notices.desks import StaffOnly
from models.notices.queues import QueueCount, QueueListed, QueueSorted, ReportsFound, SearchExplained
from models.records import Person, Report
from models.rules.days import day_in
from models.rules.hours import instant
from models.rules.pages import page_of
from models.rules.queue import HEADINGS, QueueBy, sort_of
from models.work import Work

#: How many reports one page lists.
_LISTED = 8
#: How many reports are looked at for one that was asked for; of those the asker may see, a page is shown.
_LOOKED_AT = 200
#: The subject of the one card in which somebody browses their queue.
_CARD = "queue"


def list_queue(command: ListQueue, work: Work) -> None:
    """Show someone who serves what waits at their desks, the most urgent first."""
    _show(command, QueueBy.ALL, "", 0, work, afresh=True)


def sort_queue(command: SortQueue, work: Work) -> None:
    """Show how much waits under each heading."""
    person = _admitted(command, work)
    if person is None:
        return
    counted = Counter(_heading(report, command.by, work) for report in _waiting(person, work))
    counts = tuple(QueueCount(heading, counted[heading]) for heading in HEADINGS[command.by] if counted[heading])
    work.show_each([person], _CARD, QueueSorted(command.by, counts))


def browse(command: BrowseQueue, work: Work) -> None:
    """Show a page of what waits under one heading."""
    _show(command, command.by, command.heading, command.page, work)


def search(command: SearchReports, work: Work) -> None:
    """Show the reports somebody looks for, among those they may see."""
    person = _admitted(command, work)
    if person is None:
        return
    words = command.words.strip()
    if not words:
        work.tell_each([person], SearchExplained())
        return
    found = [report for report in _found(words, person, work) if work.desks.may_see(person.id, report)]
    lines = tuple(work.report_lists.line(report) for report in found[:_LISTED])
    work.tell_each([person], ReportsFound(lines, more=len(found) - len(lines)))


def _show(command: FromPerson, by: QueueBy, heading: str, page: int, work: Work, *, afresh: bool = False) -> None:
    person = _admitted(command, work)
    if person is None:
        return
    waiting = [report for report in _waiting(person, work) if _heading(report, by, work) == heading]
    shown = page_of(waiting, page, _LISTED)
    lines = tuple(work.report_lists.line(report) for report in shown.items)
    listed = QueueListed(lines, by, heading, shown.number, shown.of, len(waiting))
    work.show_each([person], _CARD, listed, afresh=afresh)


def _admitted(command: FromPerson, work: Work) -> Person | None:
    """Who asks; None when they serve at no desk, which they have then been told."""
    person = work.meet(command)
    if work.desks.seats_of(person.id) or work.desks.seats_read_by(person.id):
        return person
    work.refuse(command, person, _CARD, StaffOnly())
    return None


def _waiting(person: Person, work: Work) -> list[Report]:
    """What this person may work on now, the most urgent and oldest first."""
    seats = [*work.desks.seats_of(person.id), *work.desks.seats_read_by(person.id)]
    pending = work.report_lists.pending_at(seats, work.people.commanded_by(person.id))
    return [report for report in pending if work.desks.may_act(person.id, report)]


def _heading(report: Report, by: QueueBy, work: Work) -> str:
    return sort_of(by, report.filed_at, report.urgency, report.category, work.now)


def _found(words: str, person: Person, work: Work) -> Sequence[Report]:
    """What the words may mean: a code, a day, or what was said and by which home."""
    by_code = work.reports.find_by_code(words.upper())
    if by_code is not None:
        return [by_code]
    seats = [*work.desks.seats_of(person.id), *work.desks.seats_read_by(person.id)]
    within = work.units.named(seat.unit_id for seat in seats)
    day = day_in(words, work.today)
    if day is None:
        return work.report_lists.search(words, within, _LOOKED_AT)
    start = instant(day, time(), work.policy.timezone)
    end = instant(day + timedelta(days=1), time(), work.policy.timezone)
    return work.report_lists.filed_between(start, end, within, _LOOKED_AT)


STORIES: Stories = {
    ListQueue: list_queue,
    SortQueue: sort_queue,
    BrowseQueue: browse,
    SearchReports: search,
}
