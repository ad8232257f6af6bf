"""One's own district for the demo: its units and homes from the lists that would be imported, its staff made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from bot.demo.district import (
    District,
    Home,
    Place,
    Register,
    Scenery,
    Someone,
    add_outsiders,
    staff_community,
    staff_middle,
    staff_top,
)
from bot.importing.lists import read_table
from bot.importing.table import ListUnreadable, Row
from bot.importing.units import Units

#: What the demo reads of a list of homes; without the first two there is no telling which home is meant.
OF_A_HOME = ("unit", "number", "head", "phone", "members")
#: Homes made up for a community of which no list tells.
HOMES_WITHOUT_A_LIST = 12
#: From here on groups get made-up ids, where the list names none.
FIRST_CHAT = 7001


def district_from(units: Path, households: Path | None) -> District:
    """The district of these lists, everybody in it with an account. Raises `ListUnreadable`."""
    rows = read_table(units, Units.columns, Units.required).rows
    district, register = District(), Register()
    district.places = _places(rows)
    if not district.places:
        raise ListUnreadable("demo.no_units", file=units)
    district.tiers = " ".join(_tiers_of(district.places))
    for place in district.places:
        _staff(district, register, place)
    communities = [place for place in district.places if place.tier == district.places[-1].tier]
    for home in _listed(households) if households else _made_up(communities):
        _add_home(district, register, home)
    add_outsiders(district, register)
    district.scenery = _scenery(district, communities)
    return district


def _places(rows: Iterable[Row]) -> list[Place]:
    """The units, each below its parent and the widest first, with a group for every one."""
    chats = count(FIRST_CHAT)
    by_code = {
        row["code"]: Place(
            row["code"],
            row["name"],
            row["tier"],
            row["parent"],
            row["village"],
            _number(row["chat_id"]) or -next(chats),
        )
        for row in rows
    }

    def depth(place: Place) -> int:
        above, seen = place.parent, {place.code}
        while above in by_code and above not in seen:
            seen.add(above)
            above = by_code[above].parent
        return len(seen)

    return sorted(by_code.values(), key=depth)


def _number(written: str) -> int:
    return int(written) if written.removeprefix("-").isdecimal() else 0


def _tiers_of(places: Sequence[Place]) -> list[str]:
    return list(dict.fromkeys(place.tier for place in places))


def _staff(district: District, register: Register, place: Place) -> None:
    tiers = district.tiers.split()
    if place.tier == tiers[0]:
        staff_top(district, register, place.code)
    elif place.tier == tiers[-1]:
        staff_community(district, register, place.code, place.name)
    else:
        staff_middle(district, register, place.code, place.name)


def _listed(file: Path) -> Iterable[Row]:
    return read_table(file, OF_A_HOME, OF_A_HOME[:2]).rows


def _made_up(communities: Iterable[Place]) -> Iterable[Row]:
    for place in communities:
        for number in range(1, HOMES_WITHOUT_A_LIST + 1):
            yield Row(0, {"unit": place.code, "number": str(number)})


def _add_home(district: District, register: Register, row: Row) -> None:
    number = _number(row["number"])
    label = f"Nhà số {row['number']}, {next((p.name for p in district.places if p.code == row['unit']), '')}"
    made_up = register.someone(f"Mẫu {row['number']}", label)
    who = Someone(made_up.account, row["head"] or made_up.name, row["phone"] or made_up.phone, label)
    district.residents.append(who)
    members = _number(row["members"]) or 1
    district.homes.append(Home(row["unit"], number, who.name, who.phone, members, (who.account,)))


def _scenery(district: District, communities: Sequence[Place]) -> Scenery | None:
    """The best-peopled community, with a neighbour where it has one, as the place where the day is played."""
    if not communities:
        return None
    by_homes = sorted(communities, key=lambda place: -len(district.living_in(place.code)))
    here = by_homes[0]
    others = [place for place in by_homes[1:] if place.parent == here.parent]
    top = district.places[0].code
    return Scenery(top, here.parent or top, here.code, others[0].code if others else here.code)
