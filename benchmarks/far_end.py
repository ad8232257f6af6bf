"""The other end of the benchmarks, in a process of its own, so that only our own work is measured."""

import asyncio
import multiprocessing
import random
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox import Hands, Sandbox, serve

TOKEN = "1000:benchmark"
Serve = Callable[[Connection, Any], Awaitable[None]]

ANSWER = (
    b'{"ok":true,"result":{"message_id":5,"date":1700000000,"from":{"id":1000,"is_bot":true,"first_name":"To"},'
    b'"chat":{"id":-7,"type":"group","title":"Ban Hon"},"text":"Xin chao ba con"}}'
)


@dataclass(frozen=True, slots=True)
class Town:
    """What stands at the address."""

    url: str
    chat_ids: list[int]


@dataclass
class Tally:
    """What a strict server saw, in monotonic seconds that both processes share."""

    arrivals: list[float] = field(default_factory=list)  #: Every paced call.
    refused: int = 0  #: Those answered with 429.


@contextmanager
def strict_town(chats: int, jitter: float) -> Iterator[tuple[Town, Callable[[], Tally]]]:
    """A strict sandbox with so many groups, up to `jitter` seconds away each way, and how to ask its tally."""
    with process(_serve_town, (chats, jitter)) as pipe:
        town: Town = pipe.recv()

        def tally() -> Tally:
            pipe.send(None)
            seen: Tally = pipe.recv()
            return seen

        yield town, tally


@contextmanager
def prompt_server() -> Iterator[str]:
    """A server that answers every request at once as if it had sent a message; yields its root."""
    with process(_serve_promptly, None) as pipe:
        url: str = pipe.recv()
        yield url


@contextmanager
def process(serve_it: Serve, settings: object) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(serve_it, theirs, settings), daemon=True)
    process.start()
    try:
        yield ours
    finally:
        process.terminate()
        process.join()


def _run(serve_it: Serve, pipe: Connection, settings: object) -> None:
    async def main() -> None:
        await serve_it(pipe, settings)

    asyncio.run(main())


async def _serve_town(pipe: Connection, settings: tuple[int, float]) -> None:
    chats, jitter = settings
    tally = Tally()

    def arrival_clock() -> float:
        """The sandbox looks at this clock once for each call it paces."""
        tally.arrivals.append(time.monotonic())
        return tally.arrivals[-1]

    sandbox = Sandbox(seed=1, monotonic=arrival_clock)
    bot = sandbox.new_bot(TOKEN, "Tổ Covid", "to_covid_bot")
    owner = sandbox.new_person("Páo", "Giàng A")
    groups = [sandbox.new_group(f"Bản {number}", owner=owner.id) for number in range(chats)]
    for group in groups:
        Hands(sandbox).add_bot(owner.id, group.id, bot.id)
    async with serve(sandbox) as inner, _trembling_road(inner, jitter) as url:
        pipe.send(Town(url, [group.id for group in groups]))
        while True:
            await asyncio.to_thread(pipe.recv)
            tally.refused = sandbox.counters["answered 429"]
            pipe.send(tally)


@asynccontextmanager
async def _trembling_road(inner: str, jitter: float) -> AsyncIterator[str]:
    """Another address for a server, every chunk to and from which is up to `jitter` seconds on its way."""
    chance = random.Random(1)
    host, port = urlsplit(inner).hostname, urlsplit(inner).port

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            while chunk := await reader.read(65_536):
                await asyncio.sleep(chance.uniform(0, jitter))
                writer.write(chunk)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, requests = await asyncio.open_connection(host, port)
        await asyncio.gather(carry(reader, requests), carry(answers, writer), return_exceptions=True)

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


class _Prompt(asyncio.Protocol):
    """Answers the requests of a connection, one at a time, without reading more than their length."""

    _reply = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(ANSWER) + ANSWER

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._heard = b""

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, found, body = self._heard.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        if found and len(body) >= int(length.group(1) if length else 0):
            self._heard = b""
            assert isinstance(self._transport, asyncio.WriteTransport)
            self._transport.write(self._reply)


async def _serve_promptly(pipe: Connection, _: None) -> None:
    server = await asyncio.get_running_loop().create_server(_Prompt, "127.0.0.1", 0)
    pipe.send(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    await server.serve_forever()
