"""Which chat a call means, and whether the bot may write there."""

from __future__ import annotations

from bot.sandbox.methods.parameters.base import (
    ChatId,
)
from bot.sandbox.refusals import Refusal, bad_request, forbidden, migrated
from bot.sandbox.state import Sandbox
from bot.sandbox.world import BotAccount, Kept, Room


def require_room(sandbox: Sandbox, bot: BotAccount, chat_id: ChatId) -> Room:
    """The chat a bot names, or the refusal of one it cannot reach."""
    number = _number(sandbox, chat_id)
    if number > 0:
        return _private(sandbox, bot, number)
    room = sandbox.world.groups.get(number)
    if room is None or bot.id not in room.members:
        raise bad_request("chat not found")
    if room.migrated_to is not None:
        raise migrated(room.migrated_to)
    _require_inside(room, bot)
    return room


def find_number(chat_id: ChatId | None) -> int | None:
    """The numeric id in a call that names its chat by number; None for any other."""
    try:
        return None if chat_id is None else int(chat_id)
    except ValueError:
        return None


def _number(sandbox: Sandbox, chat_id: ChatId) -> int:
    number = find_number(chat_id)
    if number is not None:
        return number
    wanted = str(chat_id).removeprefix("@").lower()
    for room in sandbox.world.groups.values():
        if str(chat_id).startswith("@") and (room.username or "").lower() == wanted:
            return room.id
    raise bad_request("chat not found")


def _private(sandbox: Sandbox, bot: BotAccount, user_id: int) -> Room:
    person = sandbox.world.people.get(user_id)
    if user_id in sandbox.world.bots:
        raise forbidden("bots can't send messages to bots")
    if person is None:
        raise bad_request("chat not found")
    if person.deactivated:
        raise forbidden("user is deactivated")
    room = bot.private.get(user_id)
    if room is None:
        raise forbidden("bot can't initiate conversation with a user")
    if not room.member(bot.id).inside:
        raise forbidden("bot was blocked by the user")
    return room


def _require_inside(room: Room, bot: BotAccount) -> None:
    kind = "supergroup" if room.kind == "supergroup" else "group"
    if room.deleted:
        raise forbidden("the group chat was deleted")
    status = room.member(bot.id).status
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")


def require_writable(sandbox: Sandbox, bot: BotAccount, chat_id: ChatId, what: str) -> Room:
    """The chat a bot wants to write to; 400 when it has been muted there. `what` is plural: "photos"."""
    room = require_room(sandbox, bot, chat_id)
    if is_muted(room, bot.id):
        raise bad_request(f"not enough rights to send {what} to the chat")
    return room


def is_muted(room: Room, user_id: int) -> bool:
    """Whether somebody inside may read and not write."""
    member = room.member(user_id)
    return member.status == "restricted" or (room.muted and not member.leads)


def require_kept(room: Room, message_id: int | None, purpose: str) -> Kept:
    """The message with this number; `purpose` is what it was wanted for: "message to edit"."""
    kept = room.messages.get(message_id or 0)
    if kept is None:
        raise bad_request(f"{purpose} not found")
    return kept


def require_no_thread(thread_id: int | None) -> None:
    """The sandbox has no topics, so every thread is unknown."""
    if thread_id:
        raise bad_request("message thread not found")


def lacking(what: str) -> Refusal:
    """The bot is in the chat without the right for this."""
    return bad_request(f"not enough rights to {what}")
