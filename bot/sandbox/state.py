"""The sandbox itself: a small Telegram in memory, without input or output.

It is changed by two hands only: bots, through `api.answer`, and people, through `hands.Hands`. Whoever wants
to know of a change listens.
"""

from __future__ import annotations

import random
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any, NamedTuple

import msgspec

from bot.sandbox.faults import Faults
from bot.sandbox.pace import Limits, Pace
from bot.sandbox.refusals import unauthorized
from bot.sandbox.shapes import Chat, User
from bot.sandbox.world import ANONYMOUS, BotAccount, Kept, Member, Person, Room, Stored, World

#: How many calls the log keeps.
CALLS_KEPT = 2_000


class Event(NamedTuple):
    """Something changed: what kind of thing, in which chat, and which message."""

    #: update, message, edited, pinned, deleted, press, toast, member, room, menu, webhook, clock, stage (something
    #: around the sandbox changed) or world (everything did).
    kind: str
    bot_id: int = 0
    room: Room | None = None
    kept: Kept | None = None
    about: str = ""  #: The press, or the press a toast belongs to.


class LoggedCall(msgspec.Struct):
    """One call of the Bot API and how it was answered."""

    number: int  #: Counted from 1.
    at: float  #: Unix time of arrival.
    bot_id: int
    method: str
    parameters: dict[str, Any]
    status: int
    description: str = ""  #: The refusal's words; empty when the call succeeded.
    trouble: str = ""  #: The fault that befell it.
    result: Any = None


class Sandbox:
    """Accounts, chats and messages of one small Telegram.

    `clock` dates messages and ages updates and presses; `monotonic` measures pace; `seed` makes everything
    random repeatable; `world` continues from `dump()`.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        seed: int | None = None,
        limits: Limits | None = None,
        world: bytes | None = None,
    ) -> None:
        self.clock = clock
        self.rng = random.Random(seed)  # noqa: S311 - not for secrets
        self.pace = Pace(limits or Limits(), monotonic)
        self.faults = Faults(random.Random(seed))  # noqa: S311 - not for secrets
        self.calls: deque[LoggedCall] = deque(maxlen=CALLS_KEPT)
        self.counters: Counter[str] = Counter()
        self.call_numbers = count(1)
        self.listeners: list[Callable[[Event], None]] = []
        self._enter(msgspec.msgpack.decode(world, type=World) if world else World())

    def _enter(self, world: World) -> None:
        self.world = world
        self._by_token = {bot.token: bot for bot in world.bots.values()}
        self._by_username = {bot.user.username: bot for bot in world.bots.values()}
        self._by_path = {stored.path: stored for stored in world.files.values()}

    def restore(self, world: bytes) -> None:
        """Let everything be as it was dumped; bots must be away meanwhile. Raises `msgspec.MsgspecError`."""
        self._enter(msgspec.msgpack.decode(world, type=World))
        self.faults.clear()
        self.tell(Event("world"))

    def dump(self) -> bytes:
        """Everything worth keeping, for a later `Sandbox(world=…)`."""
        return msgspec.msgpack.encode(self.world)

    def now(self) -> int:
        """The present in Unix seconds."""
        return int(self.clock().timestamp())

    def tell(self, event: Event) -> None:
        """Let every listener know."""
        for listener in tuple(self.listeners):
            listener(event)

    def new_bot(
        self,
        token: str,
        first_name: str,
        username: str,
        *,
        reads_all: bool = False,
    ) -> BotAccount:
        """Register a bot as BotFather would; its id is the number before the token's colon."""
        user = User(id=int(token.partition(":")[0]), is_bot=True, first_name=first_name, username=username)
        first_update = self.rng.randrange(100_000_000, 900_000_000)
        bot = BotAccount(user=user, token=token, reads_all=reads_all, next_update_id=first_update)
        self.world.bots[bot.id] = self._by_token[token] = self._by_username[username] = bot
        return bot

    def new_person(
        self,
        first_name: str,
        last_name: str | None = None,
        *,
        id: int | None = None,
        username: str | None = None,
        language_code: str = "vi",
        role: str = "",
        part: str = "",
    ) -> Person:
        """Give somebody a Telegram account."""
        user = User(
            id=id or self._next_id(),
            is_bot=False,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
        )
        person = self.world.people[user.id] = Person(user=user, role=role, part=part)
        return person

    def new_group(
        self,
        title: str,
        *,
        owner: int,
        members: Iterable[int] = (),
        id: int | None = None,
        supergroup: bool = False,
        shelf: str = "",
    ) -> Room:
        """Found a group of people, without telling anybody; bots are added by `Hands.add_bot`."""
        number = self._next_id()
        room_id = id or (-1_000_000_000_000 - number if supergroup else -number)
        room = Room(id=room_id, kind="supergroup" if supergroup else "group", title=title, shelf=shelf)
        self.world.groups[room.id] = room
        room.members[owner] = Member(owner, status="creator")
        for user_id in members:
            room.members.setdefault(user_id, Member(user_id))
        for user_id in room.members:
            self.world.people[user_id].groups.append(room.id)
        return room

    def _next_id(self) -> int:
        self.world.next_id += 1
        return self.world.next_id - 1

    def keep_file(self, stored: Stored) -> None:
        """Keep a file, to be found by its id and by its path."""
        self.world.files[stored.file_id] = self._by_path[stored.path] = stored

    def forget_files_after(self, kept: int) -> None:
        """Forget the files that came after so many: what a refused call brought along."""
        while len(self.world.files) > kept:
            _, stored = self.world.files.popitem()
            del self._by_path[stored.path]

    def file_at(self, path: str) -> Stored | None:
        """The file below /file/bot<token>/."""
        return self._by_path.get(path)

    def bot_by_token(self, token: str) -> BotAccount:
        """The bot with this token; 401 when there is none."""
        bot = self._by_token.get(token)
        if bot is None:
            raise unauthorized()
        return bot

    def find_bot(self, username: str) -> BotAccount | None:
        """The bot with this username, without its @."""
        return self._by_username.get(username)

    def find_user(self, user_id: int) -> User | None:
        """The account with this id, be it a person or a bot."""
        if user_id == ANONYMOUS.id:
            return ANONYMOUS
        owner = self.world.people.get(user_id) or self.world.bots.get(user_id)
        return owner.user if owner else None

    def require_user(self, user_id: int) -> User:
        """The account with this id, which must exist."""
        user = self.find_user(user_id)
        if user is None:
            raise KeyError(f"nobody has the id {user_id}")
        return user

    def chat_shape(self, room: Room) -> Chat:
        """The chat as a message names it."""
        if room.kind != "private":
            return Chat(id=room.id, type=room.kind, title=room.title, username=room.username)
        user = self.world.people[room.id].user
        return Chat(
            id=user.id,
            type="private",
            username=user.username,
            first_name=user.first_name,
            last_name=user.last_name,
        )
