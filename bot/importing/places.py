"""Which community a row means: by its code, by its name, by the sheet it stands on, or because there is but one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.importing.table import RowRefused
from models.records import Unit
from models.rules.words import fold

_SORT = re.compile(r"(xa|phuong|thi tran|tt|huyen|danh sach|ds|ho dan|cac ho)\b[ .:]*")
_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, as a list may name it."""

    id: int
    code: str
    path: str
    name: str  #: Folded to plain letters.
    bare: str  #: The same without its sort: "binh lu" for "Xã Bình Lư".

    @classmethod
    def of(cls, unit: Unit) -> Place:
        return cls(unit.id, unit.code, unit.path, _plain(unit.name), _plain(_SORT.sub("", fold(unit.name))))


@dataclass(frozen=True, slots=True)
class Places:
    """The register's places, for whoever brings the list."""

    communities: Sequence[Place]  #: Those they may list homes of.
    strange: Sequence[Place]  #: Those of others: named, they are refused with a word of their own.
    above: Sequence[Place]  #: Every unit that is no community.
    tier: str  #: What communities are called in the configuration.
    _by_code: dict[str, Place] = field(default_factory=dict)
    _pages: dict[str, Page] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Sequence[Unit], listed: Iterable[Unit], tier: str) -> Places:
        """All units of the register, of which `listed` are the communities open to the list."""
        own = {unit.id for unit in listed}
        places = cls(
            [Place.of(unit) for unit in units if unit.id in own],
            [Place.of(unit) for unit in units if unit.tier == tier and unit.id not in own],
            [Place.of(unit) for unit in units if unit.tier != tier],
            tier,
        )
        places._by_code.update((place.code.lower(), place) for place in places.communities)
        return places

    def on_page(self, name: str, titles: Sequence[str]) -> Page:
        """The places one sheet is about, by its own name or by a title above its heading."""
        if name not in self._pages:
            self._pages[name] = self._page(name, titles)
        return self._pages[name]

    def _page(self, name: str, titles: Sequence[str]) -> Page:
        """The innermost place that any of them names: "UBND xã Mẫu" stands above "Danh sách tổ 1" as well."""
        places = [*self.communities, *self.above]
        found = [place for title in (name, *titles) if (place := _best(places, title)) is not None]
        if not found:
            return Page(self, self.communities)
        innermost = max(found, key=lambda place: place.path.count("/"))
        return Page(self, [each for each in self.communities if each.path.startswith(innermost.path)])

    def find_code(self, code: str) -> Place | None:
        return self._by_code.get(code.lower())

    def why_not(self, written: str) -> RowRefused:
        """Why no community open to the list is called so."""
        code = written.lower()
        if any(each.code.lower() == code for each in self.above):
            return RowRefused("unit", "import.homes_elsewhere", given=written, tier=self.tier)
        if any(each.code.lower() == code for each in self.strange) or _named(self.strange, _plain(written)):
            return RowRefused("unit", "import.not_yours", given=written)
        return RowRefused("unit", "import.unknown_unit", given=written)


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet's communities."""

    places: Places
    communities: Sequence[Place]
    _found: dict[str, Place] = field(default_factory=dict)  #: What was written already, and meant.

    def find(self, written: str) -> Place:
        """The community a cell names; an empty cell means the only one there is. Raises `RowRefused`."""
        if written not in self._found:
            self._found[written] = self._find(written)
        return self._found[written]

    def _find(self, written: str) -> Place:
        if not written:
            if len(self.communities) == 1:
                return self.communities[0]
            raise RowRefused("unit", "import.empty")
        coded, plain = self.places.find_code(written), _plain(written)
        if coded is not None:
            return coded
        named = _named(self.communities, plain) or _named(self.places.communities, plain)
        if len(named) > 1:
            raise RowRefused("unit", "import.several_units", codes=", ".join(each.code for each in named[:5]))
        if not named:
            raise self.places.why_not(written)
        return named[0]


def _named(places: Sequence[Place], plain: str) -> list[Place]:
    """Those called so; else those whose name begins so, such as "Tổ 1" for "Tổ 1 bản Mẫu"."""
    exact = [each for each in places if each.name == plain]
    return exact or [each for each in places if each.name.startswith(f"{plain} ")]


def _best(places: Sequence[Place], title: str) -> Place | None:
    """The place a title names, whole or at its end, with or without its sort before it; the longest name wins."""
    said, code = _plain(title), title.strip().lower()
    bare = _plain(_SORT.sub("", fold(title)))
    found = [
        place
        for place in places
        if place.code.lower() == code
        or any(name and (name in (said, bare) or said.endswith(f" {name}")) for name in (place.name, place.bare))
    ]
    return max(found, key=lambda place: len(place.name), default=None)


def _plain(text: str) -> str:
    return _NO_LETTER.sub(" ", fold(text)).strip()
