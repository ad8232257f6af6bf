"""Trouble on demand: what a network and a busy service do to a bot, switched on from outside."""

from __future__ import annotations

import random
from collections import Counter
from typing import Literal

import msgspec

Trouble = Literal["too_many", "server_error", "slow", "reset_before", "timeout_before", "reset_after", "timeout_after"]


class Fault(msgspec.Struct, kw_only=True):
    """One kind of trouble and the calls it befalls.

    `too_many` answers 429; `server_error` answers 5xx; `slow` answers after `seconds`; `reset_before` and
    `timeout_before` break the connection before anything has happened, at once or after keeping silent for
    `seconds`; `reset_after` and `timeout_after` do the work and lose the answer in the same two ways.
    """

    trouble: Trouble
    times: int | None = 1  #: How many calls it befalls; None is every one until cleared.
    method: str | None = None  #: Only this method; None is any that is not getUpdates.
    chat_id: int | None = None  #: Only calls naming this chat.
    probability: float = 1.0  #: The chance that a matching call is hit.
    seconds: float = 1.0
    retry_after: int = 3
    status: int = 502

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Whether a call is one of those this fault is meant for."""
        meant = method != "getUpdates" if self.method is None else method.lower() == self.method.lower()
        return meant and self.chat_id in (None, chat_id)


class Faults:
    """The faults switched on now, first come first served."""

    def __init__(self, rng: random.Random) -> None:
        self.active: list[Fault] = []
        self.duplicate_updates = 0  #: So many updates still to be handed out twice.
        self.reorder_updates = 0  #: So many batches still to be shuffled.
        self.struck: Counter[str] = Counter()  #: How often which trouble befell which method: "slow sendMessage".
        self._rng = rng

    def add(self, fault: Fault) -> None:
        """Switch a fault on."""
        self.active.append(fault)

    def clear(self) -> None:
        """Switch everything off."""
        self.active.clear()
        self.duplicate_updates = self.reorder_updates = 0

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that befalls this call, used up by one; None when it goes well."""
        for fault in self.active:
            if fault.matches(method, chat_id) and self._rng.random() < fault.probability:
                self._use(fault)
                self.struck[f"{fault.trouble} {method}"] += 1
                return fault
        return None

    def _use(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self.active.remove(fault)
