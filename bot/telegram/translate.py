"""From a stored update to commands. Pure: the raw JSON and who we are go in, values come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import UNSET

from bot.telegram import menu
from bot.telegram.buttons import from_data
from bot.telegram.form import Raw, Update, form_of
from bot.telegram.overhearing import TRACE
from handlers.commands import Command, Enclosure, Place, PlaceKind, Sender
from handlers.commands.enrolment import (
    MoveChat,
    NoteMember,
    NoteOwnMembership,
    NoteTappedMessage,
    NoteTitle,
    RefuseUnknown,
)
from handlers.commands.overhearing import FileSaid, OfferToSend, SendSaid
from handlers.commands.reports import HearMessage
from models.rules.words import clean, shorten

#: Every administrator who hides behind the group acts as this account.
ANONYMOUS_ADMINISTRATOR = 1087968824
#: Everybody who writes in a group in the name of a channel acts as this one.
BEHIND_A_CHANNEL = 136817688

_SERVICE_FIELDS = (
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "new_chat_title",
    "new_chat_members",
    "left_chat_member",
)
#: A command of no menu and nothing else; with words after it, the words count and are heard as a message.
_UNKNOWN_COMMAND = re.compile(r"/\w+(@\w+)?")
#: UTF-16 units of a person's or a group's name; the service itself allows 129 and 128.
LONGEST_NAME = 80
_PRESENT = ("creator", "administrator", "member", "restricted")


@dataclass(frozen=True, slots=True)
class Bot:
    """Who we are to the service."""

    id: int
    username: str


def is_for_us(update: Update, bot: Bot) -> bool:
    """Whether an update is worth keeping: in groups only commands, replies to us, taps and service messages."""
    message, edited = update.message, update.edited_message
    if message is not UNSET:
        return (
            message.chat.type == "private"
            or any(getattr(message, field) is not UNSET for field in _SERVICE_FIELDS)
            or _command(message.words, bot) is not None
            or message.replied_to == bot.id
        )
    if edited is not UNSET:
        return edited.chat.type == "private"
    return any(kind is not UNSET for kind in (update.callback_query, update.my_chat_member, update.chat_member))


def translate(update: Raw, bot: Bot) -> Sequence[Command]:
    """The commands an update stands for; none for what we do not know.

    Raises `Formless` for an update that is not of the service's form.
    """
    form_of(update)
    for field, reader in _READERS.items():
        if field in update:
            return list(reader(update[field], bot))
    return []


def _message(message: Raw, bot: Bot, *, was_edited: bool = False) -> Iterator[Command]:
    place = _place(message["chat"])
    if message["chat"]["type"] == "channel" or "from" not in message or _is_program(message["from"]):
        return
    if any(field in message for field in _SERVICE_FIELDS):
        yield from _service(message, place)
        return
    sender, message_id = _sender(message["from"]), message["message_id"]
    enclosures = tuple(_enclosures(message))
    command = _command(_caption(message), bot)
    if command is not None:
        entry, words = command
        author = None
        if entry.takes_replied and not _is_reply_to(message, bot):
            replied = message.get("reply_to_message") or {}
            words, enclosures = words or _words(replied), enclosures or tuple(_enclosures(replied))
            author = _sender(replied["from"]) if "from" in replied else None
        yield entry.build(sender, place, message_id, words, enclosures, _reply_to_id(message), author)
    elif place.kind is PlaceKind.PRIVATE and _UNKNOWN_COMMAND.fullmatch(_words(message)) and not enclosures:
        yield RefuseUnknown(sender=sender, place=place, message_id=message_id)
    elif place.kind is PlaceKind.PRIVATE or _is_reply_to(message, bot):
        yield HearMessage(
            sender=sender,
            place=place,
            message_id=message_id,
            words=_words(message),
            enclosures=enclosures,
            reply_to_id=_reply_to_id(message),
            was_forwarded="forward_origin" in message,
            was_edited=was_edited,
        )


def _edited(message: Raw, bot: Bot) -> Iterator[Command]:
    # What the message said before stays as it was heard, so that nothing a person wrote is lost.
    if message["chat"]["type"] == "private" and _command(_caption(message), bot) is None:
        yield from _message(message, bot, was_edited=True)


def _service(message: Raw, place: Place) -> Iterator[Command]:
    if "migrate_to_chat_id" in message:
        yield MoveChat(old_chat_id=place.chat_id, new_chat_id=message["migrate_to_chat_id"])
    elif "migrate_from_chat_id" in message:
        yield MoveChat(old_chat_id=message["migrate_from_chat_id"], new_chat_id=place.chat_id)
    elif "new_chat_title" in message:
        yield NoteTitle(place=place)
    for user in message.get("new_chat_members", ()):
        if not user.get("is_bot"):
            yield NoteMember(member=_sender(user), place=place)
    left = message.get("left_chat_member")
    if left and not left.get("is_bot"):
        yield NoteMember(member=_sender(left), place=place, present=False)


def _tap(query: Raw, _bot: Bot) -> Iterator[Command]:
    message = query.get("message")
    sender = _sender(query["from"])
    place = _place(message["chat"]) if message else Place(sender.account_id)
    command = from_data(query.get("data", ""), sender, place, message["message_id"] if message else None)
    replied = message.get("reply_to_message") if message else None
    yield _with_said(command, replied) if replied and isinstance(command, SendSaid) else command
    if message:
        yield NoteTappedMessage(chat_id=place.chat_id, message_id=message["message_id"])


def _with_said(command: SendSaid, said: Raw) -> Command:
    """The tap with the message under which its button stands."""
    if "from" not in said:
        return command
    return FileSaid(
        sender=command.sender,
        place=command.place,
        message_id=command.message_id,
        author=_sender(said["from"]),
        words=_words(said),
        enclosures=tuple(_enclosures(said)),
    )


def _overheard(trace: Raw, _bot: Bot) -> Iterator[Command]:
    yield OfferToSend(
        chat_id=trace["chat"]["id"],
        message_id=trace["message_id"],
        author_id=trace["from"]["id"],
        is_urgent=trace["is_urgent"],
    )


def _own_membership(change: Raw, _bot: Bot) -> Iterator[Command]:
    member = change["new_chat_member"]
    administrator = member["status"] in ("administrator", "creator")
    yield NoteOwnMembership(
        sender=_sender(change["from"]),
        place=_place(change["chat"]),
        present=member["status"] in _PRESENT and member.get("is_member", True),
        is_administrator=administrator,
        may_write=member["status"] != "restricted" or bool(member.get("can_send_messages")),
        may_pin=administrator and bool(member.get("can_pin_messages")),
        may_delete=administrator and bool(member.get("can_delete_messages")),
    )


def _membership(change: Raw, _bot: Bot) -> Iterator[Command]:
    member = change["new_chat_member"]
    if not member["user"].get("is_bot"):
        yield NoteMember(
            member=_sender(member["user"]),
            place=_place(change["chat"]),
            present=member["status"] in _PRESENT and member.get("is_member", True),
            is_administrator=member["status"] in ("administrator", "creator"),
        )


_READERS: Mapping[str, Callable[[Raw, Bot], Iterator[Command]]] = {
    "message": _message,
    "edited_message": _edited,
    TRACE: _overheard,
    "callback_query": _tap,
    "my_chat_member": _own_membership,
    "chat_member": _membership,
}


def _sender(user: Raw) -> Sender:
    name = _in_one_line(" ".join(part for part in (user.get("first_name"), user.get("last_name")) if part))
    return Sender(
        account_id=user["id"],
        name=name or str(user["id"]),
        language=user.get("language_code", "")[:2],
        is_anonymous=user["id"] in (ANONYMOUS_ADMINISTRATOR, BEHIND_A_CHANNEL),
    )


def _is_program(user: Raw) -> bool:
    """Whether another bot wrote: two that answer each other would never come to an end."""
    return bool(user.get("is_bot")) and user["id"] not in (ANONYMOUS_ADMINISTRATOR, BEHIND_A_CHANNEL)


def _place(chat: Raw) -> Place:
    kind = PlaceKind.PRIVATE if chat["type"] == "private" else PlaceKind.GROUP
    return Place(chat_id=chat["id"], kind=kind, title=_in_one_line(chat.get("title", "")))


def _in_one_line(name: str) -> str:
    """A name as it may stand inside our own sentences: with line breaks it could pass for a card of ours."""
    return shorten(" ".join(clean(name).split()), LONGEST_NAME)


def _words(message: Raw) -> str:
    text = _caption(message)
    contact = message.get("contact")
    if contact:
        text = f"{text}\n{contact.get('first_name', '')} {contact.get('phone_number', '')}"
    sticker = message.get("sticker")
    return clean(text or (sticker.get("emoji", "") if sticker else ""))


def _caption(message: Raw) -> str:
    """What somebody typed, be it under a picture."""
    return message.get("text") or message.get("caption") or ""


def _enclosures(message: Raw) -> Iterator[Enclosure]:
    album = message.get("media_group_id", "")
    if message.get("photo"):
        yield Enclosure("photo", message["photo"][-1]["file_id"], album=album)
    for field, media in _MEDIA.items():
        if field in message:
            name = clean(message[field].get("file_name", ""))
            yield Enclosure(media, message[field]["file_id"], name=name, album=album)
    location = message.get("location") or message.get("venue", {}).get("location")
    if location:
        yield Enclosure("location", latitude=location["latitude"], longitude=location["longitude"])


#: How each of the service's kinds of file is passed on. An animation also carries `document`: it goes as that.
_MEDIA = {
    "voice": "voice",
    "audio": "document",
    "video": "video",
    "video_note": "video",
    "document": "document",
}


def _command(text: str, bot: Bot) -> tuple[menu.Entry, str] | None:
    """The menu's entry a message calls, with the words after it; None when it is no command meant for us."""
    if not text.startswith("/"):
        return None
    head, _, words = text[1:].replace("\n", " \n", 1).partition(" ")
    name, _, addressee = head.strip().partition("@")
    if addressee and addressee.lower() != bot.username.lower():
        return None
    entry = menu.find(name.lower())
    return (entry, clean(words)) if entry else None


def _is_reply_to(message: Raw, bot: Bot) -> bool:
    replied = message.get("reply_to_message") or {}
    return bool((replied.get("from") or {}).get("id") == bot.id)


def _reply_to_id(message: Raw) -> int | None:
    replied = message.get("reply_to_message")
    return replied["message_id"] if replied else None
