"""Lists of homes, in chat: the form, what a list would change, yes or no, and back again."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from bot.demo.stage import BOT_ID
from handlers.commands import Enclosure
from handlers.commands.imports import (
    AdvanceImports,
    ConfirmImport,
    DropImport,
    HandTemplate,
    ImportList,
    ProposeImport,
    RefuseList,
    UndoImport,
)
from handlers.commands.reports import HearMessage
from handlers.import_steps import UNDONE_WITHIN
from handlers.imports import MAKE_TEMPLATE, READ_LIST
from models.notices.imports import (
    ImportDone,
    ImportDropped,
    ImportProposed,
    ImportRefused,
    ImportUndone,
    ListReading,
    ListUnread,
    TemplateHanded,
    TemplatePromised,
)
from models.records import Errand, Household, ListImport, Report
from models.rules.households import ImportState
from models.store.imports import Change
from tests.stories.reading import last, read
from tests.stories.rendering import labels
from tests.stories.stage import Stage
from tests.stories.world import World

SHEET = Enclosure("document", "file-7", "To 1.xlsx")


def brought(world: World) -> ListImport:
    """The only list there is."""
    (only,) = world.session.query(ListImport).all()
    return only


def proposed(world: World, *changes: Change) -> ListImport:
    """A list of the team member's that was read: by itself it brings home 41 and gives home 1 another head."""
    world.by(world.member, HearMessage, words="", enclosures=(SHEET,))
    unit = world.community.id
    usual = (
        Change("", 2, unit, "41", "", True, {"head": (None, "Giàng A Páo"), "members": (None, 4)}),
        Change("", 3, unit, "1", "", False, {"head": ("Chủ nhà 1", "Lò Thị Mỷ")}),
    )
    world.work().imports.stage(brought(world).id, changes or usual, [])
    new = sum(change.is_new for change in changes or usual)
    changed = len(changes or usual) - new
    world.do(
        ProposeImport(import_id=brought(world).id, new=new, changed=changed, same=3, refused=0, unused=("ghi chú",))
    )
    return brought(world)


def kept(world: World, *changes: Change) -> ListImport:
    """The same list, confirmed and made."""
    only = proposed(world, *changes)
    world.by(world.member, ConfirmImport, import_id=only.id)
    world.do(AdvanceImports())
    return only


def card(world: World, only: ListImport) -> object:
    return world.card(world.member, only.subject)


def home(world: World, number: str) -> Household | None:
    return world.work().households.find(world.community.id, number)


def test_who_looks_after_homes_gets_a_form_to_fill_in(world: World) -> None:
    for person in (world.administrator, world.member, world.village_head, world.officer, world.commander):
        world.by(person, ImportList)
        assert isinstance(last(world, person), TemplatePromised)
    kinds = {errand.kind for errand in world.session.query(Errand)}
    assert kinds == {MAKE_TEMPLATE}


def test_a_resident_is_told_who_brings_lists(world: World) -> None:
    world.by(world.resident, ImportList)
    told = last(world, world.resident)
    assert isinstance(told, ImportRefused)
    assert world.administrator.name in read(world, told).text


def test_the_form_says_how_many_homes_it_holds(world: World) -> None:
    world.do(HandTemplate(account_id=world.account(world.member), content=b"PK", homes=5))
    told = last(world, world.member)
    assert isinstance(told, TemplateHanded)
    assert "5 hộ" in read(world, told).text


def test_a_spreadsheet_sent_without_a_word_is_taken_as_a_list(world: World) -> None:
    world.by(world.member, HearMessage, words="", enclosures=(SHEET,))
    assert isinstance(card(world, brought(world)), ListReading)
    (errand,) = world.session.query(Errand).all()
    assert (errand.kind, '"file-7"' in errand.data) == (READ_LIST, True)


def test_a_residents_spreadsheet_is_a_report_like_any_file(world: World) -> None:
    world.by(world.resident, HearMessage, words="", enclosures=(SHEET,))
    assert world.session.query(ListImport).count() == 0
    assert world.session.query(Report).count() == 1


def test_nothing_is_kept_before_it_was_shown_and_confirmed(world: World) -> None:
    only = proposed(world)
    shown = card(world, only)
    assert isinstance(shown, ImportProposed)
    text = read(world, shown).text
    assert "1 mới, 1 đổi, 0 lỗi" in text
    assert "“Chủ nhà 1” → “Lò Thị Mỷ”" in text
    assert "ghi chú" in text
    assert labels(read(world, shown)) == ["Nhập", "Huỷ"]
    assert home(world, "41") is None


def test_a_confirmed_list_becomes_the_register(world: World) -> None:
    only = kept(world)
    new, changed = home(world, "41"), home(world, "1")
    assert new is not None
    assert changed is not None
    assert (new.head, new.members, changed.head) == ("Giàng A Páo", 4, "Lò Thị Mỷ")
    assert isinstance(card(world, only), ImportDone)
    assert labels(read(world, card(world, only))) == ["Hoàn tác"]  # type: ignore[arg-type]


def test_a_list_given_up_keeps_nothing(world: World) -> None:
    only = proposed(world)
    world.by(world.member, DropImport, import_id=only.id)
    world.by(world.member, ConfirmImport, import_id=only.id)
    world.do(AdvanceImports())
    assert isinstance(card(world, only), ImportDropped)
    assert home(world, "41") is None


def test_a_list_nobody_confirms_is_given_up_after_a_day(world: World) -> None:
    only = proposed(world)
    world.later(timedelta(hours=25))
    world.do(AdvanceImports())
    assert isinstance(card(world, only), ImportDropped)
    assert only.state is ImportState.DROPPED


def test_what_somebody_changed_after_it_was_shown_is_not_overwritten(world: World) -> None:
    only = proposed(world)
    world.homes[0].head = "Vàng Thị Sua"
    world.by(world.member, ConfirmImport, import_id=only.id)
    world.do(AdvanceImports())
    assert world.homes[0].head == "Vàng Thị Sua"
    done = card(world, only)
    assert isinstance(done, ImportDone)
    assert done.passed_over == 1


def test_a_list_is_taken_back_within_seven_days_once_asked_twice(world: World) -> None:
    only = kept(world)
    world.later(timedelta(days=6))
    world.by(world.member, UndoImport, import_id=only.id, is_sure=False)
    assert home(world, "41") is not None
    world.by(world.member, UndoImport, import_id=only.id, is_sure=True)
    world.do(AdvanceImports())
    assert isinstance(card(world, only), ImportUndone)
    assert home(world, "41") is None
    assert world.homes[0].head == "Chủ nhà 1"


def test_what_was_changed_since_is_not_taken_back(world: World) -> None:
    only = kept(world)
    world.homes[0].head = "Vàng Thị Sua"
    world.by(world.member, UndoImport, import_id=only.id, is_sure=True)
    world.do(AdvanceImports())
    undone = card(world, only)
    assert isinstance(undone, ImportUndone)
    assert (undone.undone, undone.kept) == (1, 1)
    assert world.homes[0].head == "Vàng Thị Sua"


def test_a_home_to_which_something_happened_stays_on_record_when_its_list_is_taken_back(world: World) -> None:
    only = kept(world)
    new = home(world, "41")
    assert new is not None
    world.link(world.stranger, new)
    world.by(world.member, UndoImport, import_id=only.id, is_sure=True)
    world.do(AdvanceImports())
    assert home(world, "41") is new
    assert new.ended_at is not None


def test_after_seven_days_a_list_stays(world: World) -> None:
    only = kept(world)
    world.later(UNDONE_WITHIN)
    world.do(AdvanceImports())
    world.by(world.member, UndoImport, import_id=only.id, is_sure=True)
    world.do(AdvanceImports())
    assert home(world, "41") is not None
    assert labels(read(world, card(world, only))) == []  # type: ignore[arg-type]


def test_people_and_accounts_come_and_go_with_their_list(world: World) -> None:
    unit = world.community.id
    only = kept(
        world,
        Change("", 2, unit, "41", "", True, {"telegram_ids": ([], [7001])}),
        Change("", 2, unit, "41", "Lò Thị Mỷ", True, {"birth_year": (None, 1950), "conditions": (None, "Tim mạch")}),
        Change("", 3, unit, "1", "Lò Văn Hặc", True, {"birth_year": (None, 1980)}),
    )
    new = home(world, "41")
    assert new is not None
    assert [each.name for each in world.work().registry.residents_of([new.id])] == ["Lò Thị Mỷ"]
    assert [each.account_id for each in world.work().people.accounts_of(new.id)] == [7001]
    world.by(world.member, UndoImport, import_id=only.id, is_sure=True)
    world.do(AdvanceImports())
    assert home(world, "41") is None
    assert world.work().registry.residents_of([world.homes[0].id]) == []


def test_only_who_may_list_every_home_of_it_confirms_a_list(world: World) -> None:
    only = proposed(world)
    for person in (world.second_member, world.resident, world.far_member, world.officer):
        world.by(person, ConfirmImport, import_id=only.id)
        assert isinstance(last(world, person), ImportRefused)
    world.do(AdvanceImports())
    assert home(world, "41") is None


@pytest.mark.parametrize("reason", ["import.password", "import.no_heading", "import.too_heavy"])
def test_a_file_nobody_can_read_is_answered_with_what_to_do(world: World, reason: str) -> None:
    world.by(world.member, HearMessage, words="", enclosures=(SHEET,))
    world.do(RefuseList(import_id=brought(world).id, reason=reason))
    shown = card(world, brought(world))
    assert isinstance(shown, ListUnread)
    assert "To 1.xlsx" in read(world, shown).text


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


async def test_a_list_walks_all_the_way_in_chat(stage: Stage) -> None:
    stage.writes(stage.member, "/nhapdanhsach")
    form = await stage.sees(stage.member, "Mẫu danh sách", kind="document")
    assert stage.hands.download(stage.member.account, form).startswith(b"PK")
    content = workbook(
        ("DANH SÁCH HỘ",),
        ("Mã tổ", "Số nhà", "Chủ hộ", "SĐT", "Số người"),
        ("X01-1", 91, "GIÀNG A PÁO", 912345678, 4),
        ("X01-1", 92, "Lò Thị Mỷ", "12345", "năm"),
    )
    stage.hands.send_document(stage.member.account, BOT_ID, content, "To 1.xlsx")
    refused = await stage.sees(stage.member, "1 dòng chưa nhập được", kind="document")
    file = openpyxl.load_workbook(io.BytesIO(stage.hands.download(stage.member.account, refused)))
    written = [str(cell.value) for row in file.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("không phải số điện thoại" in cell for cell in written)
    assert any("không phải số người" in cell for cell in written)
    shown = await stage.sees(stage.member, "1 mới, 0 đổi, 1 lỗi", buttons=["Nhập"])
    await stage.taps(stage.member, shown, "Nhập")
    await stage.quiet()
    await stage.later(timedelta(seconds=1))
    done = await stage.sees(stage.member, "Đã ghi danh sách", buttons=["Hoàn tác"])
    await stage.taps(stage.member, done, "Hoàn tác")
    await stage.quiet()
    await stage.taps(stage.member, await stage.sees(stage.member, "Hoàn tác cả danh sách"), "Hoàn tác ngay")
    await stage.quiet()
    await stage.later(timedelta(seconds=1))
    await stage.sees(stage.member, "Đã hoàn tác")
