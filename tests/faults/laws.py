"""What must be true of a district at any quiet hour, whatever has happened: reports, directives, rounds, mail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from bot.demo.stage import BOT_ID, BOT_USERNAME
from bot.sandbox import Event, Sandbox
from bot.sandbox.privacy import is_service
from bot.sandbox.world import Kept
from bot.telegram.form import form_of
from bot.telegram.translate import Bot as Us
from bot.telegram.translate import is_for_us
from models.notices import IfUnsure, Notice
from models.records import Record
from tests.faults.simulated_bot import Bot, as_kept
from tests.faults.simulated_crowd import HOUR, Deeds
from tests.faults.simulated_service import Service

_MARK = re.compile(r"#\d{5}")
#: Seconds after the bot's start in which it cannot know what it sent just before it was killed.
FORGOTTEN_PACE = 60.0
#: Seconds within which what was heard to have arrived is marked, also while another holds the database.
MARKED_WITHIN = 30.0
#: Kinds of messages that are never repeated blindly.
_LEFT = ", ".join(f"'{name}'" for name, kind in Notice.kinds.items() if kind.if_unsure is IfUnsure.LEAVE)

#: Each sentence with what finds the rows of which it is true: in a quiet hour there must be none.
LAWS = {
    "an accepted update waits": "SELECT id, tries, failure FROM inbox WHERE state = 'waiting'",
    "an update could not be handled": "SELECT id, failure FROM inbox WHERE state = 'parked'",
    "a message that was due waits": (
        "SELECT id, kind, chat_id, tries, failure, not_before FROM outbox WHERE state = 'waiting'"
        " AND created_at < :a_while_ago AND (not_before IS NULL OR not_before < :a_while_ago)"
    ),
    "a message is said to be on its way": (
        "SELECT id, kind FROM outbox WHERE state = 'leased' AND created_at < :a_while_ago"
    ),
    "a message was refused as wrong": "SELECT id, kind, failure FROM outbox WHERE state = 'parked'",
    "a message that may be repeated was given up as unsure": (
        f"SELECT id, kind FROM outbox WHERE state = 'uncertain' AND kind NOT IN ({_LEFT})"
    ),
    "a card shows less than its newest state": (
        "SELECT id, chat_id, subject, version, shown_version FROM cards WHERE version > shown_version AND 'sent' ="
        " (SELECT state FROM outbox WHERE card_id = cards.id AND state != 'uncertain' ORDER BY id DESC LIMIT 1)"
    ),
    "a home was reminded twice in one round": (
        "SELECT chat_id, subject, count(*) FROM outbox WHERE kind = 'RoundReminded'"
        " GROUP BY chat_id, subject HAVING count(*) > 1"
    ),
    "a report has a clock although it is closed, or none although it is not": (
        "SELECT code, state, due_at FROM reports WHERE (due_at IS NULL) != (state = 'closed')"
    ),
    "a report is taken up by nobody, or open and taken up": (
        "SELECT code, state, taken_by_id FROM reports"
        " WHERE state = 'open' AND taken_by_id IS NOT NULL OR state = 'taken' AND taken_by_id IS NULL"
    ),
    "a report was not filed exactly once": (
        "SELECT code FROM reports WHERE 1 != (SELECT count(*) FROM report_steps"
        " WHERE report_id = reports.id AND step = 'filed')"
    ),
    "a report ended more often than it began": (
        "SELECT code FROM reports WHERE (SELECT count(*) FROM report_steps WHERE report_id = reports.id"
        " AND step IN ('confirmed', 'closed')) > 1 + (SELECT count(*) FROM report_steps"
        " WHERE report_id = reports.id AND step = 'reopened')"
    ),
    "two answers opened one report": (
        "SELECT report_id FROM checkin_answers WHERE report_id IS NOT NULL GROUP BY report_id HAVING count(*) > 1"
    ),
    "an answer has no history": (
        "SELECT id FROM checkin_answers WHERE id NOT IN (SELECT answer_id FROM checkin_answer_changes)"
    ),
    "a community has two rounds ahead, or none": (
        "SELECT units.code, count(rounds.id) FROM units LEFT JOIN rounds ON rounds.unit_id = units.id"
        " AND rounds.state = 'scheduled' WHERE units.tier = 'community' GROUP BY units.id HAVING count(rounds.id) != 1"
    ),
    "more homes answered a round than there are": (
        "SELECT id, expected FROM rounds WHERE state = 'closed' AND expected < (SELECT count(*) FROM checkin_answers"
        " WHERE round_id = rounds.id)"
    ),
    "a directive that was sent has a place it never reached, and nothing on its way there": (
        "SELECT directives.code, units.code FROM directive_places"
        " JOIN directives ON directives.id = directive_id AND directives.state = 'sent'"
        " JOIN units ON units.id = directive_places.unit_id"
        " JOIN chats ON chats.unit_id = units.id AND chats.state = 'ready'"
        " WHERE delivered_at IS NULL AND sent_at < :a_while_ago AND NOT EXISTS (SELECT 1 FROM outbox"
        " WHERE outbox.job = 'directive:' || directives.id AND outbox.state IN ('waiting', 'dropped', 'uncertain'))"
    ),
    "a directive that is not sent was acknowledged": (
        "SELECT code FROM directives JOIN directive_places ON directive_id = directives.id"
        " WHERE state IN ('draft', 'offered', 'scheduled', 'discarded') AND acknowledged_at IS NOT NULL"
    ),
}
#: The same of everything that waits for an hour of its own.
LAWS |= {
    f"what is due is forgotten ({table.name})": f"SELECT id, due_at FROM {table.name} WHERE due_at < :a_while_ago"
    for table in Record.metadata.sorted_tables
    if "due_at" in table.columns and table.columns["due_at"].nullable and "id" in table.columns
}
#: Seconds by which anything may be late.
A_WHILE = 600.0


class Laws:
    """Reads the books of one seed every dawn."""

    def __init__(self, bot: Bot, sandbox: Sandbox, service: Service, deeds: Deeds) -> None:
        self.updates = self.messages = self.copies = 0
        self._bot, self._sandbox, self._service, self._deeds = bot, sandbox, service, deeds
        self._us = Us(BOT_ID, BOT_USERNAME)
        self._asked: dict[int, float] = {}  #: Updates for us that are not known to have been kept yet → when made.
        self._posted: set[tuple[int, int]] = set()  #: Every message the bot ever wrote.
        self._unknown: set[tuple[int, int]] = set()  #: Those of them no book has been seen to know.
        self._read_up_to = 0  #: The newest mail whose order was looked at.
        self._order: dict[tuple[int, str], int] = {}
        sandbox.listeners.append(self._note)

    def broken(self) -> Iterator[str]:
        """Every law that does not hold now."""
        now = self._bot.clock()
        values = {"a_while_ago": as_kept(now, -A_WHILE)}
        for sentence, query in LAWS.items():
            rows = self._bot.books.execute(query, values if ":a_while_ago" in query else {}).fetchmany(3)
            if rows:
                yield f"{sentence}: {rows}"
        yield from self._lost_updates()
        yield from self._copies()
        yield from self._mail()
        yield from self._words()
        yield from self._pace()

    def note_kill(self) -> None:
        """A message whose arrival was heard and not marked yet is as uncertain as one whose answer got lost."""
        unmarked = set(self._service.heard_within(MARKED_WITHIN)) - self._known()
        self._service.unheard.update(chat for chat, _ in unmarked)

    def _known(self) -> set[tuple[int, int]]:
        """Every message a book knows, by its chat."""
        return set(
            self._bot.books.execute(
                "SELECT chat_id, message_id FROM outbox WHERE message_id IS NOT NULL"
                " UNION SELECT chat_id, message_id FROM cards WHERE message_id IS NOT NULL"
            )
        )

    def _note(self, event: Event) -> None:
        if event.kind == "update":
            update = self._sandbox.world.bots[BOT_ID].queue[-1].update
            if is_for_us(form_of(msgspec.to_builtins(update)), self._us):
                self._asked[update.update_id] = self._sandbox.clock().timestamp()
                self.updates += 1
        elif event.kind == "message" and event.room is not None and event.kept is not None:
            self._note_message(event.room.id, event.kept)

    def _note_message(self, chat: int, kept: Kept) -> None:
        if kept.author == BOT_ID and not is_service(kept.message):
            self.messages += 1
            self._posted.add((chat, kept.message.message_id))
            self._unknown.add((chat, kept.message.message_id))

    def _lost_updates(self) -> Iterator[str]:
        ready = self._sandbox.clock().timestamp() - HOUR
        old = [number for number, at in self._asked.items() if at < ready]
        for number in old:
            if self._bot.books.execute("SELECT 1 FROM inbox WHERE update_id = ?", (number,)).fetchone() is None:
                yield f"the update {number} was confirmed and is not known"
            del self._asked[number]

    def _copies(self) -> Iterator[str]:
        """A message no mark knows stands for an answer that got lost."""
        self._unknown -= self._known()
        by_chat = Counter(chat for chat, _ in self._unknown)
        self.copies = sum(by_chat.values())
        for chat, copies in by_chat.items():
            if copies > self._service.unheard[chat]:
                yield f"{copies} copies in chat {chat}, where {self._service.unheard[chat]} answers were lost"

    def _mail(self) -> Iterator[str]:
        """What was sent is there, and came in its order."""
        rows = self._bot.books.execute(
            "SELECT id, kind, chat_id, subject, message_id FROM outbox"
            " WHERE id > ? AND state = 'sent' AND message_id IS NOT NULL AND card_id IS NULL ORDER BY id",
            (self._read_up_to,),
        ).fetchall()
        for number, kind, chat, subject, message in rows:
            if (chat, message) not in self._posted:
                yield f"out-{number} {kind} is said to have been sent and is not there"
            if message < self._order.get((chat, subject), 0):
                yield f"out-{number} {kind} came before an earlier one about {subject} in {chat}"
            self._order[chat, subject] = message
            self._read_up_to = number

    def _words(self) -> Iterator[str]:
        """What somebody wrote is in one place: a report's words or its history; a plain person's surely."""
        found: Counter[str] = Counter()
        for table in ("reports", "report_steps"):
            for (words,) in self._bot.books.execute(f"SELECT words FROM {table} WHERE words LIKE '%#%'"):
                found.update(_MARK.findall(words))
        for mark in self._deeds.marks:
            if found[mark] > 1:
                yield f"what {mark} told had its effect {found[mark]} times"
        for mark, (_, at) in self._deeds.told.items():
            if not found[mark] and at < self._sandbox.clock().timestamp() - HOUR:
                yield f"what {mark} told is nowhere"

    def _pace(self) -> Iterator[str]:
        while self._service.refused:
            at, began = self._service.refused.pop()
            if at - began > FORGOTTEN_PACE:
                yield f"too fast at {at:.1f}, {at - began:.0f} s after its start"
