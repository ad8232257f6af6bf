"""The Bot API: one call in, one answer out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from bot.sandbox import presses
from bot.sandbox.methods import chats, connection, copying, editing, menus, sending
from bot.sandbox.methods.addresses import find_number
from bot.sandbox.methods.parameters.base import (
    Parameters,
)
from bot.sandbox.methods.parameters.sends import (
    CopyMessages,
    ForwardMessages,
    SendMediaGroup,
)
from bot.sandbox.methods.reading import Uploads, read
from bot.sandbox.methods.table import METHODS, Method
from bot.sandbox.refusals import Refusal, not_found
from bot.sandbox.state import LoggedCall, Sandbox
from bot.sandbox.world import BotAccount

ANSWERS: dict[str, Callable[..., Any]] = {
    "getMe": connection.get_me,
    "getUpdates": connection.get_updates,
    "setWebhook": connection.set_webhook,
    "deleteWebhook": connection.delete_webhook,
    "getWebhookInfo": connection.get_webhook_info,
    "logOut": connection.leave_server,
    "close": connection.leave_server,
    "getFile": connection.get_file,
    "sendMessage": sending.send_text,
    "sendPhoto": sending.send_file,
    "sendDocument": sending.send_file,
    "sendVoice": sending.send_file,
    "sendAudio": sending.send_file,
    "sendVideo": sending.send_file,
    "sendVideoNote": sending.send_file,
    "sendAnimation": sending.send_file,
    "sendSticker": sending.send_file,
    "sendLocation": sending.send_location,
    "sendVenue": sending.send_venue,
    "sendContact": sending.send_contact,
    "sendMediaGroup": sending.send_album,
    "sendChatAction": chats.send_action,
    "copyMessage": copying.copy,
    "copyMessages": copying.copy_many,
    "forwardMessage": copying.forward,
    "forwardMessages": copying.forward_many,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_buttons,
    "editMessageMedia": editing.edit_media,
    "deleteMessage": editing.delete,
    "deleteMessages": editing.delete_many,
    "pinChatMessage": editing.pin,
    "unpinChatMessage": editing.unpin,
    "unpinAllChatMessages": editing.unpin_all,
    "answerCallbackQuery": presses.answer,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_member,
    "getChatAdministrators": chats.get_administrators,
    "getChatMemberCount": chats.get_member_count,
    "leaveChat": chats.leave,
    "banChatMember": chats.ban,
    "unbanChatMember": chats.unban,
    "exportChatInviteLink": chats.export_link,
    "createChatInviteLink": chats.create_link,
    "setMessageReaction": chats.react,
    "setMyCommands": menus.set_commands,
    "deleteMyCommands": menus.delete_commands,
    "getMyCommands": menus.get_commands,
    "setMyName": menus.set_about,
    "setMyDescription": menus.set_about,
    "setMyShortDescription": menus.set_about,
    "setChatMenuButton": menus.set_button,
}


class Answer(NamedTuple):
    """What goes back over HTTP, and the typed result for whoever is inside."""

    status: int
    body: bytes
    result: Any = None


class _Good(msgspec.Struct):
    result: Any
    ok: bool = True


class _Bad(msgspec.Struct, omit_defaults=True):
    ok: bool
    error_code: int
    description: str
    parameters: dict[str, Any] | None = None


_encoder = msgspec.json.Encoder()


def find_method(name: str) -> Method:
    """The table's row for a method, however its name is written; 404 when there is none."""
    method = METHODS.get(name.lower())
    if method is None:
        raise not_found()
    return method


def answer(sandbox: Sandbox, bot: BotAccount, method: Method, raw: dict[str, Any], uploads: Uploads) -> Answer:
    """Do what a call asks, whole or not at all, and log it."""
    files = len(sandbox.world.files)
    try:
        asked = read(method, raw)
        if method.paced:
            sandbox.pace.admit(bot.id, find_number(raw.get("chat_id")), _cost(asked))
        result = ANSWERS[method.name](sandbox, bot, asked, uploads)
    except Refusal as refusal:
        sandbox.forget_files_after(files)
        return refuse(sandbox, bot, method.name, raw, refusal)
    _log(sandbox, bot, method.name, raw, result=result)
    return Answer(200, _encoder.encode(_Good(result)), result)


def refuse(
    sandbox: Sandbox,
    bot: BotAccount,
    method: str,
    raw: dict[str, Any],
    refusal: Refusal,
    trouble: str = "",
) -> Answer:
    """Log a refusal and put it into Telegram's form."""
    _log(sandbox, bot, method, raw, refusal=refusal, trouble=trouble)
    return refused(refusal)


def refused(refusal: Refusal) -> Answer:
    """A refusal in Telegram's form."""
    body = _Bad(False, refusal.code, refusal.description, refusal.parameters)
    return Answer(refusal.code, _encoder.encode(body))


def _cost(asked: Parameters) -> int:
    """How many messages a call writes."""
    if isinstance(asked, SendMediaGroup):
        return max(1, len(asked.media))
    if isinstance(asked, CopyMessages | ForwardMessages):
        return max(1, len(asked.message_ids))
    return 1


def _log(
    sandbox: Sandbox,
    bot: BotAccount,
    method: str,
    raw: dict[str, Any],
    *,
    result: Any = None,
    refusal: Refusal | None = None,
    trouble: str = "",
) -> None:
    if method == "getUpdates" and result == []:
        return
    status = refusal.code if refusal else 200
    sandbox.counters[method] += 1
    sandbox.counters[f"answered {status}"] += 1
    sandbox.calls.append(
        LoggedCall(
            number=next(sandbox.call_numbers),
            at=sandbox.clock().timestamp(),
            bot_id=bot.id,
            method=method,
            parameters=raw,
            status=status,
            description=refusal.description if refusal else "",
            trouble=trouble,
            result=result,
        )
    )
