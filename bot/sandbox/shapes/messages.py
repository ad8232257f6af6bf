"""Messages, and where they come from."""

from __future__ import annotations

import msgspec

from bot.sandbox.shapes.basics import Chat, Contact, InlineKeyboardMarkup, Location, MessageEntity, Shape, User, Venue
from bot.sandbox.shapes.files import Animation, Audio, Document, PhotoSize, Sticker, Video, VideoNote, Voice


class MessageOrigin(Shape, kw_only=True):
    type: str
    date: int
    sender_user: User | None = None
    sender_chat: Chat | None = None


class TextQuote(Shape, kw_only=True):
    text: str
    position: int
    is_manual: bool | None = None


class MessageId(Shape, kw_only=True):
    message_id: int


class Message(Shape, kw_only=True):
    message_id: int
    date: int
    chat: Chat
    sender: User | None = msgspec.field(default=None, name="from")
    sender_chat: Chat | None = None
    message_thread_id: int | None = None
    forward_origin: MessageOrigin | None = None
    reply_to_message: Message | None = None
    quote: TextQuote | None = None
    edit_date: int | None = None
    has_protected_content: bool | None = None
    media_group_id: str | None = None
    text: str | None = None
    entities: list[MessageEntity] | None = None
    animation: Animation | None = None
    audio: Audio | None = None
    document: Document | None = None
    photo: list[PhotoSize] | None = None
    sticker: Sticker | None = None
    video: Video | None = None
    video_note: VideoNote | None = None
    voice: Voice | None = None
    caption: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None
    has_media_spoiler: bool | None = None
    contact: Contact | None = None
    venue: Venue | None = None
    location: Location | None = None
    new_chat_members: list[User] | None = None
    left_chat_member: User | None = None
    new_chat_title: str | None = None
    group_chat_created: bool | None = None
    supergroup_chat_created: bool | None = None
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None
    pinned_message: Message | None = None
    reply_markup: InlineKeyboardMarkup | None = None
