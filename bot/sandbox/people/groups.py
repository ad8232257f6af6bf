"""What people do in groups and about bots: come and go, promote, rename, upgrade, block."""

from __future__ import annotations

from collections.abc import Collection

from bot.sandbox import members, rooms, updates
from bot.sandbox.people.eyes import Eyes
from bot.sandbox.people.views import Seen
from bot.sandbox.refusals import CannotDo
from bot.sandbox.shapes import ChatMemberUpdated, User
from bot.sandbox.state import Event
from bot.sandbox.world import ANONYMOUS, Kept, Member, Room, Status


class GroupHands(Eyes):
    """Membership, rights and the group itself. `user` is always the one who acts."""

    def join(self, user: int, chat: int) -> None:
        """Come into a group by its link."""
        room = self._any_group(chat)
        if room.member(user).inside:
            raise CannotDo(f"{self.person(user).name} is in “{room.title}” already.")
        if room.member(user).status == "kicked":
            raise CannotDo(f"{self.person(user).name} is banned from “{room.title}”.")
        self._enter(room, self.person(user).user, user)

    def add(self, user: int, chat: int, who: int) -> None:
        """Bring somebody else into the group."""
        self._enter(self._group(user, chat), self.person(user).user, who)

    def leave(self, user: int, chat: int) -> None:
        """Leave a group."""
        self._exit(self._group(user, chat), self.person(user).user, user, "left")

    def remove(self, user: int, chat: int, who: int) -> None:
        """Put somebody out of the group and keep them out."""
        room = self._led(user, chat, "can_restrict_members")
        if room.member(who).status == "creator":
            raise CannotDo(f"Nobody puts the creator out of “{room.title}”.")
        self._exit(room, self.person(user).user, who, "kicked")

    def promote(
        self,
        user: int,
        chat: int,
        who: int,
        rights: Collection[str] | None = None,
        anonymous: bool = False,
    ) -> None:
        """Make a person or bot an administrator with these rights (`can_…`), or the usual ones."""
        room = self._led(user, chat, "can_promote_members")
        _require_inside(room, who)
        granted = frozenset({"can_manage_chat", *(members.USUAL_RIGHTS if rights is None else rights)})
        unknown = granted - members.RIGHTS
        if unknown:
            raise CannotDo(f"Telegram knows no right called {', '.join(sorted(unknown))}.")
        status: Status = "creator" if room.member(who).status == "creator" else "administrator"
        after = Member(who, status=status, rights=granted, anonymous=anonymous)
        members.change(self.sandbox, room, self.person(user).user, after)

    def demote(self, user: int, chat: int, who: int) -> None:
        """Make an administrator an ordinary member again."""
        room = self._led(user, chat, "can_promote_members")
        if room.member(who).status != "administrator":
            raise CannotDo(f"{who} is no administrator of “{room.title}”.")
        members.change(self.sandbox, room, self.person(user).user, Member(who))

    def add_bot(self, user: int, chat: int, bot: int, rights: Collection[str] | None = None) -> None:
        """Bring a bot into a group, as an administrator when rights are named."""
        room = self._group(user, chat)
        if bot not in self.sandbox.world.bots:
            raise CannotDo(f"No bot has the id {bot}.")
        actor = self.person(user).user
        granted = frozenset(rights or ())
        after = Member(bot, status="administrator" if granted else "member", rights=granted)
        if granted and not members.may(room.member(user), "can_promote_members"):
            raise CannotDo("Only who may promote members can add a bot as administrator.")
        members.change(self.sandbox, room, actor, after)
        rooms.service(self.sandbox, room, actor, new_chat_members=[self.sandbox.require_user(bot)])

    def kick_bot(self, user: int, chat: int, bot: int) -> None:
        """Put a bot out of a group."""
        self.remove(user, chat, bot)

    def mute_bot(self, user: int, chat: int, bot: int) -> None:
        """Forbid a bot to write: by itself in a supergroup, with all ordinary members in a basic group."""
        room = self._led(user, chat, "can_restrict_members")
        _require_inside(room, bot)
        if room.kind == "group":
            room.muted = True
            return
        members.change(self.sandbox, room, self.person(user).user, Member(bot, status="restricted"))

    def unmute_bot(self, user: int, chat: int, bot: int) -> None:
        """Let a bot write again."""
        room = self._led(user, chat, "can_restrict_members")
        room.muted = False
        if room.member(bot).status == "restricted":
            members.change(self.sandbox, room, self.person(user).user, Member(bot))

    def rename(self, user: int, chat: int, title: str) -> None:
        """Give the group another title."""
        room = self._led(user, chat, "can_change_info")
        room.title = title
        rooms.service(self.sandbox, room, self.person(user).user, new_chat_title=title)

    def pin(self, user: int, message: Seen) -> None:
        """Pin a message."""
        room, kept = self._kept(user, message)
        if room.kind != "private" and not members.may(room.member(user), "can_pin_messages"):
            raise CannotDo("Only administrators pin here.")
        rooms.pin(self.sandbox, room, kept.message.message_id, self.person(user).user)

    def upgrade(self, user: int, chat: int) -> int:
        """Turn a basic group into a supergroup; answers its new id."""
        old = self._led(user, chat, "can_change_info")
        if old.kind != "group":
            raise CannotDo(f"“{old.title}” is a supergroup already.")
        new = Room(
            id=old.id - 1_000_000_000_000,
            kind="supergroup",
            title=old.title,
            shelf=old.shelf,
            members={member.user_id: member for member in old.members.values() if member.inside},
            bots=list(old.bots),
            migrated_from=old.id,
        )
        self.sandbox.world.groups[new.id] = new
        self._move_people(old, new)
        rooms.service(self.sandbox, old, self.person(user).user, migrate_to_chat_id=new.id)
        old.migrated_to = new.id
        rooms.service(self.sandbox, new, ANONYMOUS, migrate_from_chat_id=old.id)
        return new.id

    def _move_people(self, old: Room, new: Room) -> None:
        for user_id in new.members:
            person = self.sandbox.world.people.get(user_id)
            if person is not None:
                person.groups[person.groups.index(old.id)] = new.id
        new.members = {number: _afresh(member) for number, member in new.members.items()}

    def delete_chat(self, user: int, chat: int) -> None:
        """Delete a group for everybody."""
        room = self._group(user, chat)
        if room.member(user).status != "creator":
            raise CannotDo("Only its creator deletes a group.")
        room.deleted = True
        actor = self.person(user).user
        for user_id in [number for number, member in room.members.items() if member.inside]:
            members.change(self.sandbox, room, actor, Member(user_id, status="left"))

    def block(self, user: int, bot: int) -> None:
        """Block a bot."""
        self._stand_in_private(user, bot, "kicked")

    def unblock(self, user: int, bot: int) -> None:
        """Let a blocked bot write again."""
        self._stand_in_private(user, bot, "member")

    def _stand_in_private(self, user: int, bot: int, status: Status) -> None:
        room = self.find_room(user, bot)
        if room is None or room.kind != "private":
            raise CannotDo(f"{self.person(user).name} has no private chat with {bot}.")
        before, after = room.member(bot), Member(bot, status=status)
        if before.status == status:
            return
        room.members[bot] = after
        told = ChatMemberUpdated(
            chat=self.sandbox.chat_shape(room),
            sender=self.person(user).user,
            date=self.sandbox.now(),
            old_chat_member=members.describe(self.sandbox, before),
            new_chat_member=members.describe(self.sandbox, after),
        )
        updates.queue(self.sandbox, self.sandbox.world.bots[bot], room.id, my_chat_member=told)
        self.sandbox.tell(Event("member", room=room))

    def deactivate(self, user: int) -> None:
        """Delete somebody's Telegram account."""
        self.person(user).deactivated = True

    def _any_group(self, chat: int) -> Room:
        room = self.sandbox.world.groups.get(chat)
        if room is None or room.deleted:
            raise CannotDo(f"There is no group {chat}.")
        if room.migrated_to is not None:
            return self.sandbox.world.groups[room.migrated_to]
        return room

    def _group(self, user: int, chat: int) -> Room:
        """A group this person is in, under its present id."""
        room = self._any_group(chat)
        if not room.member(self.person(user).id).inside:
            raise CannotDo(f"{self.person(user).name} is not in “{room.title}”.")
        return room

    def _led(self, user: int, chat: int, right: str) -> Room:
        """A group in which this person has that right."""
        room = self._group(user, chat)
        if not members.may(room.member(user), right):
            raise CannotDo(f"{self.person(user).name} lacks the right {right} in “{room.title}”.")
        return room

    def _enter(self, room: Room, actor: User, who: int) -> None:
        if room.member(who).inside:
            raise CannotDo(f"{who} is in “{room.title}” already.")
        user = self.person(who).user
        members.change(self.sandbox, room, actor, Member(who))
        rooms.service(self.sandbox, room, actor, new_chat_members=[user])

    def _exit(self, room: Room, actor: User, who: int, status: Status) -> None:
        _require_inside(room, who)
        members.change(self.sandbox, room, actor, Member(who, status=status))
        rooms.service(self.sandbox, room, actor, left_chat_member=self.sandbox.require_user(who))

    def _kept(self, user: int, message: Seen) -> tuple[Room, Kept]:
        """The chat and the message a person has on the screen."""
        room = self.find_room(user, message.chat)
        kept = room.messages.get(message.id) if room else None
        if room is None or kept is None:
            raise CannotDo(f"Message {message.id} is gone.")
        return room, kept


def _require_inside(room: Room, who: int) -> None:
    if not room.member(who).inside:
        raise CannotDo(f"{who} is not in “{room.title}”.")


def _afresh(member: Member) -> Member:
    return Member(member.user_id, status=member.status, rights=member.rights, anonymous=member.anonymous)
