"""Whatever we can say, somebody can read: every notice has its text, and a resident's fits an old phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from bot.catalogue import Catalogues, languages
from bot.telegram.render import Message, Reader, render
from handlers.commands.households import HomeQuestion
from models.notices import Contact, Notice, Passed, base
from models.notices.arrivals import (
    ArrivalAsked,
    ArrivalsDropped,
    ArrivalsKept,
    ArrivalsRead,
    ArrivalsUnread,
    ReadArrival,
)
from models.notices.binding import CommunityIntroduced
from models.notices.clips import VoiceAsked, VoiceChosen
from models.notices.confidential import (
    ConfidenceOffered,
    ConfidentialWordsAsked,
    HomeReportFiled,
    QuietlyJoined,
    ReadersChosen,
    ReadersFixed,
    TierChoice,
    WordPromised,
)
from models.notices.duty import DutyPlace, DutyShown
from models.notices.enrolment import (
    ButtonTooOld,
    CodeRefused,
    CodesPaused,
    DraftCancelled,
    Joined,
    LanguageAsked,
    LanguageChosen,
    PrivateChatNeeded,
    ResidentHelped,
    ResidentWelcomed,
)
from models.notices.followups import (
    FollowUpBegan,
    FollowUpClosed,
    FollowUpOver,
    ReadingAsked,
    ReadingKept,
    ReadingUnread,
)
from models.notices.mail import MessageKept
from models.notices.overhearing import NotYoursToSend, SendingOffered
from models.notices.places import PlaceNamed
from models.notices.reports import (
    ConfidentialReportFiled,
    HelpConfirmed,
    NeedAsked,
    NeedDismissed,
    NobodyServesYet,
    OwnLine,
    OwnReportsListed,
    ReportFiled,
    ReportOutOfReach,
    ReportPassedOn,
    ReportReopened,
    ReportTakenUp,
    ResultTold,
    SenderAnswered,
    UrgentReportFiled,
    WordsJoined,
    WritingInvited,
)
from models.notices.tools import ReportMergedTold, TimePromised
from models.rules.call_list import Absence
from models.rules.checkins import Answer
from models.rules.documents.document import Tier
from models.rules.documents.filling import FILLABLE
from models.rules.form_cells import CONTENTS
from models.rules.policy import Policy
from models.rules.protocols import Vaccinated
from models.rules.queue import HEADINGS
from models.rules.ready_answers import ReadyAnswer
from models.rules.reports import ReportState, Step
from models.rules.roles import Role
from models.rules.vitals import Vitals
from models.rules.words import utf16_length

AT = datetime(2021, 12, 28, 7, 30, tzinfo=UTC)
CODE, UNIT = "TD-48213", "Tổ 1 bản Nà Tăm, thị trấn Tam Đường"
MEMBER = Contact("Giàng A Páo", "+84912345678", "team", UNIT)
STATION = Contact("Vàng Thị Mẩy", "+84987654321", "health", "thị trấn Tam Đường")
WORDS = "Chiều nay tổ đến nhà bác, mang theo thuốc hạ sốt và gạo."

CAME = ReadArrival(
    unit_id=7,
    unit=UNIT,
    household_id=7,
    number="12",
    name="Giàng Thị Sáo Mỷ",
    phone="",
    origin="Bà Rịa - Vũng Tàu",
    arrived_on=AT.date(),
    how=None,
    vaccinated=Vaccinated.NONE,
    words=WORDS,
)

#: Whom to call in three tiers: nobody, as usual, and with the longest that anybody has typed.
ON_DUTY = [
    (),
    (
        DutyPlace(UNIT, (MEMBER, MEMBER), on_duty=True, until=AT),
        DutyPlace("Xã Nùng Nàng", (STATION,), phone="+84213888"),
    ),
    (DutyPlace(UNIT * 2, (MEMBER,) * 2, True, AT, "Phòng trực tầng 1, trụ sở Uỷ ban nhân dân", "+842133888999"),) * 4,
]
#: What a resident is told outside check-ins, whose notices have a test of their own.
TO_RESIDENTS: list[Notice] = [
    ReportFiled(CODE, MEMBER, AT),
    ReportFiled(CODE, MEMBER, AT, place_known=False),
    ReportFiled(CODE, MEMBER, AT, illness_asked=True),
    UrgentReportFiled(CODE, MEMBER, "115", STATION),
    UrgentReportFiled(CODE, MEMBER, "115", None, place_known=False),
    ConfidentialReportFiled(CODE, AT),
    ConfidentialReportFiled(CODE, AT, 7, (TierChoice(2, "commune"), TierChoice(1, "district"))),
    ConfidenceOffered((TierChoice(2, "commune"), TierChoice(1, "province"))),
    ConfidentialWordsAsked("thị trấn Tam Đường"),
    HomeReportFiled(7, CODE),
    QuietlyJoined(),
    WordPromised(CODE),
    ReadersChosen(CODE, "thị trấn Tam Đường"),
    ReadersFixed(CODE),
    WordsJoined(CODE),
    WordsJoined(CODE, "115", STATION),
    ReportTakenUp(CODE, MEMBER),
    ReportPassedOn(CODE, MEMBER, AT),
    SenderAnswered(CODE, MEMBER, WORDS),
    ResultTold(7, CODE, MEMBER, WORDS, asks=True),
    ResultTold(7, CODE, MEMBER, WORDS, asks=False),
    *(SenderAnswered(CODE, MEMBER, "", answer.value) for answer in ReadyAnswer),
    TimePromised(CODE, MEMBER, AT),
    ReportMergedTold(CODE, "TD-59324", MEMBER),
    HelpConfirmed(CODE),
    ReportReopened(CODE, MEMBER, AT),
    NeedAsked(),
    NeedDismissed(),
    WritingInvited(),
    PrivateChatNeeded("baotin"),
    ReportOutOfReach(),
    NobodyServesYet(("115", "19009095")),
    OwnReportsListed(()),
    OwnReportsListed(tuple(OwnLine(CODE, state, AT, Contact("Giàng A Páo")) for state in ReportState)),
    ResidentWelcomed(UNIT, "115"),
    ResidentWelcomed(UNIT, "115", remark="unknown_link"),
    ResidentHelped("115"),
    PrivateChatNeeded(),
    LanguageAsked(),
    LanguageChosen(),
    ButtonTooOld(),
    DraftCancelled(),
    CodeRefused(3),
    CodesPaused(AT),
    Joined("Giàng A Páo", ()),
    ReadingAsked(7, "Giàng A Páo"),
    ReadingKept(7, "Giàng A Páo", Vitals(38.2, 94, 22, 110, 120, 80), is_flagged=True),
    ReadingKept(7, "Giàng A Páo", Vitals()),
    ReadingUnread(),
    FollowUpBegan("Giàng A Páo", AT.date(), AT.date(), (Contact("Lò Văn Hặc", "+84912345678"),) * 2),
    FollowUpOver("Giàng A Páo", AT.date()),
    FollowUpClosed((Contact("Lò Văn Hặc", "+84912345678"),) * 2),
    VoiceAsked(("hmn", "kjg"), "hmn", 1),
    VoiceAsked((), "", None),
    VoiceChosen("kjg"),
    LanguageAsked(has_voices=True),
    ArrivalAsked(by_resident=True),
    ArrivalsUnread(by_resident=True),
    ArrivalsRead((CAME,) * 5, (WORDS,), by_resident=True),
    ArrivalsKept(5, 1, (Contact("Lò Văn Hặc", "+84912345678"),) * 2, by_resident=True),
    ArrivalsDropped(),
    MessageKept(("115", "19009095")),
    CommunityIntroduced("Tổ 1 bản Nà Tăm", (Contact("Lò Văn Hặc", "+84912345678"),) * 3),
    CommunityIntroduced("Tổ 1 bản Nà Tăm", (Contact("Lò Văn Hặc", "+84912345678"),) * 3, overhears=True),
    SendingOffered(5, "115"),
    NotYoursToSend(),
    PlaceNamed(CODE, UNIT),
    *(DutyShown(places, ("115", "19009095", "02133888999"), for_resident=True) for places in ON_DUTY),
]
#: Done to a chat rather than said in it, so that nobody reads them.
WITHOUT_TEXT = {
    name for name, kind in Notice.kinds.items() if kind.__module__ == base.__name__ or issubclass(kind, Passed)
}
#: Names of the catalogue that a field may carry where its type alone does not say which.
NAMED = {
    "role": ["team", "village_head", "commander"],
    "tier": ["district", "commune", "community"],
    "reason": ["kicked", "deleted", "unknown", "muted"],
    "remark": ["unknown_link"],
    "media": ["photo"],
    "matter": ["relief", "hotline_fault"],
    "rung": ["team", "village_head", "office", "top"],
}
NAMED_IN: dict[tuple[str, str], list[Any]] = {
    ("GrantUnread", "why"): ["form", "unit", "person"],
    ("FollowWordsAsked", "question"): ["reading", "extend", "stop"],
    ("WordsAsked", "wanted"): ["words", "deadline", "correction", "question", "send-time", "note"],
    ("DutyUnread", "why"): ["form", "unit", "person", "role"],
    ("SwapSettled", "outcome"): ["sent", "taken", "declined", "lapsed"],
    ("ShiftHandedOver", "outcome"): ["offered", "taken", "received"],
    ("DeskActed", "step"): [
        Step.ANSWERED,
        Step.NOTED,
        Step.RESOLVED,
        Step.ESCALATED,
        Step.HANDED_DOWN,
        Step.RELEASED,
        Step.ASSIGNED,
        Step.PROMISED,
        Step.CORRECTED,
        Step.LINKED,
        Step.MERGED,
    ],
    ("FieldAsked", "field"): list(FILLABLE),
    ("FieldRefused", "field"): list(FILLABLE),
    ("DirectivePreviewed", "missing"): [("number", "assignees", "signer"), ()],
    ("DocumentLine", "type"): ["CV", "QĐ", ""],
    ("ReadTask", "tiers"): [tuple(tier.value for tier in Tier), ()],
    ("DocumentNotRead", "reason"): ["encrypted", "scanned", "not a reason"],
    ("TaskCorrectionAsked", "wanted"): ["assignee", "deadline"],
    ("FormUnread", "reason"): ["figures.form_not_xlsx", "figures.form_too_big", "import.password"],
    ("RecordingAsked", "language"): ["hmn", "vi"],
    ("ClipKept", "language"): ["hmn", "vi"],
    ("ClipDropped", "language"): ["hmn", "vi"],
    ("ClipLine", "language"): ["hmn", "vi"],
    ("VoiceChosen", "language"): ["hmn", "vi"],
    ("VoiceAsked", "languages"): [("hmn", "vi"), ()],
    ("VoiceAsked", "chosen"): ["hmn", ""],
    ("FormCell", "content"): list(CONTENTS),
    ("LinePart", "said"): [said.value for said in (*Answer, *Absence)],
    ("ListUnread", "reason"): ["import.password", "import.no_heading", "import.too_heavy", "import.not_handed_over"],
    ("Overwriting", "column"): ["head", "phone", "birth_year"],
    ("ShownEvent", "columns"): [("head", "phone"), ()],
    ("HomeWordsAsked", "question"): [question.value for question in HomeQuestion],
    ("HomeWordsUnread", "why"): ["no_such_number", "same_home", "number_taken", "no_name", "bad_phone"],
    ("ImportDropped", "why"): ["cancelled", "nothing_new"],
    ("QueueListed", "heading"): [*(heading for each in HEADINGS.values() for heading in each), ""],
    ("QueueCount", "heading"): [heading for each in HEADINGS.values() for heading in each],
    ("HistoryLine", "ready"): [ReadyAnswer.COMING.value, ""],
    ("SenderAnswered", "ready"): ["", *(answer.value for answer in ReadyAnswer)],
    ("HeldRole", "role"): [Role.TEAM.value, Role.OFFICER.value],
}


@cache
def reader(language: str) -> Reader:
    say = Catalogues.load(strict=True).in_language(language)
    return Reader(say, Policy().timezone, "to_covid_huyen_tam_duong_bot")


def read(notice: Notice, language: str) -> Message:
    return render(notice, reader(language))


def kind_of(notice: Notice) -> str:
    return notice.kind


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("notice", TO_RESIDENTS, ids=kind_of)
def test_a_resident_reads_at_most_five_short_lines_and_three_buttons(notice: Notice, language: str) -> None:
    message = read(notice, language)
    assert 0 < len(message.text) <= 280, message.text
    assert len(message.text.splitlines()) <= 5, message.text
    assert len(message.rows) <= 3
    assert all(len(row) == 1 and 0 < len(row[0].label) <= 16 for row in message.rows)


@pytest.mark.parametrize("notice", TO_RESIDENTS, ids=kind_of)
def test_a_resident_reads_no_jargon(notice: Notice) -> None:
    text = read(notice, "vi").text
    assert not {word for word in ("F0", "F1", "SLA", "P1", "P2", "P3", "P4") if word in text.split()}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", sorted(set(Notice.kinds) - WITHOUT_TEXT))
def test_every_notice_reads_in_every_language_and_fits_one_message(kind: str, language: str) -> None:
    for notice in variants(Notice.kinds[kind]):
        message = read(notice, language)
        assert 0 < utf16_length(message.text) <= 4096
        buttons = [button for row in message.rows for button in row]
        assert all(button.label and bool(button.data) != bool(button.url) for button in buttons)
        assert all(len(button.data.encode()) <= 64 for button in buttons)


def variants(kind: type[Any]) -> Iterator[Any]:
    """The notice with usual values, and again with every other value of each field that has several."""
    hints = get_type_hints(kind)
    choices = {
        field.name: values(hints[field.name], kind.__name__, field.name) + ([""] if field.default == "" else [])
        for field in fields(kind)
    }
    usual = kind(**{name: offered[0] for name, offered in choices.items()})
    yield usual
    for name, offered in choices.items():
        yield from (replace(usual, **{name: value}) for value in offered[1:])


def values(hint: Any, kind: str, name: str) -> list[Any]:
    """Some values of a type, the usual one first."""
    named = NAMED_IN.get((kind, name)) or (NAMED.get(name) if hint is str else None)
    if named:
        return named
    if get_origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not NoneType]
        return [*values(parts[0], kind, name), None]
    if get_origin(hint) is tuple:
        each = values(get_args(hint)[0], kind, name)
        # What a notice lists side by side is as long on both sides, so lists change only from item to item.
        return [(value,) for value in each]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return list(variants(hint))
    plain: dict[Any, list[Any]] = {
        str: ["Nà Tăm"],
        int: [7, 0],
        float: [38.2],
        bool: [True, False],
        datetime: [AT],
        date: [AT.date()],
        timedelta: [timedelta(hours=2)],
        time: [AT.time()],
        frozenset: [frozenset({0, 2}), frozenset(range(7))],
    }
    return plain[get_origin(hint) or hint]
