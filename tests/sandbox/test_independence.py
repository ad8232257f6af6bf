"""The sandbox stands alone: it is the world outside, and could serve any bot."""

from __future__ import annotations

import re
from pathlib import Path


def test_the_sandbox_knows_nothing_of_our_bot() -> None:
    folder = Path(__file__).parents[2] / "bot" / "sandbox"
    for path in folder.rglob("*.py"):
        imported = re.findall(r"^from (\S+) import|^import (\S+)", path.read_text("utf-8"), re.MULTILINE)
        for name in ("".join(pair) for pair in imported):
            ours = name.split(".")[0] in ("bot", "handlers", "models", "migrations")
            assert not ours or name.startswith("bot.sandbox"), f"{path.name} imports {name}"
