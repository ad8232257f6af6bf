"""What people do with their thumbs: everything a member of a chat can do in Telegram, as plain calls.

Chats are named as on the person's own screen: a private chat by the bot's id, a group by its own. What a
person cannot do raises `CannotDo` with a sentence that says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import msgspec

from bot.sandbox import presses, rooms
from bot.sandbox.methods import files, texts
from bot.sandbox.methods.addresses import is_muted
from bot.sandbox.methods.reading import Upload
from bot.sandbox.people import views
from bot.sandbox.people.groups import GroupHands
from bot.sandbox.people.views import Seen
from bot.sandbox.refusals import CannotDo, Refusal
from bot.sandbox.shapes import Contact, InlineKeyboardButton, Location, Message
from bot.sandbox.world import BotAccount, Kept, Member, Room

#: A picture of one point, for a photo whose content does not matter.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf500f0003860180347d6bde0000000049454e44ae426082"
)
#: Where a location lies when nobody says otherwise: the town of Tam Đường.
TOWN = (22.3417, 103.5989)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Hands(GroupHands):
    """The thumbs of all people, and (inherited) their eyes and their doings in groups."""

    def start(self, user: int, bot: int, payload: str | None = None) -> int:
        """Press Start in the private chat with a bot, Restart if it is blocked; answers the message's id."""
        room = self.find_room(user, bot)
        if room is not None and not room.member(bot).inside:
            self.unblock(user, bot)
        return self.say(user, bot, f"/start {payload}" if payload else "/start")

    def open_link(self, user: int, url: str, chat: int | None = None) -> int:
        """Follow a t.me link to a bot: `?start=…` in private, `?startgroup=…` into the group `chat`."""
        parts = urlsplit(url if "://" in url else f"https://{url}")
        bot = self.sandbox.find_bot(parts.path.strip("/"))
        if parts.hostname != "t.me" or bot is None:
            raise CannotDo(f"{url} leads to no bot here.")
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        if "startgroup" not in query:
            return self.start(user, bot.id, _payload(query.get("start", "")))
        if chat is None:
            raise CannotDo("This link adds a bot to a group; say which one with chat=….")
        return self._start_group(user, bot, chat, query)

    def _start_group(self, user: int, bot: BotAccount, chat: int, query: dict[str, str]) -> int:
        payload = _payload(query["startgroup"])
        room = self._group(user, chat)
        if not room.member(bot.id).inside:
            rights = [f"can_{right}" for right in query.get("admin", "").split()]
            self.add_bot(user, chat, bot.id, rights=rights or None)
        command = f"/start@{bot.user.username}"
        return self.say(user, chat, f"{command} {payload}" if payload else command)

    def say(self, user: int, chat: int, text: str, reply_to: Seen | int | None = None) -> int:
        """Write words in a chat; answers the message's id."""
        room, message = self._draft(user, chat, reply_to)
        try:
            message.text, message.entities = texts.message_text(text, None, None)
        except Refusal as refusal:
            raise CannotDo(f"Telegram does not send this: {refusal.description}.") from refusal
        return self._post(room, message, user)

    def send_photo(
        self,
        user: int,
        chat: int,
        photo: bytes = DOT,
        caption: str = "",
        reply_to: Seen | int | None = None,
    ) -> int:
        """Send a picture; answers the message's id."""
        upload = Upload("photo.jpg", "image/jpeg", photo)
        return self._send_file(user, chat, "photo", upload, caption, reply_to)

    def send_album(self, user: int, chat: int, photos: Sequence[bytes], caption: str = "") -> list[int]:
        """Send several pictures as one album, the words under the first; answers the messages' ids."""
        album = str(self.sandbox.rng.randrange(10**16, 10**17))
        words = [caption, *[""] * len(photos)]
        return [
            self._send_file(user, chat, "photo", Upload("photo.jpg", "image/jpeg", photo), said, None, album)
            for photo, said in zip(photos, words, strict=False)
        ]

    def send_document(
        self,
        user: int,
        chat: int,
        data: bytes,
        name: str,
        caption: str = "",
        mime: str = "application/octet-stream",
        reply_to: Seen | int | None = None,
    ) -> int:
        """Send a file as it is; answers the message's id."""
        return self._send_file(user, chat, "document", Upload(name, mime, data), caption, reply_to)

    def send_voice(self, user: int, chat: int, seconds: int = 7, reply_to: Seen | int | None = None) -> int:
        """Send a recording of silence; answers the message's id."""
        upload = Upload("voice.ogg", "audio/ogg", b"OggS" + bytes(200 * seconds))
        return self._send_file(user, chat, "voice", upload, "", reply_to, seconds=seconds)

    def send_sticker(self, user: int, chat: int, emoji: str = "👍") -> int:
        """Send a sticker; answers the message's id."""
        upload = Upload("sticker.webp", "image/webp", b"RIFF\0\0\0\0WEBP")
        return self._send_file(user, chat, "sticker", upload, "", None, emoji=emoji)

    def send_location(
        self,
        user: int,
        chat: int,
        latitude: float = TOWN[0],
        longitude: float = TOWN[1],
        reply_to: Seen | int | None = None,
    ) -> int:
        """Send a place on the map; answers the message's id."""
        room, message = self._draft(user, chat, reply_to)
        message.location = Location(latitude=latitude, longitude=longitude)
        return self._post(room, message, user)

    def send_contact(self, user: int, chat: int, phone: str, of: int | None = None) -> int:
        """Share a phone number, one's own unless `of` somebody else; answers the message's id."""
        room, message = self._draft(user, chat, None)
        owner = self.person(of or user).user
        message.contact = Contact(
            phone_number=phone, first_name=owner.first_name, last_name=owner.last_name, user_id=owner.id
        )
        return self._post(room, message, user)

    def forward(self, user: int, message: Seen, to: int) -> int:
        """Forward a message to another chat of one's own; answers the new message's id."""
        _, kept = self._kept(user, message)
        if kept.message.has_protected_content:
            raise CannotDo("This message is protected and cannot be forwarded.")
        room, copy = self._draft(user, to, None)
        for name in rooms.CONTENT:
            setattr(copy, name, getattr(kept.message, name))
        copy.forward_origin = rooms.origin(kept.message)
        return self._post(room, copy, user)

    def download(self, user: int, message: Seen) -> bytes:
        """Save the file in a message to one's own telephone; answers its content."""
        room, kept = self._kept(user, message)
        if kept.message.has_protected_content:
            raise CannotDo("This message is protected and its file cannot be saved.")
        stored = self.sandbox.world.files.get(views.seen(self.sandbox, room, kept, self.person(user)).file)
        if stored is None:
            raise CannotDo(f"Message {message.id} carries no file.")
        return stored.data

    def press(self, user: int, message: Seen, label: str) -> str:
        """Tap the inline button with this label (an emoji may follow); answers the press's id."""
        room, kept = self._pressable(user, message)
        button = _find_button(kept.message, label)
        if button.callback_data is None:
            raise CannotDo(f"“{button.text}” opens {button.url}; follow it with open_link.")
        return presses.press(self.sandbox, room, kept, self.person(user), button).id

    def press_data(self, user: int, message: Seen, data: str) -> str:
        """Send what a button would, as an out-of-date screen or a forger does; answers the press's id."""
        room, kept = self._pressable(user, message)
        button = InlineKeyboardButton(text="", callback_data=data)
        return presses.press(self.sandbox, room, kept, self.person(user), button).id

    def edit(self, user: int, message: Seen, text: str) -> None:
        """Change the words of one's own message."""
        room, kept = self._own(user, message)
        words, entities = texts.message_text(text, None, None)
        changed = msgspec.structs.replace(kept.message, text=words, entities=entities)
        rooms.edit(self.sandbox, room, kept, changed)

    def delete(self, user: int, message: Seen) -> None:
        """Delete one's own message, or any as the group's administrator or in one's private chat."""
        room, kept = self._kept(user, message)
        if kept.author != user and room.kind != "private" and not room.member(user).leads:
            raise CannotDo("Only an administrator deletes what others have written.")
        rooms.delete(self.sandbox, room, kept.message.message_id)

    def _draft(self, user: int, chat: int, reply_to: Seen | int | None) -> tuple[Room, Message]:
        """An empty message in a chat where this person may write; a private chat begins with it."""
        person = self.person(user)
        room = self.find_room(user, chat) or self._meet(user, chat)
        if room.migrated_to is not None:
            room = self.sandbox.world.groups[room.migrated_to]
        if person.deactivated:
            raise CannotDo(f"{person.name} has deleted their account.")
        if room.kind == "private" and not room.member(chat).inside:
            raise CannotDo(f"{person.name} has blocked this bot; unblock it or press Start.")
        if room.deleted or is_muted(room, user):
            raise CannotDo(f"{person.name} may not write in “{room.title}”.")
        message = rooms.draft(self.sandbox, room, person.user)
        if reply_to is not None:
            message.reply_to_message = rooms.snapshot(self._replied(room, reply_to).message)
        return room, message

    def _meet(self, user: int, bot_id: int) -> Room:
        room = Room(id=user, kind="private", bot_id=bot_id, bots=[bot_id])
        room.members = {user: Member(user), bot_id: Member(bot_id)}
        self.sandbox.world.bots[bot_id].private[user] = room
        return room

    def _replied(self, room: Room, reply_to: Seen | int) -> Kept:
        number = reply_to if isinstance(reply_to, int) else reply_to.id
        if number not in room.messages:
            raise CannotDo(f"There is no message {number} to reply to.")
        return room.messages[number]

    def _post(self, room: Room, message: Message, user: int) -> int:
        return rooms.post(self.sandbox, room, message, user).message_id

    def _send_file(
        self,
        user: int,
        chat: int,
        kind: str,
        upload: Upload,
        caption: str,
        reply_to: Seen | int | None,
        album: str | None = None,
        *,
        seconds: int = 0,
        emoji: str = "",
    ) -> int:
        room, message = self._draft(user, chat, reply_to)
        try:
            stored = files.store(self.sandbox, kind, upload)
            message.caption, message.caption_entities = texts.caption_text(caption, None, None)
        except Refusal as refusal:
            raise CannotDo(f"Telegram does not send this: {refusal.description}.") from refusal
        files.attach(message, stored, duration=seconds, emoji=emoji)
        message.media_group_id = album
        return self._post(room, message, user)

    def _pressable(self, user: int, message: Seen) -> tuple[Room, Kept]:
        """A message of a bot that would hear of a press."""
        room, kept = self._kept(user, message)
        bot = self.sandbox.world.bots.get(kept.author)
        if bot is None:
            raise CannotDo("Only messages of bots have buttons.")
        if not room.member(bot.id).inside:
            raise CannotDo(f"{bot.user.first_name} is blocked or gone and hears of no press.")
        return room, kept

    def _own(self, user: int, message: Seen) -> tuple[Room, Kept]:
        room, kept = self._kept(user, message)
        if kept.author != user:
            raise CannotDo("People can only change what they have written themselves.")
        return room, kept


def _payload(words: str) -> str | None:
    if words and not _PAYLOAD.fullmatch(words):
        raise CannotDo(f"Telegram drops this start payload: {words!r} is not 1–64 of A–Z, a–z, 0–9, _ and -.")
    return words or None


def _find_button(message: Message, label: str) -> InlineKeyboardButton:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else []
    buttons = [button for row in rows for button in row]
    for button in buttons:
        if _reads(button.text, label):
            return button
    offered = ", ".join(f"“{button.text}”" for button in buttons) or "none"
    raise CannotDo(f"Message {message.message_id} has no button “{label}”; its buttons: {offered}.")


def _reads(text: str, label: str) -> bool:
    """Whether a button reads as this label, with nothing but signs after it."""
    if not text.startswith(label):
        return False
    rest = text[len(label) :]
    return not rest or (rest[0] == " " and not any(sign.isalnum() for sign in rest))
