"""Pages to print, typeset as PDF apart from the bot; the fonts lie in the file, so every letter prints everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_TEMPLATES = Path(__file__).parent


def pack(template: str, values: dict[str, Any]) -> bytes:
    """What `typeset` is given: the name of a template beside this file, and what fills it."""
    return json.dumps({"template": template, "values": values}, ensure_ascii=False).encode()


def typeset(packed: bytes) -> bytes:
    """The filled template as PDF; what people wrote is text in it and never markup."""
    import typst

    page = json.loads(packed)
    filled = {"values": json.dumps(page["values"], ensure_ascii=False)}
    made = typst.compile(
        (_TEMPLATES / f"{page['template']}.typ").read_bytes(), sys_inputs=filled, ignore_system_fonts=True
    )
    assert isinstance(made, bytes)
    return made
