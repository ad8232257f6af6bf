"""Tiers are data: an ordered list of names from the widest place to the homes. No code knows the number three."""

from __future__ import annotations

from dataclasses import dataclass

#: Ready-made lists; districts were abolished on 1 July 2025.
PRESETS: dict[str, tuple[str, ...]] = {
    "2021": ("district", "commune", "community"),
    "2025": ("province", "commune", "community"),
    "province": ("province", "district", "commune", "community"),
}


@dataclass(frozen=True, slots=True)
class Tiers:
    """The tiers of one installation, widest first; the last one is where the households are."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.names) < 2 or len(set(self.names)) != len(self.names):
            raise ValueError("tiers needs at least two different names, widest first")

    @property
    def top(self) -> str:
        return self.names[0]

    @property
    def community(self) -> str:
        return self.names[-1]

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def rank(self, name: str) -> int:
        """0 for the widest tier. Raises ValueError for a name that is no tier here."""
        return self.names.index(name)

    def may_hold(self, parent: str, child: str) -> bool:
        """Whether a unit of tier `parent` may be the direct parent of one of tier `child`."""
        return self.rank(child) == self.rank(parent) + 1
