"""Whom a task goes to: the units below its issuer and the agencies its issuer knows, from how a document names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.rules import agencies
from models.rules.documents.assignees import names_one_place, tiers_of
from models.rules.documents.document import Task, Tier
from models.rules.documents.grammar import shipped
from models.rules.tiers import Tiers
from models.rules.words import fold, shorten

#: How a document begins to speak of all of a sort: "các cơ quan, đơn vị", "UBND các xã".
_ALL_OF_A_SORT = ("cac ", "nhung ", "tat ca ", "moi ", "toan the ")
#: What stands before or after the name of an agency and tells nothing about which one it is.
_OF_WHERE = (" huyen", " tinh", " thi xa", " thanh pho", " xa")
#: How lists of units shorten what kind of place it is: "TT Tam Đường".
_IN_SHORT = {"tt": "thi tran", "tx": "thi xa", "tp": "thanh pho", "p": "phuong", "x": "xa"}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit below the issuer."""

    id: int
    name: str
    tier: str
    village: str = ""  #: The village it is part of, where it is part of one.
    stops_at: int | None = None  #: The unit that is to pass on what is for this one; None: it goes there directly.


@dataclass(frozen=True, slots=True)
class Body:
    """An agency the issuer knows."""

    id: int
    names: tuple[str, ...]  #: Its name, and what else documents call it.


@dataclass(frozen=True, slots=True)
class Holder:
    """An agency a task is for."""

    name: str  #: As the document names it; shortened where that is no name but a paragraph.
    agency_id: int | None  #: None when the issuer knows no such agency.


@dataclass(frozen=True, slots=True)
class Route:
    """Where one task goes."""

    unit_ids: tuple[int, ...] = ()  #: Each once, in the order of the register.
    holders: tuple[Holder, ...] = ()
    unplaced: tuple[str, ...] = ()  #: Assignees that name nobody we know: somebody must say who that is.


@dataclass(frozen=True, slots=True)
class Register:
    """Everybody a document of one issuer can name."""

    places: Sequence[Place]
    bodies: Sequence[Body]
    tiers: Tiers
    passes_on: Place | None = None  #: The issuer, where what was for itself is now for everybody below it.


def receivers(routes: Iterable[Route], issuer_id: int) -> list[int]:
    """Every unit that has a task, in the order in which tasks name them; agencies have theirs at the issuer."""
    units = [unit_id for each in routes for unit_id in (*each.unit_ids, *([issuer_id] if each.holders else []))]
    return list(dict.fromkeys(units))


def route(task: Task, register: Register) -> Route:
    """Where a task goes; each unit and each agency gets it once, however often it is named."""
    units: set[int] = set()
    holders: dict[int | str, Holder] = {}
    unplaced: list[str] = []
    for name in task.assignees:
        found_units, found_holders = _named(name, register)
        units |= found_units
        for holder in found_holders:
            holders.setdefault(holder.agency_id or fold(holder.name), holder)
        if not found_units and not found_holders:
            unplaced.append(name)
    in_order = dict.fromkeys(place.stops_at or place.id for place in register.places if place.id in units)
    return Route(tuple(in_order), tuple(holders.values()), tuple(unplaced) if task.assignees else ())


def handed_on(task: Task, register: Register) -> Task:
    """The task as a unit passes it on: for those it names that are the unit itself, or lie below it."""
    return replace(task, assignees=tuple(name for name in task.assignees if _named(name, register)[0]))


def _named(name: str, register: Register) -> tuple[set[int], list[Holder]]:
    """The units and agencies one assignee stands for."""
    known = next((body for body in register.bodies if _is_named(body, name)), None)
    if known:
        return set(), [_holder(name, known.id)]
    if places := _called_by_name(name, register.places):
        return places, []
    kinds = tiers_of(name, shipped())
    if register.passes_on and _stands_for(register.passes_on, name, kinds, register.tiers):
        return {place.id for place in register.places}, []
    if any(names_one_place(name, kind) for kind in kinds):
        return set(), []
    units = {place.id for place in register.places if place.tier in _tier_names(kinds, register.tiers)}
    return units, list(_holders(name, register)) if Tier.AGENCY in kinds else []


def _called_by_name(name: str, places: Sequence[Place]) -> set[int]:
    """The places an assignee is called by, longer names first: "xã Tân Lập Hạ" is not "xã Tân Lập"."""
    by_name: dict[str, set[int]] = {}
    for place in places:
        for called in filter(None, (place.name, place.village)):
            by_name.setdefault(_words(called), set()).add(place.id)
    said, found = _words(name), set[int]()
    for called in sorted(by_name, key=len, reverse=True):
        if called in said:
            found |= by_name[called]
            said = said.replace(called, " , ")
    return found


def _stands_for(place: Place, name: str, kinds: Sequence[Tier], tiers: Tiers) -> bool:
    """Whether a place is among those that a document names so."""
    if any(names_one_place(name, kind) for kind in kinds):
        return bool(_called_by_name(name, [place]))
    return place.tier in _tier_names(kinds, tiers)


def _holders(name: str, register: Register) -> Iterator[Holder]:
    """All known agencies for "các cơ quan", otherwise the one that is named, unknown as it is."""
    if not register.bodies or not fold(name).startswith(_ALL_OF_A_SORT):
        yield _holder(name, None)
        return
    for body in register.bodies:
        yield Holder(body.names[0], body.id)


def _holder(name: str, agency_id: int | None) -> Holder:
    """An agency under a name that an index of any database has room for, as a table's cell may hold a whole page."""
    return Holder(shorten(name, agencies.LONGEST), agency_id)


def _tier_names(kinds: Sequence[Tier], tiers: Tiers) -> set[str]:
    """The installation's tiers these kinds of places stand for; villages and teams are where the homes are."""
    lowest = {Tier.VILLAGE, Tier.COMMUNITY}
    named = {tiers.community if kind in lowest else kind.value for kind in kinds}
    return {name for name in named if name in tiers}


def _is_named(body: Body, name: str) -> bool:
    """Whether one of the body's names is what the document says, but for the district after it."""
    said = _bare(name)
    return any(_bare(known) == said for known in body.names)


def _bare(name: str) -> str:
    bare = fold(name).strip(" .,:;")
    for of_where in _OF_WHERE:
        bare = bare.removesuffix(of_where)
    return " ".join(bare.replace("-", " ").replace("–", " ").split())


def _words(name: str) -> str:
    return f" {' '.join(_IN_SHORT.get(word, word) for word in _WORD.findall(fold(name)))} "
