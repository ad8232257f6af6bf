"""How the sandbox says no: Telegram's codes and Telegram's words."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A call answered with `ok: false`; nothing has changed."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(words: str) -> Refusal:
    """The call itself is wrong."""
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    """The bot may not do this in that chat."""
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    """Two programs use one token, or a webhook is in the way of polling."""
    return Refusal(409, f"Conflict: {words}")


def unauthorized() -> Refusal:
    """No bot has this token."""
    return Refusal(401, "Unauthorized")


def not_found() -> Refusal:
    """No such method, or a token no bot could have."""
    return Refusal(404, "Not Found")


def too_many(retry_after: int) -> Refusal:
    """The bot has gone past a limit and may try again after that many seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def migrated(new_id: int) -> Refusal:
    """The group lives on under another id."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, words, {"migrate_to_chat_id": new_id})


class CannotDo(Exception):
    """A person cannot do this; the sentence says why and what they could do instead."""
