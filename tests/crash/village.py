"""A village on the stage of a sandbox: two communes, four communities, homes and staff, each with an account."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from aiohttp import ClientSession
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.catalogue import Catalogues
from bot.importing.loading import load_file
from bot.migrating import migrate
from bot.moments import WallClock
from bot.sandbox import NO_LIMITS, Hands, Sandbox
from models.database import open_engine
from models.records import Round, Unit
from models.rules.policy import Policy
from models.rules.rounds import RoundStep

TOKEN = "1000001:a-token-that-opens-nothing-anywhere"
BOT_ID, USERNAME = 1_000_001, "to_covid_test_bot"
DISTRICT, COMMUNES = "TD", ("X1", "X2")
COMMUNITIES = ("X1-1", "X1-2", "X2-1", "X2-2")
HOMES_EACH = 4
DAY = timedelta(days=1)

#: Clocks that run in seconds; the night never comes.
HASTE: dict[str, object] = {
    "patience_p1": "5s",
    "patience_p2": "8s",
    "patience_p3": "8s",
    "patience_p4": "8s",
    "night_from": "00:00",
    "night_until": "00:00",
    "join_within": "1s",
}
#: The same, with clocks that leave people time to bring everything to its end.
AT_REST: dict[str, object] = {key: "1h" if key.startswith("patience") else value for key, value in HASTE.items()}
#: Telegram's limits are out of the way.
NO_PACE: dict[str, object] = {"per_second": 500, "per_chat_second": 50, "per_group_minute": 3000}


@dataclass
class Village:
    """Who lives and works there, by account, and the chats of its units, by code."""

    sandbox: Sandbox
    hands: Hands
    commanders: list[int] = field(default_factory=list)  #: Of the district, and its officers.
    administrator: int = 0
    groups: dict[str, int] = field(default_factory=dict)
    officers: dict[str, list[int]] = field(default_factory=dict)  #: Of a commune, its commander among them.
    teams: dict[str, list[int]] = field(default_factory=dict)  #: Of a community.
    residents: dict[str, list[int]] = field(default_factory=dict)  #: Of a community, one for each home.

    @property
    def staff(self) -> list[int]:
        return [*self.commanders, *_flat(self.officers), *_flat(self.teams)]


def build(seed: int = 1) -> Village:
    """The village with its groups, the bot in each of them; everybody has pressed Start."""
    sandbox = Sandbox(seed=seed, limits=NO_LIMITS)
    village = Village(sandbox, Hands(sandbox))
    sandbox.new_bot(TOKEN, "Tổ Covid", USERNAME)
    numbers = count(5001)

    def people(how_many: int, name: str) -> list[int]:
        return [sandbox.new_person(f"{name} {next(numbers)}").id for _ in range(how_many)]

    village.commanders, (village.administrator,) = people(3, "Chỉ huy"), people(1, "Quản trị")
    for commune in COMMUNES:
        village.officers[commune] = people(2, "Cán bộ")
    for community in COMMUNITIES:
        village.teams[community] = people(3, "Tổ viên")
        village.residents[community] = people(HOMES_EACH, "Nhà")
    for code in (DISTRICT, *COMMUNES, *COMMUNITIES):
        owner, *others = _members(village, code)
        village.groups[code] = sandbox.new_group(code, owner=owner, members=others).id
        village.hands.add_bot(owner, village.groups[code], BOT_ID, rights=["can_pin_messages"])
    for account in [*village.staff, village.administrator, *_flat(village.residents)]:
        village.hands.start(account, BOT_ID)
    return village


def settle_in(village: Village, database: str, folder: Path) -> None:
    """Take the village's lists into a database, as an administrator does."""
    engine = open_engine(database)
    migrate(engine)
    say = Catalogues.load().in_language("vi")
    for kind, rows in (("units", _units(village)), ("people", _people(village)), ("households", _homes(village))):
        file = folder / f"{kind}.csv"
        with file.open("w", encoding="utf-8", newline="") as written:
            csv.writer(written).writerows(rows)
        assert load_file(kind, file, engine, Policy(), say, WallClock()) == 0
    engine.dispose()


def plan_rounds(database: str, first: datetime, apart: timedelta) -> None:
    """Let a check-in round begin in every community, one after the other; each lives for eight times `apart`."""
    engine = open_engine(database)
    with Session(engine) as session, session.begin():
        units = session.scalars(select(Unit).where(Unit.code.in_(COMMUNITIES)).order_by(Unit.code)).all()
        for place, unit in enumerate(units):
            opens_at = first + place * apart
            steps = [opens_at + step * 2 * apart for step in range(5)]
            session.add(
                Round(
                    unit_id=unit.id,
                    day=first.date(),
                    opens_at=opens_at,
                    reminds_at=steps[1],
                    call_list_at=steps[2],
                    warns_at=steps[3],
                    closes_at=steps[4],
                    next_step=RoundStep.OPEN,
                    due_at=opens_at,
                )
            )
    engine.dispose()


def write_config(folder: Path, server: str, database: str, **sections: dict[str, object]) -> Path:
    """A config.toml for this sandbox and database; `sections` add to it and override."""
    settings: dict[str, dict[str, object]] = {
        "telegram": {"token": TOKEN, "base_url": server},
        "database": {"url": database},
        "web": {"listen": ""},
        "pacing": NO_PACE,
    }
    lines = []
    for name in {**settings, **sections}:
        lines.append(f"[{name}]")
        values = {**settings.get(name, {}), **sections.get(name, {})}
        # A JSON string or number is a TOML one too.
        lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    path = folder / "config.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


async def call(server: str, method: str, **parameters: object) -> None:
    """Call the Bot API with the bot's token, as another program that knows it does."""
    async with ClientSession() as http, http.post(f"{server}/bot{TOKEN}/{method}", json=parameters) as answer:
        await answer.read()


def now() -> datetime:
    return datetime.now(UTC)


def _members(village: Village, code: str) -> list[int]:
    if code == DISTRICT:
        return [*village.commanders, *_flat(village.officers)]
    if code in COMMUNES:
        return [*village.officers[code], *_flat({c: t for c, t in village.teams.items() if c.startswith(code)})]
    return [*village.teams[code], *village.residents[code]]


def _units(village: Village) -> Iterator[Sequence[object]]:
    yield "code", "name", "tier", "parent", "village", "chat_id"
    yield DISTRICT, "Huyện Mẫu", "district", "", "", village.groups[DISTRICT]
    for commune in COMMUNES:
        yield commune, f"Xã {commune}", "commune", DISTRICT, "", village.groups[commune]
    for code in COMMUNITIES:
        yield code, f"Tổ {code}", "community", code[:2], "Bản Mẫu", village.groups[code]


def _people(village: Village) -> Iterator[Sequence[object]]:
    yield "telegram_id", "name", "phone", "unit", "role"
    for number, account in enumerate(village.commanders, start=1):
        yield account, f"Chỉ huy {number}", "", DISTRICT, "commander"
    yield village.administrator, "Quản trị", "", DISTRICT, "administrator"
    for commune, (chair, officer) in village.officers.items():
        yield chair, f"Chủ tịch {commune}", "", commune, "commander"
        yield officer, f"Cán bộ {commune}", "", commune, "officer"
    for code, team in village.teams.items():
        for number, account in enumerate(team, start=1):
            yield account, f"Tổ viên {number} {code}", "", code, "team"


def _homes(village: Village) -> Iterator[Sequence[object]]:
    yield "unit", "number", "head", "phone", "members", "telegram_ids"
    for code, residents in village.residents.items():
        for number, account in enumerate(residents, start=1):
            yield code, number, f"Nhà {number}", "", 4, account


def _flat(by_code: dict[str, list[int]]) -> list[int]:
    return [account for accounts in by_code.values() for account in accounts]
