"""A bot's queue of updates: kept until confirmed, a day at most."""

from __future__ import annotations

from typing import Any

from bot.sandbox.shapes import Update
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import BotAccount, Queued

DAY = 24 * 3600
#: What Telegram sends to a bot that has never said what it wants.
ONLY_WHEN_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "message_reaction",
        "message_reaction_count",
    ]
)


def wants(bot: BotAccount, kind: str) -> bool:
    """Whether the bot has asked for this kind of update."""
    if bot.allowed_updates:
        return kind in bot.allowed_updates
    return kind not in ONLY_WHEN_NAMED


def queue(sandbox: Sandbox, bot: BotAccount, chat_id: int, **payload: Any) -> None:
    """Put one update in the bot's queue, unless it does not want this kind."""
    kind = next(iter(payload))
    if not wants(bot, kind):
        return
    update = Update(update_id=bot.next_update_id, **payload)
    bot.next_update_id += 1
    bot.queue.append(Queued(update=update, at=sandbox.now(), chat_id=chat_id))
    sandbox.tell(Event("update", bot_id=bot.id))


def allow(bot: BotAccount, kinds: list[str] | None) -> None:
    """Remember which updates the bot wants; None keeps the earlier wish, unknown kinds are passed over."""
    if kinds is not None:
        bot.allowed_updates = [kind for kind in kinds if kind in KINDS]


def confirm(bot: BotAccount, offset: int) -> None:
    """Forget every update before `offset`; a negative one keeps that many of the newest."""
    if offset < 0:
        del bot.queue[:offset]
        return
    done = 0
    while done < len(bot.queue) and bot.queue[done].update.update_id < offset:
        done += 1
    del bot.queue[:done]


def pending(sandbox: Sandbox, bot: BotAccount, limit: int = 100) -> list[Queued]:
    """The oldest unconfirmed updates, after dropping those older than a day."""
    too_old = sandbox.now() - DAY
    while bot.queue and bot.queue[0].at < too_old:
        del bot.queue[0]
    return bot.queue[:limit]


def hand_out(sandbox: Sandbox, bot: BotAccount, limit: int) -> list[Update]:
    """What getUpdates answers now, with the doubling and shuffling that was asked for."""
    faults = sandbox.faults
    updates = [queued.update for queued in pending(sandbox, bot, limit)]
    doubled = updates[: faults.duplicate_updates]
    faults.duplicate_updates -= len(doubled)
    batch = (updates + doubled)[:limit] if doubled else updates
    if faults.reorder_updates > 0 and len(batch) > 1:
        faults.reorder_updates -= 1
        sandbox.rng.shuffle(batch)
    return batch
