"""What every command is: a frozen imperative value, with who asked and where when a person did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar


class PlaceKind(StrEnum):
    """What sort of chat something was said in."""

    PRIVATE = "private"  #: Between one person and the bot.
    GROUP = "group"  #: Many people; a supergroup counts as one.


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose account acted, as the chat service vouches for it."""

    account_id: int
    name: str
    language: str = ""
    #: A group administrator who hides behind the group: nobody we could authorise.
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The chat in which somebody acted."""

    chat_id: int
    kind: PlaceKind = PlaceKind.PRIVATE
    title: str = ""

    @property
    def is_private(self) -> bool:
        """Whether nobody else reads there."""
        return self.kind is PlaceKind.PRIVATE


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A picture, voice, file or place that came with a message."""

    media: str  #: "photo", "voice", "video", "document" or "location".
    file_id: str = ""
    name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    album: str = ""  #: What the service calls the album it came in, a message for each; "": by itself.


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do. Its story takes it and the unit of work."""

    #: It only brings what is shown up to date: asked for many times in one transaction, it may run once, at its end.
    only_shows: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPerson(Command):
    """A command somebody gave, in a chat, by a message or a tap.

    A subclass that a button can give states its `verb`: the button then carries the verb and the subclass's
    own fields, in their order.
    """

    #: What a button's data calls it; "" for what no button gives.
    verb: ClassVar[str] = ""
    #: The command each verb stands for.
    by_verb: ClassVar[dict[str, type[FromPerson]]] = {}

    sender: Sender
    place: Place
    message_id: int | None = None  #: The message typed, or the message whose button was tapped.

    def __init_subclass__(cls, **more: Any) -> None:
        if cls.verb:
            # A dataclass with slots is made twice, so the later class replaces the earlier one.
            FromPerson.by_verb[cls.verb] = cls


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDelivered(Command):
    """A mail whose kind asks for it has arrived; runs in the transaction that marks it sent."""

    chat_id: int
    kind: str  #: The notice's class name.
    subject: str
