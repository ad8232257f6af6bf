"""Setting the stage: the district's accounts and groups in the sandbox, and its lists in the bot's database."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.demo.district import District, Place
from bot.sandbox import Hands, Sandbox
from models.rules.roles import OFFICE_DESK, Role

TOKEN = "1000001:sandbox-token-that-opens-nothing-anywhere"  # noqa: S105 - of the sandbox alone
BOT_NAME, BOT_USERNAME = "Tổ Covid", "to_covid_demo_bot"
BOT_ID = 1_000_001
#: Below this, the id of a group says that it is a supergroup.
LAST_BASIC_GROUP = -1_000_000_000_000


def populate(sandbox: Sandbox, district: District) -> None:
    """Give everybody an account and every unit its group, with the bot as administrator in each."""
    bot = sandbox.new_bot(TOKEN, BOT_NAME, BOT_USERNAME)
    cast = district.cast()
    parts = {someone.account: part for part, someone in cast.items()}
    for someone in dict.fromkeys((*cast.values(), *district.people())):
        part = parts.get(someone.account, "")
        sandbox.new_person(someone.name, id=someone.account, role=someone.label, part=part)
    hands = Hands(sandbox)
    for place in district.places:
        owner, *others = _members(district, place)
        sandbox.new_group(
            place.name,
            owner=owner,
            members=others,
            id=place.chat,
            supergroup=place.chat < LAST_BASIC_GROUP,
            shelf=place.tier,
        )
        hands.add_bot(owner, place.chat, BOT_ID, rights=["can_pin_messages", "can_delete_messages"])
    staff = dict.fromkeys((district.administrator.account, *_staff(district)))
    for account in staff.keys() - parts.keys():
        hands.start(account, BOT_ID)
    # All this happened before the demo's morning: the bot knows it from the imported lists.
    bot.queue.clear()
    for account in staff.keys() & parts.keys():
        hands.start(account, BOT_ID)  # whom a visitor plays is greeted before their eyes


def _staff(district: District) -> list[int]:
    return list(dict.fromkeys(post.who.account for post in district.posts))


def _members(district: District, place: Place) -> list[int]:
    """Who belongs in a unit's group, by the founding order of November 2021; the first founds it."""
    if place.tier == "community":
        residents = [someone.account for someone in district.living_in(place.code)]
        officers = [someone.account for someone in district.holding(Role.OFFICER, place.parent)]
        return [*_holding(district, (Role.TEAM, Role.VILLAGE_HEAD), place.code), *officers, *residents]
    if place.tier == "commune":
        teams = [
            account
            for each in district.places
            if each.parent == place.code
            for account in _holding(district, (Role.VILLAGE_HEAD, Role.TEAM), each.code)
        ]
        return [*_holding(district, (*OFFICE_DESK, Role.FRONT), place.code), *teams]
    chairs = [
        account
        for each in district.places
        if each.parent == place.code
        for account in _holding(district, (Role.COMMANDER,), each.code)
    ]
    return [
        *_holding(district, (Role.COMMANDER, Role.CLERK, Role.OFFICER, Role.HEALTH, Role.SPOKESPERSON), place.code),
        *chairs,
    ]


def _holding(district: District, roles: Sequence[Role], unit: str) -> list[int]:
    return list(dict.fromkeys(who.account for role in roles for who in district.holding(role, unit)))


def write_lists(district: District, folder: Path) -> dict[str, Path]:
    """The lists an administrator would keep in a spreadsheet, as files to import."""
    folder.mkdir(parents=True, exist_ok=True)
    lists = {
        "units": (("code", "name", "tier", "parent", "village", "chat_id"), _unit_rows(district)),
        "people": (("telegram_id", "name", "phone", "unit", "role"), _people_rows(district)),
        "households": (
            ("unit", "number", "head", "phone", "members", "telegram_ids"),
            _household_rows(district),
        ),
        "shifts": (("unit", "name", "phone", "days", "from", "until"), _shift_rows(district)),
    }
    paths = {}
    for name, (header, rows) in lists.items():
        paths[name] = folder / f"{name}.csv"
        with paths[name].open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
    return paths


def _unit_rows(district: District) -> Iterator[tuple[object, ...]]:
    for place in district.places:
        yield place.code, place.name, place.tier, place.parent, place.village, place.chat


def _people_rows(district: District) -> Iterator[tuple[object, ...]]:
    for post in district.posts:
        yield post.who.account, post.who.name, post.who.phone, " ".join(post.units), post.role.value


def _household_rows(district: District) -> Iterator[tuple[object, ...]]:
    for home in district.homes:
        accounts = " ".join(map(str, home.accounts))
        yield home.unit, home.number, home.head, home.phone, home.members, accounts


def _shift_rows(district: District) -> Iterator[tuple[object, ...]]:
    for shift in district.shifts:
        yield shift.unit, shift.who.name, shift.who.phone, "hằng ngày", shift.start, shift.end
