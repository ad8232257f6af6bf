"""The list of units: `code,name,tier,parent,village,chat_id,desk_chat_id`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.importing import cells
from bot.importing.family import Family, Taken
from bot.importing.table import Outcome, Row, RowRefused
from models.records import Chat, ChatPurpose, Unit
from models.rules.tiers import Tiers
from models.store.registry import Registry
from models.work import Work

PURPOSES = {"chat_id": ChatPurpose.GROUP, "desk_chat_id": ChatPurpose.DESK}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row, understood."""

    unit: Unit | None  #: None when the code is new.
    parent: Unit | None  #: None at the top, or when the cell of a known unit is empty.
    chats: dict[str, int]  #: Column → the chat it binds.


class Units(Family):
    """Places, the tree they form, and the chats bound to them."""

    columns = ("code", "name", "tier", "parent", "village", "chat_id", "desk_chat_id")
    required = ("code", "name", "tier")
    key = ("code",)

    def take(self, row: Row) -> Taken:
        """Keep one unit and bind its chats."""
        cells.require_complete(row, self.required)
        return Taken(_keep(row, _understand(row, self.work), self.work))

    @classmethod
    def in_order(cls, rows: Sequence[Row], tiers: Tiers) -> Sequence[Row]:
        """Parents before children, whatever order the file has."""
        return sorted(rows, key=lambda row: tiers.rank(row["tier"]) if row["tier"] in tiers else len(tiers.names))


def _keep(row: Row, wanted: Wanted, work: Work) -> Outcome:
    registry = Registry(work.session)
    if wanted.unit is None:
        unit = work.units.add(row["code"], row["name"], row["tier"], wanted.parent, row["village"])
        changed = False
    else:
        unit = wanted.unit
        changed = _change(unit, row, wanted.parent, registry)
    bound = [_bind(unit, chat_id, PURPOSES[column], work) for column, chat_id in wanted.chats.items()]
    if wanted.unit is None:
        return Outcome.NEW
    return Outcome.CHANGED if changed or any(bound) else Outcome.SAME


def _understand(row: Row, work: Work) -> Wanted:
    if " " in row["code"]:
        raise RowRefused("code", "import.code_with_space", given=row["code"])
    tier = cells.one_of(row, "tier", work.policy.tiers.names)
    unit = work.units.find_by_code(row["code"])
    if unit is not None and unit.tier != tier and Registry(work.session).has_children(unit):
        raise RowRefused("tier", "import.tier_with_children", given=tier)
    return Wanted(unit, _parent(row, unit, tier, work), _chats(row, unit, work))


def _parent(row: Row, unit: Unit | None, tier: str, work: Work) -> Unit | None:
    if not row["parent"]:
        if tier == work.policy.tiers.top:
            _require_only_root(unit, work)
        elif unit is None or unit.tier != tier:
            raise RowRefused("parent", "import.parent_missing", tier=tier)
        return None
    parent = work.units.find_by_code(row["parent"])
    if parent is None:
        raise RowRefused("parent", "import.unknown_unit", given=row["parent"])
    tiers = work.policy.tiers
    if parent.tier not in tiers or not tiers.may_hold(parent.tier, tier):
        raise RowRefused("parent", "import.parent_of_wrong_tier", given=row["parent"], tier=parent.tier)
    return parent


def _require_only_root(unit: Unit | None, work: Work) -> None:
    root = work.units.root()
    if root is not None and (unit is None or unit.id != root.id):
        raise RowRefused("parent", "import.second_root", code=root.code)


def _chats(row: Row, unit: Unit | None, work: Work) -> dict[str, int]:
    found = {column: cells.chat(row, column) for column in PURPOSES}
    chats = {column: chat_id for column, chat_id in found.items() if chat_id is not None}
    if len(set(chats.values())) < len(chats):
        raise RowRefused("desk_chat_id", "import.group_as_desk")
    for column, chat_id in chats.items():
        _require_free(column, work.chats.find(chat_id), unit, work)
    return chats


def _require_free(column: str, chat: Chat | None, unit: Unit | None, work: Work) -> None:
    if chat is None or chat.unit_id is None:
        return
    if unit is None or chat.unit_id != unit.id:
        raise RowRefused(column, "import.chat_bound_elsewhere", code=work.units.require(chat.unit_id).code)
    if chat.purpose is not PURPOSES[column]:
        raise RowRefused(column, "import.group_as_desk")


def _change(unit: Unit, row: Row, parent: Unit | None, registry: Registry) -> bool:
    before = (unit.name, unit.tier, unit.village, unit.parent_id)
    unit.name, unit.tier, unit.village = row["name"], row["tier"], row["village"] or unit.village
    if parent is not None and parent.id != unit.parent_id:
        registry.move(unit, parent)
    return before != (unit.name, unit.tier, unit.village, unit.parent_id)


def _bind(unit: Unit, chat_id: int, purpose: ChatPurpose, work: Work) -> bool:
    """Let the chat be the unit's for this purpose, in place of any other; False when it already is."""
    chat = work.chats.keep(chat_id, title="")
    if chat.unit_id == unit.id:
        return False
    work.chats.bind(chat, unit.id, work.now, purpose)
    return True
