"""Which message may leave when. Pure: it is told the time in monotonic seconds and does nothing but decide.

What is urgent leaves first, but no kind of mail stays without its share of the departures (`shares`); among
equals short jobs go before long ones, and units take turns (`turns`).
A chat gets one message at a time, and those about one subject in their order (`chat_queue`). The bot as a
whole keeps to so many messages in any second, counted where they arrive (`slots`). Mail may be taken `ahead` of
its moment, by whoever needs time to make it ready.
"""

from dataclasses import replace
from heapq import heappop, heappush
from math import inf

from bot.telegram.chat_queue import Allowance, ChatQueue, Limits, Queued
from bot.telegram.slots import Slots
from bot.telegram.turns import Offer, Turns, Waiting
from models.rules.mail import Priority

__all__ = ["Limits", "Pacer", "Waiting"]

ECHO = 30.0  #: Seconds within which a refusal from a second chat means that the whole bot is too fast.

FARTHEST_AHEAD = 0.8  #: Seconds; a place is known to be free only from the answer to the message before.


class Pacer:
    """All mail that waits, and the moments at which it may leave. Every call costs O(log n) for each message.

    Ask `wake_at` again after every other call: an answer often brings the next departure near.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._slots = Slots(limits.per_second) if limits.per_second else None
        self._turns = Turns()
        self._chats: dict[int, ChatQueue] = {}
        self._waiting: dict[int, Waiting] = {}
        self._in_flight: dict[int, int] = {}  #: Mail → the chat it is on its way to.
        self._wakes: list[tuple[float, int]] = []  #: A heap: when to look at a chat again; may be outdated.
        self._quiet: list[tuple[float, int]] = []  #: A heap: when an empty chat's past stops mattering.
        self.ahead = 0.0  #: Seconds by which mail is taken before its moment.
        self.held_until = -inf  #: The whole bot is silent until then, in monotonic seconds.
        self._refused_at: dict[int, float] = {}  #: Chat → when Telegram last called us too fast there.

    def __contains__(self, mail_id: int) -> bool:
        """Whether this message waits or is on its way."""
        return mail_id in self._waiting or mail_id in self._in_flight

    def __len__(self) -> int:
        """How many messages wait; those on their way no longer do."""
        return len(self._waiting)

    def add(self, mail: Waiting, now: float) -> None:
        """Let a message wait for its turn. Nothing happens while the same one waits or is on its way.

        To send one again, add it right after `answered` and before the next `take`: it then still comes
        before the later ones of its subject.
        """
        if mail.id not in self:
            self._enter(Queued(mail, max(now, mail.not_before)), now)

    def remove(self, mail_id: int, now: float) -> None:
        """Withdraw a message that still waits. One that has left cannot be called back."""
        mail = self._waiting.pop(mail_id, None)
        if mail is None:
            return
        self._turns.forget(mail)
        self._chats[mail.chat_id].remove(mail)
        self._look_at(mail.chat_id, now)

    def take(self, now: float, most: int) -> dict[Waiting, float]:
        """Those that leave now or within `ahead`, in their order, and the moment of each; report with `answered`.

        Whoever takes ahead makes them ready meanwhile, and lets one leave at each of these moments, none before.
        `most` bounds how many are taken at once. Leave room for more than `per_second` sends at a time: an alarm does
        not wait long for others' answers.
        """
        while self._wakes and self._wakes[0][0] <= now:
            self._keep_promise(heappop(self._wakes)[1], now)
        self._forget_quiet_chats(now)
        leaving: dict[Waiting, float] = {}
        while len(leaving) < most:
            offer = self._turns.next()
            if offer is None or self._taken_at(offer, now) > now:
                break
            leaving[offer.mail] = self._depart(offer, now)
        return leaving

    def wake_at(self, now: float) -> float | None:
        """When to call `take` again if nothing else happens before; None when only another call can tell."""
        offer = self._turns.next()
        take = max(now, self._taken_at(offer, now)) if offer else inf
        look = max(now, self._wakes[0][0]) if self._wakes else inf
        earliest = min(take, look)
        return None if earliest == inf else earliest

    def departed(self, mail_id: int, now: float) -> None:
        """It leaves now; whoever takes ahead says so, for it may be later, or another may leave at its moment."""
        if self._slots:
            self._slots.departed(mail_id, now)
        self._chats[self._in_flight[mail_id]].allowance.departed(now)

    def heard(self, mail_id: int, now: float) -> None:
        """Its answer is here, not yet settled: the place's second begins, the chat waits for `answered`."""
        if self._slots:
            self._slots.answered(mail_id, now)

    def answered(self, mail_id: int, now: float) -> None:
        """The message has been answered, refused or given up: its chat is free, its place soon will be.

        Counting every end as an arrival is the safe side: one that never left costs a second of one place.
        """
        chat_id = self._in_flight.pop(mail_id, None)
        if chat_id is None:
            return
        self.heard(mail_id, now)
        chat = self._chats[chat_id]
        chat.in_flight -= 1
        chat.allowance.answered(now)
        self._look_at(chat_id, now)

    def refused(self, chat_id: int, now: float, seconds: float) -> None:
        """Telegram said 429: that chat rests so many seconds, the whole bot if another chat just did."""
        self.hold_chat(chat_id, now + seconds, now)
        self._refused_at = {chat: at for chat, at in self._refused_at.items() if at > now - ECHO}
        if self._refused_at.keys() - {chat_id}:
            self.hold_all(now + seconds)
        self._refused_at[chat_id] = now

    def hold_chat(self, chat_id: int, until: float, now: float) -> None:
        """Send nothing to this chat before then."""
        chat = self._chat(chat_id)
        chat.held_until = max(chat.held_until, until)
        self._look_at(chat_id, now)

    def hold_all(self, until: float) -> None:
        """Send nothing at all before then."""
        self.held_until = max(self.held_until, until)

    def move_chat(self, old: int, new: int, now: float) -> None:
        """Let everything for one chat wait for another: the group has become a supergroup."""
        if old not in self._chats or old == new:
            return
        before, after = self._chats.pop(old), self._chat(new)
        self._retract(before)
        after.in_flight += before.in_flight
        self._in_flight = {mail_id: new if chat == old else chat for mail_id, chat in self._in_flight.items()}
        for queued in before.drain():
            self._turns.forget(queued.mail)
            self._enter(Queued(replace(queued.mail, chat_id=new), queued.since), now)
        self._look_at(new, now)

    def _enter(self, queued: Queued, now: float) -> None:
        mail = queued.mail
        self._waiting[mail.id] = mail
        self._turns.expect(mail)
        self._chat(mail.chat_id).add(queued)
        self._look_at(mail.chat_id, now)

    def _depart(self, offer: Offer, now: float) -> float:
        """Take the message whose turn it is out of the line; the moment at which it leaves."""
        mail, at = offer.mail, max(now, self._moment_of(offer, now))
        self._turns.take(offer)
        self._turns.forget(mail)
        del self._waiting[mail.id]
        chat = self._chats[mail.chat_id]
        chat.offer = None
        chat.remove(mail)
        chat.in_flight += 1
        chat.allowance.left(at)
        self._in_flight[mail.id] = mail.chat_id
        if self._slots:
            self._slots.take(mail.id, at, since=offer.since)
        if not self.ahead:
            self.departed(mail.id, at)
        return at

    def _taken_at(self, offer: Offer, now: float) -> float:
        """When the offer whose turn it is may be taken."""
        if offer.urgency != Priority.ALARM:
            return self._moment_of(offer, now) - self.ahead
        # Where others were taken ahead, an alarm is taken as soon as its place is known, and leaves before them.
        known_at = self._moment_of(offer, now) - (FARTHEST_AHEAD if self.ahead else 0.0)
        return min(known_at, max(self.held_until, self._slots.borrow_at())) if self._slots else known_at

    def _moment_of(self, offer: Offer, now: float) -> float:
        """When an offer whose turn has come may leave."""
        slot_at = self._slots.next_at(now) if self._slots else -inf
        if self._slots and offer.urgency == Priority.ALARM and self._slots.borrow_at() <= now:
            # An answer that has not come for so long may never come: the place is used now, not planned with.
            slot_at = min(slot_at, now)
        return max(self.held_until, slot_at)

    def _look_at(self, chat_id: int, now: float) -> None:
        """Renew what a chat offers, or note when it could offer something."""
        chat = self._chats.get(chat_id)
        if chat is None or chat.in_flight:
            return  # Its answer brings us back here.
        found = chat.candidate(now)
        if found is None:
            self._retract(chat)
        else:
            self._renew_offer(chat_id, chat, *found, now)
        self._promise_look(chat_id, chat, chat.due_at())
        if chat.is_empty:
            heappush(self._quiet, (chat.quiet_at, chat_id))

    def _renew_offer(self, chat_id: int, chat: ChatQueue, queued: Queued, urgency: Priority, now: float) -> None:
        ready_at = max(chat.held_until, chat.allowance.next_at(alarm=urgency == Priority.ALARM))
        if ready_at > now:
            self._retract(chat)
            self._promise_look(chat_id, chat, ready_at)
        elif chat.offer is None or (chat.offer.mail, chat.offer.urgency) != (queued.mail, urgency):
            self._retract(chat)
            chat.offer = self._turns.offer(queued.mail, urgency, queued.since)

    def _retract(self, chat: ChatQueue) -> None:
        if chat.offer:
            chat.offer.standing = False
            chat.offer = None

    def _promise_look(self, chat_id: int, chat: ChatQueue, at: float) -> None:
        if at < chat.look_at:
            chat.look_at = at
            heappush(self._wakes, (at, chat_id))

    def _keep_promise(self, chat_id: int, now: float) -> None:
        chat = self._chats.get(chat_id)
        if chat:
            chat.look_at = inf
            self._look_at(chat_id, now)

    def _chat(self, chat_id: int) -> ChatQueue:
        if chat_id not in self._chats:
            self._chats[chat_id] = ChatQueue(Allowance(self._limits, is_group=chat_id < 0))
        return self._chats[chat_id]

    def _forget_quiet_chats(self, now: float) -> None:
        """Drop chats without mail whose past limits nothing: memory follows the mail, not the district."""
        while self._quiet and self._quiet[0][0] <= now:
            _, chat_id = heappop(self._quiet)
            chat = self._chats.get(chat_id)
            if chat and chat.is_empty and chat.quiet_at <= now:
                del self._chats[chat_id]
