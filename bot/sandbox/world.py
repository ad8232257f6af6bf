"""What the sandbox remembers: accounts, chats, messages, presses and files, as values that can be stored."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from bot.sandbox.shapes import BotCommand, Message, Update, User

ChatKind = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

#: Telegram's stand-in for an administrator who hides their name.
ANONYMOUS = User(id=1087968824, is_bot=True, first_name="Group", username="GroupAnonymousBot")
INSIDE: frozenset[str] = frozenset({"creator", "administrator", "member", "restricted"})


class Person(msgspec.Struct):
    """Somebody with a Telegram account."""

    user: User
    role: str = ""  #: A label for whoever looks at the page; no bot ever sees it.
    part: str = ""  #: The part on the page's bar of those one plays most; empty for everybody else.
    deactivated: bool = False  #: The account is deleted: every send to it is refused.
    groups: list[int] = []  #: The groups this person is in now.

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        """First and last name as Telegram shows them."""
        return f"{self.user.first_name} {self.user.last_name or ''}".strip()


class Member(msgspec.Struct):
    """One account's standing in one chat."""

    user_id: int
    status: Status = "member"
    rights: frozenset[str] = frozenset()  #: What an administrator may do, as `can_…`.
    anonymous: bool = False  #: An administrator who posts in the group's name.
    until_date: int = 0  #: When a ban ends, in Unix seconds; 0 is never.
    read_up_to: int = 0  #: The newest message this person has seen.

    @property
    def inside(self) -> bool:
        """Whether the account is in the chat now."""
        return self.status in INSIDE

    @property
    def leads(self) -> bool:
        """Whether the account is the creator or an administrator."""
        return self.status in ("creator", "administrator")


class Kept(msgspec.Struct):
    """A message with what Telegram knows about it but does not send along."""

    message: Message
    author: int  #: The account behind the message, also where the group's name stands in front.
    silent: bool = False  #: It did not ring.
    keyboard: dict[str, Any] | None = None  #: A reply keyboard or forced reply it brought up.


class Room(msgspec.Struct):
    """One chat. A private chat's id is the person's; it exists from the moment the person pressed Start."""

    id: int
    kind: ChatKind
    title: str = ""
    shelf: str = ""  #: The column of the page in which this group stands; no bot ever sees it.
    username: str | None = None
    bot_id: int = 0  #: The other side of a private chat.
    members: dict[int, Member] = {}
    bots: list[int] = []  #: The bots inside, so that a message finds them without a search.
    messages: dict[int, Kept] = {}
    last_message_id: int = 0
    pinned: list[int] = []  #: Oldest pin first.
    muted: bool = False  #: Ordinary members of a basic group may not send.
    migrated_to: int | None = None
    migrated_from: int | None = None
    deleted: bool = False
    invite_link: str | None = None

    def member(self, user_id: int) -> Member:
        """The account's standing here; somebody never seen here has left."""
        return self.members.get(user_id) or Member(user_id, status="left")


class Webhook(msgspec.Struct):
    """Where a bot wants its updates brought."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_at: int = 0
    last_error: str = ""


class Queued(msgspec.Struct):
    """An update waiting to be confirmed."""

    update: Update
    at: float  #: Unix time of its making; after 24 h it is forgotten.
    chat_id: int  #: Updates of one chat keep their order on a webhook.


class BotAccount(msgspec.Struct):
    """A bot: its token, its queue of updates, its settings."""

    user: User
    token: str
    reads_all: bool = False  #: Privacy mode is off: it sees every group message even as plain member.
    next_update_id: int = 1
    queue: list[Queued] = []  #: Unconfirmed, oldest first.
    allowed_updates: list[str] = []  #: Empty is Telegram's default set.
    webhook: Webhook | None = None
    private: dict[int, Room] = {}  #: Private chats by the person's id.
    commands: dict[str, list[BotCommand]] = {}  #: By scope and language, see menus.py.
    about: dict[str, str] = {}  #: Name, description and short description by language.

    @property
    def id(self) -> int:
        return self.user.id


class Press(msgspec.Struct):
    """A tap on an inline button, waiting for the bot's answer."""

    id: str
    bot_id: int
    user_id: int
    at: float  #: Unix time; answerable for 150 s.
    data: str = ""  #: What the button carried.
    answered: bool = False
    toast: str = ""
    alert: bool = False  #: The toast must be closed by hand.
    url: str = ""


class Stored(msgspec.Struct):
    """One uploaded file."""

    file_id: str
    kind: str  #: photo, document, voice, audio, video, video_note, animation or sticker.
    data: bytes
    name: str
    mime: str
    path: str  #: Below /file/bot<token>/.
    width: int = 0
    height: int = 0

    @property
    def unique_id(self) -> str:
        """The part of the id that is the same for every bot."""
        return self.file_id[-16:]


class World(msgspec.Struct):
    """Everything that outlives a restart of the sandbox."""

    people: dict[int, Person] = {}
    bots: dict[int, BotAccount] = {}
    groups: dict[int, Room] = {}
    presses: dict[str, Press] = {}
    files: dict[str, Stored] = {}
    next_id: int = 100_001  #: For accounts and groups that were given no id.
