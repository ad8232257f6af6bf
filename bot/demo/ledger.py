"""What the bot believes it sent, held against what is really in the chats."""

from __future__ import annotations

import msgspec

from bot.demo.books import Books
from bot.sandbox import Sandbox, is_service
from models.records import MailState


class Ledger(msgspec.Struct, frozen=True):
    """Messages of the bot's, counted."""

    sent: int = 0  #: In the chats.
    lost: int = 0  #: Believed to have arrived, or given up as wrong, and in no chat.
    twice: int = 0  #: In a chat, and unknown to the bot: the copy of one whose answer never reached it.


def compare(sandbox: Sandbox, books: Books) -> Ledger:
    """Count what arrived, what did not, and what arrived once too often; what is under way is neither."""
    there = set(_in_the_chats(sandbox))
    known = {(_newest(sandbox, chat), number) for chat, number in books.sent}
    ever = {(chat, number) for chat, number in known if number <= _last_number(sandbox, chat)}
    under_way = books.outbox.get(MailState.LEASED, 0)
    return Ledger(
        sent=len(there),
        lost=len(known - ever) + books.outbox.get(MailState.PARKED, 0),
        twice=max(0, len(there - known) - under_way),
    )


def _in_the_chats(sandbox: Sandbox) -> set[tuple[int, int]]:
    """Every message a bot has written, by the chat it would be known under today."""
    private = [room for bot in sandbox.world.bots.values() for room in bot.private.values()]
    return {
        (room.migrated_to or room.id, number)
        for room in (*private, *sandbox.world.groups.values())
        for number, kept in room.messages.items()
        if kept.author in sandbox.world.bots and not is_service(kept.message)
    }


def _newest(sandbox: Sandbox, chat: int) -> int:
    """The id under which a chat lives on."""
    room = sandbox.world.groups.get(chat)
    return room.migrated_to or chat if room else chat


def _last_number(sandbox: Sandbox, chat: int) -> int:
    """The highest number a message of this chat ever had, also while it was a basic group."""
    rooms = [bot.private[chat] for bot in sandbox.world.bots.values() if chat in bot.private]
    if chat in sandbox.world.groups:
        room = sandbox.world.groups[chat]
        rooms += [room, sandbox.world.groups.get(room.migrated_from or 0, room)]
    return max((room.last_message_id for room in rooms), default=0)
