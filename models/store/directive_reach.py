"""How far a directive comes: who can be written to, and what has come back from where."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from models.rules.directives import speaks_for
from models.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a directive has come in one child unit of its issuer, with all below it."""

    unit: str
    places: int  #: How many units it is for there, from the register.
    delivered: int
    acknowledged: int
    done: int


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who can be written to in a set of units."""

    groups: dict[int, int]  #: The chat of each unit's group, by unit id.
    staff: list[tuple[int, int, Role]]  #: The account, the unit and the role of everyone who serves there.

    def served_units(self) -> set[int]:
        """The units where something can arrive."""
        return set(self.groups) | {unit_id for _, unit_id, _ in self.staff}

    def accounts(self) -> set[int]:
        """Everyone reached in private, each once."""
        return {account_id for account_id, _, _ in self.staff}

    def acting(self, communities: Collection[int]) -> Recipients:
        """Those among them who act for their unit; `communities` says which of the units are some."""
        acting = [
            (account_id, unit_id, role)
            for account_id, unit_id, role in self.staff
            if speaks_for(frozenset({role}), of_community=unit_id in communities)
        ]
        return replace(self, staff=acting)

    def units_by_chat(self) -> dict[int, list[int]]:
        """The units each group or private chat stands for."""
        units: dict[int, list[int]] = {chat_id: [unit_id] for unit_id, chat_id in self.groups.items()}
        for account_id, unit_id, _ in self.staff:
            known = units.setdefault(account_id, [])
            if unit_id not in known:
                known.append(unit_id)
        return units
