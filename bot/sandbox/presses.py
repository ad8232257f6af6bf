"""Taps on inline buttons, from the finger to the toast."""

from __future__ import annotations

from bot.sandbox import updates
from bot.sandbox.methods import texts
from bot.sandbox.methods.parameters.connection import (
    AnswerCallbackQuery,
)
from bot.sandbox.methods.reading import Uploads
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import CallbackQuery, InlineKeyboardButton
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import BotAccount, Kept, Person, Press, Room

#: Seconds in which a press can be answered.
ANSWERABLE = 150
#: How many presses are remembered; the oldest are forgotten first.
PRESSES_KEPT = 5_000
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def press(sandbox: Sandbox, room: Room, kept: Kept, person: Person, button: InlineKeyboardButton) -> Press:
    """Tell the message's bot of a tap by this person."""
    press = Press(
        id=str(sandbox.rng.randrange(10**17, 10**18)),
        bot_id=kept.author,
        user_id=person.id,
        at=sandbox.now(),
        data=button.callback_data or "",
    )
    sandbox.world.presses[press.id] = press
    if len(sandbox.world.presses) > PRESSES_KEPT:
        del sandbox.world.presses[next(iter(sandbox.world.presses))]
    query = CallbackQuery(
        id=press.id,
        sender=person.user,
        chat_instance=str(room.id * 7919),
        message=kept.message,
        data=button.callback_data,
    )
    updates.queue(sandbox, sandbox.world.bots[kept.author], room.id, callback_query=query)
    sandbox.tell(Event("press", bot_id=kept.author, room=room, kept=kept, about=press.id))
    return press


def answer(sandbox: Sandbox, bot: BotAccount, asked: AnswerCallbackQuery, uploads: Uploads) -> bool:
    """answerCallbackQuery."""
    press = sandbox.world.presses.get(asked.callback_query_id)
    if press is None or press.bot_id != bot.id or sandbox.now() - press.at > ANSWERABLE:
        raise bad_request(_TOO_OLD)
    if texts.units(asked.text) > texts.TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered = True
    press.toast, press.alert, press.url = asked.text, asked.show_alert, asked.url
    sandbox.tell(Event("toast", bot_id=bot.id, about=press.id))
    return True
