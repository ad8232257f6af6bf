"""From an errand to its effects: done outside any transaction, then committed together with the errand's mark."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from sqlalchemy.orm import Session

from bot.intake import where
from bot.looking import Looks
from bot.outages import outlast
from bot.router import run
from bot.writer import Writer, is_of_the_machine
from handlers.commands import Command
from models.records import Errand, ErrandState
from models.rules.policy import Policy
from models.store import errands as store
from models.work import Told, Work

log = structlog.get_logger()

#: How long to wait before each further try: the service may be away for a while.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600))
#: Seconds between two looks; what is asked for and what is due again are found alike.
LOOK_AGAIN = 1.0

Data = Mapping[str, Any]


class Doer(Protocol):
    """How one kind of errand is done."""

    async def do(self, data: Data) -> Command:
        """Do it; the command brings what came of it into the records. Whatever it raises, it is tried again."""

    def give_up(self, data: Data) -> Command:
        """It failed at every try: whoever asked for it must hear."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One errand as a plain value."""

    id: int
    kind: str
    data: Data
    tries: int  #: Including this one.


class Errands:
    """Does what waits, one after the other."""

    def __init__(
        self,
        writer: Writer,
        policy: Policy,
        doers: Mapping[str, Doer],
        clock: Callable[[], datetime],
        announce: Callable[[Sequence[Told]], None],
        looks: Callable[[float], Looks] = Looks,
    ) -> None:
        self._writer = writer
        self._policy = policy
        self._doers = doers
        self._clock = clock
        self._announce = announce
        self._looks = looks(LOOK_AGAIN)

    async def run(self) -> None:
        """Do errands as they come, for ever; an outage of the database is waited for."""
        while True:
            if not await outlast(self.do_next, "errand"):
                await self._looks.wait()

    async def do_next(self) -> bool:
        """Do the errand that is due first; whether there was one."""
        asked = await self._writer.transact(self._begin)
        if asked is None:
            return False
        doer = self._doers[asked.kind]
        try:
            command = await doer.do(asked.data)
            await self._settle(asked, command)
        except Exception as error:
            if is_of_the_machine(error):
                raise
            await self._fail(asked, doer, where(error))
        return True

    def _begin(self, session: Session) -> Asked | None:
        """Count the try before it begins: work that ends the whole program must not do so for ever."""
        now = self._clock()
        errand = store.Errands(session).find_due(now)
        if errand is None:
            return None
        errand.tries += 1
        errand.due_at = now + _wait_after(errand.tries)
        return Asked(errand.id, errand.kind, json.loads(errand.data), errand.tries)

    async def _settle(self, asked: Asked, command: Command, failure: str = "") -> None:
        """Commit what came of it together with its mark."""

        def change(session: Session) -> Sequence[Told]:
            work = Work(session, self._clock(), self._policy)
            errand = session.get_one(Errand, asked.id)
            errand.state = ErrandState.FAILED if failure else ErrandState.DONE
            errand.due_at, errand.failure = work.now, failure
            run(command, work)
            return work.told

        self._announce(await self._writer.transact(change))

    async def _fail(self, asked: Asked, doer: Doer, failure: str) -> None:
        log.error("errand_failed", errand=asked.id, kind=asked.kind, tries=asked.tries, error=failure)
        if asked.tries > len(WAITS):
            await self._settle(asked, doer.give_up(asked.data), failure)


def _wait_after(tries: int) -> timedelta:
    return WAITS[min(tries, len(WAITS)) - 1]
