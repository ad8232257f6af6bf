"""How a chapter of the demo's day is told: the verbs it is written in, whoever carries them out.

The story plays them and prints what is seen; a tour shows them to a visitor, who does them or has them done.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.catalogue import Say
from bot.demo.district import Place, Scenery, Someone
from bot.demo.playing import Play
from bot.demo.stage import BOT_ID
from bot.sandbox import CannotDo, Seen

Wanted = Callable[[Seen], bool]

#: How a code looks that people quote.
CODE = re.compile(r"[A-Z]{2,4}-\d{5,}")


class StepNotSeen(Exception):
    """Something that should have been in a chat was not."""


class Telling(ABC):
    """One telling of a chapter. Whoever acts, and whatever must be seen, goes through here."""

    def __init__(self, play: Play, say: Say) -> None:
        self.play = play
        self.say = say  #: In the language the bot speaks.
        self.district = play.district

    @property
    def here(self) -> Scenery:
        """Where the day is played."""
        assert self.district.scenery is not None, "this district has no scenery to play the day in"
        return self.district.scenery

    @abstractmethod
    def chapter(self, name: str) -> None:
        """A heading of the day."""

    @abstractmethod
    def tell(self, sentence: str, **values: object) -> None:
        """A sentence of the narrator's."""

    @abstractmethod
    async def later(self, span: timedelta) -> None:
        """Let time pass."""

    @abstractmethod
    async def start(self, who: Someone) -> None:
        """Somebody presses Start."""

    @abstractmethod
    async def writes(self, who: Someone, words: str, *, to: Place | None = None) -> str:
        """Somebody types a message, to the bot or into a group; what they really wrote."""

    @abstractmethod
    async def taps_name(self, who: Someone, message: Seen, words: str) -> None:
        """Somebody taps the button that bears these words."""

    async def taps(self, who: Someone, message: Seen, label: str) -> None:
        """Somebody taps a button, `label` being its catalogue id without "button."."""
        await self.taps_name(who, message, self.say(f"button.{label}"))

    @abstractmethod
    async def all_tap(self, crowd: Sequence[Someone], message: Seen, label: str) -> None:
        """Many people tap the same button, one after the other."""

    async def sees(self, who: Someone, wanted: Wanted, *, place: Place | None = None, quietly: bool = False) -> Seen:
        """What somebody sees in the private chat, or in a group. Raises `StepNotSeen` when it does not come."""
        try:
            seen = await self.play.hands.wait_for(who.account, self.chat(place), wanted)
        except (TimeoutError, CannotDo) as error:
            where = place.name if place else who.name
            raise StepNotSeen(f"{who.name} @ {where}: {error}") from error
        self.seen(seen, who, place, quietly)
        return seen

    @abstractmethod
    def seen(self, seen: Seen, who: Someone, place: Place | None, quietly: bool) -> None:
        """What was to be seen is there."""

    async def until(self, hour: int, minute: int = 0) -> None:
        """Let time pass until the clocks next show this."""
        await self.later(self.play.span_until(hour, minute))

    def chat(self, place: Place | None) -> int:
        """The chat of a place, also after its group has become a supergroup; the bot's own for None."""
        if place is None:
            return BOT_ID
        room = self.play.sandbox.world.groups[place.chat]
        return room.migrated_to or room.id

    def clock(self) -> str:
        return self.say.clock(self.play.clock(), self.play.settings.community.timezone)

    # What messages are recognised by, in any language.

    def has(self, *labels: str, code: str = "", words: str = "") -> Wanted:
        """A message of the bot's with these buttons, this code and these words."""
        wanted = [self.say(f"button.{label}") for label in labels]
        return lambda seen: (
            seen.by_bot and all(label in seen.labels for label in wanted) and code in seen.text and words in seen.text
        )

    def without(self, label: str, *, code: str) -> Wanted:
        """A message of the bot's with this code on which this button is gone."""
        words = self.say(f"button.{label}")
        return lambda seen: seen.by_bot and code in seen.text and words not in seen.labels


def code_in(seen: Seen) -> str:
    """The code a message shows. Raises `StepNotSeen` when there is none."""
    found = CODE.search(seen.text)
    if found is None:
        raise StepNotSeen(f"no code in: {seen.text}")
    return found.group()
