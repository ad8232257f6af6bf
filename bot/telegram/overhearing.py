"""Talk in a group is read and forgotten: what may be kept of it holds no words and no name.

A bot sees all messages of a group only as its administrator, or with its privacy mode switched off.
"""

from __future__ import annotations

import json

from msgspec import UNSET

from bot.telegram.form import Update, loosely
from models.rules import triage
from models.rules.talk import looks_like_report
from models.rules.triage import Urgency

#: The field of an update that stands for a message whose words were not kept.
TRACE = "overheard"
#: What says where a message stands and whose it is, and nothing of what it says.
_WORDLESS = ("message_id", "chat", "date", "from")


def is_talk(update: Update) -> bool:
    """Whether it is something a person wrote in a group, neither forwarded nor in the name of a channel."""
    message = update.message
    if message is UNSET or message.chat.type not in ("group", "supergroup"):
        return False
    is_own = not message.sender_chat and message.forward_origin is UNSET
    return is_own and message.sender is not UNSET and not message.sender.is_bot and bool(message.words)


def trace(number: int, update: Update) -> str | None:
    """What may be stored of talk that looks like a report: where it stands and whose it is; None for other talk."""
    message = update.message
    if message is UNSET or message.sender is UNSET:
        return None
    proposed = triage.read(message.words)
    if not looks_like_report(proposed):
        return None
    kept = {
        "message_id": message.message_id,
        "chat": {"id": message.chat.id, "type": message.chat.type},
        "from": {"id": message.sender.id},
        "is_urgent": proposed.urgency is Urgency.P1,
    }
    return json.dumps({"update_id": number, TRACE: kept})


def without_others_words(came: bytes, update: Update) -> bytes:
    """A press as it may be stored: the message it stands under goes along only for whoever wrote that message."""
    press = update.callback_query
    if press is UNSET or press.message is UNSET or press.message.reply_to_message is UNSET:
        return came
    if press.message.replied_to == press.sender.id:
        return came
    kept = loosely(came)
    message = kept["callback_query"]["message"]
    replied = message["reply_to_message"]
    message["reply_to_message"] = {name: replied[name] for name in _WORDLESS if name in replied}
    return json.dumps(kept).encode()
