"""What the sandbox costs: its calls a second against those of a bare HTTP echo on the same stack, in turns.

Each server is a process of its own. `wrk` calls where it is installed, else a bounded loader of ours: both keep a
few connections open and send the same `sendMessage`. One JSON line for each round, then one with the ratio.
"""

import asyncio
import json
import re
import shutil
import subprocess
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from aiohttp import web

from benchmarks.far_end import TOKEN, Serve, process
from bot.sandbox import NO_LIMITS, Hands, Sandbox, serve

CONNECTIONS = 16
SECONDS = 4.0  #: Of each round.
ROUNDS = 3  #: Taken in turn by both, so that a busy machine burdens both; the median of their shares counts.
BODY = json.dumps({"chat_id": 7, "text": "Bà con chú ý: chiều nay 14 giờ lấy mẫu tại nhà văn hóa."}).encode()
CALLED = f"/bot{TOKEN}/sendMessage"


async def _echo(pipe: Connection, _: None) -> None:
    """Answer every call with what it brought."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=await request.read(), content_type="application/json")

    app = web.Application()
    app.add_routes([web.post("/bot{token}/{method}", answer)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pipe.send(f"http://127.0.0.1:{runner.addresses[0][1]}")
    await asyncio.Event().wait()


async def _sandbox(pipe: Connection, _: None) -> None:
    """A sandbox without limits in which one person has met one bot."""
    sandbox = Sandbox(limits=NO_LIMITS)
    bot = sandbox.new_bot(TOKEN, "Tổ Covid", "to_covid_bot")
    sandbox.new_person("Mai", id=7)
    Hands(sandbox).start(7, bot.id)
    async with serve(sandbox) as url:
        pipe.send(url)
        await asyncio.Event().wait()


SERVERS: dict[str, Serve] = {"echo": _echo, "sandbox": _sandbox}


def calls_by_wrk(url: str, wrk: str) -> float:
    """Calls a second, as wrk counts them; every one must have been answered with 200."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.lua"
        script.write_text(
            f"wrk.method = 'POST'\nwrk.body = [==[{BODY.decode()}]==]\n"
            "wrk.headers['Content-Type'] = 'application/json'\n"
        )
        command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS:.0f}s", "-s", str(script), f"{url}{CALLED}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert "Non-2xx" not in told, told
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert found is not None, told
    return float(found.group(1))


async def calls_by_ours(url: str) -> float:
    """Calls a second over raw connections; every one must have been answered with 200."""
    host, port = url.removeprefix("http://").split(":")
    head = f"POST {CALLED} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    letter = f"{head}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY
    ends = time.perf_counter() + SECONDS

    async def call_until_done() -> int:
        reader, writer = await asyncio.open_connection(host, int(port))
        done = 0
        while time.perf_counter() < ends:
            writer.write(letter)
            answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 200"), answer
            length = re.search(rb"Content-Length: (\d+)", answer)
            assert length is not None, answer
            await reader.readexactly(int(length.group(1)))
            done += 1
        writer.close()
        return done

    return sum(await asyncio.gather(*[call_until_done() for _ in range(CONNECTIONS)])) / SECONDS


def main() -> None:
    """Measure and print."""
    wrk = shutil.which("wrk")
    rounds: dict[str, list[float]] = {name: [] for name in SERVERS}
    for _ in range(ROUNDS):
        for name, serve_it in SERVERS.items():
            with process(serve_it, None) as pipe:
                url = pipe.recv()
                rounds[name].append(calls_by_wrk(url, wrk) if wrk else asyncio.run(calls_by_ours(url)))
            print(json.dumps({"server": name, "calls_a_second": round(rounds[name][-1])}), flush=True)
    share = median(ours / echo for echo, ours in zip(rounds["echo"], rounds["sandbox"], strict=True))
    print(json.dumps({"sandbox_over_echo": round(share, 3), "loader": "wrk" if wrk else "ours", "limit": 0.30}))


if __name__ == "__main__":
    main()
