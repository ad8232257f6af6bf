"""Parameters of the methods that write a new message."""

from __future__ import annotations

from bot.sandbox.methods.parameters.base import ChatId, InChat, Json, ReplyParameters
from bot.sandbox.shapes import MessageEntity


class Delivery(InChat, kw_only=True):
    """What sends, copies and forwards have in common."""

    message_thread_id: int | None = None
    direct_messages_topic_id: int | None = None
    disable_notification: bool = False
    protect_content: bool = False


class Outgoing(Delivery, kw_only=True):
    """A message newly written by the bot."""

    business_connection_id: str | None = None
    allow_paid_broadcast: bool = False
    message_effect_id: str | None = None
    reply_parameters: ReplyParameters | None = None


class Single(Outgoing, kw_only=True):
    """One message, which may carry buttons."""

    suggested_post_parameters: Json | None = None
    reply_markup: Json | None = None


class SendMessage(Single, kw_only=True):
    text: str
    parse_mode: str | None = None
    entities: list[MessageEntity] | None = None
    link_preview_options: Json | None = None


class Captioned(Single, kw_only=True):
    """A file with words below it."""

    caption: str = ""
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None


class SendPhoto(Captioned, kw_only=True):
    photo: str
    show_caption_above_media: bool = False
    has_spoiler: bool = False


class SendDocument(Captioned, kw_only=True):
    document: str
    thumbnail: str | None = None
    disable_content_type_detection: bool = False


class SendVoice(Captioned, kw_only=True):
    voice: str
    duration: int = 0


class SendAudio(Captioned, kw_only=True):
    audio: str
    duration: int = 0
    performer: str | None = None
    title: str | None = None
    thumbnail: str | None = None


class Moving(Captioned, kw_only=True):
    """A moving picture."""

    duration: int = 0
    width: int = 0
    height: int = 0
    thumbnail: str | None = None
    show_caption_above_media: bool = False
    has_spoiler: bool = False


class SendVideo(Moving, kw_only=True):
    video: str
    cover: str | None = None
    start_timestamp: int | None = None
    supports_streaming: bool = False


class SendAnimation(Moving, kw_only=True):
    animation: str


class SendVideoNote(Single, kw_only=True):
    video_note: str
    duration: int = 0
    length: int = 0
    thumbnail: str | None = None


class SendSticker(Single, kw_only=True):
    sticker: str
    emoji: str | None = None


class SendLocation(Single, kw_only=True):
    latitude: float
    longitude: float
    horizontal_accuracy: float | None = None
    live_period: int | None = None
    heading: int | None = None
    proximity_alert_radius: int | None = None


class SendVenue(Single, kw_only=True):
    latitude: float
    longitude: float
    title: str
    address: str
    foursquare_id: str | None = None
    foursquare_type: str | None = None
    google_place_id: str | None = None
    google_place_type: str | None = None


class SendContact(Single, kw_only=True):
    phone_number: str
    first_name: str
    last_name: str | None = None
    vcard: str | None = None


class SendMediaGroup(Outgoing, kw_only=True):
    media: list[Json]


class CopyMessage(Delivery, kw_only=True):
    from_chat_id: ChatId
    message_id: int
    video_start_timestamp: int | None = None
    caption: str | None = None
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool = False
    allow_paid_broadcast: bool = False
    message_effect_id: str | None = None
    suggested_post_parameters: Json | None = None
    reply_parameters: ReplyParameters | None = None
    reply_markup: Json | None = None


class CopyMessages(Delivery, kw_only=True):
    from_chat_id: ChatId
    message_ids: list[int]
    remove_caption: bool = False


class ForwardMessage(Delivery, kw_only=True):
    from_chat_id: ChatId
    message_id: int
    video_start_timestamp: int | None = None
    message_effect_id: str | None = None
    suggested_post_parameters: Json | None = None


class ForwardMessages(Delivery, kw_only=True):
    from_chat_id: ChatId
    message_ids: list[int]
