"""Months of a district in minutes: the whole bot under virtual time, with seeded people and seeded trouble.

    python -m tests.faults.simulation 1000                  # as many seeds, one on each core at a time
    python -m tests.faults.simulation 1000 --workers 4      # on four cores
    python -m tests.faults.simulation --seed 17             # one seed again, to the letter
    python -m tests.faults.simulation 20 --days 7 --homes 60

Each seed prints the hash of everything that happened. A seed in which a law was broken prints what was wrong and the
one command that plays it again.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests.faults.simulated_seed import Found, forgetting_marks, simulate, template_of

DAYS, HOMES = 30, 300


def _work(seed: int, days: int, homes: int, folder: Path) -> Found:
    """One of many seeds, in a process that plays others after it."""
    try:
        return simulate(seed, days, homes, folder)
    except Exception as error:
        # The others are played all the same.
        return Found(seed, days, homes, wrong=[f"the simulation ended: {type(error).__name__}: {error}"])


def main() -> None:
    """Many seeds, or one again."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order of a set of words is left to chance, too, unless it is said before Python begins.
        raise SystemExit(
            subprocess.run(
                [sys.executable, "-m", "tests.faults.simulation", *sys.argv[1:]],
                env={**os.environ, "PYTHONHASHSEED": "0"},
            ).returncode
        )
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        broken = _play_one(asked, Path(folder)) if asked.seed is not None else _play_many(asked, Path(folder))
    raise SystemExit(1 if broken else 0)


def _play_one(asked: argparse.Namespace, folder: Path) -> int:
    read = partial(print, end="", file=sys.stderr) if asked.journal else None
    with forgetting_marks() if asked.control else nullcontext():
        found = simulate(asked.seed, asked.days, asked.homes, folder, read)
    _tell(found, control=asked.control)
    return bool(found.wrong)


def _play_many(asked: argparse.Namespace, folder: Path) -> int:
    """Play so many seeds, one in each process at a time; how many of them broke a law."""
    began, broken = time.monotonic(), 0
    seeds = range(asked.first, asked.first + asked.seeds)
    template_of(asked.homes, folder)
    work = partial(_work, days=asked.days, homes=asked.homes, folder=folder)
    with multiprocessing.get_context("spawn").Pool(min(asked.workers, len(seeds)), maxtasksperchild=20) as pool:
        for done, found in enumerate(pool.imap_unordered(work, seeds), start=1):
            broken += bool(found.wrong)
            _tell(found)
            left = timedelta(seconds=round((time.monotonic() - began) / done * (len(seeds) - done)))
            print(f"{done} of {len(seeds)} seeds, {broken} with a broken law, {left} to go", file=sys.stderr)
    return broken


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.simulation", description=__doc__)
    parser.add_argument("seeds", type=int, nargs="?", default=10, help="how many seeds")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--homes", type=int, default=HOMES)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="seeds played at a time")
    parser.add_argument("--journal", action="store_true", help="with --seed: everything that happens, line by line")
    parser.add_argument("--control", action="store_true", help="with --seed: a bug is planted, which must be found")
    return parser.parse_args()


def _tell(found: Found, *, control: bool = False) -> None:
    print(json.dumps(asdict(found), ensure_ascii=False), flush=True)
    if found.wrong:
        again = f"--seed {found.seed} --days {found.days} --homes {found.homes}{' --control' if control else ''}"
        print(f"play it again: python -m tests.faults.simulation {again}", flush=True)


if __name__ == "__main__":
    main()
