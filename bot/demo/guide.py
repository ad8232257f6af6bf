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
from bot.demo.supervisor import Standing
from bot.demo.telling import StepNotSeen, Telling, Wanted
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


class Deed(NamedTuple):
    """Something somebody did in a chat, as it was at that moment: a card may be another one soon after."""

    kind: str  #: start, write, tap or clock.
    who: int = 0
    chat: int = 0  #: By the number the person knows it by.
    words: str = ""  #: What was written, or stands on the button.


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

    def __init__(self, play: Play, catalogues: Catalogues, name: str, on_change: Callable[[], None]) -> None:
        super().__init__(play, catalogues.in_language(play.settings.community.language))
        self._narrators: list[Say] = [catalogues.in_language(language) for language in ("vi", "en")]
        self._on_change = on_change
        self._happened: list[Deed] = []  # what nobody has taken for a step yet
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
        deed = self._deed_of(event)
        if deed is not None:
            self._happened.append(deed)
            self._stir.set()

    def _deed_of(self, event: Event) -> Deed | None:
        """What somebody did just now; None for whatever the bot or the sandbox did."""
        world, room, kept = self.play.sandbox.world, event.room, event.kept
        if event.kind == "clock":
            return Deed("clock")
        if room is None or kept is None:
            return None
        chat = room.bot_id or room.id
        if event.kind == "press":
            press, markup = world.presses[event.about], kept.message.reply_markup
            buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
            label = next((button.text for button in buttons if button.callback_data == press.data), "")
            return Deed("tap", press.user_id, chat, label)
        if event.kind != "message" or kept.author not in world.people:
            return None
        words = kept.message.text or ""
        return Deed("start" if words.startswith("/start") else "write", kept.author, chat, words)

    async def _step(self, step: Step, do: Callable[[], Awaitable[None]], is_done: Callable[[Deed], bool]) -> Deed:
        """Show a step until the visitor has done it, or do it for them; what was done."""
        self._help = False
        self._show(step)
        until = asyncio.get_running_loop().time() + GLANCE if self.progress.plays else None
        while (deed := self._taken(is_done)) is None:
            if self._help or not await self._stirred(until):
                # Whoever lets time pass by the guide's button has done what was asked.
                step.played = self.progress.plays or step.kind != "clock"
                await do()
                deed = self._taken(is_done) or Deed(step.kind, step.who, step.chat, step.words)
                break
        self.progress.done.append(step)
        self._show(None)
        return deed

    async def _stirred(self, until: float | None) -> bool:
        """Wait until something happens, in the loop's own time; False when nothing did."""
        self._stir.clear()
        try:
            async with asyncio.timeout_at(until):
                await self._stir.wait()
        except TimeoutError:
            return False
        return True

    def _taken(self, is_done: Callable[[Deed], bool]) -> Deed | None:
        """What happened and is the step; it and whatever happened before it are forgotten."""
        for at, deed in enumerate(self._happened):
            if is_done(deed):
                del self._happened[: at + 1]
                return deed
        return None

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

        step = Step("clock", until=int(then.timestamp()))
        await self._step(step, do, lambda deed: deed.kind == "clock" and self.play.clock() >= then)

    async def start(self, who: Someone) -> None:
        async def do() -> None:
            self.play.hands.start(who.account, BOT_ID)

        await self._step(_step_of("start", who, None, BOT_ID), do, _is("start", who, BOT_ID))

    async def writes(self, who: Someone, words: str, *, to: Place | None = None) -> str:
        chat = self.chat(to)

        async def do() -> None:
            self.play.hands.say(who.account, chat, words)

        step = _step_of("write", who, to, chat)
        step.words = words
        return (await self._step(step, do, _is("write", who, chat))).words

    async def taps_name(self, who: Someone, message: Seen, words: str) -> None:
        async def do() -> None:
            self.play.hands.press(who.account, message, words)

        room = self.play.sandbox.world.groups.get(message.chat)
        step = _step_of("tap", who, None, message.chat)
        step.place = room.title if room else BOT_NAME
        step.message, step.label = message.id, words
        await self._step(step, do, _is("tap", who, message.chat, words))

    async def all_tap(self, crowd: Sequence[Someone], message: Seen, label: str) -> None:
        step = Step("crowd", chat=message.chat, label=self.say(f"button.{label}"), words=str(len(crowd)), played=True)
        self._show(step)
        for who in crowd:
            await asyncio.sleep(GLANCE / len(crowd))
            self.play.hands.press(who.account, message, step.label)
        self.progress.done.append(step)
        self._show(None)

    async def sees(self, who: Someone, wanted: Wanted, *, place: Place | None = None, quietly: bool = False) -> Seen:
        """As in any telling; but a bot that is down, was restarted or has trouble is waited for."""
        while True:
            starts = self.play.bot.starts
            try:
                return await super().sees(who, wanted, place=place, quietly=quietly)
            except StepNotSeen:
                if self._bot_works() and self.play.bot.starts == starts:
                    raise

    def _bot_works(self) -> bool:
        return self.play.bot.standing is Standing.UP and not self.play.sandbox.faults.active

    def seen(self, seen: Seen, who: Someone, place: Place | None, quietly: bool) -> None:
        """The visitor sees it for themselves."""


def _step_of(kind: str, who: Someone, place: Place | None, chat: int) -> Step:
    return Step(kind, who.account, who.name, chat, place.name if place else BOT_NAME)


def _is(kind: str, who: Someone, chat: int, label: str = "") -> Callable[[Deed], bool]:
    """Whether somebody did this there: wrote, or tapped a button that begins with these words."""

    def is_done(deed: Deed) -> bool:
        return (deed.kind, deed.who, deed.chat) == (kind, who.account, chat) and deed.words.startswith(label)

    return is_done
