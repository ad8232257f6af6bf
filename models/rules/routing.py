"""The routing table: what a report is about decides who works on it first, who else is told, and how long it waits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from models.rules.permissions import ROLE_WORDS
from models.rules.roles import Role
from models.rules.triage import Category
from models.rules.words import clean, fold

#: A matter that is no category of its own: nobody answers the hotline.
HOTLINE_FAULT = "hotline_fault"
#: What the table has a line for.
MATTERS = (*(category.value for category in Category), HOTLINE_FAULT)


class First(StrEnum):
    """Whose desk a report is given to first."""

    TEAM = "team"  #: The lowest that can work on it.
    OFFICE = "office"  #: The office over the communities: a commune's.
    TOP = "top"  #: The widest unit's.


class Night(StrEnum):
    """What the night does to a report nobody took up."""

    BY_URGENCY = "by_urgency"  #: As its urgency says: P1 climbs, P2 to the commune, P3 and P4 wait.
    WAIT = "wait"  #: Its clock stands still until morning; a danger waits for nothing.
    CLIMB = "climb"  #: Its clock runs, and it climbs to the top as by day.


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table."""

    first: First = First.TEAM
    by: tuple[Role, ...] = ()  #: Who of that desk works on it; nobody: all of them.
    also: tuple[Role, ...] = ()  #: Who else reads it, at the nearest unit on its way that has them.
    #: How long each rung leaves it untaken; by First's names, or "village_head". Not named: as its urgency says.
    patience: Mapping[str, timedelta] = field(default_factory=dict)
    night: Night = Night.BY_URGENCY


#: After the founding orders of 2021: illness to the team and health, arrivals to the team and the police, violations
#: to the commune, relief to the team and the Front, a hotline fault to the commander, rumours to the spokesperson.
#: What accuses an official is confidential, and goes by no table.
SHIPPED: Mapping[str, Route] = {
    Category.EMERGENCY.value: Route(also=(Role.HEALTH,)),
    Category.SYMPTOM.value: Route(also=(Role.HEALTH,)),
    Category.CONTACT.value: Route(also=(Role.HEALTH,)),
    Category.MOVEMENT.value: Route(also=(Role.POLICE,)),
    Category.VIOLATION.value: Route(first=First.OFFICE),
    Category.RELIEF.value: Route(also=(Role.FRONT,)),
    Category.RUMOUR.value: Route(first=First.OFFICE, by=(Role.SPOKESPERSON,)),
    HOTLINE_FAULT: Route(first=First.OFFICE, by=(Role.COMMANDER,)),
}


def route_of(matter: str, *tables: Mapping[str, Route]) -> Route:
    """The line for a matter in the first of these tables that has one; else all to the team, by urgency."""
    return next((table[matter] for table in tables if matter in table), Route())


def may_change_routes(*, commands_the_top: bool) -> bool:
    """Whether someone may change the table: who commands the widest unit."""
    return commands_the_top


# How a line is typed: "cứu trợ: tổ + mặt trận, xã 2h, đêm chờ".

_MATTER_WORDS = {
    "nguy cap": Category.EMERGENCY.value,
    "om": Category.SYMPTOM.value,
    "tiep xuc": Category.CONTACT.value,
    "di den": Category.MOVEMENT.value,
    "nguoi ve": Category.MOVEMENT.value,
    "vi pham": Category.VIOLATION.value,
    "cuu tro": Category.RELIEF.value,
    "can ho tro": Category.RELIEF.value,
    "ho tro": Category.RELIEF.value,
    "tiem chung": Category.VACCINE.value,
    "cau hoi": Category.QUESTION.value,
    "phan anh": Category.COMPLAINT.value,
    "tin don": Category.RUMOUR.value,
    "thong tin ca nhan": Category.PRIVACY.value,
    "viec khac": Category.OTHER.value,
    "duong day nong": HOTLINE_FAULT,
} | {matter: matter for matter in MATTERS}
_FIRST_WORDS = {
    "to": First.TEAM,
    "team": First.TEAM,
    "xa": First.OFFICE,
    "phuong": First.OFFICE,
    "commune": First.OFFICE,
    "office": First.OFFICE,
    "huyen": First.TOP,
    "tinh": First.TOP,
    "top": First.TOP,
}
_RUNG_WORDS = {
    **{word: first.value for word, first in _FIRST_WORDS.items()},
    "truong ban": "village_head",
    "village head": "village_head",
}
_NIGHT_WORDS = {"dem cho": Night.WAIT, "dem chuyen": Night.CLIMB, "night wait": Night.WAIT, "night climb": Night.CLIMB}
_SHIPPED_WORDS = frozenset({"mac dinh", "default"})
_PATIENCE = re.compile(r"(?P<rung>[a-z_ ]+?) (?P<amount>\d{1,3}) ?(?P<unit>phut|gio|ngay|p|h|m|d)")
_SPANS = {"p": 60, "phut": 60, "m": 60, "h": 3600, "gio": 3600, "d": 86400, "ngay": 86400}


@dataclass(frozen=True, slots=True)
class TypedRoute:
    """A line of the table as it was typed."""

    matter: str
    route: Route | None  #: None: as shipped, or as configured.


def read_route(words: str) -> TypedRoute | None:
    """What `/phancong …` sets; None when it does not say what and where, or says anything else.

    After the matter and a colon come parts parted by commas: the first rung, in brackets who of it acts, with `+`
    whoever else is told; a rung with its patience; what the night does.
    """
    named, _, rest = fold(clean(words)).partition(":")
    matter = _MATTER_WORDS.get(" ".join(named.split()))
    parts = [" ".join(part.split()) for part in rest.split(",")]
    if matter is None or not parts[0]:
        return None
    if parts[0] in _SHIPPED_WORDS:
        return TypedRoute(matter, None)
    route = _read_first(parts[0])
    for part in parts[1:]:
        route = _read_more(part, route) if route else None
    return TypedRoute(matter, route) if route else None


def _read_first(part: str) -> Route | None:
    head, *told = (piece.strip() for piece in part.split("+"))
    where, _, acting = (piece.strip() for piece in head.partition("("))
    first, by, also = _FIRST_WORDS.get(where), _roles([acting.rstrip(") ")] if acting else []), _roles(told)
    return Route(first, by, also) if first and by is not None and also is not None else None


def _read_more(part: str, route: Route) -> Route | None:
    if part in _NIGHT_WORDS:
        return replace(route, night=_NIGHT_WORDS[part])
    found = _PATIENCE.fullmatch(part)
    if found is None or found["rung"] not in _RUNG_WORDS or not int(found["amount"]):
        return None
    span = timedelta(seconds=int(found["amount"]) * _SPANS[found["unit"]])
    return replace(route, patience={**route.patience, _RUNG_WORDS[found["rung"]]: span})


def _roles(words: Sequence[str]) -> tuple[Role, ...] | None:
    known = [ROLE_WORDS.get(word) for word in words]
    roles = [role for role in known if role is not None]
    return tuple(roles) if len(roles) == len(known) else None
