"""What waits at somebody's desks, for whoever asks."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.reports import ListQueue
from models.notices.desks import QueueListed, StaffOnly
from models.work import Work

#: How many waiting reports are listed at once.
_LISTED = 8


def list_queue(command: ListQueue, work: Work) -> None:
    """Show someone who serves what waits at their desks, the most urgent first."""
    person = work.meet(command)
    seats = [*work.desks.seats_of(person.id), *work.desks.seats_read_by(person.id)]
    if not seats:
        work.refuse(command, person, "queue", StaffOnly())
        return
    pending = work.report_lists.pending_at(seats, work.people.commanded_by(person.id))
    theirs = [report for report in pending if work.desks.may_act(person.id, report)]
    lines = tuple(work.report_lists.line(report) for report in theirs[:_LISTED])
    work.tell_each([person], QueueListed(lines, more=len(theirs) - len(lines)))


STORIES: Stories = {ListQueue: list_queue}
