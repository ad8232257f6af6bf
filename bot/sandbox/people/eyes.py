"""What people see: their chats, messages, menus and toasts, now or as soon as they appear."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.sandbox import members
from bot.sandbox.methods import menus
from bot.sandbox.people import views
from bot.sandbox.people.views import Seen, SeenChat
from bot.sandbox.refusals import CannotDo
from bot.sandbox.shapes import AnyMember, BotCommand
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import Person, Press, Room

#: What is looked for: a part of the words, or anything that can be said of a message.
Wanted = str | Callable[[Seen], bool]
#: Seconds somebody looks at a screen for it, unless told otherwise: what comes is seen at once, and a bot on a machine
#: with much else to do may take its time; the pace of a fan-out to a whole district takes a fifth of it.
PATIENCE = 60.0


class Eyes:
    """The screens of all people."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def person(self, user: int) -> Person:
        """The person with this id."""
        person = self.sandbox.world.people.get(user)
        if person is None:
            raise CannotDo(f"Nobody has the id {user}.")
        return person

    def find_room(self, user: int, chat: int) -> Room | None:
        """The chat this person calls by that number; None for a bot they have not started."""
        world = self.sandbox.world
        if chat in world.bots:
            return world.bots[chat].private.get(self.person(user).id)
        room = world.groups.get(chat)
        if room is None:
            raise CannotDo(f"There is no chat {chat}; name a private chat by the bot's id.")
        if not room.member(user).inside:
            raise CannotDo(f"{self.person(user).name} is not in “{room.title}”.")
        return room

    def chats(self, user: int) -> list[SeenChat]:
        """This person's list of chats, the newest first."""
        return views.chats_of(self.sandbox, self.person(user))

    def read(self, user: int, chat: int, last: int | None = None) -> list[Seen]:
        """The messages of a chat as this person sees them, the oldest first: all, or so many of the last.

        What is unread stays unread; see `mark_read`. A supergroup's begin with those of the group it was.
        """
        room = self.find_room(user, chat)
        if room is None:
            return []
        person = self.person(user)
        earlier = self.sandbox.world.groups.get(room.migrated_from or 0)
        kept = [(part, kept) for part in (earlier, room) if part for kept in part.messages.values()]
        wanted = kept if last is None else kept[-last:] if last else []
        return [views.seen(self.sandbox, part, one, person) for part, one in wanted]

    def mark_read(self, user: int, chat: int) -> None:
        """Note that this person has seen everything in the chat; whoever was put out meanwhile has nothing to note."""
        group = self.sandbox.world.groups.get(chat)
        if group is not None and not group.member(user).inside:
            return
        room = self.find_room(user, chat)
        if room is not None:
            room.members[user].read_up_to = room.last_message_id

    def menu(self, user: int, chat: int) -> list[BotCommand]:
        """The commands Telegram offers this person in this chat when they type a slash."""
        person = self.person(user)
        world = self.sandbox.world
        room = self.find_room(user, chat) or Room(id=user, kind="private", bot_id=chat)
        bots = [chat] if room.kind == "private" else room.bots
        return [command for bot_id in bots for command in menus.shown(world.bots[bot_id], room, person)]

    def toast(self, press_id: str) -> Press:
        """The press with the bot's answer, as far as there is one."""
        press = self.sandbox.world.presses.get(press_id)
        if press is None:
            raise CannotDo(f"Press {press_id} is forgotten or never happened.")
        return press

    async def wait_for_toast(self, press_id: str, within: float = PATIENCE) -> Press:
        """The press as soon as the bot has answered it; TimeoutError after `within` seconds."""
        arrived = asyncio.Event()

        def listen(event: Event) -> None:
            if event.kind == "toast" and event.about == press_id:
                arrived.set()

        self.sandbox.listeners.append(listen)
        try:
            if not self.toast(press_id).answered:
                await asyncio.wait_for(arrived.wait(), within)
        except TimeoutError:
            raise TimeoutError(f"press {press_id} was not answered within {within} s") from None
        finally:
            self.sandbox.listeners.remove(listen)
        return self.toast(press_id)

    def members(self, user: int, chat: int) -> list[AnyMember]:
        """Everybody in a group this person is in, the bots too, with their standing."""
        room = self.find_room(user, chat)
        inside = [member for member in room.members.values() if member.inside] if room else []
        return [members.describe(self.sandbox, member) for member in inside]

    async def wait_for(self, user: int, chat: int, wanted: Wanted, *, after: int = 0, within: float = PATIENCE) -> Seen:
        """The newest message of a chat that is as wanted, at once or as soon as one is written or edited so.

        Messages numbered up to `after` are passed over. After `within` seconds a TimeoutError tells what
        was there instead.
        """
        found: asyncio.Queue[Seen] = asyncio.Queue()

        def listen(event: Event) -> None:
            shown = self._shown(event, user, chat)
            if shown is not None and shown.id > after and _is(shown, wanted):
                found.put_nowait(shown)

        self.sandbox.listeners.append(listen)
        try:
            there = self._there(user, chat)
            for shown in reversed(there):
                if shown.id > after and _is(shown, wanted):
                    return shown
            return await asyncio.wait_for(found.get(), within)
        except TimeoutError:
            raise TimeoutError(self._nothing_found(user, chat, wanted, within)) from None
        finally:
            self.sandbox.listeners.remove(listen)

    def _there(self, user: int, chat: int) -> list[Seen]:
        """What is in the chat; nothing for somebody who is not in it yet."""
        try:
            return self.read(user, chat)
        except CannotDo:
            return []

    def _shown(self, event: Event, user: int, chat: int) -> Seen | None:
        room = event.room
        if room is None or event.kept is None or event.kind not in ("message", "edited"):
            return None
        here = room.bot_id == chat and room.id == user if room.kind == "private" else room.id == chat
        if not here or not room.member(user).inside:
            return None
        return views.seen(self.sandbox, room, event.kept, self.person(user))

    def _nothing_found(self, user: int, chat: int, wanted: Wanted, within: float) -> str:
        last = [f"{shown.sender}: {shown.text[:120]!r}" for shown in self._there(user, chat)[-5:]]
        what = repr(wanted) if isinstance(wanted, str) else "what was wanted"
        return f"{what} did not appear to {user} in {chat} within {within} s; last seen: {last}"


def _is(shown: Seen, wanted: Wanted) -> bool:
    return wanted in shown.text if isinstance(wanted, str) else wanted(shown)
