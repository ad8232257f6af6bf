"""An office's own form: sent once, its cells named in chat, filled when the day closes and whenever it is asked for."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from sqlalchemy import select

from handlers.commands import Enclosure
from handlers.commands.day_figures import AdvanceGatherings, OpenSum
from handlers.commands.day_forms import (
    AskCells,
    DropForm,
    FillForm,
    FormFound,
    FormNotFilled,
    HandForm,
    KeepForm,
    RefuseForm,
)
from handlers.commands.reports import HearMessage
from handlers.day_forms import FILL_FORM, READ_FORM
from models.notices.day_figures import SumShown
from models.notices.day_forms import (
    FormDropped,
    FormHanded,
    FormReading,
    FormRefused,
    FormShown,
    FormUnread,
    FormWanted,
)
from models.notices.imports import FileFailed
from models.records import DayForm, Errand, Gathering, ListImport
from models.rules.form_cells import FormCell
from tests.stories.rendering import labels, read
from tests.stories.world import World

TODAY = date(2026, 11, 23)
FILE = Enclosure("document", "file-7", "Bieu 01.xlsx")


def keep(world: World, *cells: FormCell) -> None:
    """The district's form was sent and looked through."""
    world.by(world.clerk, KeepForm, enclosures=(FILE,))
    world.do(
        FormFound(
            account_id=world.account(world.clerk),
            person_id=world.clerk.id,
            unit_id=world.district.id,
            file_name="Bieu 01.xlsx",
            content=b"PK",
            sheets=("Biểu 01",),
            cells=cells,
        )
    )


def forms(world: World) -> list[DayForm]:
    return list(world.session.scalars(select(DayForm)))


def errands(world: World, kind: str) -> list[dict[str, object]]:
    found = world.session.scalars(select(Errand).where(Errand.kind == kind).order_by(Errand.id))
    return [msgspec.json.decode(errand.data) for errand in found]


def shown(world: World) -> FormShown:
    card = world.card(world.clerk, "day-form")
    assert isinstance(card, FormShown)
    return card


def test_whoever_has_no_form_is_asked_for_it_and_the_next_file_is_it_and_no_list_of_homes(world: World) -> None:
    world.by(world.officer, KeepForm)
    assert isinstance(world.told(world.officer)[-1], FormWanted)
    assert "{số hộ}" in read(world.told(world.officer)[-1]).text
    world.by(world.officer, HearMessage, words="", enclosures=(FILE,))
    assert isinstance(world.card(world.officer, "day-form"), FormReading)
    assert [data["unit_id"] for data in errands(world, READ_FORM)] == [world.commune.id]
    assert world.session.scalars(select(ListImport)).all() == []


def test_a_form_is_kept_with_the_cells_it_names_itself(world: World) -> None:
    keep(world, FormCell("Biểu 01", "C", 7, "homes"))
    assert "Biểu 01, C7: Số hộ" in read(shown(world)).text
    assert labels(read(shown(world))) == ["Đặt tên ô", "Điền biểu mẫu", "Bỏ biểu mẫu"]


def test_cells_are_named_in_chat_and_later_names_win(world: World) -> None:
    keep(world, FormCell("", "C", 7, "homes"))
    world.by(world.clerk, AskCells, unit_id=world.district.id)
    world.by(world.clerk, HearMessage, words="C7 nhân khẩu, cột D mới về, G7 con trâu")
    (form,) = forms(world)
    assert form.cells == (FormCell("", "C", 7, "people"), FormCell("", "D", 0, "returnees"))
    text = read(shown(world)).text
    assert "Cột D: Mới về" in text
    assert "G7 con trâu" in text


def test_a_new_form_takes_the_place_of_the_old_one_and_one_that_cannot_be_read_does_not(world: World) -> None:
    keep(world, FormCell("", "C", 7, "homes"))
    keep(world)
    assert [form.cells for form in forms(world)] == [()]
    world.do(RefuseForm(account_id=world.account(world.clerk), reason="figures.form_not_xlsx"))
    told = world.card(world.clerk, "day-form")
    assert isinstance(told, FormUnread)
    assert "XLSX" in read(told).text
    assert len(forms(world)) == 1


def test_it_is_filled_every_day_when_the_sum_closes_for_those_in_charge(world: World) -> None:
    keep(world, FormCell("", "C", 7, "homes"))
    world.do(AdvanceGatherings())
    for _ in range(20):
        due = world.session.scalars(select(Gathering.due_at).where(Gathering.due_at.is_not(None))).all()
        if not due:
            break
        world.now = max(world.now, *(at for at in due if at is not None))
        world.do(AdvanceGatherings())
    (asked,) = errands(world, FILL_FORM)
    in_charge = [world.account(person) for person in (world.commander, world.clerk, world.district_officer)]
    assert (asked["unit_id"], asked["day"], asked["account_ids"]) == (world.district.id, "2026-11-23", in_charge)
    world.do(HandForm(account_ids=tuple(in_charge), unit_id=world.district.id, day=TODAY, content=b"PK"))
    files = set()
    for person in (world.commander, world.clerk, world.district_officer):
        handed = world.told(person)[-1]
        assert isinstance(handed, FormHanded)
        files.add(handed.file_id)
    assert len(files) == 3
    assert world.now == datetime(2026, 11, 23, 17, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_the_sum_offers_the_form_and_fills_it_on_a_tap(world: World) -> None:
    keep(world, FormCell("", "C", 7, "homes"))
    world.by(world.commander, OpenSum, unit_id=world.district.id, day=TODAY)
    total = world.card(world.commander, f"day:{world.district.id}:{TODAY}")
    assert isinstance(total, SumShown)
    assert "Biểu mẫu" in labels(read(total))
    world.by(world.commander, FillForm, unit_id=world.district.id, day=TODAY)
    assert [data["account_ids"] for data in errands(world, FILL_FORM)] == [[world.account(world.commander)]]
    world.do(FormNotFilled(account_ids=(world.account(world.commander),)))
    assert isinstance(world.told(world.commander)[-1], FileFailed)


def test_a_form_can_be_given_up(world: World) -> None:
    keep(world)
    world.by(world.clerk, DropForm, unit_id=world.district.id)
    assert forms(world) == []
    assert isinstance(world.card(world.clerk, "day-form"), FormDropped)


@pytest.mark.parametrize("who", ["stranger", "resident", "member", "chair"])
def test_others_neither_change_nor_fill_the_districts_form(world: World, who: str) -> None:
    keep(world, FormCell("", "C", 7, "homes"))
    person = getattr(world, who)
    world.by(person, AskCells, unit_id=world.district.id)
    world.by(person, DropForm, unit_id=world.district.id)
    world.by(person, FillForm, unit_id=world.district.id, day=TODAY)
    assert all(isinstance(notice, FormRefused) for notice in world.told(person))
    assert len(forms(world)) == 1
    assert errands(world, FILL_FORM) == []
