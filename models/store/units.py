"""Every question about units and their chats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from models.records import Chat, ChatPurpose, ChatState, Unit
from models.store.known import answer
from models.store.missing import NotThere
from models.store.parts import parts
from models.store.prepared import BOUND, WIDEST


class Units:
    """The tree of places and the chats bound to them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require(self, unit_id: int) -> Unit:
        """The unit. Raises NotThere when there is none."""
        unit = self._session.get(Unit, unit_id)
        if unit is None:
            raise NotThere(f"no unit {unit_id}")
        return unit

    def find_by_code(self, code: str) -> Unit | None:
        return self._session.scalar(select(Unit).where(func.lower(Unit.code) == code.strip().lower()))

    def root(self) -> Unit | None:
        """The unit over all others; None before any was imported."""
        return answer(self._session, ("root",), [Unit], lambda: self._session.scalar(WIDEST))

    def add(self, code: str, name: str, tier: str, parent: Unit | None, village: str = "") -> Unit:
        """A new unit under `parent`, with its path."""
        unit = Unit(code=code, name=name, tier=tier, parent_id=parent.id if parent else None, path="", village=village)
        self._session.add(unit)
        self._session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        return unit

    def above(self, unit: Unit) -> list[Unit]:
        """Its parents, nearest first."""
        ids = ancestor_ids(unit)
        found = {each.id: each for each in self.named(ids)}
        return [found[unit_id] for unit_id in ids]

    def named(self, unit_ids: Iterable[int]) -> Sequence[Unit]:
        """The units with these ids, in the order of the register."""
        return [unit for unit in (self._session.get(Unit, each) for each in sorted(set(unit_ids))) if unit]

    def below(self, unit: Unit, *, tier: str | None = None) -> Sequence[Unit]:
        """Every unit in its subtree, itself left out, widest and earliest first."""
        query = select(Unit).where(Unit.path.startswith(unit.path), Unit.id != unit.id)
        if tier:
            query = query.where(Unit.tier == tier)
        return self._session.scalars(query.order_by(func.length(Unit.path), Unit.id)).all()

    def children(self, unit: Unit) -> Sequence[Unit]:
        """The units directly below it, in the order of the register."""
        return self._session.scalars(select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.id)).all()

    def has_tiers_below(self, unit: Unit) -> bool:
        """Whether units lie below its children too."""
        query = select(Unit.id).where(Unit.path.startswith(unit.path), Unit.id != unit.id, Unit.parent_id != unit.id)
        return self._session.scalar(query.limit(1)) is not None

    def all(self) -> Sequence[Unit]:
        """Every unit, parents before children."""
        return self._session.scalars(select(Unit).order_by(func.length(Unit.path), Unit.id)).all()

    def chat_of(self, unit_id: int, purpose: ChatPurpose = ChatPurpose.GROUP) -> Chat | None:
        """The unit's chat when we may write there; None otherwise."""
        place = {"unit": unit_id, "purpose": purpose}
        key = ("chat", unit_id, purpose)
        chat: Chat | None = answer(self._session, key, [Chat], lambda: self._session.scalar(BOUND, place))
        return chat if chat and chat.state is ChatState.PRESENT else None

    def groups_of(self, unit_ids: Iterable[int]) -> dict[int, int]:
        """The chat id of the writable group of each of these units that has one, by unit id."""
        is_writable = and_(Chat.purpose == ChatPurpose.GROUP, Chat.state == ChatState.PRESENT)
        groups: dict[int, int] = {}
        for part in parts(sorted(set(unit_ids))):
            bound = select(Chat.unit_id, Chat.id).where(Chat.unit_id.in_(part), is_writable)
            groups.update({unit_id: chat_id for unit_id, chat_id in self._session.execute(bound) if unit_id})
        return groups

    def village_of(self, unit_id: int | None) -> str:
        """Where something comes from, as a line of a list says it; empty while not known."""
        unit = self._session.get(Unit, unit_id) if unit_id is not None else None
        return (unit.village or unit.name) if unit else ""

    def unit_of_chat(self, chat_id: int) -> Unit | None:
        """The unit a chat is bound to, whichever its purpose."""
        chat = self._session.get(Chat, chat_id)
        return self._session.get(Unit, chat.unit_id) if chat and chat.unit_id else None


def ancestor_ids(unit: Unit) -> list[int]:
    """The ids of its parents, nearest first, read off its path."""
    return ids_above(unit.path)


def ids_above(path: str) -> list[int]:
    """The ids of the parents of the unit with this path, nearest first."""
    return [int(part) for part in path.split("/") if part][-2::-1]
