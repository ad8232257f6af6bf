"""The people's hands over HTTP: `POST /sandbox/<verb>` with the arguments as JSON.

Every public verb of `Hands` can be called so, and a few that set the stage. A message is named by its chat and id.
Refusals are answered 409, a wait that was in vain 408, wrong arguments 400, each with `{"error": …}`.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Any, get_type_hints

import msgspec
from aiohttp import web

from bot.sandbox.doors.loopback import only_from_here
from bot.sandbox.faults import Fault
from bot.sandbox.pace import NO_LIMITS, Limits
from bot.sandbox.people.eyes import Wanted
from bot.sandbox.people.hands import Hands
from bot.sandbox.people.views import Seen
from bot.sandbox.refusals import CannotDo
from bot.sandbox.state import Event, Sandbox

#: Moves the embedder's clock by this much.
OnClock = Callable[[timedelta], Awaitable[None]]
_NOT_VERBS = frozenset({"person", "find_room", "sandbox"})


class Stage:
    """What a test or a page may set up beside what people do."""

    def __init__(self, sandbox: Sandbox, on_clock: OnClock | None) -> None:
        self.sandbox = sandbox
        self.on_clock = on_clock

    def new_bot(self, token: str, first_name: str, username: str, reads_all: bool = False) -> int:
        """Register a bot; answers its id."""
        return self.sandbox.new_bot(token, first_name, username, reads_all=reads_all).id

    def new_person(
        self,
        first_name: str,
        last_name: str | None = None,
        id: int | None = None,
        username: str | None = None,
        language_code: str = "vi",
        role: str = "",
    ) -> int:
        """Give somebody an account; answers its id."""
        return self.sandbox.new_person(
            first_name, last_name, id=id, username=username, language_code=language_code, role=role
        ).id

    def new_group(
        self,
        title: str,
        owner: int,
        members: list[int] | None = None,
        id: int | None = None,
        supergroup: bool = False,
    ) -> int:
        """Found a group; answers its id."""
        group = self.sandbox.new_group(title, owner=owner, members=members or (), id=id, supergroup=supergroup)
        return group.id

    def add_fault(self, fault: Fault) -> None:
        """Switch a fault on."""
        self.sandbox.faults.add(fault)

    def disorder(self, duplicate: int = 0, reorder: int = 0) -> None:
        """Hand out so many updates twice and shuffle so many batches."""
        self.sandbox.faults.duplicate_updates += duplicate
        self.sandbox.faults.reorder_updates += reorder

    def clear_faults(self) -> None:
        """Switch every fault off."""
        self.sandbox.faults.clear()

    def limit(self, per_second: int | None = 30, per_group_minute: int | None = 20) -> None:
        """Use other limits; null lifts one."""
        self.sandbox.pace.set(Limits(per_second=per_second, per_group_minute=per_group_minute))

    def lift_limits(self) -> None:
        """Let bots write as fast as they can."""
        self.sandbox.pace.set(NO_LIMITS)

    def counters(self) -> dict[str, int]:
        """How often each method was called, and each status answered."""
        return dict(self.sandbox.counters)

    def calls(self, last: int = 100) -> list[Any]:
        """The newest calls with their answers, the oldest of them first."""
        return list(self.sandbox.calls)[-last:]

    async def move_clock(self, seconds: float) -> int:
        """Move the clock by that much; answers the new time in Unix seconds."""
        if self.on_clock is None:
            raise CannotDo("This sandbox has no clock that could be moved.")
        await self.on_clock(timedelta(seconds=seconds))
        self.sandbox.tell(Event("clock"))
        return self.sandbox.now()

    def now(self) -> int:
        """The present in Unix seconds."""
        return self.sandbox.now()


class Control:
    """Finds the verb, reads its arguments, answers what it returns."""

    def __init__(self, sandbox: Sandbox, on_clock: OnClock | None) -> None:
        self._verbs: dict[str, Callable[..., Any]] = {}
        for actor in (Hands(sandbox), Stage(sandbox, on_clock)):
            self._verbs.update(_verbs_of(actor))

    def routes(self) -> list[web.RouteDef]:
        """The path of the verbs."""
        return [web.post("/sandbox/{verb}", only_from_here(self.do))]

    async def do(self, request: web.Request) -> web.StreamResponse:
        """Carry out one verb."""
        verb = self._verbs.get(request.match_info["verb"])
        if verb is None:
            return _answer(404, {"error": f"no such verb: {request.match_info['verb']}"})
        if request.content_type != "application/json":
            return _answer(400, {"error": "send the arguments as application/json"})
        try:
            arguments = arguments_for(verb, await request.read())
            result = verb(**arguments)
            return _answer(200, await result if inspect.isawaitable(result) else result)
        except CannotDo as refusal:
            return _answer(409, {"error": str(refusal)})
        except TimeoutError as late:
            return _answer(408, {"error": str(late)})
        except (msgspec.MsgspecError, TypeError, KeyError) as wrong:
            return _answer(400, {"error": str(wrong)})


def _verbs_of(actor: object) -> Iterable[tuple[str, Callable[..., Any]]]:
    for name, verb in inspect.getmembers(actor, callable):
        if not name.startswith("_") and name not in _NOT_VERBS:
            yield name, verb


def arguments_for(verb: Callable[..., Any], body: bytes) -> dict[str, Any]:
    """The arguments of a verb, of the types its signature names."""
    given = msgspec.json.decode(body or b"{}", type=dict[str, Any])
    kinds = get_type_hints(verb)
    unknown = given.keys() - kinds.keys()
    if unknown:
        raise TypeError(f"unknown arguments: {', '.join(sorted(unknown))}")
    return {name: _convert(value, kinds[name]) for name, value in given.items()}


def _convert(value: Any, kind: Any) -> Any:
    if isinstance(value, dict) and "chat" in value and "id" in value:
        return Seen(chat=value["chat"], id=value["id"], date=0, sender_id=0, sender="")
    if kind == Wanted:
        return str(value)
    return msgspec.convert(value, kind)


def _answer(status: int, value: Any) -> web.Response:
    return web.Response(status=status, body=msgspec.json.encode(value), content_type="application/json")
