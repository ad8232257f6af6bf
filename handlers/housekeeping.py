"""What may not be kept is erased, and who cannot be reached is known to be so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from handlers.commands import Command
from handlers.commands.enrolment import LosePerson, TidyUp
from models.notices.binding import PersonLost
from models.records import Reach
from models.rules.hours import local
from models.work import Work

#: How long the ids of handled updates are kept, so that a repeated one is known; then nothing says who wrote.
IDS_KEPT_FOR = timedelta(hours=48)
#: How long an update that failed is kept for a person to look at.
PARKED_KEPT_FOR = timedelta(days=7)
#: How long mail that left is kept, so that a due thing is not told twice.
MAIL_KEPT_FOR = timedelta(days=30)


def tidy_up(command: TidyUp, work: Work) -> None:
    """Erase what may not be kept longer: ids, parked payloads, sent mail, old questions and used invitations."""
    work.inbox.forget(work.now, ids_after=IDS_KEPT_FOR, payloads_after=PARKED_KEPT_FOR, most=command.most)
    work.outbox.forget(work.now, after=MAIL_KEPT_FOR, most=command.most)
    work.invitations.forget(work.now, most=command.most)
    work.drafts.forget(work.now)


def lose_person(command: LosePerson, work: Work) -> None:
    """A private chat is dead: stop trying until its person writes, and tell the administrators when they serve."""
    reason = "never_started" if command.never_started else "blocked"
    work.outbox.drop_waiting(work.now, reason, chat_id=command.account_id)
    person = work.people.find_by_account(command.account_id)
    if person is None:
        return
    person.reach = Reach.NEVER_STARTED if command.never_started else Reach.BLOCKED
    posts = work.people.posts_of(person.id)
    if posts:
        day = local(work.now, work.policy.timezone).date()
        lost = PersonLost(person.name, posts, command.never_started)
        work.tell_each(work.people.administrators(), lost, key=f"person:{person.id}:{day}")


STORIES: dict[type[Command], Callable[[Any, Work], None]] = {
    TidyUp: tidy_up,
    LosePerson: lose_person,
}
