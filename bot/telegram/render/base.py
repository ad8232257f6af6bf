"""From a notice to what a person reads: pure, one renderer a kind, every sentence from the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TypeVar, cast

from bot.catalogue import Say
from bot.telegram.buttons import to_data
from handlers.commands import FromPerson
from models.notices import Notice


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: gives a command when `data`, opens an address when `url`."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A text and its buttons, one row after the other."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is rendered: in which language and zone, and by which bot."""

    say: Say
    zone: tzinfo
    bot_username: str = ""

    def moment(self, at: datetime) -> str:
        return self.say.moment(at, self.zone)

    def clock(self, at: datetime) -> str:
        return self.say.clock(at, self.zone)

    def tier(self, name: str) -> str:
        """What people call a tier; its own name when no catalogue has it."""
        return self.say(f"tier.{name}") if self.say.knows(f"tier.{name}") else name

    def button(self, label: str, command: type[FromPerson], **values: object) -> Button:
        """A button that gives `command`; `label` is a catalogue id without "button."."""
        return Button(self.say(f"button.{label}"), data=to_data(command, **values))

    def link(self, label: str, payload: str) -> Button:
        """A button that leads to the private chat, carrying `payload` to its Start."""
        return Button(self.say(f"button.{label}"), url=self.start_link(payload))

    def start_link(self, payload: str) -> str:
        return f"https://t.me/{self.bot_username}?start={payload}"


N = TypeVar("N", bound=Notice)
Renderer = Callable[[N, Reader], Message]

_renderers: dict[str, Renderer[Notice]] = {}


def renders(kind: type[N]) -> Callable[[Renderer[N]], Renderer[N]]:
    """Make the function below the renderer of this kind of notice."""

    def remember(renderer: Renderer[N]) -> Renderer[N]:
        _renderers[kind.__name__] = cast("Renderer[Notice]", renderer)
        return renderer

    return remember


def render(notice: Notice, reader: Reader) -> Message:
    """What the reader is shown. Raises KeyError for a kind nobody renders, which a test forbids."""
    return _renderers[notice.kind](notice, reader)


def column(*buttons: Button) -> tuple[tuple[Button, ...], ...]:
    """One button a row, as residents' messages want."""
    return tuple((button,) for button in buttons)


def in_pairs(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Two buttons a row, as staff's cards and lists want."""
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
