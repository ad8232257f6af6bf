"""The day played by itself and told as a transcript."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.catalogue import Say
from bot.demo.district import Place, Someone
from bot.demo.playing import Play
from bot.demo.stage import BOT_ID, BOT_NAME
from bot.demo.telling import Telling
from bot.sandbox import Seen

Print = Callable[[str], None]


class Narration(Telling):
    """Everybody does what the day asks of them at once, and whatever is done and seen is printed."""

    def __init__(self, play: Play, say: Say, out: Print) -> None:
        super().__init__(play, say)
        self.out = out
        self.steps = 0  #: How much was seen.

    def chapter(self, name: str) -> None:
        self.out("")
        self.out(f"── {self.say(f'story.{name}')} ──")

    def tell(self, sentence: str, **values: object) -> None:
        self.out(f"   {self.say(f'story.{sentence}', **values)}")

    async def later(self, span: timedelta) -> None:
        await self.play.later(span)
        self.out(f"   … {self.clock()}")

    async def start(self, who: Someone) -> None:
        self.play.hands.start(who.account, BOT_ID)
        self._line(who.name, BOT_NAME, "/start")

    async def writes(self, who: Someone, words: str, *, to: Place | None = None) -> str:
        self.play.hands.say(who.account, self.chat(to), words)
        self._line(who.name, to.name if to else BOT_NAME, words)
        return words

    async def taps_name(self, who: Someone, message: Seen, words: str) -> None:
        press = self.play.hands.press(who.account, message, words)
        self._line(who.name, BOT_NAME, f"[{words}]")
        await self.play.hands.wait_for_toast(press)

    async def all_tap(self, crowd: Sequence[Someone], message: Seen, label: str) -> None:
        for who in crowd:
            await self.taps(who, message, label)

    def seen(self, seen: Seen, who: Someone, place: Place | None, quietly: bool) -> None:
        self.steps += 1
        if quietly:
            return
        buttons = f"\n      {' '.join(f'[{label}]' for label in seen.labels)}" if seen.labels else ""
        edited = f" ({self.say('story.edited')})" if seen.edited else ""
        whom = place.name if place else who.name
        self._line(BOT_NAME, f"{whom}{edited}", seen.text.replace("\n", "\n      ") + buttons)

    def _line(self, who: str, whom: str, words: str) -> None:
        self.out(f"{self.clock()} {who} → {whom}: {words}")
