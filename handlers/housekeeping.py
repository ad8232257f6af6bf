"""What may not be kept is erased, and who cannot be reached is known to be so."""

from __future__ import annotations

from datetime import timedelta

from handlers import Stories
from handlers.commands.enrolment import LosePerson, NoteTappedMessage, TidyUp
from handlers.commands.reports import ShowReport
from models.notices import CopyRetired
from models.notices.binding import PersonLost
from models.notices.desks import SenderMustBeCalled
from models.notices.enrolment import PrivateChatNeeded
from models.records import Person, Reach
from models.rules.reports import PENDING, ReportState
from models.store.people import is_reachable
from models.work import Work

#: How long the ids of handled updates are kept, so that a repeated one is known; then nothing says who wrote.
IDS_KEPT_FOR = timedelta(hours=48)
#: How long an update that failed is kept for a person to look at.
PARKED_KEPT_FOR = timedelta(days=7)
#: How long mail that left is kept, so that a due thing is not told twice.
MAIL_KEPT_FOR = timedelta(days=30)
#: How long a file that could not be handed over is kept.
FILES_KEPT_FOR = timedelta(days=7)
#: How many of a person's newest reports may still wait for an answer to them.
REPORTS_LOOKED_AT = 20


def tidy_up(command: TidyUp, work: Work) -> None:
    """Erase what may not be kept longer: ids, payloads, mail, files, old questions, used invitations."""
    work.inbox.forget(work.now, ids_after=IDS_KEPT_FOR, payloads_after=PARKED_KEPT_FOR, most=command.most)
    work.outbox.forget(work.now, after=MAIL_KEPT_FOR, most=command.most)
    work.invitations.forget(work.now, most=command.most)
    work.drafts.forget(work.now)
    work.errands.forget(work.now - FILES_KEPT_FOR)


def note_tapped_message(command: NoteTappedMessage, work: Work) -> None:
    """Take the buttons off an unknown copy of ours: its tap has counted, the known one goes on."""
    if not work.outbox.may_know_message(command.chat_id, command.message_id):
        retired = f"copy:{command.chat_id}:{command.message_id}"
        work.tell(command.chat_id, CopyRetired(command.message_id), key=retired)


def lose_person(command: LosePerson, work: Work) -> None:
    """A private chat is dead: stop trying until its person writes, and tell the administrators when they serve."""
    reason = "never_started" if command.never_started else "blocked"
    work.outbox.drop_waiting(work.now, reason, chat_id=command.account_id)
    person = work.people.find_by_account(command.account_id)
    if person is None:
        return
    was_reachable = is_reachable(person)
    person.reach = Reach.NEVER_STARTED if command.never_started else Reach.BLOCKED
    if was_reachable:
        _let_desks_call(person, work)
        _show_way_to_private_chat(person, work)
    posts = work.people.posts_of(person.id)
    if posts:
        lost = PersonLost(person.name, posts, command.never_started)
        work.tell_each(work.people.administrators(), lost, key=f"person:{person.id}:{work.today}")


def _let_desks_call(person: Person, work: Work) -> None:
    """Let every desk that works for this person know that they must be called instead."""
    for report in work.reports.of_sender(person.id, most=REPORTS_LOOKED_AT):
        if report.state in PENDING:
            work.also(ShowReport(report_id=report.id))
        if report.state is ReportState.TAKEN and report.taken_by_id is not None and not report.must_stay_silent:
            must_call = SenderMustBeCalled(report.code, work.reports.sender_of(report))
            work.tell_each([work.people.require(report.taken_by_id)], must_call, subject=report.subject)


def _show_way_to_private_chat(person: Person, work: Work) -> None:
    """Leave a link where they spoke: who never pressed Start can only have reported in the group of their home."""
    report = work.reports.newest_of(person.id)
    if person.reach is Reach.NEVER_STARTED and report is not None and report.origin_id is not None:
        group = work.units.chat_of(report.origin_id)
        if group is not None and work.now - report.active_at < work.policy.join_within:
            work.tell(group.id, PrivateChatNeeded("baotin"))


STORIES: Stories = {
    TidyUp: tidy_up,
    NoteTappedMessage: note_tapped_message,
    LosePerson: lose_person,
}
