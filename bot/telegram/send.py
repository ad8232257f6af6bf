"""One call to the service for one envelope, and what its answer means."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import MessageLimit

from bot.catalogue import Catalogues
from bot.telegram import menu
from bot.telegram.envelope import Enclosed, Envelope
from bot.telegram.failures import Failure, from_error
from bot.telegram.render import Button, Message, Reader, render
from models.notices import CardPinned, CopyRetired, MenuOffered, MessageRemoved, Passed, RightsAsked
from models.notices.directives import OrderPassed
from models.rules.policy import Policy
from models.rules.words import shorten


@dataclass(frozen=True, slots=True)
class Arrived:
    """The service has it."""

    message_id: int | None = None  #: None for calls that make no message, such as a pin.
    rights: dict[str, Any] | None = None  #: What a question about our own rights was answered.


Outcome = Arrived | Failure


class Sender:
    """Renders and sends through python-telegram-bot; never raises for what the service or the way may say."""

    def __init__(self, bot: telegram.Bot, catalogues: Catalogues, policy: Policy) -> None:
        self._bot = bot
        self._catalogues = catalogues
        self._policy = policy
        self._special: dict[type, Callable[[Envelope], Awaitable[Arrived]]] = {
            Passed: self._pass_on,
            OrderPassed: self._pass_on,
            MessageRemoved: self._remove,
            CopyRetired: self._retire,
            CardPinned: self._pin,
            RightsAsked: self._ask_rights,
            MenuOffered: self._offer_menu,
        }

    async def send(self, envelope: Envelope) -> Outcome:
        """Send, edit, pin or delete, as the notice wants; one call to the service."""
        deliver = self._special.get(type(envelope.notice), self._say)
        try:
            return await deliver(envelope)
        except telegram.error.TelegramError as error:
            return from_error(error)

    async def _say(self, envelope: Envelope) -> Arrived:
        message = render(envelope.notice, self._reader(envelope.language))
        if envelope.enclosed is not None:
            return await self._hand_over(envelope, envelope.enclosed, message)
        text = shorten(message.text, MessageLimit.MAX_TEXT_LENGTH)
        if envelope.card_message_id is not None:
            await self._bot.edit_message_text(
                text,
                chat_id=envelope.chat_id,
                message_id=envelope.card_message_id,
                reply_markup=_keyboard(message),
                link_preview_options=_NO_PREVIEW,
            )
            return Arrived(envelope.card_message_id)
        sent = await self._bot.send_message(
            envelope.chat_id,
            text,
            reply_markup=_keyboard(message),
            link_preview_options=_NO_PREVIEW,
            protect_content=envelope.notice.protected,
            disable_notification=envelope.silent,
            reply_parameters=_reply(envelope),
        )
        return Arrived(sent.message_id)

    async def _hand_over(self, envelope: Envelope, file: Enclosed, message: Message) -> Arrived:
        sent = await self._bot.send_document(
            envelope.chat_id,
            file.content,
            filename=file.name,
            caption=shorten(message.text, MessageLimit.CAPTION_LENGTH),
            reply_markup=_keyboard(message),
            protect_content=envelope.notice.protected,
            disable_notification=envelope.silent,
            reply_parameters=_reply(envelope),
        )
        return Arrived(sent.message_id)

    async def _pass_on(self, envelope: Envelope) -> Arrived:
        passed = envelope.notice
        assert isinstance(passed, Passed)
        common: dict[str, Any] = {
            "protect_content": passed.protected,
            "disable_notification": envelope.silent,
            "reply_parameters": _reply(envelope),
        }
        if passed.media == "location":
            assert passed.latitude is not None
            assert passed.longitude is not None
            sent = await self._bot.send_location(envelope.chat_id, passed.latitude, passed.longitude, **common)
            return Arrived(sent.message_id)
        send_by_media: dict[str, Callable[..., Awaitable[telegram.Message]]] = {
            "photo": self._bot.send_photo,
            "voice": self._bot.send_voice,
            "video": self._bot.send_video,
            "document": self._bot.send_document,
        }
        send = send_by_media[passed.media]
        sent = await send(envelope.chat_id, passed.file_id, caption=passed.about or None, **common)
        return Arrived(sent.message_id)

    async def _remove(self, envelope: Envelope) -> Arrived:
        assert isinstance(envelope.notice, MessageRemoved)
        await self._bot.delete_message(envelope.chat_id, envelope.notice.message_id)
        return Arrived()

    async def _retire(self, envelope: Envelope) -> Arrived:
        assert isinstance(envelope.notice, CopyRetired)
        await self._bot.edit_message_reply_markup(envelope.chat_id, envelope.notice.message_id, reply_markup=None)
        return Arrived()

    async def _pin(self, envelope: Envelope) -> Arrived:
        assert isinstance(envelope.notice, CardPinned)
        await self._bot.pin_chat_message(envelope.chat_id, envelope.notice.message_id, disable_notification=True)
        return Arrived()

    async def _ask_rights(self, envelope: Envelope) -> Arrived:
        member = await self._bot.get_chat_member(envelope.chat_id, self._bot.id)
        return Arrived(rights=member.to_dict())

    async def _offer_menu(self, envelope: Envelope) -> Arrived:
        assert isinstance(envelope.notice, MenuOffered)
        for each in menu.offered(envelope.notice, envelope.chat_id, self._catalogues, self._policy.language):
            await offer(self._bot, each)
        return Arrived()

    def _reader(self, language: str) -> Reader:
        say = self._catalogues.in_language(language or self._policy.language)
        return Reader(say, self._policy.timezone, self._bot.username)


async def offer(bot: telegram.Bot, offered: menu.Menu) -> None:
    """Register one menu with the service."""
    scope = telegram.BotCommandScope.de_json(offered.scope, bot)
    await bot.set_my_commands(offered.commands, scope=scope, language_code=offered.language_code or None)


_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def _reply(envelope: Envelope) -> ReplyParameters | None:
    if envelope.reply_to_message_id is None:
        return None
    return ReplyParameters(envelope.reply_to_message_id, allow_sending_without_reply=True)


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    if not message.rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in message.rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.data)
