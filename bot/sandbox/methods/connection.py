"""How a bot and the server find each other: who am I, webhooks, updates."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.sandbox import updates
from bot.sandbox.methods import files
from bot.sandbox.methods.parameters.connection import (
    Close,
    DeleteWebhook,
    GetFile,
    GetMe,
    GetUpdates,
    GetWebhookInfo,
    LogOut,
    SetWebhook,
)
from bot.sandbox.methods.reading import Uploads
from bot.sandbox.refusals import bad_request, conflict
from bot.sandbox.shapes import File, Me, Update, WebhookInfo
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import BotAccount, Webhook

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def get_me(sandbox: Sandbox, bot: BotAccount, asked: GetMe, uploads: Uploads) -> Me:
    """getMe."""
    return Me(
        id=bot.id,
        is_bot=True,
        first_name=bot.about.get("name", bot.user.first_name),
        username=bot.user.username,
        can_join_groups=True,
        can_read_all_group_messages=bot.reads_all,
        supports_inline_queries=False,
        can_connect_to_business=False,
        has_main_web_app=False,
    )


def get_updates(sandbox: Sandbox, bot: BotAccount, asked: GetUpdates, uploads: Uploads) -> list[Update]:
    """getUpdates, as far as it goes without waiting; the door waits."""
    if bot.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    updates.allow(bot, asked.allowed_updates)
    if asked.offset:
        updates.confirm(bot, asked.offset)
    limit = asked.limit if 1 <= asked.limit <= 100 else 100
    return updates.hand_out(sandbox, bot, limit)


def set_webhook(sandbox: Sandbox, bot: BotAccount, asked: SetWebhook, uploads: Uploads) -> bool:
    """setWebhook. Telegram asks for HTTPS everywhere; here plain HTTP to this machine is let through."""
    parts = urlsplit(asked.url)
    if not parts.hostname:
        raise bad_request("bad webhook: URL host is empty")
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not _SECRET.fullmatch(asked.secret_token):
        raise bad_request("secret token contains unallowed characters")
    updates.allow(bot, asked.allowed_updates)
    _drop(bot, asked.drop_pending_updates)
    connections = min(100, max(1, asked.max_connections))
    bot.webhook = Webhook(url=asked.url, secret_token=asked.secret_token, max_connections=connections)
    sandbox.tell(Event("webhook", bot_id=bot.id))
    return True


def delete_webhook(sandbox: Sandbox, bot: BotAccount, asked: DeleteWebhook, uploads: Uploads) -> bool:
    """deleteWebhook."""
    _drop(bot, asked.drop_pending_updates)
    bot.webhook = None
    return True


def _drop(bot: BotAccount, wanted: bool) -> None:
    if wanted:
        bot.queue.clear()


def get_webhook_info(sandbox: Sandbox, bot: BotAccount, asked: GetWebhookInfo, uploads: Uploads) -> WebhookInfo:
    """getWebhookInfo."""
    hook = bot.webhook
    return WebhookInfo(
        url=hook.url if hook else "",
        has_custom_certificate=False,
        pending_update_count=len(bot.queue),
        last_error_date=(hook.last_error_at or None) if hook else None,
        last_error_message=(hook.last_error or None) if hook else None,
        max_connections=hook.max_connections if hook else None,
        allowed_updates=bot.allowed_updates or None,
    )


def leave_server(sandbox: Sandbox, bot: BotAccount, asked: LogOut | Close, uploads: Uploads) -> bool:
    """logOut and close: there is no other server to move to, so nothing changes."""
    return True


def get_file(sandbox: Sandbox, bot: BotAccount, asked: GetFile, uploads: Uploads) -> File:
    """getFile."""
    return files.describe(sandbox, asked.file_id)
