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

from bot.sandbox import NO_LIMITS, CannotDo, Hands, Sandbox
from bot.sandbox.methods.answering import answer, find_method
from bot.sandbox.methods.table import METHODS
from tests.sandbox.schema import DESCRIPTION, faults

_NUMBERS = st.integers(0, 6)
_TEXTS = st.sampled_from(["", "Chào", "/help", "/help@to_covid_bot", "x" * 5000, "<b>a", "😀 #a @mai https://a.vn"])
_KEYS: st.SearchStrategy[dict[str, Any] | None] = st.sampled_from(
    [
        None,
        {"inline_keyboard": [[{"text": "Có", "callback_data": "v1"}, {"text": "Không", "url": "https://a.vn"}]]},
        {"inline_keyboard": [[{"text": "Có"}]]},
        {"inline_keyboard": []},
        {"force_reply": True},
    ]
)
_WRITES = st.sampled_from(["sendMessage", "editMessageText", "editMessageReplyMarkup", "copyMessage", "forwardMessage"])
_TOUCHES = st.sampled_from(
    [
        "deleteMessage",
        "pinChatMessage",
        "unpinChatMessage",
        "unpinAllChatMessages",
        "getChat",
        "getChatMember",
        "getChatMemberCount",
        "getChatAdministrators",
        "leaveChat",
        "banChatMember",
        "unbanChatMember",
        "exportChatInviteLink",
        "sendChatAction",
    ]
)


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

    def chats(self) -> list[int]:
        return list(self.sandbox.world.groups)

    def target(self, number: int) -> int:
        """A group, a person, or nothing at all."""
        targets = [*self.chats(), *self.people, self.bot.id, -1]
        return targets[number % len(targets)]

    def person(self, number: int) -> int:
        return self.people[number % 3]

    def call(self, name: str, **parameters: Any) -> None:
        given = {key: value for key, value in parameters.items() if value is not None}
        method = find_method(name)
        answered = answer(self.sandbox, self.bot, method, given, {})
        body = json.loads(answered.body)
        assert answered.status in (200, 400, 403, 409)
        assert body["ok"] is (answered.status == 200)
        if body["ok"] and DESCRIPTION.exists():
            assert faults(body["result"], method.returns.split(" or ")) == []

    def do(self, action: Callable[[], Any]) -> None:
        with suppress(CannotDo):
            action()

    @rule(name=_WRITES, number=_NUMBERS, message=_NUMBERS, text=_TEXTS, keys=_KEYS, other=_NUMBERS)
    def write(self, name: str, number: int, message: int, text: str, keys: Any, other: int) -> None:
        known = {
            "chat_id": self.target(number),
            "message_id": message,
            "text": text,
            "reply_markup": keys,
            "from_chat_id": self.target(other),
        }
        fields = METHODS[name.lower()].parameters.__struct_fields__
        self.call(name, **{key: value for key, value in known.items() if key in fields})

    @rule(name=_TOUCHES, number=_NUMBERS, message=_NUMBERS, other=_NUMBERS)
    def touch(self, name: str, number: int, message: int, other: int) -> None:
        known = {
            "chat_id": self.target(number),
            "message_id": message,
            "user_id": self.target(other),
            "action": "typing",
        }
        fields = METHODS[name.lower()].parameters.__struct_fields__
        self.call(name, **{key: value for key, value in known.items() if key in fields})

    @rule(confirm=st.booleans())
    def poll(self, confirm: bool) -> None:
        self.call("getUpdates", offset=self.bot.next_update_id if confirm else None, allowed_updates=["chat_member"])

    @rule(number=_NUMBERS, chat=_NUMBERS, text=_TEXTS)
    def say(self, number: int, chat: int, text: str) -> None:
        self.do(lambda: self.hands.say(self.person(number), self.target(chat), text))

    @rule(number=_NUMBERS, chat=_NUMBERS, pick=_NUMBERS)
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
            ]
        ),
        number=_NUMBERS,
        chat=_NUMBERS,
        other=_NUMBERS,
    )
    def live(self, verb: str, number: int, chat: int, other: int) -> None:
        user, where, bot = self.person(number), self.target(chat), self.bot.id
        if verb in ("start", "block", "unblock"):
            self.do(lambda: getattr(self.hands, verb)(user, bot))
        elif verb in ("join", "leave", "upgrade"):
            self.do(lambda: getattr(self.hands, verb)(user, where))
        elif verb in ("promote", "demote"):
            self.do(lambda: getattr(self.hands, verb)(user, where, self.target(other)))
        else:
            self.do(lambda: getattr(self.hands, verb)(user, where, bot))

    @rule(number=_NUMBERS, chat=_NUMBERS)
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
TestLife.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
