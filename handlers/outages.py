"""After an outage: how long it was, what came late, and once more the questions whose answers may be lost."""

from __future__ import annotations

from collections.abc import Iterable

from handlers import Stories
from handlers.commands.outages import NoteHeard, TellOutages
from models.notices.outages import Asked, AskedAgain, BackAgain
from models.records import Card, Outage
from models.rules.outages import Due, loses_presses
from models.rules.reports import Rung, Seat
from models.store.people import is_reachable
from models.work import Work


def note_heard(command: NoteHeard, work: Work) -> None:
    """Remember that the service was heard from, and an outage when it had not been for too long."""
    began_at = work.outages.last_heard()
    if command.silent_for is not None:
        began_at = work.now - command.silent_for
    work.outages.note_heard(work.now)
    if began_at is not None and loses_presses(began_at, work.now):
        work.outages.keep(began_at, work.now)


def tell(command: TellOutages, work: Work) -> None:
    """Ask again for exactly what was due and is still missing; then tell the desk over all others."""
    outage = work.outages.to_tell(work.now)
    if outage is None:
        return
    outage.told_at = work.now
    asked = {
        Due.ACKNOWLEDGEMENT: _ask(Due.ACKNOWLEDGEMENT, _unacknowledged(outage, work), outage, work),
        Due.ANSWERS: 0,
        Due.ANSWER: 0,
        Due.RESULT: _ask(Due.RESULT, _unconfirmed(outage, work), outage, work),
    }
    for round_ in work.outages.rounds_awaited(outage):
        asked[Due.ANSWERS] += _ask(Due.ANSWERS, work.outbox.cards_about(round_.subject), outage, work)
        asked[Due.ANSWER] += _ask(Due.ANSWER, work.outages.prompts_of(round_), outage, work)
    late = work.outages.count_late(outage)
    counts = tuple(Asked(due, n) for due, n in asked.items() if n)
    _tell_desk(BackAgain(outage.began_at, outage.ended_at, late, counts), outage, work)


def _ask(due: Due, cards: Iterable[Card], outage: Outage, work: Work) -> int:
    """Ask again under each card that has been shown; how many."""
    shown = [card for card in cards if card.message_id is not None]
    again = AskedAgain(due, outage.began_at, outage.ended_at)
    quiet = work.policy.quiet.is_quiet(work.now, work.policy.timezone)
    for card in shown:
        key = f"outage:{outage.id}:{card.id}"
        work.tell(card.chat_id, again, subject=card.subject, reply_to=card, key=key, silent=quiet or None)
    return len(shown)


def _unacknowledged(outage: Outage, work: Work) -> Iterable[Card]:
    """The cards of directives in the chats of those who have yet to acknowledge them."""
    for directive in work.outages.directives_awaited(outage):
        missing = [unit.id for _, unit in work.directives.missing(directive.id)]
        yield from work.outbox.cards_among(work.directives.chats_of(missing), directive.subject)


def _unconfirmed(outage: Outage, work: Work) -> Iterable[Card]:
    for report in work.outages.results_awaited(outage):
        yield from work.outbox.cards_about(report.result_subject)


def _tell_desk(back: BackAgain, outage: Outage, work: Work) -> None:
    """The desk over all others, where it has a chat; else its people and the administrators in private."""
    root = work.units.root()
    seat = Seat(root.id, Rung.OFFICE, work.policy.tiers.rank(root.tier)) if root else None
    chat = work.desks.chat_at(seat) if seat else None
    if chat is not None:
        work.tell(chat.id, back, key=f"outage:{outage.id}")
        return
    people = [person for person in work.desks.people_at(seat) if is_reachable(person)] if seat else []
    told = {person.id: person for person in [*people, *work.people.administrators()]}
    work.tell_each(told.values(), back, key=f"outage:{outage.id}")


STORIES: Stories = {NoteHeard: note_heard, TellOutages: tell}
