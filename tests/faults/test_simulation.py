"""A day of a small district under virtual time: no law is broken, a seed is a seed, a planted bug is seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.crash

SMALL = ("--days", "1", "--homes", "12")


def simulate(seed: int, *more: str) -> tuple[dict[str, Any], str]:
    """What the program says of one seed, in a process of its own as whoever plays a seed again starts it."""
    asked = [sys.executable, "-m", "tests.faults.simulation", "--seed", str(seed), *SMALL, *more]
    done = subprocess.run(asked, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": "0"})
    assert done.stdout, done.stderr
    found, *rest = done.stdout.splitlines()
    return json.loads(found), "\n".join(rest)


def test_whatever_a_day_brings_no_law_is_broken_and_the_same_seed_is_the_same_day_to_the_letter() -> None:
    found, _ = simulate(1)
    assert found["wrong"] == []
    # Or the day was too quiet to say anything.
    assert found["updates"] > 40
    assert found["messages"] > 100
    assert simulate(1)[0]["hash"] == found["hash"]


def test_effects_without_their_mark_are_found_and_can_be_played_again() -> None:
    found, said = simulate(2, "--control")
    assert any("had its effect 2 times" in wrong for wrong in found["wrong"]), found
    assert f"--seed 2 {' '.join(SMALL)} --control" in said
