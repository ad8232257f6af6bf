"""The demo's day, as a newcomer starts it: one command, a real process, nothing prepared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

import pytest

#: What the bar for the whole day is, in seconds; only a machine under heavy load may take longer.
PROMISED, PATIENCE = 45, 600
STORY = [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--story"]
#: A terminal that promises no more than ASCII must not stop Vietnamese from being printed.
PLAIN = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "LC_", "LANG"))} | {
    "LC_ALL": "C"
}


@pytest.mark.parametrize(
    ("options", "said"),
    [([], "Cả nhà khỏe"), (["--language", "en"], "All well")],
    ids=["in Vietnamese", "in English"],
)
def test_the_day_of_the_demo_is_played_and_every_step_of_it_is_seen(options: list[str], said: str) -> None:
    began = time.monotonic()
    played = subprocess.run([*STORY, *options], env=PLAIN, capture_output=True, timeout=PATIENCE, check=False)
    took = f"{time.monotonic() - began:.0f} s, of {PROMISED} s promised"
    transcript = played.stdout.decode("utf-8")
    assert played.returncode == 0, f"{took}\n{transcript[-2000:]}\n{played.stderr.decode('utf-8')[-2000:]}"
    assert said in transcript, took
    assert len(re.findall(r"^\d\d:\d\d ", transcript, re.M)) > 50, took
    assert len(re.findall(r"^── .+ ──$", transcript, re.M)) == 7, took
