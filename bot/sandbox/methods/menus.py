"""Command menus and the words a bot shows about itself."""

from __future__ import annotations

import re

from bot.sandbox.methods.addresses import require_room
from bot.sandbox.methods.parameters.connection import (
    DeleteMyCommands,
    GetMyCommands,
    MyCommands,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
)
from bot.sandbox.methods.reading import Uploads
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import BotCommand
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import BotAccount, Person, Room

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_IN_CHAT = frozenset({"chat", "chat_administrators", "chat_member"})
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def set_commands(sandbox: Sandbox, bot: BotAccount, asked: SetMyCommands, uploads: Uploads) -> bool:
    """setMyCommands."""
    if len(asked.commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in asked.commands:
        if not _COMMAND.fullmatch(command.command.removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.commands[_key(sandbox, bot, asked)] = [
        BotCommand(command=command.command.removeprefix("/"), description=command.description)
        for command in asked.commands
    ]
    sandbox.tell(Event("menu", bot_id=bot.id))
    return True


def delete_commands(sandbox: Sandbox, bot: BotAccount, asked: DeleteMyCommands, uploads: Uploads) -> bool:
    """deleteMyCommands."""
    bot.commands.pop(_key(sandbox, bot, asked), None)
    sandbox.tell(Event("menu", bot_id=bot.id))
    return True


def get_commands(sandbox: Sandbox, bot: BotAccount, asked: GetMyCommands, uploads: Uploads) -> list[BotCommand]:
    """getMyCommands: exactly what was set for this scope and language."""
    return bot.commands.get(_key(sandbox, bot, asked), [])


def shown(bot: BotAccount, room: Room, person: Person) -> list[BotCommand]:
    """The menu this person sees here: the narrowest scope that has one, first in their own language."""
    language = person.user.language_code or ""
    for scope in _scopes(room, person):
        for key in (f"{scope}|{language}", f"{scope}|"):
            if bot.commands.get(key):
                return bot.commands[key]
    return []


def _scopes(room: Room, person: Person) -> list[str]:
    """The scopes that apply, narrowest first (Bot API, "Determining list of commands")."""
    if room.kind == "private":
        return [f"chat {room.id}", "all_private_chats", "default"]
    scopes = [f"chat_member {room.id} {person.id}"]
    leads = room.member(person.id).leads
    if leads:
        scopes.append(f"chat_administrators {room.id}")
    scopes.append(f"chat {room.id}")
    if leads:
        scopes.append("all_chat_administrators")
    return [*scopes, "all_group_chats", "default"]


def _key(sandbox: Sandbox, bot: BotAccount, asked: MyCommands) -> str:
    scope = asked.scope or {"type": "default"}
    kind = scope.get("type")
    if kind in _WIDE:
        return f"{kind}|{asked.language_code}"
    if kind not in _IN_CHAT or "chat_id" not in scope:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    words = [kind, str(require_room(sandbox, bot, scope["chat_id"]).id)]
    if kind == "chat_member":
        words.append(str(scope.get("user_id")))
    return f"{' '.join(words)}|{asked.language_code}"


def set_about(
    sandbox: Sandbox,
    bot: BotAccount,
    asked: SetMyName | SetMyDescription | SetMyShortDescription,
    uploads: Uploads,
) -> bool:
    """setMyName, setMyDescription and setMyShortDescription; an empty one goes back to the first."""
    kind = next(name for name in asked.__struct_fields__ if name in _LENGTHS)
    words = getattr(asked, kind)
    if len(words) > _LENGTHS[kind]:
        raise bad_request(f"{kind.upper()}_TOO_LONG")
    key = kind + (f"|{asked.language_code}" if asked.language_code else "")
    bot.about.pop(key, None)
    if words:
        bot.about[key] = words
    return True


def set_button(sandbox: Sandbox, bot: BotAccount, asked: SetChatMenuButton, uploads: Uploads) -> bool:
    """setChatMenuButton: checked and accepted; the page always shows the commands."""
    kind = (asked.menu_button or {"type": "default"}).get("type")
    if kind not in ("default", "commands", "web_app"):
        raise bad_request("can't parse MenuButton: unsupported type specified")
    if asked.chat_id is not None:
        require_room(sandbox, bot, asked.chat_id)
    return True
