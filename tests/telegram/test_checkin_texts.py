"""What check-ins say fits an old phone and tells neighbours nothing."""

from __future__ import annotations

import datetime as dt
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.catalogue import Catalogues, languages
from bot.telegram.render import Message, Reader, render
from models.notices import Contact, Notice, call_lists, checkin_figures, checkins
from models.notices.call_lists import (
    AnswerRefused,
    AwayAsked,
    CallHome,
    CallListOpened,
    CallListShown,
    DoorListHanded,
    HelpAsked,
    HomeOpened,
    LineChoice,
    LineDropped,
    LineHeard,
    LineKept,
    LinePart,
    LineRead,
    LongSilent,
    MovingAsked,
    PaperFailed,
    PaperPromised,
    RoundMissed,
    SilentHome,
    SourceAsked,
    TeamRound,
    TeamRoundsShown,
    Try,
)
from models.notices.checkin_figures import FiguresSent, FiguresTold, StepsSkipped, UnitPart, UnitsListed
from models.notices.checkins import (
    AnswerKept,
    AnswerStood,
    ClaimsPaused,
    HomeAsked,
    HomeChoice,
    HomeClaimed,
    HomeClaimSettled,
    HomeLinked,
    HomeNotLinked,
    HomePrompted,
    HomeProposed,
    HomeShown,
    HomeUnknown,
    HowAsked,
    HowKept,
    LeftInPeace,
    NothingOpen,
    RoundClosed,
    RoundOpened,
    RoundOver,
    RoundReminded,
    StrangerPrompted,
    TeamTapNoted,
)
from models.rules.call_list import Absence
from models.rules.checkins import Answer, Asking, Source, Tally
from models.rules.plans import LONGEST_QUESTION

AT = datetime(2021, 11, 3, 7, 30, tzinfo=UTC)
DAY = dt.date(2021, 11, 3)
ROUND, HOME = 2_000_000, 5_000_000
UNIT = "Tổ 1 bản Nà Tăm"
HEAD = "Giàng A Páo"
LONG_QUESTION = "?" * LONGEST_QUESTION
CONTACTS = (Contact("Lò Văn Hặc", "+84912345678"), Contact("Vàng Thị Mẩy"))

TO_HOUSEHOLDS: list[Notice] = [
    RoundOpened(ROUND, 2_000, 27, 40, AT),
    RoundOpened(ROUND, 2_000, 27, 40, AT, LONG_QUESTION),
    RoundClosed(DAY, 27, 40),
    RoundReminded(13, AT),
    HomePrompted(ROUND, HOME, "112A", AT),
    HomePrompted(ROUND, HOME, "112A", AT, again=True),
    HomePrompted(ROUND, HOME, "112A", AT, again=True, question=LONG_QUESTION),
    HomeShown(ROUND, HOME, "112A", AT),
    *(AnswerKept(ROUND, HOME, "112A", answer) for answer in Answer),
    AnswerStood("112A"),
    RoundOver(AT, is_reported=True),
    RoundOver(None),
    NothingOpen(UNIT, AT),
    NothingOpen("", None),
    HomeUnknown(),
    StrangerPrompted(ROUND, UNIT),
    HomeProposed("112A"),
    HomeLinked("112A"),
    HomeNotLinked("112A", CONTACTS),
    ClaimsPaused(CONTACTS),
    LeftInPeace(CONTACTS),
    *(HowAsked(HOME, "112A", asking) for asking in Asking),
    *(HowKept("112A", asking) for asking in Asking),
]
CALLS = tuple(CallHome(HOME + n, str(n), HEAD, "+84912345678", is_tried=n > 6) for n in range(1, 9))
TO_STAFF: list[Notice] = [
    HomeClaimed(ROUND, HOME, 9_000_000, Answer.SOMEONE_ILL, "Bà Mẫu", "112A", "", UNIT),
    HomeClaimSettled("Bà Mẫu", "112A", HEAD, agreed=True),
    HomeClaimSettled("Bà Mẫu", "112A", HEAD, agreed=False),
    TeamTapNoted(ROUND),
    HelpAsked("112A", HEAD, "", UNIT),
    CallListShown(ROUND, UNIT, DAY, AT, False, CALLS, 1, 3, 20, closes_soon=True, skipped_steps=2),
    CallListShown(ROUND, UNIT, DAY, AT, True, CALLS, 0, 1, 8),
    CallListOpened(ROUND, UNIT, DAY, AT, False, (), 0, 1, 0),
    HomeOpened(ROUND, HOME, "112A", HEAD, "+84912345678", "cạnh suối", Answer.NEED_HELP),
    HomeOpened(ROUND, HOME, "112A", HEAD, "", "", None, tuple(Try(AT, HEAD, None, source) for source in Source)),
    AwayAsked(ROUND, HOME, "112A", HEAD, (DAY, DAY)),
    MovingAsked(ROUND, HOME, "112A", ""),
    PaperPromised(UNIT),
    DoorListHanded(7),
    PaperFailed(),
    LongSilent(UNIT, tuple(SilentHome(str(n), HEAD, "", DAY, is_tried=n > 6) for n in range(40)), CONTACTS),
    LongSilent(UNIT, (), ()),
    RoundMissed(UNIT, DAY, AT),
    RoundMissed(UNIT, DAY, None),
    SourceAsked(ROUND, HOME, "112A", HEAD, Answer.ALL_WELL),
    TeamRoundsShown((TeamRound(ROUND, UNIT, 27, 40),)),
    LineHeard("khoe 1-12", (LineChoice(ROUND, UNIT),)),
    LineRead(
        ROUND,
        UNIT,
        "khoe 1-3, xyz",
        tuple(LinePart(said.value, ("1", "2", "4")) for said in (*Answer, *Absence)),
        ("xyz",),
    ),
    LineRead(ROUND, UNIT, "xyz", (), ("xyz",)),
    LineKept(UNIT, 38),
    LineDropped(),
    AnswerRefused(UNIT, CONTACTS),
    AnswerRefused("", ()),
    FiguresSent(1, UNIT, DAY, 250, 300, 2, 11_000, 7_000, 3_000, 400, 600, 9_000),
    FiguresTold(1, UNIT, DAY, 0, 0, 0, Tally()),
    UnitsListed(UNIT, DAY, tuple(UnitPart(n, UNIT, 3, 40, None if n % 2 else ROUND) for n in range(45))),
    UnitsListed(UNIT, DAY, (UnitPart(1, UNIT, 3, 40, None, skipped=2), UnitPart(2, UNIT, 0, 0, ROUND, skipped=1))),
    UnitsListed(UNIT, DAY, ()),
    StepsSkipped(5, 1),
]
CHOICES: list[Notice] = [
    HomeAsked(ROUND, Answer.SOMEONE_ILL, (HomeChoice(HOME, "112A"),) * 20, 1, 3, are_own=False),
    HomeAsked(ROUND, Answer.SOMEONE_ILL, (HomeChoice(HOME, "112A"),) * 2, 0, 1, are_own=True),
]


def read(notice: Notice, language: str) -> Message:
    say = Catalogues.load(strict=True).in_language(language)
    return render(notice, Reader(say, ZoneInfo("Asia/Ho_Chi_Minh"), "to_covid_huyen_tam_duong_bot"))


def kind(notice: Notice) -> str:
    return notice.kind


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("notice", TO_HOUSEHOLDS, ids=kind)
def test_a_household_reads_at_most_five_short_lines_and_three_buttons(notice: Notice, language: str) -> None:
    message = read(notice, language)
    assert len(message.text) <= 280
    assert len(message.text.splitlines()) <= 5
    assert len(message.rows) <= 3
    assert all(len(row) == 1 and len(row[0].label) <= 16 for row in message.rows)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("notice", TO_STAFF + CHOICES, ids=kind)
def test_staff_and_choosers_read_what_fits_one_message(notice: Notice, language: str) -> None:
    message = read(notice, language)
    assert 0 < len(message.text) <= 4096
    assert sum(map(len, message.rows)) <= 100
    assert all(0 < len(row) <= 8 and all(button.label for button in row) for row in message.rows)


def test_every_notice_of_check_ins_is_read_here() -> None:
    families = {checkins.__name__, call_lists.__name__, checkin_figures.__name__}
    told = {name for name, one in Notice.kinds.items() if one.__module__ in families}
    assert {notice.kind for notice in TO_HOUSEHOLDS + TO_STAFF + CHOICES} == told


@pytest.mark.parametrize("notice", TO_HOUSEHOLDS + TO_STAFF + CHOICES, ids=kind)
def test_a_notice_comes_back_from_the_outbox_as_it_was_told(notice: Notice) -> None:
    assert Notice.from_json(notice.kind, notice.to_json()) == notice


def test_a_stranger_who_chooses_a_home_sees_numbers_and_no_names() -> None:
    message = read(CHOICES[0], "vi")
    assert {button.label for row in message.rows[:5] for button in row} == {"Nhà 112A"}


def test_the_board_reads_as_a_warm_question() -> None:
    assert read(TO_HOUSEHOLDS[0], "vi").text.splitlines()[:3] == [
        "Bà con ơi, hôm nay nhà mình thế nào ạ?",
        "Mỗi nhà bấm một nút là xong.",
        "27/40 nhà đã báo. Tổ nhận đến 14:30 ngày 3/11.",
    ]
