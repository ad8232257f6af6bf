"""Updates and messages of kinds the bot never asked for, made after Telegram's own description of its API."""

from __future__ import annotations

import json
import random
from functools import cache
from typing import Any

from tests.sandbox.schema import DESCRIPTION

#: So deep are objects filled with more than they must have.
DEPTH = 3


@cache
def types() -> dict[str, Any]:
    """The described types; none where the description is not at hand."""
    if not DESCRIPTION.exists():
        return {}
    described: dict[str, Any] = json.loads(DESCRIPTION.read_text("utf-8"))["types"]
    return described


def any_update(number: int, dice: random.Random, ids: list[int]) -> dict[str, Any]:
    """An update of any kind there is, with numbers of people and chats that exist."""
    kinds = [field for field in types().get("Update", {}).get("fields", []) if field["name"] != "update_id"]
    if not kinds:
        return {"update_id": number, "poll": {"id": "1", "question": "?", "options": []}}
    kind = dice.choice(kinds)
    return {"update_id": number, kind["name"]: _value(kind["types"], dice, ids, DEPTH)}


def _value(kinds: list[str], dice: random.Random, ids: list[int], depth: int) -> Any:
    kind = dice.choice(kinds)
    if kind.startswith("Array of "):
        return [_value([kind.removeprefix("Array of ")], dice, ids, depth - 1) for _ in range(dice.randrange(3))]
    match kind:
        case "Integer":
            return dice.choice(ids)
        case "Float":
            return dice.uniform(-200, 200)
        case "Boolean":
            return dice.random() < 0.5
        case "True":
            return True
        case "String":
            return dice.choice(("private", "group", "member", "administrator", "left", "x", "Páo", "/help", "v1|help"))
    return _object(types()[kind], dice, ids, depth)


def _object(described: dict[str, Any], dice: random.Random, ids: list[int], depth: int) -> Any:
    if described.get("subtypes"):
        return _value(described["subtypes"], dice, ids, depth)
    fields = [each for each in described.get("fields", []) if each["required"] or (depth > 0 and dice.random() < 0.15)]
    return {each["name"]: _value(each["types"], dice, ids, depth - 1) for each in fields}
