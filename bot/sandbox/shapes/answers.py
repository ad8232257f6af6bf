"""Updates, and what the methods that ask something are answered."""

from __future__ import annotations

import msgspec

from bot.sandbox.shapes.basics import Chat, Shape, User
from bot.sandbox.shapes.members import ChatMemberUpdated
from bot.sandbox.shapes.messages import Message


class CallbackQuery(Shape, kw_only=True):
    id: str
    sender: User = msgspec.field(name="from")
    chat_instance: str
    message: Message | None = None
    data: str | None = None


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
