"""Whatever moves, splits, merges, lists and undone lists befall them: no home is lost, and each is in one community."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from handlers.commands.households import AddHome, AddResident, MergeHome, MoveHome, MoveOut, ReturnHome, SplitHome
from handlers.commands.imports import AdvanceImport, ConfirmImport, ProposeImport, UndoImport
from models.records import Household, HouseholdEvent, ListImport, Resident
from models.rules.households import HouseholdStep, ImportState
from models.rules.policy import Policy
from models.store.imports import Change
from tests.databases import SqliteFiles, engine_of
from tests.stories.world import MORNING, World

NUMBERS = st.integers(0, 30)
DOINGS = st.lists(
    st.tuples(
        st.sampled_from(["out", "back", "move", "split", "merge", "add", "person", "list", "confirm", "undo", "edit"]),
        NUMBERS,
        NUMBERS,
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder, SqliteFiles(Path(folder)).new_url() as url:
        engine = engine_of(url)
        yield engine
        engine.dispose()


@contextmanager
def fresh(engine: Engine) -> Iterator[World]:
    """The small district, of which nothing stays."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            yield World(session, MORNING, Policy())
        outer.rollback()


def let_happen(world: World, doing: str, one: int, other: int) -> None:
    homes = world.session.scalars(select(Household).order_by(Household.id)).all()
    home, second = homes[one % len(homes)], homes[other % len(homes)]
    lists = world.session.scalars(select(ListImport).order_by(ListImport.id)).all()
    units = [world.community, world.second_community]
    match doing:
        case "out":
            world.by(world.chair, MoveOut, household_id=home.id)
        case "back":
            world.by(world.chair, ReturnHome, household_id=home.id)
        case "move":
            world.by(world.chair, MoveHome, household_id=home.id, unit_id=units[other % 2].id)
        case "split":
            world.by(world.chair, SplitHome, household_id=home.id, words=f"Người Thứ {other} 2 người")
        case "merge":
            world.by(world.chair, MergeHome, household_id=home.id, into_id=second.id)
        case "add":
            world.by(world.chair, AddHome, unit_id=units[one % 2].id, words=f"{other} Nhà Mới")
        case "person":
            world.by(world.chair, AddResident, household_id=home.id, words=f"Người Thứ {other}")
        case "edit":
            home.head = f"Đổi tên {other}"
        case "list":
            bring_list(world, units[one % 2].id, str(other), home)
        case "confirm" if lists:
            world.by(world.chair, ConfirmImport, import_id=lists[one % len(lists)].id)
        case "undo" if lists:
            world.by(world.chair, UndoImport, import_id=lists[one % len(lists)].id, is_sure=True)
    for each in lists:
        while each.state in (ImportState.APPLYING, ImportState.UNDOING):
            world.do(AdvanceImport(import_id=each.id, most=2))
    world.session.commit()


def bring_list(world: World, unit_id: int, number: str, home: Household) -> None:
    """A list with a new home, somebody in it, and another head for a home that is known."""
    work = world.work()
    brought = work.imports.begin(world.chair.id, "a.xlsx", world.now)
    changes = [
        Change("", 2, unit_id, number, "", True, {"head": (None, "Nhà Trong Danh Sách")}),
        Change("", 2, unit_id, number, "Người Trong Danh Sách", True, {"birth_year": (None, 1960)}),
        Change("", 3, home.unit_id, home.number, "", False, {"head": (home.head, "Đổi Theo Danh Sách")}),
    ]
    work.imports.stage(brought.id, changes, [])
    world.do(ProposeImport(import_id=brought.id, new=2, changed=1, same=0, refused=0, unused=()))


@dataclass
class Witness:
    """Who remembers every home there ever was."""

    world: World
    seen: set[int] = field(default_factory=set)
    brought: set[int] = field(default_factory=set)  #: Those only a list has brought: taken back, they may go.

    def look(self) -> None:
        session = self.world.session
        homes = {home.id: home for home in session.scalars(select(Household))}
        places = [(home.unit_id, home.number) for home in homes.values()]
        assert len(places) == len(set(places)), "two homes share a number"
        communities = {unit.id for unit in self.world.work().units.all() if unit.tier == "community"}
        assert {home.unit_id for home in homes.values()} <= communities
        assert self.seen - homes.keys() <= self.brought, "a home is lost"
        assert not session.scalar(select(func.count(Resident.id)).where(Resident.household_id.not_in(homes)))
        assert all(home.ended_at is not None for home in homes.values() if home.merged_into_id is not None)
        self.seen |= homes.keys()
        by_lists = HouseholdEvent.import_id.is_not(None), HouseholdEvent.step == HouseholdStep.LISTED
        self.brought |= set(session.scalars(select(HouseholdEvent.household_id).where(*by_lists)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=DOINGS)
def test_every_home_is_in_exactly_one_community_and_none_is_lost(
    engine: Engine, doings: list[tuple[str, int, int]]
) -> None:
    with fresh(engine) as world:
        witness = Witness(world)
        witness.look()
        for doing, one, other in doings:
            let_happen(world, doing, one, other)
            witness.look()
