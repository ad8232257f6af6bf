"""What nobody would think of: old buttons, forged ones, blocked bots, groups left, words that mean nothing."""

from __future__ import annotations

from bot.demo.stage import BOT_ID
from tests.faults.simulated_crowd import DAY, LINES, REPORTS, Crowd


class Mischief(Crowd):
    """Anybody but the plain ones does one of these, now and then."""

    def _do_mischief(self) -> None:
        who = self._chance.choice([each for each in self._everybody if each not in self._plain])
        self._chance.choice(
            (
                self._old_button, self._old_button, self._forged_button, self._words, self._words, self._picture,
                self._place, self._sticker, self._edit, self._erase, self._block, self._leave, self._mute_bot,
                self._kick_bot, self._double_tap, self._contact, self._follow_link,
            )
        )(who)  # fmt: skip

    def _words(self, who: int) -> None:
        words = self._chance.choice((*REPORTS, *LINES, "x" * 4000, "\u202egạo", "báo động", "huỷ"))
        self._hands.say(who, self._chance.choice((BOT_ID, self._group_of(who))), f"{words} {self._mark()}"[:4096])

    def _picture(self, who: int) -> None:
        self._hands.send_photo(who, BOT_ID, caption=self._chance.choice(("", f"{REPORTS[0]} {self._mark()}")))

    def _place(self, who: int) -> None:
        self._hands.send_location(who, BOT_ID)

    def _sticker(self, who: int) -> None:
        self._hands.send_sticker(who, self._chance.choice((BOT_ID, self._group_of(who))))

    def _contact(self, who: int) -> None:
        self._hands.send_contact(who, BOT_ID, f"09{self._chance.randrange(10**8):08}")

    def _edit(self, who: int) -> None:
        own = [seen for seen in self._screen(who) if seen.mine and seen.kind == "text"]
        if own:
            self._hands.edit(who, self._chance.choice(own), f"{self._chance.choice(REPORTS)} sửa")

    def _erase(self, who: int) -> None:
        screen = self._screen(who)
        if screen:
            self._hands.delete(who, self._chance.choice(screen))

    def _block(self, who: int) -> None:
        self._hands.block(who, BOT_ID)
        self._later(self._chance.uniform(60, 2 * DAY), lambda: self._hands.start(who, BOT_ID), "unblock")

    def _leave(self, who: int) -> None:
        group = self._group_of(who)
        self._hands.leave(who, group)
        self._later(self._chance.uniform(60, 2 * DAY), lambda: self._hands.join(who, group), "join")

    def _mute_bot(self, _who: int) -> None:
        group, owner = self._some_group()
        self._hands.mute_bot(owner, group, BOT_ID)
        self._later(self._chance.uniform(60, DAY), lambda: self._hands.unmute_bot(owner, group, BOT_ID), "unmute")

    def _kick_bot(self, _who: int) -> None:
        group, owner = self._some_group()
        self._hands.kick_bot(owner, group, BOT_ID)
        rights = ["can_pin_messages", "can_delete_messages"]
        again = lambda: self._hands.add_bot(owner, group, BOT_ID, rights=rights)  # noqa: E731
        self._later(self._chance.uniform(60, DAY), again, "add bot")

    def _old_button(self, who: int) -> None:
        chat = self._chance.choice((BOT_ID, self._group_of(who)))
        with_buttons = [seen for seen in self._screen(who, chat) if seen.by_bot and seen.labels]
        if with_buttons:
            seen = self._chance.choice(with_buttons)
            self._hands.press(who, seen, self._chance.choice(seen.labels))

    def _double_tap(self, who: int) -> None:
        with_buttons = [seen for seen in self._screen(who) if seen.by_bot and seen.labels]
        if with_buttons:
            seen = with_buttons[-1]
            label = self._chance.choice(seen.labels)
            for _ in range(self._chance.randint(2, 5)):
                self._hands.press(who, seen, label)

    def _forged_button(self, who: int) -> None:
        mine = [seen for seen in self._screen(who) if seen.by_bot]
        number = self._chance.randint(1, 30)
        verb = self._chance.choice(("take", "resolve", "ack", "send", "answer", "take-over", "nothing"))
        if mine:
            self._hands.press_data(who, self._chance.choice(mine), f"v1|{verb}|{number}")

    def _follow_link(self, who: int) -> None:
        links = [b.url for seen in self._screen(who) for row in seen.buttons for b in row if "?start=" in b.url]
        if links:
            self._hands.open_link(who, self._chance.choice(links))
