"""Homes and who lives there: what kinds there are, what may happen to them, and how their numbers go on."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from models.rules.roles import Role

#: From this age on a person is at higher risk whatever else is known (DOMAIN.md: priority over 50; WHO: over 60).
AT_RISK_FROM_AGE = 60

_NUMBER = re.compile(r"(\d+)(\D*)")
_FIRST_LETTER, _LAST_LETTER = ord("A"), ord("Z")


class HouseholdKind(StrEnum):
    """What sort of home it is; every sort is on a community's list and is asked after alike."""

    FAMILY = "family"  #: A family at its own address.
    LODGING = "lodging"  #: Rented rooms (nhà trọ): its people come and go.
    CAMP = "camp"  #: A work camp (lán công trình) that goes when the work is done.
    OFFICE = "office"  #: An office, a school, a company: people by day.


class HouseholdStep(StrEnum):
    """One thing that happened to a home; its history is made of them."""

    LISTED = "listed"  #: It came on the list.
    CHANGED = "changed"  #: Something known about it is different now.
    MOVED_OUT = "moved_out"  #: It moved away and is no longer expected.
    EMPTIED = "emptied"  #: Nobody is left there; it is no longer expected.
    RETURNED = "returned"  #: It is expected again.
    REHOMED = "rehomed"  #: It belongs to another community now.
    SPLIT_OFF = "split_off"  #: Another home was split off it.
    SPLIT_FROM = "split_from"  #: It began by being split off another.
    MERGED_INTO = "merged_into"  #: It went up in another home.
    TOOK_IN = "took_in"  #: Another home went up in it.
    RESIDENT_CAME = "resident_came"  #: Somebody was born, moved in, or is known now.
    RESIDENT_CHANGED = "resident_changed"  #: Something known about somebody is different now.
    RESIDENT_LEFT = "resident_left"  #: Somebody moved away or to another home.
    RESIDENT_DIED = "resident_died"  #: Somebody died.
    RESIDENT_BACK = "resident_back"  #: Somebody counted as gone lives there after all.
    LINKED = "linked"  #: An account was confirmed to speak for it.
    UNLINKED = "unlinked"  #: An account no longer speaks for it.
    UNLISTED = "unlisted"  #: The list that brought it was taken back.


class Ending(StrEnum):
    """Why somebody no longer counts among those who live in a home."""

    LEFT = "left"  #: Moved away.
    DIED = "died"  #: Died.


class ImportState(StrEnum):
    """Where a list stands on its way into the register."""

    READING = "reading"  #: It is being fetched, read and compared.
    PROPOSED = "proposed"  #: What it would change was shown; nothing is changed yet.
    APPLYING = "applying"  #: Confirmed: its changes are made, a stretch at a time.
    APPLIED = "applied"  #: Its changes are made; for some days they can be taken back.
    UNDOING = "undoing"  #: Its changes are being taken back.
    UNDONE = "undone"  #: They were taken back.
    DROPPED = "dropped"  #: Refused, given up or never confirmed: nothing of it was kept.


class ChangeState(StrEnum):
    """What became of one row of a list."""

    PROPOSED = "proposed"  #: Shown, not made.
    APPLIED = "applied"  #: Made.
    PASSED_OVER = "passed_over"  #: Not made: the home was changed otherwise after it was shown.
    UNDONE = "undone"  #: Taken back.
    KEPT = "kept"  #: Not taken back: the home was changed again since.


#: Who takes lists of homes for the very communities they serve, and for all below the unit they serve.
LISTS_HOMES_HERE = frozenset({Role.TEAM, Role.VILLAGE_HEAD})
LISTS_HOMES_BELOW = frozenset({Role.OFFICER, Role.COMMANDER})


def is_at_risk(birth_year: int | None, conditions: str, this_year: int) -> bool:
    """Whether somebody is to be asked after first: by what they suffer from, or by age."""
    return bool(conditions) or (birth_year is not None and this_year - birth_year >= AT_RISK_FROM_AGE)


def next_number(taken: Collection[str]) -> str:
    """The number a new home gets at the end of a list with these numbers."""
    return str(max((int(found[1]) for number in taken if (found := _NUMBER.match(number))), default=0) + 1)


def number_beside(number: str, taken: Collection[str]) -> str:
    """The number of a home split off `number`: the same with the first letter nobody has, such as "12A"."""
    found = _NUMBER.match(number)
    stem = found[1] if found else number
    for letter in range(_FIRST_LETTER, _LAST_LETTER + 1):
        if stem + chr(letter) not in taken:
            return stem + chr(letter)
    return next_number(taken)


def by_number(number: str) -> tuple[int, str]:
    """How homes are ordered: 2 before 10, and 12A right after 12."""
    found = _NUMBER.match(number)
    return (int(found[1]), found[2]) if found else (0, number)
