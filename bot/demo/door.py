"""The page's way to what is around the chats: `/stage`, on this machine only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
from aiohttp import web

from bot.demo.backstage import Backstage
from bot.demo.keeping import NoSituation
from bot.demo.ledger import Ledger, compare
from bot.demo.playing import Play
from bot.demo.supervisor import BotDidNotStart
from bot.sandbox import CannotDo, LoggedCall, arguments_for, only_from_here
from models.records import EntryState

#: How many of the newest calls are shown.
MOST_CALLS = 60


class StageDoor:
    """Carries the page's wishes backstage, and shows it what lies under the bonnet."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.backstage = backstage = Backstage(play)
        play.bot.on_change = backstage.tell_page
        self._verbs: dict[str, Callable[..., Awaitable[None]]] = {
            verb.__name__: verb
            for verb in (
                backstage.clock,
                backstage.clock_to_due,
                backstage.clock_to,
                backstage.clock_runs,
                backstage.bot,
                backstage.faults,
                backstage.put_out,
                backstage.tour,
                backstage.tour_help,
                backstage.tour_end,
                backstage.reset,
            )
        }

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/stage", only_from_here(self.show)),
            web.get("/stage/books", only_from_here(self.show_books)),
            web.get("/stage/situation", only_from_here(self.save)),
            web.put("/stage/situation", only_from_here(self.load)),
            web.post("/stage/{verb}", only_from_here(self.do)),
        ]

    async def show(self, _request: web.Request) -> web.StreamResponse:
        """How the bot, the clock and a tour stand."""
        return _json(await self.backstage.look())

    async def show_books(self, _request: web.Request) -> web.StreamResponse:
        """The bot's books against the sandbox's own, the faults, and the newest calls."""
        sandbox, books = self.play.sandbox, await self.play.bot.books()
        return _json(
            {
                "inbox": books.inbox.get(EntryState.WAITING, 0) if books else None,
                "outbox": books.waiting if books else None,
                "ledger": compare(sandbox, books) if books else Ledger(),
                "faults": [fault.trouble for fault in sandbox.faults.active],
                "calls": [_line_of(call) for call in list(sandbox.calls)[-MOST_CALLS:]],
            }
        )

    async def do(self, request: web.Request) -> web.StreamResponse:
        """Carry out one verb, its arguments given as JSON."""
        if request.content_type != "application/json":
            return _json({"error": "send the arguments as application/json"}, 400)
        verb = self._verbs.get(request.match_info["verb"])
        if verb is None:
            return _json({"error": "no such verb"}, 404)
        try:
            await verb(**arguments_for(verb, await request.read()))
        except CannotDo as refusal:
            return _json({"error": str(refusal)}, 409)
        except BotDidNotStart:
            return _json({"error": "The bot did not start; what it said is on the terminal."}, 503)
        except (msgspec.MsgspecError, TypeError) as wrong:
            return _json({"error": str(wrong)}, 400)
        return _json({})

    async def save(self, _request: web.Request) -> web.StreamResponse:
        """The situation as a file to keep."""
        situation = await self.backstage.take()
        name = f"tocovid-{self.play.local_now():%Y-%m-%d-%H%M}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=situation, content_type="application/zip", headers=headers)

    async def load(self, request: web.Request) -> web.StreamResponse:
        """Go on from a situation that was saved."""
        try:
            await self.backstage.put_back(await request.read())
        except NoSituation:
            return _json({"error": "This file holds no situation of the demo's."}, 409)
        return _json({})


def routes(play: Play) -> Sequence[web.RouteDef]:
    """The demo's door, for the server of its page."""
    return StageDoor(play).routes()


def _line_of(call: LoggedCall) -> dict[str, Any]:
    """A call as one line, with question and answer for whoever unfolds it."""
    return {
        "number": call.number,
        "at": call.at,
        "method": call.method,
        "asked": call.parameters,
        "status": call.status,
        "said": call.description,
        "trouble": call.trouble,
        "result": call.result,
    }


def _json(value: Any, status: int = 200) -> web.Response:
    return web.Response(status=status, body=msgspec.json.encode(value), content_type="application/json")
