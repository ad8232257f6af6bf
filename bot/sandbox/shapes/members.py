"""Membership of a chat and its changes."""

from __future__ import annotations

import msgspec

from bot.sandbox.shapes.basics import Chat, Shape, User


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
