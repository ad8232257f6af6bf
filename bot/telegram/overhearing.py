"""Talk in a group is read and forgotten: what may be kept of it holds no words and no name.

A bot sees all messages of a group only as its administrator, or with its privacy mode switched off.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.rules import triage
from models.rules.talk import looks_like_report
from models.rules.triage import Urgency

Raw = Mapping[str, Any]

#: The field of an update that stands for a message whose words were not kept.
TRACE = "overheard"


def is_talk(update: Raw) -> bool:
    """Whether it is something a person wrote in a group, neither forwarded nor in the name of a channel."""
    message = update.get("message")
    if message is None or message["chat"]["type"] not in ("group", "supergroup"):
        return False
    is_own = not (message.get("sender_chat") or "forward_origin" in message or message.get("from", {}).get("is_bot"))
    return is_own and "from" in message and bool(_words(message))


def trace(update: Raw) -> dict[str, Any] | None:
    """What may be stored of talk that looks like a report: where it stands and whose it is; None for other talk."""
    message = update["message"]
    proposed = triage.read(_words(message))
    if not looks_like_report(proposed):
        return None
    kept = {
        "message_id": message["message_id"],
        "chat": {"id": message["chat"]["id"], "type": message["chat"]["type"]},
        "from": {"id": message["from"]["id"]},
        "is_urgent": proposed.urgency is Urgency.P1,
    }
    return {"update_id": update["update_id"], TRACE: kept}


def without_others_words(update: Raw) -> Raw:
    """A press as it may be stored: the message it stands under goes along only for whoever wrote that message."""
    query = update.get("callback_query")
    replied = ((query or {}).get("message") or {}).get("reply_to_message")
    if query is None or replied is None or replied.get("from", {}).get("id") == query["from"]["id"]:
        return update
    bare = {name: replied[name] for name in ("message_id", "chat", "date", "from") if name in replied}
    message = {**query["message"], "reply_to_message": bare}
    return {**update, "callback_query": {**query, "message": message}}


def _words(message: Raw) -> str:
    return str(message.get("text") or message.get("caption") or "")
