"""The district of a simulation: a commune or two, two to six communities, so many homes, and its lists."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.catalogue import Catalogues
from bot.config import Settings, load
from bot.demo.district import COMMUNES, COMMUNITIES_EACH, District, build
from bot.demo.stage import TOKEN, write_lists
from bot.importing.loading import Manner, load_file
from bot.migrating import migrate
from bot.policies import policy_from
from models.database import open_engine

#: One community for so many homes; two communities at least, and six at most.
HOMES_EACH = 8


def places_of(homes: int) -> tuple[str, ...]:
    """The codes of the district, of a commune for every three communities, and of the communities."""
    communities = [f"X0{commune}-{team}" for commune in (1, 2) for team in (1, 2, 3)][: max(2, homes // HOMES_EACH)]
    return "TD", *dict.fromkeys(community[:3] for community in communities), *communities


def district_of(homes: int) -> District:
    """A part of the demo's district with so many homes, and whoever serves or lives there."""
    places = places_of(homes)
    each = -(-homes // sum("-" in place for place in places))
    whole, part = build(each * len(COMMUNES) * COMMUNITIES_EACH), District()
    part.places = [place for place in whole.places if place.code in places]
    part.posts = [post for post in whole.posts if set(post.units) <= set(places)]
    part.shifts = [shift for shift in whole.shifts if shift.unit in places]
    part.homes = [home for home in whole.homes if home.unit in places][:homes]
    accounts = {account for home in part.homes for account in home.accounts}
    part.residents = [someone for someone in whole.residents if someone.account in accounts]
    part.administrator, part.stranger = whole.administrator, whole.stranger
    return part


def settings_for(database: str) -> Settings:
    """The bot's configuration: as it comes, with nothing but its token, its database and no page."""
    return load(
        None,
        {
            "TOCOVID_TELEGRAM__TOKEN": TOKEN,
            "TOCOVID_TELEGRAM__BASE_URL": "https://service.invalid",
            "TOCOVID_DATABASE__URL": database,
            "TOCOVID_WEB__LISTEN": "",
        },
    )


class Template:
    """The district's lists, imported once; every seed begins with a copy."""

    def __init__(self, folder: Path, homes: int, clock: Callable[[], datetime]) -> None:
        self.homes = homes
        self._file = folder / f"template-{homes}.sqlite3"
        self._used = folder / f"district-{homes}-{os.getpid()}.sqlite3"
        if not self._file.exists():
            self._make(folder, clock)

    def copy(self) -> str:
        """The address of a database with the district in it and nothing else."""
        for beside in self._used.parent.glob(f"{self._used.name}*"):
            beside.unlink()
        shutil.copyfile(self._file, self._used)
        return f"sqlite:///{self._used}"

    def _make(self, folder: Path, clock: Callable[[], datetime]) -> None:
        url = f"sqlite:///{self._file}"
        engine, say = open_engine(url), Catalogues.load().in_language("vi")
        migrate(engine)
        manner, policy = Manner(leaves_room=False), policy_from(settings_for(url))
        for family, path in write_lists(district_of(self.homes), folder / "lists").items():
            assert load_file(family, path, engine, policy, say, clock, manner=manner) == 0, family
        with engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        engine.dispose()
