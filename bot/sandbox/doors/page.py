"""The page's door: its files, who there is, and what happens as it happens."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from aiohttp import web

from bot.sandbox.doors.loopback import only_from_here
from bot.sandbox.people import views
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import Person, Room

FOLDER = Path(__file__).parent.parent / "page"
#: Nothing is loaded from anywhere else, nothing inline runs, nobody frames the page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
#: What a browser may show inside the page; everything else is offered as a download.
_SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


class Screen:
    """One browser window, looking through one person's eyes."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.news: asyncio.Queue[bytes | None] = asyncio.Queue()

    def show(self, kind: str, **told: Any) -> None:
        """Send one piece of news."""
        self.news.put_nowait(b"data: " + msgspec.json.encode({"kind": kind, **told}) + b"\n\n")


class PageDoor:
    """Serves the page and keeps every open window up to date."""

    def __init__(self, sandbox: Sandbox, *, has_clock: bool, has_stage: bool) -> None:
        self.sandbox = sandbox
        self.has_clock = has_clock
        self.has_stage = has_stage
        self._screens: set[Screen] = set()
        sandbox.listeners.append(self._on_event)

    def routes(self) -> list[web.RouteDef]:
        """The page's paths."""
        return [
            web.get("/", only_from_here(self.file)),
            web.get("/page/people", only_from_here(self.people)),
            web.get("/page/events", only_from_here(self.events)),
            web.get("/page/content/{file_id}", only_from_here(self.content)),
            web.get("/page/{name}", only_from_here(self.file)),
        ]

    def close(self) -> None:
        """Let every open window go."""
        self.sandbox.listeners.remove(self._on_event)
        for screen in self._screens:
            screen.news.put_nowait(None)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """A file of the page itself."""
        path = FOLDER / request.match_info.get("name", "index.html")
        kind = _TYPES.get(path.suffix)
        if kind is None or path.parent != FOLDER or not path.is_file():
            raise web.HTTPNotFound
        response = web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=_HEADERS)
        response.enable_compression()
        return response

    async def people(self, request: web.Request) -> web.StreamResponse:
        """Everybody one can be, and what there is to know before choosing."""
        people = [
            {
                "id": person.id,
                "name": person.name,
                "role": person.role,
                "part": person.part,
                "chats": [self.sandbox.world.groups[chat].title for chat in person.groups],
            }
            for person in self.sandbox.world.people.values()
        ]
        bots = [
            {"id": bot.id, "name": bot.user.first_name, "username": bot.user.username}
            for bot in self.sandbox.world.bots.values()
        ]
        told = {
            "people": people,
            "bots": bots,
            "shelves": list(dict.fromkeys(room.shelf for room in self.sandbox.world.groups.values() if room.shelf)),
            "now": self.sandbox.now(),
            "clock": self.has_clock,
            "stage": self.has_stage,
        }
        response = web.Response(body=msgspec.json.encode(told), content_type="application/json")
        response.enable_compression()  # everybody in a district is a long list
        return response

    async def content(self, request: web.Request) -> web.StreamResponse:
        """A file somebody sent: pictures to look at, anything else to save."""
        stored = self.sandbox.world.files.get(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        if stored.mime in _SHOWN:
            return web.Response(body=stored.data, content_type=stored.mime, headers=_HEADERS)
        name = quote(stored.name, safe="")
        headers = {**_HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return web.Response(body=stored.data, content_type="application/octet-stream", headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events for one window, until it closes."""
        person = self.sandbox.world.people.get(int(request.query.get("user", "0")))
        if person is None:
            raise web.HTTPNotFound
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        screen = Screen(person)
        self._screens.add(screen)  # before the window hears that it is open: from then on it misses nothing
        try:
            await response.prepare(request)
            await response.write(b": open\n\n")
            while (news := await screen.news.get()) is not None:
                await response.write(news)
        except ConnectionResetError:
            pass  # the window was closed
        finally:
            self._screens.discard(screen)
        return response

    def _on_event(self, event: Event) -> None:
        for screen in self._screens:
            self._show(screen, event)

    def _show(self, screen: Screen, event: Event) -> None:
        """Tell one window what its person can notice of a change."""
        if event.kind == "toast":
            self._show_toast(screen, event.about)
        elif event.kind in ("stage", "world", "menu"):
            screen.show(event.kind)
        elif event.kind == "press":
            return  # only its answer can be seen
        elif event.kind == "clock":
            screen.show("clock", now=self.sandbox.now())
        elif event.room is not None and _notices(screen.person, event.room):
            self._show_change(screen, event, event.room)
        elif event.kind == "message" and event.room is not None:
            self._show_elsewhere(screen, event.room)

    def _show_elsewhere(self, screen: Screen, room: Room) -> None:
        """Tell the window that somebody on the page's bar has heard something in private, and not what."""
        owner = self.sandbox.world.people.get(room.id) if room.kind == "private" else None
        if owner is not None and owner.part:
            screen.show("elsewhere", user=owner.id)

    def _show_toast(self, screen: Screen, press_id: str) -> None:
        press = self.sandbox.world.presses[press_id]
        if press.user_id == screen.person.id:
            screen.show("toast", press=press.id, text=press.toast, alert=press.alert)

    def _show_change(self, screen: Screen, event: Event, room: Room) -> None:
        chat = room.bot_id or room.id
        if event.kept is None:
            screen.show("chats", chat=chat)
        elif event.kind == "deleted":
            screen.show("deleted", chat=chat, id=event.kept.message.message_id)
        else:
            message = views.seen(self.sandbox, room, event.kept, screen.person)
            screen.show(event.kind, chat=chat, message=message)


def _notices(person: Person, room: Room) -> bool:
    """Whether the person has anything to do with the chat, now or until a moment ago."""
    return room.id == person.id if room.kind == "private" else person.id in room.members
