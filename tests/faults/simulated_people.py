"""Everybody in the district does what people do: they report, answer, order, work, and tap what they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

from bot.demo.district import District, Someone
from bot.demo.stage import BOT_ID
from bot.sandbox import Event, Sandbox, Seen
from bot.sandbox.world import Kept, Room
from tests.faults.simulated_crowd import ANSWERS, COMMANDS, HOUR, LINES, ORDERS, REPORTS
from tests.faults.simulated_mischief import Mischief
from tests.faults.virtual_time import VirtualTime

#: What whoever knows their work taps when it is offered, before anything else.
SENSIBLE = ("Gửi", "Đã nhận", "Ghi kết quả", "Tôi nhận việc", "Đã được giúp")
#: So often a day somebody does something about what the bot says.
MOST_REACTIONS = 12


class People(Mischief):
    """Everybody, sensible and not."""

    def __init__(
        self, district: District, sandbox: Sandbox, time: VirtualTime, chance: Random, note: Callable[[str], None]
    ) -> None:
        super().__init__(district, sandbox, time, chance, note)
        self._boards: dict[int, Kept] = {}  #: By group: the newest message that asks how a home is.
        self._reactions: Counter[int] = Counter()
        sandbox.listeners.append(self._hear)

    def settle_in(self) -> None:
        """Most residents press Start some time on the first day."""
        for who in self._residents:
            if who in self._plain or self._chance.random() < 0.5:
                self._some_time(lambda who=who: self._hands.start(who, BOT_ID), "start", within=2 * HOUR)  # type: ignore[misc]

    def begin_day(self) -> None:
        """Decide what everybody will do today, and when."""
        self._reactions.clear()
        for someone in self._district.residents:
            if self._chance.random() < 0.75:
                self._some_time(lambda who=someone: self._answer_board(who), "answer")  # type: ignore[misc]
        for who in sorted(self._staff):
            if self._chance.random() < 0.5:
                self._some_time(lambda who=who: self._clear_desk(who), "clear desk")  # type: ignore[misc]
        homes = len(self._district.homes)
        for _ in range(self._how_many(1 + homes // 75)):
            self._some_time(self._report, "report")
        for _ in range(self._how_many(1)):
            self._some_time(self._order, "order")
        for _ in range(self._how_many(2 + homes // 50)):
            self._some_time(self._command, "command")
        for _ in range(self._how_many(3 + homes // 50)):
            self._some_time(self._do_mischief, "mischief")

    def _how_many(self, usually: int) -> int:
        return sum(self._chance.random() < 0.5 for _ in range(2 * usually))

    # What they mean to do.

    def _report(self) -> None:
        who = self._chance.choice(self._residents)
        if who in self._plain:
            words = f"{self._chance.choice(REPORTS[:10])} {self._mark()}"
            self._hands.say(who, BOT_ID, words)
            self.deeds.told[words.split()[-1]] = who, self._sandbox.clock().timestamp()
        elif self._chance.random() < 0.5:
            self._hands.say(who, self._group_of(who), f"/baotin {self._chance.choice(REPORTS)} {self._mark()}")
        else:
            self._hands.say(who, BOT_ID, f"{self._chance.choice(REPORTS)} {self._mark()}")

    def _order(self) -> None:
        who = self._chance.choice(self._commanders)
        self._hands.say(who, BOT_ID, f"/chidao {self._chance.choice(ORDERS)} {self._mark()}")

    def _answer_board(self, who: Someone) -> None:
        group = self._group_of(who.account)
        board = self._boards.get(group)
        if board is not None:
            self._tap(who.account, group, board, self._chance.choice(ANSWERS))

    def _command(self) -> None:
        who = self._chance.choice(self._everybody)
        if who in self._plain:
            return
        chat = BOT_ID if self._chance.random() < 0.7 else self._chance.choice(list(self._groups.values()))
        self._hands.say(who, chat, f"/{self._chance.choice(COMMANDS)}")

    def _clear_desk(self, who: int) -> None:
        """Take up, or bring to an end, what still waits on one's screen."""
        for seen in self._screen(who):
            wanted = [label for label in seen.labels if label in ("Ghi kết quả", "Tôi nhận việc", "Đã nhận")]
            if wanted:
                self._later(self._chance.uniform(0, 600), partial(self._hands.press, who, seen, wanted[-1]), "work")

    # What they do about what the bot says.

    def _hear(self, event: Event) -> None:
        if event.room is None or event.kept is None or event.kept.author != BOT_ID or event.kind != "message":
            return
        labels = _labels(event.kept)
        if "Cả nhà khỏe" in labels and event.room.id < 0:
            self._boards[event.room.id] = event.kept
        elif labels:
            self._maybe_react(event.room, event.kept)
        elif event.room.id in self._staff and self._chance.random() < 0.2:
            # Something on their desk has just rung.
            self._later(self._chance.uniform(20, 900), partial(self._clear_desk, event.room.id), "clear desk")

    def _maybe_react(self, room: Room, kept: Kept) -> None:
        inside = [who for who, member in room.members.items() if member.inside and who != BOT_ID]
        if not inside:
            return
        who = self._chance.choice(inside)
        is_waited_for = who in self._staff and bool({"Huỷ", "Gửi"} & set(_labels(kept)))
        eagerness = 0.9 if is_waited_for else 0.5 if who in self._staff else 0.35
        if self._reactions[who] >= MOST_REACTIONS or self._chance.random() > eagerness:
            return
        self._reactions[who] += 1
        longest = self._chance.choice((60, 60, 60, 20 * 60, 20 * 60, 5 * HOUR))
        self._later(self._chance.uniform(2, longest), partial(self._react, who, room, kept), "react")

    def _react(self, who: int, room: Room, kept: Kept) -> None:
        labels = _labels(kept)
        is_question = "Huỷ" in labels and "Gửi" not in labels and room.id > 0
        if is_question and who not in self._plain and self._chance.random() < 0.7:
            words = self._chance.choice((*REPORTS, *LINES, "Đã mang gạo đến", "Tổ đến ngay"))
            self._hands.say(who, BOT_ID, f"{words} {self._mark()}")
            return
        likely = [label for label in labels if label not in ("Huỷ", "Thu hồi")]
        if who in self._plain:
            likely = [label for label in labels if label in ("Đã được giúp", "Vẫn chưa được")]
        if likely:
            sensible = [label for label in SENSIBLE if label in likely]
            label = sensible[0] if sensible and self._chance.random() < 0.7 else self._chance.choice(likely)
            self._tap(who, BOT_ID if room.id > 0 else room.id, kept, label)

    def _tap(self, who: int, chat: int, kept: Kept, label: str) -> None:
        """One tap, now and then two: hands tremble."""
        seen = Seen(chat=chat, id=kept.message.message_id, date=0, sender_id=0, sender="")
        for _ in range(self._chance.choice((1, 1, 1, 1, 1, 2))):
            self._hands.press(who, seen, label)


def _labels(kept: Kept) -> list[str]:
    markup = kept.message.reply_markup
    return [button.text for row in markup.inline_keyboard for button in row if button.callback_data] if markup else []
