"""One home of the call list: who tried it, that it is away, that it moved, and how it wants to be asked."""

from __future__ import annotations

from datetime import timedelta
from unicodedata import normalize

import pytest
from sqlalchemy import select

from bot.errands.apart import run_apart
from bot.paper.door_list import fill
from bot.paper.typesetting import pack, typeset
from handlers.commands.called_homes import AskAway, HandPaper, MoveHomeOut, NoteAway, OpenHome, PrintList
from handlers.commands.checkins import AskHow, ChooseHow, ConfirmLine, EnterLine, NoteUnreached
from handlers.commands.households import MoveHome
from models.notices.call_lists import (
    AnswerRefused,
    AwayAsked,
    DoorListHanded,
    HomeOpened,
    LineRead,
    LongSilent,
    MovingAsked,
)
from models.notices.checkins import HowAsked, HowKept
from models.records import AuditEntry, Errand, HouseholdEvent
from models.rules.checkins import Answer, Asking, Source
from models.rules.households import HouseholdStep
from models.rules.roles import Role
from models.rules.rounds import SILENT_TOO_LONG
from tests.paper.letters import LETTERS
from tests.stories.checkin_day import Day
from tests.stories.rendering import reader

WELL = Answer.ALL_WELL


def next_round(day: Day) -> None:
    """Let the round close and the next one open."""
    day.until(day.round.closes_at)
    day.round = day.newest_round()
    day.until(day.round.opens_at)


def silent_numbers(day: Day) -> list[str]:
    day.until(day.round.call_list_at)
    return [home.number for home in day.calls_of(day.world.member).homes]


def test_whoever_does_not_look_after_a_home_is_told_who_does_and_the_books_name_the_home(day: Day) -> None:
    day.begin()
    home, stranger = day.world.homes[2], day.world.far_member
    day.by(stranger, OpenHome, household_id=home.id)
    assert isinstance(day.world.told(stranger)[-1], AnswerRefused)
    entry = day.world.session.scalars(select(AuditEntry).where(AuditEntry.refused)).one()
    assert (entry.action, entry.subject) == ("OpenHome", f"home:{home.id}")


def test_the_home_shows_who_tried_it_and_when(day: Day) -> None:
    day.begin()
    home = day.world.homes[2]
    day.by(day.world.second_member, NoteUnreached, household_id=home.id)
    day.by(day.world.member, OpenHome, household_id=home.id)
    opened = day.calls_of(day.world.member)
    assert isinstance(opened, HomeOpened)
    assert "Tổ viên Hai: Không gọi được (gọi)" in day.read(opened).text


def test_a_home_in_the_fields_is_left_in_peace_until_it_is_back(day: Day) -> None:
    day.begin()
    home = day.world.homes[2]
    day.by(day.world.member, AskAway, household_id=home.id)
    asked = day.calls_of(day.world.member)
    assert isinstance(asked, AwayAsked)
    day.by(day.world.member, NoteAway, household_id=home.id, until=asked.days[1])
    assert (day.tally().unreachable, day.tally().expected) == (1, 5)
    next_round(day)
    assert day.tally().expected == 4
    assert silent_numbers(day) == ["1", "2", "4", "5"]
    next_round(day)
    next_round(day)
    assert day.round.day > asked.days[1]
    assert day.tally().expected == 5
    assert silent_numbers(day) == ["1", "2", "3", "4", "5"]


def test_one_line_says_until_when_homes_are_away_and_is_read_back(day: Day) -> None:
    day.begin()
    day.world.by(day.world.member, EnterLine, words="nuong 3 den 30/11, khoe 1-2")
    read_back = day.world.card(day.world.member, "line")
    assert isinstance(read_back, LineRead)
    assert "3 (đến hết 30/11/2026)" in day.read(read_back).text
    assert day.world.homes[2].away_until is None
    day.by(day.world.member, ConfirmLine)
    assert str(day.world.homes[2].away_until) == "2026-11-30"


def test_whoever_is_back_early_answers_and_is_counted(day: Day) -> None:
    day.begin()
    home = day.world.homes[0]
    day.by(day.world.member, NoteAway, household_id=home.id, until=day.round.day + timedelta(days=7))
    next_round(day)
    assert day.tally().expected == 4
    day.tap(day.world.resident, WELL)
    assert (day.tally().expected, day.tally().answered, day.tally().silent) == (5, 1, 4)
    assert home.away_until is None


def test_a_home_that_moved_away_leaves_the_list_after_one_more_question(day: Day) -> None:
    day.begin()
    home = day.world.homes[4]
    day.by(day.world.member, MoveHomeOut, household_id=home.id, is_sure=False)
    assert isinstance(day.calls_of(day.world.member), MovingAsked)
    for _ in range(2):
        day.by(day.world.member, MoveHomeOut, household_id=home.id, is_sure=True)
    assert (day.tally().expected, day.tally().silent) == (4, 4)
    steps = day.world.session.scalars(select(HouseholdEvent.step).where(HouseholdEvent.household_id == home.id)).all()
    assert steps == [HouseholdStep.MOVED_OUT]
    assert silent_numbers(day) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("how", Asking)
def test_a_home_chooses_how_it_is_asked(day: Day, how: Asking) -> None:
    day.world.by(day.world.resident, AskHow)
    home = day.world.homes[0]
    asked = day.world.card(day.world.resident, f"how:{home.id}")
    assert isinstance(asked, HowAsked)
    assert len(day.read(asked).rows) == 3
    day.world.by(day.world.resident, ChooseHow, household_id=home.id, how=how)
    kept = day.world.card(day.world.resident, f"how:{home.id}")
    assert isinstance(kept, HowKept)
    day.begin()
    assert (day.card_of(day.world.resident, 0) is not None) is (how is Asking.PRIVATE)


def test_a_home_that_wants_no_messages_is_called_and_never_left_out(day: Day) -> None:
    day.lose_group()
    day.world.by(day.world.resident, ChooseHow, household_id=day.world.homes[0].id, how=Asking.CALL)
    day.begin()
    assert day.card_of(day.world.resident, 0) is None
    assert day.card_of(day.world.neighbour, 1) is not None
    day.until(day.round.reminds_at)
    assert day.card_of(day.world.resident, 0) is None
    assert day.tally().expected == 5
    assert silent_numbers(day) == ["1", "2", "3", "4", "5"]


def test_nobody_else_chooses_for_a_home(day: Day) -> None:
    day.world.by(day.world.neighbour, ChooseHow, household_id=day.world.homes[0].id, how=Asking.CALL)
    assert day.world.homes[0].asking is Asking.BOARD
    assert isinstance(day.world.told(day.world.neighbour)[-1], AnswerRefused)


def test_the_list_is_in_walking_order(day: Day) -> None:
    for number in ("10", "2A"):
        day.world.household(day.world.community, number)
    day.begin()
    assert silent_numbers(day) == ["1", "2", "2A", "3", "4", "5", "10"]


def test_a_home_silent_three_rounds_running_is_raised_to_the_commune(day: Day) -> None:
    day.begin()
    subject = f"long-silent:{day.world.community.id}"
    for silent_rounds in range(1, SILENT_TOO_LONG + 1):
        assert day.world.card(day.world.officer, subject) is None, silent_rounds
        for home in (0, 1, 3, 4):
            day.tap_home(day.world.member, home, WELL, Source.CALLED)
        next_round(day)
    told = day.world.card(day.world.officer, subject)
    assert isinstance(told, LongSilent)
    assert [home.number for home in told.homes] == ["3"]
    assert "Tổ viên Một" in day.read(told).text
    assert day.world.card(day.world.far_member, subject) is None
    day.answer_all(WELL)
    next_round(day)
    over = day.world.card(day.world.officer, subject)
    assert isinstance(over, LongSilent)
    assert over.homes == ()


def test_a_home_that_moves_is_silent_neither_longer_nor_shorter_for_it(day: Day) -> None:
    world, silent, answering = day.world, day.world.homes[2], day.world.homes[3]
    world.household(world.second_community, "9")
    world.grant(world.member, Role.TEAM, world.second_community)
    day.begin()
    for moved_home in (None, silent, answering):
        if moved_home is not None:
            world.by(world.chair, MoveHome, household_id=moved_home.id, unit_id=world.second_community.id)
        day.tap_home(world.member, 3, WELL, Source.CALLED)
        next_round(day)
    told = world.card(world.officer, f"long-silent:{world.second_community.id}")
    assert isinstance(told, LongSilent)
    assert [home.number for home in told.homes] == [silent.number, "9"]


async def test_the_door_list_prints_every_name_and_letter_on_a4(day: Day) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    names = ["Giàng A Páo", "Lò Thị Ươm", "Vừ Mí Nghĩa", "Đặng Quỳnh Thuỷ", "Nguyễn Hữu Ngộ"]
    for home, name in zip(day.world.homes, names, strict=True):
        home.head = name
    letters = day.world.household(day.world.community, "6")
    letters.head, letters.address = LETTERS[:80], LETTERS[80:]
    day.begin()
    homes = [*day.world.homes, letters]
    page = fill(day.world.community, day.round, homes, {day.world.homes[0].id}, reader("vi").say)
    pdf = PdfReader(BytesIO(await run_apart(typeset, pack("door_list", page))))
    text = normalize("NFC", "\n".join(sheet.extract_text() for sheet in pdf.pages))
    for name in names:
        assert name in text
    assert set(LETTERS) - set(text) == set()
    assert "Tổ 1 bản Mẫu" in text
    assert text.count("Đã báo") == 1
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]


def test_the_door_list_is_made_for_those_who_look_after_the_homes(day: Day) -> None:
    day.begin()
    day.by(day.world.stranger, PrintList)
    assert day.world.session.scalars(select(Errand)).all() == []
    day.by(day.world.member, PrintList)
    errand = day.world.session.scalars(select(Errand)).one()
    assert errand.kind == "make-door-list"
    day.world.do(HandPaper(account_id=day.world.account(day.world.member), name="to-1.pdf", content=b"%PDF"))
    assert isinstance(day.world.told(day.world.member)[-1], DoorListHanded)
