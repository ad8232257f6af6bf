"""A tour: a chapter of the day, step by step, each done by the visitor or, when asked, for them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

import msgspec

from bot.catalogue import Catalogues, Say
from bot.demo.chapters import directive_goes_down, report_goes_up, round_is_asked
from bot.demo.district import Place, Someone
from bot.demo.playing import Play
from bot.demo.stage import BOT_ID, BOT_NAME
from bot.demo.telling import PATIENCE, StepNotSeen, Telling
from bot.sandbox import CannotDo, Event, Seen

#: Seconds for which a step is shown before it is played for the visitor.
GLANCE = 1.3


class Tour(NamedTuple):
    """One tour on offer."""

    chapter: Callable[[Telling], Awaitable[None]]
    steps: int  #: How many there are, so that the visitor sees how far they have come.


TOURS: dict[str, Tour] = {
    "report": Tour(report_goes_up, 13),
    "directive": Tour(directive_goes_down, 8),
    "round": Tour(round_is_asked, 10),
}


class Step(msgspec.Struct, omit_defaults=True):
    """What is to be done next, and afterwards who did it."""

    kind: str  #: start, write, tap, crowd or clock.
    who: int = 0
    name: str = ""
    chat: int = 0
    place: str = ""  #: The chat's name.
    message: int = 0  #: The message whose button is meant.
    label: str = ""
    words: str = ""
    until: int = 0  #: Unix time to which the clock is to be moved.
    played: bool = False  #: It was done for the visitor.


class Progress(msgspec.Struct, omit_defaults=True):
    """How far a tour has come, as the page shows it."""

    name: str
    steps: int
    done: list[Step] = []
    now: Step | None = None  #: None while the bot is at work, and at the end.
    told: dict[str, str] = {}  #: The narrator's newest sentence, by language.
    plays: bool = False  #: The rest is played.
    ended: str = ""  #: "finished" once every step was seen, "astray" when the visitor went another way.


class Guide(Telling):
    """Leads one visitor through one tour."""

    patience = 2 * PATIENCE  # on whatever machine the visitor has, and beside whatever it does

    def __init__(self, play: Play, catalogues: Catalogues, name: str, on_change: Callable[[], None]) -> None:
        super().__init__(play, catalogues.in_language(play.settings.community.language))
        self._narrators: list[Say] = [catalogues.in_language(language) for language in ("vi", "en")]
        self._on_change = on_change
        self._happened: list[Event] = []  # what nobody has taken for a step yet
        self._stir = asyncio.Event()  # something happened, or help was asked for
        self._help = False
        self.progress = Progress(name, TOURS[name].steps)

    async def lead(self) -> None:
        """Go through the whole tour; `progress` tells how it went."""
        self.play.sandbox.listeners.append(self._on_event)
        try:
            await TOURS[self.progress.name].chapter(self)
            self.progress.ended = "finished"
        except (StepNotSeen, CannotDo):
            self.progress.ended = "astray"
        finally:
            self.play.sandbox.listeners.remove(self._on_event)
            self._show(None)

    def help(self, *, with_all: bool) -> None:
        """Do the step at hand for the visitor, or all that are left."""
        self._help = True
        self.progress.plays = self.progress.plays or with_all
        self._stir.set()
        self._on_change()

    def _on_event(self, event: Event) -> None:
        if event.kind in ("message", "press", "clock"):
            self._happened.append(event)
            self._stir.set()

    async def _step(self, step: Step, do: Callable[[], Awaitable[None]], is_done: Callable[[Event], bool]) -> None:
        """Show a step until the visitor has done it, or do it for them."""
        self._help = False
        self._show(step)
        until = asyncio.get_running_loop().time() + GLANCE if self.progress.plays else None
        while not self._has_happened(is_done):
            if self._help or not await self._stirred(until):
                # Whoever lets time pass by the guide's button has done what was asked.
                step.played = self.progress.plays or step.kind != "clock"
                await do()
                self._has_happened(is_done)
                break
        self.progress.done.append(step)
        self._show(None)

    async def _stirred(self, until: float | None) -> bool:
        """Wait until something happens, in the loop's own time; False when nothing did."""
        self._stir.clear()
        try:
            async with asyncio.timeout_at(until):
                await self._stir.wait()
        except TimeoutError:
            return False
        return True

    def _has_happened(self, is_done: Callable[[Event], bool]) -> bool:
        """Whether something that happened is the step; what happened before it is forgotten."""
        for at, event in enumerate(self._happened):
            if is_done(event):
                del self._happened[: at + 1]
                return True
        return False

    def _show(self, step: Step | None) -> None:
        self.progress.now = step
        self._on_change()

    def chapter(self, name: str) -> None:
        self.tell(f"tour_{name}")

    def tell(self, sentence: str, **values: object) -> None:
        self.progress.told = {say.language: say(f"story.{sentence}", **values) for say in self._narrators}

    async def later(self, span: timedelta) -> None:
        then = self.play.clock() + span

        async def do() -> None:
            await self.play.later(max(then - self.play.clock(), timedelta()))

        await self._step(
            Step("clock", until=int(then.timestamp())),
            do,
            lambda event: event.kind == "clock" and self.play.clock() >= then,
        )

    async def start(self, who: Someone) -> None:
        async def do() -> None:
            self.play.hands.start(who.account, BOT_ID)

        await self._step(_step_of("start", who, None, BOT_ID), do, _wrote(who, BOT_ID, is_start=True))

    async def writes(self, who: Someone, words: str, *, to: Place | None = None) -> None:
        chat = self.chat(to)

        async def do() -> None:
            self.play.hands.say(who.account, chat, words)

        step = _step_of("write", who, to, chat)
        step.words = words
        await self._step(step, do, _wrote(who, chat))

    async def taps_name(self, who: Someone, message: Seen, words: str) -> None:
        async def do() -> None:
            self.play.hands.press(who.account, message, words)

        room = self.play.sandbox.world.groups.get(message.chat)
        step = _step_of("tap", who, None, message.chat)
        step.place = room.title if room else BOT_NAME
        step.message, step.label = message.id, words
        await self._step(step, do, self._tapped(who, words))

    async def all_tap(self, crowd: Sequence[Someone], message: Seen, label: str) -> None:
        step = Step("crowd", chat=message.chat, label=self.say(f"button.{label}"), words=str(len(crowd)), played=True)
        self._show(step)
        for who in crowd:
            await asyncio.sleep(GLANCE / len(crowd))
            self.play.hands.press(who.account, message, step.label)
        self.progress.done.append(step)
        self._show(None)

    def seen(self, seen: Seen, who: Someone, place: Place | None, quietly: bool) -> None:
        """The visitor sees it for themselves."""

    def _tapped(self, who: Someone, words: str) -> Callable[[Event], bool]:
        def is_done(event: Event) -> bool:
            if event.kind != "press" or event.kept is None:
                return False
            press, markup = self.play.sandbox.world.presses[event.about], event.kept.message.reply_markup
            buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
            meant = {button.callback_data for button in buttons if button.text.startswith(words)}
            return press.user_id == who.account and press.data in meant

        return is_done


def _step_of(kind: str, who: Someone, place: Place | None, chat: int) -> Step:
    return Step(kind, who.account, who.name, chat, place.name if place else BOT_NAME)


def _wrote(who: Someone, chat: int, *, is_start: bool = False) -> Callable[[Event], bool]:
    def is_done(event: Event) -> bool:
        room, kept = event.room, event.kept
        if event.kind != "message" or room is None or kept is None:
            return False
        if kept.author != who.account or chat != (room.bot_id or room.id):
            return False
        return (kept.message.text or "").startswith("/start") == is_start

    return is_done
