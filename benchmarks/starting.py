"""How long the bot takes from start to ready beyond importing the same libraries, and how much memory it holds.

`tocovid run` as a process of its own, on a district with 50,000 imported households, against the sandbox; and beside
it a process that only imports every library module the bot loads. In turns; the fastest of each counts, for what else
the machine does can only add. One JSON line for each, one with the difference. Memory is read from /proc, so this one
runs on Linux. Importing the lists takes minutes: a folder given as argument keeps them for the next time.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from benchmarks.far_end import process
from benchmarks.tables import say
from benchmarks.town import imported
from bot.demo import stage
from bot.demo.district import COMMUNES, COMMUNITIES_EACH, District, build
from bot.sandbox import NO_LIMITS, Sandbox, serve

HOMES = 50_000
TURNS = 7
SETTLE = 3.0  #: Seconds that a ready bot gets for its first ticks before its memory is read.
READY = "tocovid ready"
OURS = ("bot", "handlers", "models", "migrations")

#: Runs the command and, when it has ended, writes down every library module it had loaded.
NOTE_MODULES = f"""
import atexit, sys
from pathlib import Path
bare = set(sys.modules)
def note():
    loaded = [each for each in sys.modules if each not in bare and each.partition(".")[0] not in {OURS!r}]
    Path("modules.txt").write_text("\\n".join(loaded))
atexit.register(note)
"""
RUN = "from bot.cli import main; main()"


async def serve_bot(pipe: Connection, district: District) -> None:
    """The sandbox's process."""
    sandbox = Sandbox(seed=1, limits=NO_LIMITS)
    stage.populate(sandbox, district)
    async with serve(sandbox) as url:
        pipe.send(url)
        await asyncio.to_thread(pipe.recv)


def seconds_to_ready(folder: Path, environment: dict[str, str], before: str = "") -> tuple[float, dict[str, float]]:
    """Start the bot, wait for its line, and let it end; seconds until the line, and its memory in MB."""
    started = time.perf_counter()
    command = [sys.executable, "-c", before + RUN, "run"]
    bot = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    assert bot.stdout is not None
    try:
        next(line for line in bot.stdout if line.startswith(READY))
        took = time.perf_counter() - started
        time.sleep(SETTLE)
        return took, memory_of(bot.pid)
    finally:
        bot.send_signal(signal.SIGTERM)
        bot.communicate()


def seconds_to_import(script: Path) -> float:
    """Seconds of a process that imports the libraries and ends."""
    started = time.perf_counter()
    subprocess.run([sys.executable, str(script)], check=True)
    return time.perf_counter() - started


def memory_of(pid: int) -> dict[str, float]:
    """Resident memory of a process now and at its highest, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status))
    return {"resident_mb": int(found["VmRSS"]) / 1024, "highest_mb": int(found["VmHWM"]) / 1024}


def imports_alone(folder: Path, environment: dict[str, str]) -> Path:
    """A script that imports every library module the bot loads, one by one and in the same order."""
    seconds_to_ready(folder, environment, NOTE_MODULES)
    modules = (folder / "modules.txt").read_text().split()
    script = folder / "imports_alone.py"
    script.write_text(
        "from contextlib import suppress\nfrom importlib import import_module\n"
        f"for name in {modules!r}:\n    with suppress(ImportError):\n        import_module(name)\n"
    )
    return script


@contextmanager
def district_on_disk() -> Iterator[Path]:
    """A folder with the imported district, made for this run or kept from the last one."""
    if sys.argv[1:]:
        kept = Path(sys.argv[1])
        kept.mkdir(parents=True, exist_ok=True)
        if not (kept / "demo.sqlite3").exists():
            imported(kept, HOMES)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as folder:
        imported(Path(folder), HOMES)
        yield Path(folder)


def main() -> None:
    """Measure and print."""
    with district_on_disk() as folder, process(serve_bot, build(len(COMMUNES) * COMMUNITIES_EACH)) as pipe:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, [str(Path.cwd()), os.environ.get("PYTHONPATH")])),
            "TOCOVID_TELEGRAM__TOKEN": stage.TOKEN,
            "TOCOVID_TELEGRAM__BASE_URL": pipe.recv(),
            "TOCOVID_DATABASE__URL": "sqlite:///run.sqlite3",
            "TOCOVID_WEB__LISTEN": "",
        }
        shutil.copy(folder / "demo.sqlite3", folder / "run.sqlite3")
        script = imports_alone(folder, environment)
        starts, alone = [], []
        for _ in range(TURNS):
            alone.append(seconds_to_import(script))
            starts.append(seconds_to_ready(folder, environment))
        memory = {name: round(median(held[name] for _, held in starts), 1) for name in starts[0][1]}
        to_ready, to_import = min(took for took, _ in starts), min(alone)
        say("starting", households=HOMES, what="start to ready", seconds=round(to_ready, 3), **memory)
        say("starting", households=HOMES, what="importing the same libraries", seconds=round(to_import, 3))
        say("starting", households=HOMES, what="beyond importing", seconds=round(to_ready - to_import, 3))


if __name__ == "__main__":
    main()
