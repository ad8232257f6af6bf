"""New messages written by bots."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.sandbox import rooms
from bot.sandbox.methods import files, texts
from bot.sandbox.methods.addresses import require_no_thread, require_writable
from bot.sandbox.methods.keyboards import read_any
from bot.sandbox.methods.parameters.base import (
    Parameters,
    ReplyParameters,
)
from bot.sandbox.methods.parameters.sends import (
    Captioned,
    Outgoing,
    SendAnimation,
    SendAudio,
    SendContact,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendSticker,
    SendVenue,
    SendVideo,
    SendVideoNote,
    SendVoice,
    Single,
)
from bot.sandbox.methods.reading import Uploads
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import Contact, Location, Message, TextQuote, Venue
from bot.sandbox.state import Sandbox
from bot.sandbox.world import BotAccount, Room

ALBUM_SIZES = range(2, 11)
_ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})
_PLURALS = {"video_note": "video notes", "voice": "voice notes"}
FILE_KINDS: dict[type[Parameters], str] = {
    SendPhoto: "photo",
    SendDocument: "document",
    SendVoice: "voice",
    SendAudio: "audio",
    SendVideo: "video",
    SendVideoNote: "video_note",
    SendAnimation: "animation",
    SendSticker: "sticker",
}


class Letter:
    """A message being written: checked chat, reply and buttons; content still to come."""

    def __init__(self, sandbox: Sandbox, bot: BotAccount, asked: Outgoing, what: str) -> None:
        self.sandbox = sandbox
        self.bot = bot
        self.room = require_writable(sandbox, bot, asked.chat_id, what)
        require_no_thread(asked.message_thread_id)
        self.silent = asked.disable_notification
        markup = asked.reply_markup if isinstance(asked, Single) else None
        inline, self.keyboard = read_any(markup)
        self.message = rooms.draft(sandbox, self.room, bot.user)
        self.message.reply_markup = inline
        self.message.has_protected_content = asked.protect_content or None
        if asked.reply_parameters:
            attach_reply(self.room, self.message, asked.reply_parameters)

    def post(self) -> Message:
        """Send it."""
        return rooms.post(
            self.sandbox, self.room, self.message, self.bot.id, silent=self.silent, keyboard=self.keyboard
        )


def attach_reply(room: Room, message: Message, reply: ReplyParameters) -> None:
    """Make the message a reply. To one that is gone it is refused, unless the bot lets it stand alone."""
    if reply.chat_id is not None and str(reply.chat_id) != str(room.id):
        raise bad_request("replies to messages of other chats are unknown to the sandbox")
    original = room.messages.get(reply.message_id)
    if original is None:
        if not reply.allow_sending_without_reply:
            raise bad_request("message to be replied not found")
        return
    message.reply_to_message = rooms.snapshot(original.message)
    if reply.quote:
        words = original.message.text or original.message.caption or ""
        if reply.quote not in words:
            raise bad_request("QUOTE_TEXT_INVALID")
        position = texts.units(words[: words.index(reply.quote)])
        message.quote = TextQuote(text=reply.quote, position=position, is_manual=True)


def send_text(sandbox: Sandbox, bot: BotAccount, asked: SendMessage, uploads: Uploads) -> Message:
    """sendMessage."""
    letter = Letter(sandbox, bot, asked, "text messages")
    words, entities = texts.message_text(asked.text, asked.parse_mode, asked.entities)
    letter.message.text, letter.message.entities = words, entities
    return letter.post()


def send_file(sandbox: Sandbox, bot: BotAccount, asked: Single, uploads: Uploads) -> Message:
    """sendPhoto, sendDocument, sendVoice, sendAudio, sendVideo, sendVideoNote, sendAnimation, sendSticker."""
    kind = FILE_KINDS[type(asked)]
    letter = Letter(sandbox, bot, asked, _PLURALS.get(kind, f"{kind}s"))
    if isinstance(asked, Captioned):
        words, entities = texts.caption_text(asked.caption, asked.parse_mode, asked.caption_entities)
        letter.message.caption, letter.message.caption_entities = words, entities
    stored = files.resolve(sandbox, kind, getattr(asked, kind), uploads)
    files.attach(letter.message, stored, **msgspec.structs.asdict(asked))
    return letter.post()


def send_location(sandbox: Sandbox, bot: BotAccount, asked: SendLocation, uploads: Uploads) -> Message:
    """sendLocation."""
    letter = Letter(sandbox, bot, asked, "locations")
    letter.message.location = _place(asked.latitude, asked.longitude)
    letter.message.location.horizontal_accuracy = asked.horizontal_accuracy
    letter.message.location.live_period = asked.live_period
    return letter.post()


def send_venue(sandbox: Sandbox, bot: BotAccount, asked: SendVenue, uploads: Uploads) -> Message:
    """sendVenue; the place is also given as a location, as Telegram does."""
    letter = Letter(sandbox, bot, asked, "locations")
    place = _place(asked.latitude, asked.longitude)
    letter.message.location = place
    letter.message.venue = Venue(location=place, title=asked.title, address=asked.address)
    return letter.post()


def send_contact(sandbox: Sandbox, bot: BotAccount, asked: SendContact, uploads: Uploads) -> Message:
    """sendContact."""
    letter = Letter(sandbox, bot, asked, "contacts")
    letter.message.contact = Contact(
        phone_number=asked.phone_number,
        first_name=asked.first_name,
        last_name=asked.last_name,
        vcard=asked.vcard,
    )
    return letter.post()


def send_album(sandbox: Sandbox, bot: BotAccount, asked: SendMediaGroup, uploads: Uploads) -> list[Message]:
    """sendMediaGroup: two to ten files that are checked together before the first is sent."""
    if len(asked.media) not in ALBUM_SIZES:
        raise bad_request("wrong number of items specified: 2-10 expected")
    album_id = str(sandbox.rng.randrange(10**16, 10**17))
    letters = []
    for item in asked.media:
        letter = Letter(sandbox, bot, asked, "media")
        letter.message.media_group_id = album_id
        fill_media(sandbox, letter.message, item, uploads, _ALBUM_KINDS)
        letters.append(letter)
    return [letter.post() for letter in letters]


def fill_media(
    sandbox: Sandbox, message: Message, item: dict[str, Any], uploads: Uploads, kinds: frozenset[str]
) -> None:
    """Put one InputMedia into a message."""
    kind = item.get("type")
    if kind not in kinds or not isinstance(item.get("media"), str):
        raise bad_request("can't parse InputMedia: media not found")
    words, entities = texts.caption_text(item.get("caption") or "", item.get("parse_mode"), None)
    message.caption, message.caption_entities = words, entities
    files.attach(message, files.resolve(sandbox, kind, item["media"], uploads), **item)


def _place(latitude: float, longitude: float) -> Location:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong latitude or longitude specified")
    return Location(latitude=latitude, longitude=longitude)
