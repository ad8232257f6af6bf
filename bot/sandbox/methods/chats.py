"""What bots may learn about a chat and its members, and change there."""

from __future__ import annotations

from bot.sandbox import members, rooms
from bot.sandbox.methods.addresses import lacking, require_kept, require_no_thread, require_room, require_writable
from bot.sandbox.methods.parameters.chats import (
    BanChatMember,
    CreateChatInviteLink,
    ExportChatInviteLink,
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    LeaveChat,
    SendChatAction,
    SetMessageReaction,
    UnbanChatMember,
)
from bot.sandbox.methods.reading import Uploads
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import AcceptedGiftTypes, AnyMember, ChatFullInfo, ChatInviteLink
from bot.sandbox.state import Sandbox
from bot.sandbox.world import BotAccount, Member, Room

_NO_GIFTS = AcceptedGiftTypes(
    unlimited_gifts=False,
    limited_gifts=False,
    unique_gifts=False,
    premium_subscription=False,
    gifts_from_channels=False,
)
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def get_chat(sandbox: Sandbox, bot: BotAccount, asked: GetChat, uploads: Uploads) -> ChatFullInfo:
    """getChat."""
    room = require_room(sandbox, bot, asked.chat_id)
    chat = sandbox.chat_shape(room)
    pinned = room.messages[room.pinned[-1]].message if room.pinned else None
    return ChatFullInfo(
        id=chat.id,
        type=chat.type,
        title=chat.title,
        username=chat.username,
        first_name=chat.first_name,
        last_name=chat.last_name,
        accent_color_id=0,
        max_reaction_count=11,
        accepted_gift_types=_NO_GIFTS,
        pinned_message=pinned and rooms.snapshot(pinned),
        permissions=None if room.kind == "private" else {"can_send_messages": not room.muted},
        invite_link=room.invite_link,
    )


def get_member(sandbox: Sandbox, bot: BotAccount, asked: GetChatMember, uploads: Uploads) -> AnyMember:
    """getChatMember."""
    room = require_room(sandbox, bot, asked.chat_id)
    if sandbox.find_user(asked.user_id) is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return members.describe(sandbox, room.member(asked.user_id))


def get_administrators(
    sandbox: Sandbox, bot: BotAccount, asked: GetChatAdministrators, uploads: Uploads
) -> list[AnyMember]:
    """getChatAdministrators: bots are left out unless asked for, but the one asking is always there."""
    room = _require_group(require_room(sandbox, bot, asked.chat_id))
    return [
        members.describe(sandbox, member)
        for member in room.members.values()
        if member.leads and (asked.return_bots or member.user_id == bot.id or member.user_id in sandbox.world.people)
    ]


def get_member_count(sandbox: Sandbox, bot: BotAccount, asked: GetChatMemberCount, uploads: Uploads) -> int:
    """getChatMemberCount."""
    room = require_room(sandbox, bot, asked.chat_id)
    return sum(member.inside for member in room.members.values())


def leave(sandbox: Sandbox, bot: BotAccount, asked: LeaveChat, uploads: Uploads) -> bool:
    """leaveChat."""
    room = _require_group(require_room(sandbox, bot, asked.chat_id))
    members.change(sandbox, room, bot.user, Member(bot.id, status="left"))
    rooms.service(sandbox, room, bot.user, left_chat_member=bot.user)
    return True


def ban(sandbox: Sandbox, bot: BotAccount, asked: BanChatMember, uploads: Uploads) -> bool:
    """banChatMember."""
    room = _require_warden(sandbox, bot, asked.chat_id)
    target = _require_target(sandbox, room, bot, asked.user_id)
    was_inside = target.inside
    banned = Member(asked.user_id, status="kicked", until_date=asked.until_date)
    members.change(sandbox, room, bot.user, banned)
    if was_inside:
        left = sandbox.require_user(asked.user_id)
        rooms.service(sandbox, room, bot.user, left_chat_member=left)
    return True


def unban(sandbox: Sandbox, bot: BotAccount, asked: UnbanChatMember, uploads: Uploads) -> bool:
    """unbanChatMember: somebody inside is put out, unless only bans were meant."""
    room = _require_warden(sandbox, bot, asked.chat_id)
    if room.kind != "supergroup":
        raise bad_request("method is available only for supergroups")
    target = _require_target(sandbox, room, bot, asked.user_id)
    if target.status == "kicked" or (target.inside and not asked.only_if_banned):
        members.change(sandbox, room, bot.user, Member(asked.user_id, status="left"))
    return True


def _require_group(room: Room) -> Room:
    if room.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    return room


def _require_warden(sandbox: Sandbox, bot: BotAccount, chat_id: int | str) -> Room:
    room = _require_group(require_room(sandbox, bot, chat_id))
    if not members.may(room.member(bot.id), "can_restrict_members"):
        raise lacking("restrict/unrestrict chat member")
    return room


def _require_target(sandbox: Sandbox, room: Room, bot: BotAccount, user_id: int) -> Member:
    if sandbox.find_user(user_id) is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    target = room.member(user_id)
    if user_id == bot.id:
        raise bad_request("can't restrict self")
    if target.status == "creator":
        raise bad_request("can't remove chat owner")
    if target.status == "administrator":
        raise bad_request("user is an administrator of the chat")
    return target


def export_link(sandbox: Sandbox, bot: BotAccount, asked: ExportChatInviteLink, uploads: Uploads) -> str:
    """exportChatInviteLink: a new main link; the old one is void."""
    room = _require_host(sandbox, bot, asked.chat_id)
    room.invite_link = _new_link(sandbox)
    return room.invite_link


def create_link(sandbox: Sandbox, bot: BotAccount, asked: CreateChatInviteLink, uploads: Uploads) -> ChatInviteLink:
    """createChatInviteLink."""
    _require_host(sandbox, bot, asked.chat_id)
    return ChatInviteLink(
        invite_link=_new_link(sandbox),
        creator=bot.user,
        creates_join_request=asked.creates_join_request,
        is_primary=False,
        is_revoked=False,
        name=asked.name,
        expire_date=asked.expire_date,
        member_limit=asked.member_limit,
    )


def _require_host(sandbox: Sandbox, bot: BotAccount, chat_id: int | str) -> Room:
    room = _require_group(require_room(sandbox, bot, chat_id))
    if not members.may(room.member(bot.id), "can_invite_users"):
        raise lacking("manage chat invite link")
    return room


def _new_link(sandbox: Sandbox) -> str:
    return "https://t.me/+" + "".join(sandbox.rng.choices(_ALPHABET, k=16))


def send_action(sandbox: Sandbox, bot: BotAccount, asked: SendChatAction, uploads: Uploads) -> bool:
    """sendChatAction: checked, and then gone as quickly as it would be on a screen."""
    require_writable(sandbox, bot, asked.chat_id, "messages")
    require_no_thread(asked.message_thread_id)
    if asked.action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def react(sandbox: Sandbox, bot: BotAccount, asked: SetMessageReaction, uploads: Uploads) -> bool:
    """setMessageReaction: checked and accepted; reactions are not shown."""
    room = require_room(sandbox, bot, asked.chat_id)
    require_kept(room, asked.message_id, "message to react")
    return True
