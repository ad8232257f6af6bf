"""Time that passes only when nobody has anything to do, and a machine that runs its tasks in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from heapq import heappop, heappush
from itertools import count
from math import inf
from random import Random
from typing import Any, Protocol, TypeVar, TypeVarTuple

Act = Callable[[], object]
T = TypeVar("T")
Given = TypeVarTuple("Given")

#: Seconds on the monotonic clock when everything begins.
DAWN_OF_TIME = 1_000.0
#: Seconds that one transaction takes, at least and at most, on machines of several sorts.
DISKS = ((0.0005, 0.012), (0.01, 0.08), (0.05, 0.3))


class VirtualTime:
    """The agenda of the world: what happens when, whether or not the bot lives to see it."""

    def __init__(self) -> None:
        self.now = DAWN_OF_TIME
        self._agenda: list[tuple[float, int, Act]] = []
        self._ticket = count()

    def at(self, moment: float, act: Act) -> None:
        """Let this happen then, or at once when then is over."""
        heappush(self._agenda, (moment, next(self._ticket), act))

    def after(self, seconds: float, act: Act) -> None:
        """Let this happen so much later."""
        self.at(self.now + seconds, act)

    @property
    def next_event(self) -> float:
        """When something happens by itself; infinity when nothing does any more."""
        return self._agenda[0][0] if self._agenda else inf

    def pass_until(self, moment: float) -> None:
        """Let time pass until then or until the next event, which happens."""
        if self.next_event <= moment:
            at, _, act = heappop(self._agenda)
            self.now = max(self.now, at)
            act()
        else:
            self.now = max(self.now, moment)


class Sleeper(Protocol):
    """Whoever decides how long a machine that has nothing to do may sleep."""

    def look_alive(self) -> None: ...
    def sleep(self, until: float) -> None: ...


class Machine(asyncio.BaseEventLoop):
    """An event loop without a single socket: where a real one waits for the network, the world goes on."""

    def __init__(self, time: VirtualTime, sleeper: Sleeper) -> None:
        super().__init__()
        self._virtual = time
        self._sleeper = sleeper
        self._selector = self  # What `_run_once` asks to wait.
        # Sums of fractions miss their mark by less than this.
        self._clock_resolution = 1e-6
        self.is_dead = False
        self._afterlife = 0.0  #: Seconds that only what is being buried believes in.

    def time(self) -> float:
        return self._virtual.now + self._afterlife

    def select(self, timeout: float | None) -> Sequence[Any]:
        """Wait so many seconds, for ever when None, or until something happens."""
        if not self.is_dead:
            self._sleeper.look_alive()
        if timeout is not None and timeout <= 0:
            return ()
        if self.is_dead:
            self._afterlife += timeout or 0.0
        else:
            self._sleeper.sleep(inf if timeout is None else self.time() + timeout)
        return ()

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Given], T], *args: *Given
    ) -> asyncio.Future[T]:
        """Do it at once: a second thread would make two runs of one seed differ."""
        done: asyncio.Future[T] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done

    def bury(self) -> None:
        """After a kill: nothing of what it was doing goes on, and what it held is let go of."""
        self.is_dead = True
        tasks = asyncio.all_tasks(self)
        for task in tasks:
            task.cancel()
        self.set_exception_handler(lambda _loop, _context: None)
        self.run_until_complete(asyncio.wait(tasks, timeout=60) if tasks else asyncio.sleep(0))
        self.run_until_complete(self.shutdown_asyncgens())
        self.close()

    def _process_events(self, event_list: Sequence[Any]) -> None:
        """There is no network from which anything could come."""

    def _write_to_self(self) -> None:
        """There is no other thread to be woken by."""


class VirtualThread(Executor):
    """Runs what it is given one after the other; each takes a moment that chance decides, as does the disk."""

    def __init__(self, machine: Machine, chance: Random) -> None:
        self._machine = machine
        self._chance = chance
        self._quickest, self._slowest = chance.choice(DISKS)
        self._free_at = 0.0
        self.turns = 0  #: How many it has run.
        self.waiting = 0  #: How many it has still to run.

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        self._free_at = max(self._machine.time(), self._free_at) + self._chance.uniform(self._quickest, self._slowest)
        self.waiting += 1
        self._machine.call_at(self._free_at, self._run, fn)
        return done

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing holds it."""

    def _run(self, fn: Callable[[], Any]) -> None:
        self.waiting -= 1
        # A dead machine writes nothing, whatever its tasks still want while they are buried.
        if not self._machine.is_dead:
            self.turns += 1
            fn()
