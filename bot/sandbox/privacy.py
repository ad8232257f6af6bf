"""Privacy mode: which group messages a bot gets to see."""

from __future__ import annotations

from bot.sandbox.shapes import Message
from bot.sandbox.world import BotAccount, Room


def is_service(message: Message) -> bool:
    """Whether Telegram wrote the message to tell of a change in the chat."""
    return bool(
        message.new_chat_members
        or message.left_chat_member
        or message.new_chat_title
        or message.group_chat_created
        or message.supergroup_chat_created
        or message.migrate_to_chat_id
        or message.migrate_from_chat_id
        or message.pinned_message
    )


def sees(room: Room, bot: BotAccount, message: Message) -> bool:
    """Whether the message reaches the bot: all in private or as administrator, else what is meant for it."""
    if room.kind == "private" or bot.reads_all or room.member(bot.id).leads:
        return True
    return is_service(message) or _replies_to(bot, message) or _commands(bot, message)


def _replies_to(bot: BotAccount, message: Message) -> bool:
    original = message.reply_to_message
    return original is not None and original.sender is not None and original.sender.id == bot.id


def _commands(bot: BotAccount, message: Message) -> bool:
    words = message.text or message.caption or ""
    if not words.startswith("/"):
        return False
    _, named, username = words.split()[0].partition("@")
    return not named or username.lower() == (bot.user.username or "").lower()
