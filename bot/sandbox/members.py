"""Who is in a chat and what they may do, and how bots are told when that changes."""

from __future__ import annotations

import msgspec

from bot.sandbox import updates
from bot.sandbox.shapes import (
    AnyMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatMemberUpdated,
    User,
)
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import Member, Room

#: What an administrator can be given, as Telegram names it.
RIGHTS: frozenset[str] = frozenset(
    [
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_pin_messages",
        "can_manage_topics",
    ]
)
#: What a new administrator gets when nothing else is said.
USUAL_RIGHTS = RIGHTS - {"can_promote_members", "can_post_stories", "can_edit_stories", "can_delete_stories"}
_PERMISSIONS = [
    name for name in ChatMemberRestricted.__struct_fields__ if name.startswith("can_")
]  # what a restricted member may still do: nothing


def describe(sandbox: Sandbox, member: Member) -> AnyMember:
    """The member as Telegram describes one."""
    user = sandbox.require_user(member.user_id)
    if member.status == "creator":
        return ChatMemberOwner(user=user, is_anonymous=member.anonymous)
    if member.status == "administrator":
        rights = {right: right in member.rights for right in RIGHTS}
        return ChatMemberAdministrator(user=user, can_be_edited=False, is_anonymous=member.anonymous, **rights)
    if member.status == "restricted":
        nothing = dict.fromkeys(_PERMISSIONS, False)
        return ChatMemberRestricted(user=user, is_member=True, until_date=0, **nothing)
    if member.status == "kicked":
        return ChatMemberBanned(user=user, until_date=member.until_date)
    return ChatMemberMember(user=user) if member.status == "member" else ChatMemberLeft(user=user)


def may(member: Member, right: str) -> bool:
    """Whether the member may do this as creator or as administrator with that right."""
    return member.status == "creator" or (member.status == "administrator" and right in member.rights)


def change(sandbox: Sandbox, room: Room, actor: User, after: Member) -> None:
    """Give somebody a new standing in the chat and tell the bots that are to know."""
    before = room.member(after.user_id)
    room.members[after.user_id] = after
    _keep_indexes(sandbox, room, after)
    told = ChatMemberUpdated(
        chat=sandbox.chat_shape(room),
        sender=actor,
        date=sandbox.now(),
        old_chat_member=describe(sandbox, before),
        new_chat_member=describe(sandbox, after),
    )
    if after.user_id in sandbox.world.bots:
        updates.queue(sandbox, sandbox.world.bots[after.user_id], room.id, my_chat_member=told)
    for bot_id in room.bots:
        if bot_id != after.user_id and room.member(bot_id).leads:
            updates.queue(sandbox, sandbox.world.bots[bot_id], room.id, chat_member=told)
    sandbox.tell(Event("member", room=room))


def restand(sandbox: Sandbox, room: Room, actor: User, user_id: int, **standing: object) -> None:
    """Change some of somebody's standing and keep the rest."""
    change(sandbox, room, actor, msgspec.structs.replace(room.member(user_id), **standing))


def _keep_indexes(sandbox: Sandbox, room: Room, member: Member) -> None:
    """Keep the lists of a room's bots and of a person's groups in step with the members."""
    person = sandbox.world.people.get(member.user_id)
    inside: list[int] = person.groups if person else room.bots
    item = room.id if person else member.user_id
    if member.inside and item not in inside:
        inside.append(item)
    elif not member.inside and item in inside:
        inside.remove(item)
