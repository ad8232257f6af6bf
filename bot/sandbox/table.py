"""The methods the sandbox knows, with every parameter Telegram documents for each, and what it returns.

A field without a default is required. Stricter than Telegram, which passes over what it does not know, the
sandbox refuses an unknown parameter: a misspelt one would otherwise go unnoticed until the day it matters.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from bot.sandbox.shapes import BotCommand, MessageEntity

Json = dict[str, Any]
ChatId = int | str


class Parameters(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a method can be told."""


class ReplyParameters(Parameters, kw_only=True):
    message_id: int
    chat_id: ChatId | None = None
    allow_sending_without_reply: bool = False
    quote: str | None = None
    quote_parse_mode: str | None = None
    quote_entities: list[MessageEntity] | None = None
    quote_position: int | None = None
    checklist_task_id: int | None = None
    poll_option_id: str | None = None


class GetMe(Parameters, kw_only=True):
    pass


class LogOut(Parameters, kw_only=True):
    pass


class Close(Parameters, kw_only=True):
    pass


class GetUpdates(Parameters, kw_only=True):
    offset: int | None = None
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] | None = None


class SetWebhook(Parameters, kw_only=True):
    url: str
    certificate: str | None = None
    ip_address: str | None = None
    max_connections: int = 40
    allowed_updates: list[str] | None = None
    drop_pending_updates: bool = False
    secret_token: str = ""


class DeleteWebhook(Parameters, kw_only=True):
    drop_pending_updates: bool = False


class GetWebhookInfo(Parameters, kw_only=True):
    pass


class InChat(Parameters, kw_only=True):
    """A method that concerns one chat."""

    chat_id: ChatId


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


class SendChatAction(InChat, kw_only=True):
    action: str
    business_connection_id: str | None = None
    message_thread_id: int | None = None


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


class Edit(Parameters, kw_only=True):
    """A change to a message the bot has sent."""

    business_connection_id: str | None = None
    chat_id: ChatId | None = None
    message_id: int | None = None
    inline_message_id: str | None = None
    reply_markup: Json | None = None


class EditMessageText(Edit, kw_only=True):
    text: str | None = None
    parse_mode: str | None = None
    entities: list[MessageEntity] | None = None
    link_preview_options: Json | None = None
    rich_message: Json | None = None


class EditMessageCaption(Edit, kw_only=True):
    caption: str = ""
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool = False


class EditMessageReplyMarkup(Edit, kw_only=True):
    pass


class EditMessageMedia(Edit, kw_only=True):
    media: Json


class DeleteMessage(InChat, kw_only=True):
    message_id: int


class DeleteMessages(InChat, kw_only=True):
    message_ids: list[int]


class PinChatMessage(InChat, kw_only=True):
    message_id: int
    business_connection_id: str | None = None
    disable_notification: bool = False


class UnpinChatMessage(InChat, kw_only=True):
    message_id: int | None = None
    business_connection_id: str | None = None


class UnpinAllChatMessages(InChat, kw_only=True):
    pass


class AnswerCallbackQuery(Parameters, kw_only=True):
    callback_query_id: str
    text: str = ""
    show_alert: bool = False
    url: str = ""
    cache_time: int = 0


class GetChat(InChat, kw_only=True):
    pass


class GetChatMember(InChat, kw_only=True):
    user_id: int


class GetChatAdministrators(InChat, kw_only=True):
    return_bots: bool = False


class GetChatMemberCount(InChat, kw_only=True):
    pass


class LeaveChat(InChat, kw_only=True):
    pass


class BanChatMember(InChat, kw_only=True):
    user_id: int
    until_date: int = 0
    revoke_messages: bool = False


class UnbanChatMember(InChat, kw_only=True):
    user_id: int
    only_if_banned: bool = False


class MyCommands(Parameters, kw_only=True):
    """A command menu: for whom, in which language."""

    scope: Json | None = None
    language_code: str = ""


class SetMyCommands(MyCommands, kw_only=True):
    commands: list[BotCommand]


class DeleteMyCommands(MyCommands, kw_only=True):
    pass


class GetMyCommands(MyCommands, kw_only=True):
    pass


class SetMyName(Parameters, kw_only=True):
    name: str = ""
    language_code: str = ""


class SetMyDescription(Parameters, kw_only=True):
    description: str = ""
    language_code: str = ""


class SetMyShortDescription(Parameters, kw_only=True):
    short_description: str = ""
    language_code: str = ""


class GetFile(Parameters, kw_only=True):
    file_id: str


class ExportChatInviteLink(InChat, kw_only=True):
    pass


class CreateChatInviteLink(InChat, kw_only=True):
    name: str | None = None
    expire_date: int | None = None
    member_limit: int | None = None
    creates_join_request: bool = False


class SetChatMenuButton(Parameters, kw_only=True):
    chat_id: int | None = None
    menu_button: Json | None = None


class SetMessageReaction(InChat, kw_only=True):
    message_id: int
    reaction: list[Json] | None = None
    is_big: bool = False


class Method(NamedTuple):
    """One row of the table."""

    name: str
    parameters: type[Parameters]
    returns: str  #: In the words of Telegram's documentation.
    paced: bool  #: Whether it counts against the limits.


def _rows(returns: str, *kinds: type[Parameters], paced: bool = False) -> list[Method]:
    return [Method(kind.__name__[0].lower() + kind.__name__[1:], kind, returns, paced) for kind in kinds]


_SENDS = (SendMessage, SendPhoto, SendDocument, SendVoice, SendAudio, SendVideo, SendVideoNote, SendAnimation)
_SENDS_OTHER = (SendSticker, SendLocation, SendVenue, SendContact, ForwardMessage)
_EDITS = (EditMessageText, EditMessageCaption, EditMessageReplyMarkup, EditMessageMedia)
_TIDYING = (DeleteMessage, DeleteMessages, PinChatMessage, UnpinChatMessage, UnpinAllChatMessages)
_CHANGES = (BanChatMember, UnbanChatMember, LeaveChat, SetChatMenuButton, SetMessageReaction, SendChatAction)
_PROFILE = (SetMyCommands, DeleteMyCommands, SetMyName, SetMyDescription, SetMyShortDescription)
_CONNECTION = (SetWebhook, DeleteWebhook, LogOut, Close, AnswerCallbackQuery)

#: Every method by its name in lower case: Telegram does not mind how a name is written.
METHODS: dict[str, Method] = {
    row.name.lower(): row
    for row in [
        *_rows("Message", *_SENDS, *_SENDS_OTHER, paced=True),
        *_rows("Array of Message", SendMediaGroup, paced=True),
        *_rows("MessageId", CopyMessage, paced=True),
        *_rows("Array of MessageId", CopyMessages, ForwardMessages, paced=True),
        *_rows("Message or Boolean", *_EDITS, paced=True),
        *_rows("Boolean", *_TIDYING, paced=True),
        *_rows("Boolean", *_CHANGES, *_PROFILE, *_CONNECTION),
        *_rows("User", GetMe),
        *_rows("Array of Update", GetUpdates),
        *_rows("WebhookInfo", GetWebhookInfo),
        *_rows("ChatFullInfo", GetChat),
        *_rows("ChatMember", GetChatMember),
        *_rows("Array of ChatMember", GetChatAdministrators),
        *_rows("Integer", GetChatMemberCount),
        *_rows("Array of BotCommand", GetMyCommands),
        *_rows("File", GetFile),
        *_rows("String", ExportChatInviteLink),
        *_rows("ChatInviteLink", CreateChatInviteLink),
    ]
}
