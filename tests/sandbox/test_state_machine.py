"""Whatever bots and people do, in whatever order: a proper answer or a proper refusal, never anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.sandbox import DOT, NO_LIMITS, CannotDo, Hands, Sandbox
from bot.sandbox.methods.answering import answer, find_method
from tests.sandbox.calls import CALLS, EDITS, KNOWN, NUMBERS, STORIED, TEXTS, UPLOADS
from tests.sandbox.schema import DESCRIPTION, faults

#: What people send beside words, and how.
_SENDS: dict[str, tuple[Any, ...]] = {
    "send_photo": (DOT, "Đây"),
    "send_album": ([DOT, DOT], "Nhà cháu"),
    "send_document": (b"xin", "don.txt"),
    "send_voice": (),
    "send_sticker": (),
    "send_location": (),
    "send_contact": ("0912345678",),
}
_REPLIES = frozenset({"send_photo", "send_document", "send_voice", "send_location"})
_ASKS = {"inline_keyboard": [[{"text": "Có", "callback_data": "v1"}]]}


class Life(RuleBasedStateMachine):
    """Three people, one group, one bot, and anything that can happen among them."""

    @initialize()
    def begin(self) -> None:
        self.moment = datetime(2026, 11, 22, tzinfo=UTC)
        self.sandbox = Sandbox(clock=lambda: self.moment, seed=1, limits=NO_LIMITS)
        self.hands = Hands(self.sandbox)
        self.bot = self.sandbox.new_bot("1000:token", "Tổ", "to_covid_bot")
        self.people = [self.sandbox.new_person(name).id for name in ("Páo", "Mai", "Sùng")]
        self.sandbox.new_group("Bản Hon", owner=self.people[0], members=self.people[1:2])
        self.hands.add_bot(self.people[0], self.chats()[0], self.bot.id, rights=["can_pin_messages"])
        self.hands.start(self.people[0], self.bot.id)
        for chat in (self.chats()[0], self.people[0]):
            self.call("sendMessage", chat_id=chat, text="Chào", reply_markup=_ASKS)
            self.call("sendPhoto", chat_id=chat, photo="attach://picture", caption="Đây")

    def chats(self) -> list[int]:
        return list(self.sandbox.world.groups)

    def target(self, number: int) -> int:
        """A group, a person, or nothing at all."""
        targets = [*self.chats(), *self.people, self.bot.id, -1]
        return targets[number % len(targets)]

    def person(self, number: int) -> int:
        return self.people[number % 3]

    def meant(self, value: Any, name: str = "") -> Any:
        """A drawn value with everything in it that stands for a chat, an account, a press or a file, as it is now."""
        if isinstance(value, dict):
            return {key: self.meant(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.meant(inner) for inner in value]
        if value == KNOWN or name == "file_id":
            return next(reversed(self.sandbox.world.files), "AgAC")
        if name == "callback_query_id":
            return next(reversed(self.sandbox.world.presses), "1")
        return self.target(value) if name in STORIED else value

    def call(self, name: str, /, **parameters: Any) -> None:
        """Call a method: it answers as Telegram describes, or refuses as Telegram does and changes nothing."""
        method, before = find_method(name), self.sandbox.dump()
        answered = answer(self.sandbox, self.bot, method, parameters, UPLOADS)
        body = json.loads(answered.body)
        assert body["ok"] is (answered.status == 200)
        if body["ok"]:
            self.require(body["result"], method.returns.split(" or "))
            return
        assert answered.status in (400, 403, 404, 409, 413)
        assert (body["error_code"], type(body["description"])) == (answered.status, str)
        self.require(body.get("parameters", {}), ["ResponseParameters"])
        assert self.sandbox.dump() == before

    def require(self, value: Any, kinds: list[str]) -> None:
        if DESCRIPTION.exists():
            assert faults(value, kinds) == []

    def do(self, action: Callable[[], Any]) -> None:
        with suppress(CannotDo):
            action()

    @rule(calls=st.lists(CALLS | EDITS, min_size=1, max_size=8))
    def ask(self, calls: list[tuple[str, dict[str, Any]]]) -> None:
        for name, drawn in calls:
            self.call(name, **self.meant(drawn))

    @rule(confirm=st.booleans())
    def poll(self, confirm: bool) -> None:
        offset = {"offset": self.bot.next_update_id} if confirm else {}
        self.call("getUpdates", allowed_updates=["message", "chat_member", "callback_query"], **offset)

    @rule(number=NUMBERS, chat=NUMBERS, text=TEXTS)
    def say(self, number: int, chat: int, text: str) -> None:
        self.do(lambda: self.hands.say(self.person(number), self.target(chat), text))

    @rule(verb=st.sampled_from(sorted(_SENDS)), number=NUMBERS, chat=NUMBERS, reply=NUMBERS)
    def send(self, verb: str, number: int, chat: int, reply: int) -> None:
        user, where = self.person(number), self.target(chat)
        replied = {"reply_to": reply} if reply and verb in _REPLIES else {}
        self.do(lambda: getattr(self.hands, verb)(user, where, *_SENDS[verb], **replied))

    @rule(
        verb=st.sampled_from(["edit", "delete", "pin", "forward", "press_data"]),
        number=NUMBERS,
        chat=NUMBERS,
        pick=NUMBERS,
    )
    def touch(self, verb: str, number: int, chat: int, pick: int) -> None:
        user, where = self.person(number), self.target(chat)
        more = {"edit": ("Sửa",), "forward": (self.target(pick),), "press_data": ("v1|x",)}.get(verb, ())

        def touch() -> None:
            shown = self.hands.read(user, where)
            if shown:
                getattr(self.hands, verb)(user, shown[pick % len(shown)], *more)

        self.do(touch)

    @rule(number=NUMBERS, chat=NUMBERS, pick=NUMBERS)
    def press(self, number: int, chat: int, pick: int) -> None:
        user = self.person(number)

        def press() -> None:
            shown = self.hands.read(user, self.target(chat))
            if shown:
                press = self.hands.press(user, shown[pick % len(shown)], "Có")
                self.call("answerCallbackQuery", callback_query_id=press, text="Vâng")

        self.do(press)

    @rule(
        verb=st.sampled_from(
            [
                "start",
                "block",
                "unblock",
                "join",
                "leave",
                "add_bot",
                "kick_bot",
                "promote",
                "demote",
                "mute_bot",
                "unmute_bot",
                "upgrade",
                "rename",
                "add",
                "remove",
                "deactivate",
            ]
        ),
        number=NUMBERS,
        chat=NUMBERS,
        other=NUMBERS,
    )
    def live(self, verb: str, number: int, chat: int, other: int) -> None:
        user, where, bot = self.person(number), self.target(chat), self.bot.id
        if verb in ("start", "block", "unblock"):
            self.do(lambda: getattr(self.hands, verb)(user, bot))
        elif verb in ("join", "leave", "upgrade"):
            self.do(lambda: getattr(self.hands, verb)(user, where))
        elif verb == "rename":
            self.do(lambda: self.hands.rename(user, where, "Bản Mới"))
        elif verb == "deactivate":
            self.do(lambda: self.hands.deactivate(self.person(2)))
        elif verb in ("promote", "demote", "add", "remove"):
            self.do(lambda: getattr(self.hands, verb)(user, where, self.target(other)))
        else:
            self.do(lambda: getattr(self.hands, verb)(user, where, bot))

    @rule(number=NUMBERS, chat=NUMBERS)
    def end(self, number: int, chat: int) -> None:
        if number == 6:
            self.do(lambda: self.hands.delete_chat(self.people[0], self.target(chat)))
        self.moment += timedelta(minutes=7 * number)

    @invariant()
    def every_screen_can_be_drawn(self) -> None:
        for person in self.people:
            for line in self.hands.chats(person):
                self.hands.read(person, line.id)

    @invariant()
    def the_lists_agree_with_the_members(self) -> None:
        for room in self.sandbox.world.groups.values():
            if room.migrated_to is not None:
                continue
            inside = {member.user_id for member in room.members.values() if member.inside}
            assert set(room.bots) == inside & {self.bot.id}
            for person in self.people:
                assert (room.id in self.sandbox.world.people[person].groups) == (person in inside)

    @invariant()
    def it_can_be_put_away_at_any_time(self) -> None:
        assert Sandbox(world=self.sandbox.dump()).world == self.sandbox.world

    @invariant()
    def updates_are_numbered_without_gaps(self) -> None:
        numbers = [queued.update.update_id for queued in self.bot.queue]
        assert numbers == list(range(self.bot.next_update_id - len(numbers), self.bot.next_update_id))


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
