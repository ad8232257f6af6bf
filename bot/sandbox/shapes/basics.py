"""Accounts, chats and the small parts of a message."""

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


class BotCommand(Shape, kw_only=True, forbid_unknown_fields=True):
    command: str
    description: str
