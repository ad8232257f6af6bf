"""Who may bind groups and give roles, and what typed codes and grants say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from models.rules.roles import Role
from models.rules.words import clean, fold

#: The first start's code, as hands type it: ten letters and digits, perhaps with hyphens.
_CODE = re.compile(r"[A-Za-z0-9](-?[A-Za-z0-9]){9}")

#: How people say each role, without marks; the longer first where one begins another.
ROLE_WORDS = {
    "to vien": Role.TEAM,
    "to covid": Role.TEAM,
    "team": Role.TEAM,
    "truong ban": Role.VILLAGE_HEAD,
    "truong thon": Role.VILLAGE_HEAD,
    "village_head": Role.VILLAGE_HEAD,
    "can bo": Role.OFFICER,
    "officer": Role.OFFICER,
    "tram y te": Role.HEALTH,
    "y te": Role.HEALTH,
    "health": Role.HEALTH,
    "cong an xa": Role.POLICE,
    "cong an": Role.POLICE,
    "police": Role.POLICE,
    "van thu": Role.CLERK,
    "clerk": Role.CLERK,
    "mat tran": Role.FRONT,
    "front": Role.FRONT,
    "nguoi phat ngon": Role.SPOKESPERSON,
    "phat ngon": Role.SPOKESPERSON,
    "spokesperson": Role.SPOKESPERSON,
    "nguoi doc tin kin": Role.READER,
    "doc tin kin": Role.READER,
    "reader": Role.READER,
    "bao ve gia dinh": Role.GUARDIAN,
    "bao ve tre em": Role.GUARDIAN,
    "guardian": Role.GUARDIAN,
    "chi huy": Role.COMMANDER,
    "commander": Role.COMMANDER,
}
_GRANT = re.compile(rf"(?P<who>.+?) +(?P<role>{'|'.join(sorted(ROLE_WORDS, key=len, reverse=True))}) +(?P<unit>\S+)")
#: So many wrong codes an account may try within the time below; then its codes are ignored, right or wrong.
MOST_WRONG_TRIES, TRIES_COUNT_FOR = 5, timedelta(hours=1)
#: So many homes an account may say it lives in within the time below; each is a question to a team.
MOST_CLAIMS, CLAIMS_COUNT_FOR = 5, timedelta(days=1)
_PHONE_FIRST = re.compile(r"(?P<number>\+?\d[\d .-]{2,}\d)(?: +(?P<name>\D.*))?")


@dataclass(frozen=True, slots=True)
class TypedGrant:
    """A role to give, as it was typed: `0912 345 678 tổ viên X1-1`."""

    number: str  #: A phone or an account's number; empty when only a name was given.
    name: str
    role: Role
    unit_code: str


def read_grant(words: str) -> TypedGrant | None:
    """What `/phanquyen …` asks for, with or without marks; None when it has not who, role and unit in this order."""
    said = " ".join(clean(words).split())
    found = _GRANT.fullmatch(fold(said))
    if found is None:
        return None
    # A cleaned text keeps its length when it is folded, so places in one are places in the other.
    who, unit_code = (said[slice(*found.span(part))] for part in ("who", "unit"))
    numbered = _PHONE_FIRST.fullmatch(who)
    number, name = (numbered["number"], numbered["name"] or "") if numbered else ("", who)
    return TypedGrant(number.strip(), name, ROLE_WORDS[found["role"]], unit_code)


def looks_like_code(payload: str) -> bool:
    """Whether it has the form of the first start's code, right or wrong."""
    return _CODE.fullmatch(payload) is not None


def may_bind(*, is_administrator: bool, holds_link: bool, serves_there: bool) -> bool:
    """Whether someone may bind a group: administrators, and with their link whoever serves that unit or above."""
    return is_administrator or (holds_link and serves_there)


def may_keep_roster(*, commands: bool, is_clerk: bool, leads_village: bool) -> bool:
    """Whether someone may set who is on duty at a unit: who commands it or above, its clerk, its village head."""
    return commands or is_clerk or leads_village


def may_grant(*, commands: bool, is_administrator: bool, has_commander: bool) -> bool:
    """Whether someone may give or take a unit's roles.

    Who commands the unit or one above it may; an administrator may make the first grants, while nobody does.
    """
    return commands or (is_administrator and not has_commander)
