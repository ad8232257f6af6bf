"""What the village does all day, whether the bot lives or not: everybody writes, taps and waits on their own."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from bot.sandbox import CannotDo, Event, Seen
from tests.crash.village import BOT_ID, COMMUNITIES, Village

#: Seconds somebody waits for the bot's next word before turning to something else.
WAITS_FOR = 60.0
GLANCE = 0.05

#: So many reports make a day, on a slow machine too: one on which they pile up would only measure itself. Every fourth
#: comes with a picture, which must never be passed on twice.
MOST_REPORTS = 64

#: A message of the bot's, as its chat and number.
Place = tuple[int, int]


@dataclass
class Deeds:
    """What was done, each thing with a mark of its own by which its effect is found again."""

    reported: list[str] = field(default_factory=list)  #: Marks in the words of reports.
    directed: list[str] = field(default_factory=list)  #: Marks in the words of directives that were sent.
    taken: set[str] = field(default_factory=set)  #: Codes of reports somebody was seen to have taken up.
    results: dict[str, str] = field(default_factory=dict)  #: Mark in the words of a result → the report's code.
    helped: set[str] = field(default_factory=set)  #: Codes whose sender said that it helped.
    acknowledged: set[tuple[str, int]] = field(default_factory=set)  #: A directive's mark, and the team's group.
    answered: dict[int, str] = field(default_factory=dict)  #: Account → the label tapped on the round's board.
    taps: int = 0  #: All of them, those that change nothing too.


class Screens:
    """What the bot's messages show now, in every chat."""

    def __init__(self, village: Village) -> None:
        self._village = village
        self._texts: dict[int, dict[int, str]] = {}
        self._labels: dict[int, dict[int, list[str]]] = {}
        self.pictures: set[Place] = set()
        self.first_words: dict[Place, str] = {}  #: What each said when it came, however it was edited since.
        village.sandbox.listeners.append(self._note)

    def offering(self, chat: int, label: str) -> list[tuple[Place, str]]:
        """The messages in this chat with such a button, oldest first, each with its text."""
        offers = self._labels.get(chat, {})
        return [((chat, number), self._texts[chat][number]) for number, all_ in offers.items() if label in all_]

    def says(self, chat: int, words: str, after: int = 0) -> bool:
        """Whether a message after that number says so."""
        return any(number > after and words in text for number, text in self._texts.get(chat, {}).items())

    def last(self, chat: int) -> int:
        """The number of the newest message there."""
        return max(self._texts.get(chat, {}), default=0)

    def _note(self, event: Event) -> None:
        if event.room is None or event.kept is None or event.kept.author != BOT_ID:
            return
        message = event.kept.message
        rows = message.reply_markup.inline_keyboard if message.reply_markup else []
        text = message.text or message.caption or ""
        self._texts.setdefault(event.room.id, {})[message.message_id] = text
        if message.photo:
            self.pictures.add((event.room.id, message.message_id))
        self.first_words.setdefault((event.room.id, message.message_id), text)
        self._labels.setdefault(event.room.id, {})[message.message_id] = [button.text for row in rows for button in row]


class Day:
    """Everybody at once. `async with Day(village, seed) as day`, then `day.evening()`: nothing new is begun."""

    def __init__(self, village: Village, seed: int, *, pause: float = 12.0) -> None:
        self.village = village
        self.deeds = Deeds()
        self.screens = Screens(village)
        self._rng = random.Random(seed)
        self._pause = pause
        self._marks = count(1)
        self._is_evening = False
        self._in_hand: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Day:
        village = self.village
        lives = [self._direct()]
        lives += [self._reside(who, code) for code in COMMUNITIES for who in village.residents[code]]
        lives += [self._serve(who) for who in village.staff]
        lives += [self._acknowledge(village.teams[code][0], village.groups[code]) for code in COMMUNITIES]
        self._tasks = [asyncio.create_task(life) for life in lives]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        for end in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(end, Exception):
                raise end

    def evening(self) -> None:
        """Nobody begins anything new; what was begun is brought to its end."""
        self._is_evening = True

    async def _reside(self, who: int, code: str) -> None:
        """Write now and then, answer the board of the round, and say so when helped."""
        group = self.village.groups[code]
        while True:
            await self._breathe(self._pause)
            if not self._is_evening and len(self.deeds.reported) < MOST_REPORTS:
                self._report(who)
            boards = self.screens.offering(group, "Cả nhà khỏe")
            if boards and who not in self.deeds.answered:
                label = self._rng.choice(["Cả nhà khỏe", "Cả nhà khỏe", "Cả nhà khỏe", "Có người ốm"])
                self.deeds.answered[who] = label
                self._tap(who, boards[-1][0], label)
            for place, text in self.screens.offering(who, "Đã được giúp"):
                code_told = text.split()[1]
                if code_told not in self.deeds.helped:
                    self.deeds.helped.add(code_told)
                    self._tap(who, place, "Đã được giúp")

    def _report(self, who: int) -> None:
        mark = f"#{next(self._marks):04}"
        self.deeds.reported.append(mark)
        words = f"Nhà tôi hết gạo, xin tổ giúp {mark}"
        if len(self.deeds.reported) % 4 == 2:
            self.village.hands.send_photo(who, BOT_ID, caption=words)
        else:
            self.village.hands.say(who, BOT_ID, words)

    async def _serve(self, who: int) -> None:
        """Take up what nobody has in hand, write the result, and begin again."""
        tapped: set[tuple[Place, str]] = set()
        while True:
            await self._breathe(0.4)
            for place, text in self.screens.offering(who, "Tôi nhận việc"):
                code = text.split()[0]
                if (place, text) in tapped or code in self._in_hand or self._is_left_to_the_clock(text):
                    continue
                # A copy that a kill left behind never changes: it is tapped once.
                tapped.add((place, text))
                self._in_hand.add(code)
                await self._work_on(who, place, code)
                self._in_hand.discard(code)
                break

    def _is_left_to_the_clock(self, text: str) -> bool:
        """Nobody takes up every fourth report by day, so that the bot's own clock has something to do."""
        left = self.deeds.reported[3::4]
        return not self._is_evening and any(mark in text for mark in left)

    async def _work_on(self, who: int, card: Place, code: str) -> None:
        self._tap(who, card, "Tôi nhận việc")
        await self._until(lambda: card not in self._offering(who, "Tôi nhận việc", code), within=10.0)
        # The card that was tapped may be a copy which only loses its buttons; the one the bot knows goes on.
        await self._until(lambda: bool(self._taken(who, code)), within=5.0)
        for own in self._taken(who, code)[:1]:
            self.deeds.taken.add(code)
            await self._write_result(who, own, code)

    def _taken(self, who: int, code: str) -> list[Place]:
        """This person's cards of a report that was taken up; none once it has gone to another desk."""
        return sorted(self._offering(who, "Ghi kết quả", code) - self._offering(who, "Tôi nhận việc", code))

    async def _write_result(self, who: int, card: Place, code: str) -> None:
        before = self.screens.last(who)
        self._tap(who, card, "Ghi kết quả")
        if await self._until(lambda: self.screens.says(who, f"kết quả xử lý tin {code}", before)):
            mark = f"={next(self._marks):04}"
            self.deeds.results[mark] = code
            self.village.hands.say(who, BOT_ID, f"Đã mang gạo đến {mark}")
            await self._until(lambda: self.screens.says(who, f"Đã ghi kết quả tin {code}"))

    async def _direct(self) -> None:
        """Draft a directive every few seconds and send it once its preview is there."""
        who = self.village.commanders[0]
        while True:
            await self._breathe(4.0)
            if self._is_evening:
                continue
            mark = f"*{next(self._marks):04}"
            self.village.hands.say(who, BOT_ID, f"/chidao Rà soát từng nhà {mark}")
            for place in await self._preview(mark):
                self.deeds.directed.append(mark)
                self._tap(who, place, "Gửi")

    async def _preview(self, mark: str) -> list[Place]:
        """The preview of the directive with this mark, if it came."""

        def there() -> list[Place]:
            return [place for place, text in self.screens.offering(self.village.commanders[0], "Gửi") if mark in text]

        await self._until(lambda: bool(there()))
        return there()[:1]

    async def _acknowledge(self, who: int, group: int) -> None:
        """Acknowledge every directive that comes into the group."""
        while True:
            await self._breathe(1.0)
            for place, text in self.screens.offering(group, "Đã nhận"):
                done = re.findall(r"\*\d+", text)[0], group
                if done not in self.deeds.acknowledged:
                    self.deeds.acknowledged.add(done)
                    self._tap(who, place, "Đã nhận")

    def _tap(self, who: int, place: Place, label: str) -> None:
        """One tap, now and then two: hands tremble."""
        chat, number = place
        shown = Seen(chat=chat if chat < 0 else BOT_ID, id=number, date=0, sender_id=0, sender="")
        for _ in range(self._rng.choice((1, 1, 1, 2))):
            try:
                self.village.hands.press(who, shown, label)
            except CannotDo:
                return  # The button is gone by now.
            self.deeds.taps += 1

    def _offering(self, chat: int, label: str, code: str) -> set[Place]:
        return {place for place, text in self.screens.offering(chat, label) if text.startswith(code)}

    async def _until(self, true: Callable[[], bool], within: float = WAITS_FOR) -> bool:
        """Wait for it as long as people wait; whether it came."""
        for _ in range(int(within / GLANCE)):
            if true():
                return True
            await asyncio.sleep(GLANCE)
        return False

    async def _breathe(self, seconds: float) -> None:
        await asyncio.sleep(self._rng.uniform(0.2, 1.8) * seconds)
