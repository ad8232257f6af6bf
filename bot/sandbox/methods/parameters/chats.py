"""Parameters of the methods about a chat, its members and the messages already in it."""

from __future__ import annotations

from bot.sandbox.methods.parameters.base import ChatId, InChat, Json, Parameters
from bot.sandbox.shapes import MessageEntity


class SendChatAction(InChat, kw_only=True):
    action: str
    business_connection_id: str | None = None
    message_thread_id: int | None = None


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


class ExportChatInviteLink(InChat, kw_only=True):
    pass


class CreateChatInviteLink(InChat, kw_only=True):
    name: str | None = None
    expire_date: int | None = None
    member_limit: int | None = None
    creates_join_request: bool = False


class SetMessageReaction(InChat, kw_only=True):
    message_id: int
    reaction: list[Json] | None = None
    is_big: bool = False
