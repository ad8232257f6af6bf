"""How the demo's day is told: what people do and see, as a transcript, and whether every step was really seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.catalogue import Say
from bot.demo.district import Place, Someone
from bot.demo.playing import Play
from bot.demo.stage import BOT_ID, BOT_NAME
from bot.sandbox import CannotDo, Seen

Print = Callable[[str], None]
Wanted = Callable[[Seen], bool]

#: How a code looks that people quote.
CODE = re.compile(r"[A-Z]{2,4}-\d{5,}")
#: Seconds a step may take until it is seen; the pace of a fan-out to the whole district fits in.
PATIENCE = 15.0


class StepNotSeen(Exception):
    """Something that should have been in a chat was not."""


@dataclass(slots=True)
class Narration:
    """One telling. Whoever acts and whatever the bot says goes through here and onto the page."""

    play: Play
    say: Say
    out: Print
    steps: int = 0
    _shown: dict[tuple[int, int, int], str] = field(default_factory=dict)

    def chapter(self, name: str) -> None:
        """A heading of the day."""
        self.out("")
        self.out(f"── {self.say(f'story.{name}')} ──")

    def tell(self, sentence: str, **values: object) -> None:
        """A sentence of the narrator's."""
        self.out(f"   {self.say(f'story.{sentence}', **values)}")

    async def later(self, span: timedelta) -> None:
        """Let time pass."""
        await self.play.later(span)
        self.out(f"   … {self._clock()}")

    async def until(self, hour: int, minute: int = 0) -> None:
        """Let time pass until the clocks next show this."""
        zone = self.play.app.policy.timezone
        now = self.play.app.clock().astimezone(zone)
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        await self.later(then - now if then > now else then - now + timedelta(days=1))

    def start(self, who: Someone) -> None:
        self.play.hands.start(who.account, BOT_ID)
        self._line(who.name, BOT_NAME, "/start")

    def writes(self, who: Someone, words: str, *, to: Place | None = None) -> None:
        """Somebody types a message, to the bot or into a group."""
        self.play.hands.say(who.account, to.chat if to else BOT_ID, words)
        self._line(who.name, to.name if to else BOT_NAME, words)

    async def taps(self, who: Someone, message: Seen, label: str) -> None:
        """Somebody taps a button, `label` being its catalogue id without "button."."""
        await self.taps_name(who, message, self.say(f"button.{label}"))

    async def taps_name(self, who: Someone, message: Seen, words: str) -> None:
        """Somebody taps a button that bears a name of the day, such as a unit's or a home's."""
        press = self.play.hands.press(who.account, message, words)
        self._line(who.name, BOT_NAME, f"[{words}]")
        await self.play.hands.wait_for_toast(press, within=PATIENCE)

    async def sees(self, who: Someone, wanted: Wanted, *, place: Place | None = None, quietly: bool = False) -> Seen:
        """What somebody sees in the private chat, or in a group. Raises `StepNotSeen` when it does not come."""
        chat = place.chat if place else BOT_ID
        try:
            seen = await self.play.hands.wait_for(who.account, chat, wanted, within=PATIENCE)
        except (TimeoutError, CannotDo) as error:
            raise StepNotSeen(f"{who.name} @ {place.name if place else BOT_NAME}: {error}") from error
        self.steps += 1
        if not quietly:
            self._show(seen, place.name if place else who.name)
        return seen

    def _show(self, seen: Seen, whom: str) -> None:
        buttons = f"\n      {' '.join(f'[{label}]' for label in seen.labels)}" if seen.labels else ""
        text = seen.text.replace("\n", "\n      ") + buttons
        edited = f" ({self.say('story.edited')})" if seen.edited else ""
        self._line(BOT_NAME, f"{whom}{edited}", text)

    def _line(self, who: str, whom: str, words: str) -> None:
        self.out(f"{self._clock()} {who} → {whom}: {words}")

    def _clock(self) -> str:
        return self.say.clock(self.play.app.clock(), self.play.app.policy.timezone)

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
