"""Telegram's objects as they travel: a field without a default is always sent, one at its default never."""

from __future__ import annotations

from typing import Any

import msgspec


class Shape(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Anything the Bot API sends."""


class User(Shape, kw_only=True):
    id: int
    is_bot: bool
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None


class Me(User, kw_only=True):
    """What getMe adds to a bot's own User."""

    can_join_groups: bool
    can_read_all_group_messages: bool
    supports_inline_queries: bool
    can_connect_to_business: bool
    has_main_web_app: bool


class Chat(Shape, kw_only=True):
    id: int
    type: str
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class MessageEntity(Shape, kw_only=True):
    type: str
    offset: int  #: In UTF-16 units, as every length of Telegram's.
    length: int
    url: str | None = None
    language: str | None = None
    user: dict[str, Any] | None = None
    custom_emoji_id: str | None = None


class FileShape(Shape, kw_only=True):
    """What every file carries."""

    file_id: str
    file_unique_id: str
    file_size: int | None = None


class File(FileShape, kw_only=True):
    file_path: str | None = None


class PhotoSize(FileShape, kw_only=True):
    width: int
    height: int


class Document(FileShape, kw_only=True):
    file_name: str | None = None
    mime_type: str | None = None


class Voice(FileShape, kw_only=True):
    duration: int
    mime_type: str | None = None


class Audio(FileShape, kw_only=True):
    duration: int
    performer: str | None = None
    title: str | None = None
    file_name: str | None = None
    mime_type: str | None = None


class Video(FileShape, kw_only=True):
    width: int
    height: int
    duration: int
    file_name: str | None = None
    mime_type: str | None = None


class Animation(Video, kw_only=True):
    """A soundless video, which Telegram also describes as a document."""


class VideoNote(FileShape, kw_only=True):
    length: int
    duration: int


class Sticker(FileShape, kw_only=True):
    type: str
    width: int
    height: int
    is_animated: bool
    is_video: bool
    emoji: str | None = None


class Location(Shape, kw_only=True):
    latitude: float
    longitude: float
    horizontal_accuracy: float | None = None
    live_period: int | None = None
    heading: int | None = None
    proximity_alert_radius: int | None = None


class Venue(Shape, kw_only=True):
    location: Location
    title: str
    address: str
    foursquare_id: str | None = None
    foursquare_type: str | None = None
    google_place_id: str | None = None
    google_place_type: str | None = None


class Contact(Shape, kw_only=True):
    phone_number: str
    first_name: str
    last_name: str | None = None
    user_id: int | None = None
    vcard: str | None = None


class InlineKeyboardButton(Shape, kw_only=True, forbid_unknown_fields=True):
    text: str
    url: str | None = None
    callback_data: str | None = None
    web_app: dict[str, Any] | None = None
    login_url: dict[str, Any] | None = None
    switch_inline_query: str | None = None
    switch_inline_query_current_chat: str | None = None
    switch_inline_query_chosen_chat: dict[str, Any] | None = None
    copy_text: dict[str, Any] | None = None
    callback_game: dict[str, Any] | None = None
    pay: bool | None = None
    style: str | None = None
    icon_custom_emoji_id: str | None = None


class InlineKeyboardMarkup(Shape, kw_only=True, forbid_unknown_fields=True):
    inline_keyboard: list[list[InlineKeyboardButton]]


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


class InaccessibleMessage(Shape, kw_only=True):
    chat: Chat
    message_id: int
    date: int  #: Always 0; a program tells the two kinds of message apart by it.


class CallbackQuery(Shape, kw_only=True):
    id: str
    sender: User = msgspec.field(name="from")
    chat_instance: str
    message: Message | InaccessibleMessage | None = None
    data: str | None = None


class ChatMember(Shape, kw_only=True, tag_field="status"):
    """One person's or bot's standing in a chat."""

    user: User


class ChatMemberOwner(ChatMember, kw_only=True, tag="creator"):
    is_anonymous: bool


class ChatMemberAdministrator(ChatMember, kw_only=True, tag="administrator"):
    can_be_edited: bool
    is_anonymous: bool
    can_manage_chat: bool
    can_delete_messages: bool
    can_manage_video_chats: bool
    can_restrict_members: bool
    can_promote_members: bool
    can_change_info: bool
    can_invite_users: bool
    can_post_stories: bool
    can_edit_stories: bool
    can_delete_stories: bool
    can_pin_messages: bool
    can_manage_topics: bool


class ChatMemberMember(ChatMember, kw_only=True, tag="member"):
    pass


class ChatMemberRestricted(ChatMember, kw_only=True, tag="restricted"):
    is_member: bool
    can_send_messages: bool
    can_send_audios: bool
    can_send_documents: bool
    can_send_photos: bool
    can_send_videos: bool
    can_send_video_notes: bool
    can_send_voice_notes: bool
    can_send_polls: bool
    can_send_other_messages: bool
    can_add_web_page_previews: bool
    can_react_to_messages: bool
    can_edit_tag: bool
    can_change_info: bool
    can_invite_users: bool
    can_pin_messages: bool
    can_manage_topics: bool
    until_date: int


class ChatMemberLeft(ChatMember, kw_only=True, tag="left"):
    pass


class ChatMemberBanned(ChatMember, kw_only=True, tag="kicked"):
    until_date: int


AnyMember = (
    ChatMemberOwner
    | ChatMemberAdministrator
    | ChatMemberMember
    | ChatMemberRestricted
    | ChatMemberLeft
    | ChatMemberBanned
)


class ChatMemberUpdated(Shape, kw_only=True):
    chat: Chat
    sender: User = msgspec.field(name="from")
    date: int
    old_chat_member: AnyMember
    new_chat_member: AnyMember


class Update(Shape, kw_only=True):
    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: ChatMemberUpdated | None = None
    chat_member: ChatMemberUpdated | None = None


class AcceptedGiftTypes(Shape, kw_only=True):
    unlimited_gifts: bool
    limited_gifts: bool
    unique_gifts: bool
    premium_subscription: bool
    gifts_from_channels: bool


class ChatFullInfo(Chat, kw_only=True):
    accent_color_id: int
    max_reaction_count: int
    accepted_gift_types: AcceptedGiftTypes
    pinned_message: Message | None = None
    permissions: dict[str, bool] | None = None
    invite_link: str | None = None


class ChatInviteLink(Shape, kw_only=True):
    invite_link: str
    creator: User
    creates_join_request: bool
    is_primary: bool
    is_revoked: bool
    name: str | None = None
    expire_date: int | None = None
    member_limit: int | None = None


class WebhookInfo(Shape, kw_only=True):
    url: str
    has_custom_certificate: bool
    pending_update_count: int
    last_error_date: int | None = None
    last_error_message: str | None = None
    max_connections: int | None = None
    allowed_updates: list[str] | None = None


class BotCommand(Shape, kw_only=True, forbid_unknown_fields=True):
    command: str
    description: str
