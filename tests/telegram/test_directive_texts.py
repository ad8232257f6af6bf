"""How directives read: within the service's limits, with the buttons each place needs and no others."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.catalogue import Catalogues
from bot.telegram.render import Message, Reader, render
from models.notices import Contact, Names, Notice
from models.notices.directive_boards import MissingUnit, MissingUnitsListed, ProgressCounted, ProgressLine
from models.notices.directives import (
    AlarmGiven,
    DeadlineRefused,
    DirectingRefused,
    DirectiveAbove,
    DirectiveCopied,
    DirectiveGiven,
    DirectiveNotThus,
    DirectivePreviewed,
    Reached,
    UnitPick,
    UnitState,
    WordsAsked,
)
from models.rules.deadlines import Reason
from models.rules.directives import UNITS_A_PAGE, Audience, DirectiveState
from models.rules.other_channels import Channel, count_syllables
from models.rules.policy import Policy
from models.rules.words import utf16_length

NOW = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
LANGUAGES = ("vi", "en")
LONG = "Rà soát từng hộ, từng người. 📣 " * 200
GIVEN = DirectiveGiven(
    directive_id=7,
    code="CD-20417",
    issuer=Contact("Chỉ huy Huyện", unit="Huyện Mẫu"),
    words="Các tổ rà soát người về.",
    file_name="",
    deadline_at=NOW + timedelta(hours=24),
    units=(UnitState("Tổ 1"),),
)
PREVIEW = DirectivePreviewed(
    directive_id=7,
    code="CD-20417",
    issuer="Huyện Mẫu",
    words="Các tổ rà soát người về.",
    file_name="",
    has_file=False,
    deadline_at=NOW + timedelta(hours=24),
    audience=Audience.ALL_GROUPS,
    state=DirectiveState.DRAFT,
    reached=Reached(5, 5, 11, 60, Names(("Tổ 1",), 3), Names(("Tổ 2",))),
    at_night=True,
)
BOARD = ProgressCounted(
    directive_id=7,
    code="CD-20417",
    words="Các tổ rà soát người về.",
    file_name="",
    deadline_at=NOW,
    places=3,
    delivered=2,
    acknowledged=1,
    done=0,
    seen=4,
    lines=(ProgressLine("Xã Mẫu Một", 3, 1, 0),),
    without_group=Names(("Tổ 1",)),
)


def read(notice: Notice, language: str = "vi") -> Message:
    say = Catalogues.load(strict=True).in_language(language)
    return render(notice, Reader(say, Policy().timezone, "to_covid_bot"))


def labels(message: Message) -> list[str]:
    return [button.label for row in message.rows for button in row]


def test_a_community_group_is_not_asked_what_is_done() -> None:
    assert labels(read(GIVEN)) == ["Đã nhận", "Đã làm xong", "Xin hỏi thêm", "Chép sang Zalo", "Bản đọc loa"]
    assert labels(read(replace(GIVEN, in_community=True))) == ["Đã nhận", "Xin hỏi thêm"]


def test_a_card_tells_what_its_units_have_answered_and_who() -> None:
    acknowledged = UnitState("Tổ 1", NOW, "Páo")
    assert "Tổ 1: chưa báo nhận" in read(GIVEN).text
    assert "Tổ 1: đã nhận lúc 09:05 ngày 23/11 – Páo" in read(replace(GIVEN, units=(acknowledged,))).text
    done = replace(acknowledged, done_at=NOW, done_by="Sùng")
    assert "Tổ 1: đã làm xong lúc 09:05 ngày 23/11 – Sùng" in read(replace(GIVEN, units=(done,))).text


def test_a_withdrawn_card_says_so_first_and_asks_nothing() -> None:
    withdrawn = read(replace(GIVEN, withdrawn_at=NOW))
    assert withdrawn.text.startswith("ĐÃ THU HỒI lúc 09:05 ngày 23/11")
    assert withdrawn.rows == ()


def test_a_corrected_card_shows_the_correction_before_the_first_words() -> None:
    text = read(replace(GIVEN, correction="Báo về trước 16 giờ.", corrected_at=NOW)).text
    assert text.index("ĐÍNH CHÍNH lúc 09:05 ngày 23/11:\nBáo về trước 16 giờ.") < text.index("Các tổ rà soát")


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_words_are_cut_with_a_note_and_nothing_else_is_lost(language: str) -> None:
    corrected = replace(GIVEN, words=LONG, correction=LONG, corrected_at=NOW, units=(UnitState("Tổ 9"),) * 20)
    text = read(corrected, language).text
    assert utf16_length(text) <= 4096
    assert "CD-20417" in text
    assert "Tổ 9" in text
    assert Catalogues.load().in_language(language)("directives.cut") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_shows_what_is_chosen_and_whom_nothing_reaches(language: str) -> None:
    message = read(PREVIEW, language)
    assert "Tổ 1" in message.text
    assert "Tổ 2" in message.text
    assert sum(label.endswith("✅") for label in labels(message)) == 1


def test_the_preview_has_every_button_the_commander_needs() -> None:
    assert labels(read(PREVIEW)) == [
        *("Tất cả nhóm ✅", "Chỉ cán bộ", "Chọn nơi nhận"),
        *("4 giờ", "24 giờ", "3 ngày", "Nhập hạn khác"),
        *("Gửi", "Huỷ", "Hẹn giờ gửi", "Báo động"),
    ]


def test_a_clerk_offers_what_the_commander_approves() -> None:
    by_clerk = replace(PREVIEW, by_clerk="Văn thư Huyện")
    assert labels(read(replace(by_clerk, for_clerk=True)))[-2:] == ["Trình duyệt", "Huỷ"]
    offered = replace(by_clerk, state=DirectiveState.OFFERED)
    assert labels(read(replace(offered, for_clerk=True))) == []
    assert labels(read(offered))[-4:] == ["Duyệt", "Huỷ", "Hẹn giờ gửi", "Báo động"]
    assert "Văn thư Huyện" in read(offered).text


def test_a_scheduled_one_is_sent_now_or_not_at_all_and_changed_no_more() -> None:
    scheduled = read(replace(PREVIEW, state=DirectiveState.SCHEDULED, send_at=NOW))
    assert labels(scheduled) == ["Gửi", "Huỷ", "Hẹn giờ gửi", "Báo động"]
    assert "Tự gửi lúc 09:05" in scheduled.text


def test_an_alarm_is_shown_as_one() -> None:
    alarm = AlarmGiven(**{each.name: getattr(GIVEN, each.name) for each in fields(GIVEN)})
    assert read(alarm).text.startswith("🔴 BÁO ĐỘNG")
    assert "BÁO ĐỘNG" in read(replace(BOARD, is_alarm=True)).text
    assert "BÁO ĐỘNG" in read(replace(PREVIEW, is_alarm=True)).text


def test_units_to_pick_stand_two_a_row_and_a_page_at_a_time() -> None:
    picks = tuple(UnitPick(number, f"Xã {number}", picked=number == 1) for number in range(UNITS_A_PAGE))
    chosen = read(replace(PREVIEW, audience=Audience.CHOSEN, picks=picks, pages=3))
    assert [button.label for button in chosen.rows[2]] == ["Xã 0", "Xã 1 ✅"]
    assert "Xem tiếp" in labels(chosen)
    assert sum(len(row) for row in chosen.rows) <= 100


@pytest.mark.parametrize("state", [DirectiveState.SENT, DirectiveState.DISCARDED, DirectiveState.WITHDRAWN])
def test_a_preview_that_is_over_has_no_buttons(state: DirectiveState) -> None:
    assert read(replace(PREVIEW, state=state)).rows == ()


def test_the_board_fits_one_message_with_hundreds_of_units() -> None:
    lines = tuple(ProgressLine(f"Tổ {number} bản có tên rất dài bên kia suối", 1, 0, 0) for number in range(250))
    board = read(replace(BOARD, words=LONG, lines=lines, chased_at=NOW))
    assert utf16_length(board.text) <= 4096
    assert "và 210 đơn vị nữa" in board.text
    assert "Đã đôn đốc" in board.text


def test_the_board_counts_and_offers_what_to_do() -> None:
    board = read(BOARD)
    assert "Đã gửi đến 2/3 · Đã nhận 1/3 · Làm xong 0/3" in board.text
    assert "Xã Mẫu Một: nhận 1/3, xong 0/3" in board.text
    assert labels(board) == [
        *("Đơn vị chưa nhận", "Đôn đốc", "Đính chính", "Thu hồi"),
        *("Chép sang Zalo", "Bản đọc loa"),
    ]


def test_whom_to_call_is_written_as_people_dial_it() -> None:
    called = MissingUnit("Tổ 1", False, False, (Contact("Páo", "+84912345678"),))
    listed = read(MissingUnitsListed(7, "CD-20417", 1, (called,), 0, 1))
    assert "• Tổ 1 (chưa có nhóm): Páo, 0912 345 678 – tin chưa đến" in listed.text


def test_a_full_page_of_missing_units_fits_one_message() -> None:
    somebody = Contact("Tẩn Thị Mẩy của bản bên kia suối", "+84912345678")
    units = tuple(MissingUnit(f"Tổ {number} bản Phìn Ngan Xin Chải", False, False, (somebody,)) for number in range(36))
    text = read(MissingUnitsListed(7, "CD-20417", 200, units, 0, 6)).text
    assert utf16_length(text) <= 4096
    assert "Tổ 35" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "notice",
    [
        *(DeadlineRefused(reason) for reason in Reason),
        *(DirectiveNotThus("CD-20417", state) for state in DirectiveState),
        *(WordsAsked(f"directive-{wanted}") for wanted in ("words", "deadline", "correction", "question", "send-time")),
        DirectingRefused(()),
        DirectingRefused((Contact("Chỉ huy Huyện", "+84912345678"),)),
    ],
    ids=repr,
)
def test_every_answer_is_a_sentence_in_both_languages(notice: Notice, language: str) -> None:
    assert read(notice, language).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["Các tổ rà soát người về.", LONG, ""])
def test_a_copy_fits_the_other_service_and_half_a_minute_of_listening(language: str, words: str) -> None:
    copied = DirectiveCopied("CD-20417", Channel.ZALO, "Huyện Mẫu", words, "33-CV.pdf", NOW)
    pasted = read(copied, language).text
    assert utf16_length(pasted) <= 2000
    assert "CD-20417" in pasted
    assert "33-CV.pdf" in pasted or words == LONG
    read_out = read(replace(copied, channel=Channel.LOUDSPEAKER), language).text
    assert count_syllables(read_out) <= 75
    assert "Huyện Mẫu" in read_out


def test_a_copy_has_nothing_but_its_text() -> None:
    assert read(DirectiveCopied("CD-20417", Channel.ZALO, "Huyện Mẫu", "Họp.", "", NOW)).rows == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_that_stops_here_can_be_passed_on_and_says_what_it_passes_on(language: str) -> None:
    say = Catalogues.load(strict=True).in_language(language)
    assert say("button.pass_on") not in labels(read(GIVEN, language))
    shown = read(replace(GIVEN, may_pass_on=True, above=DirectiveAbove("CD-10001", "Tỉnh Mẫu")), language)
    assert say("button.pass_on") in labels(shown)
    assert "CD-10001" in shown.text
    assert "Tỉnh Mẫu" in shown.text


def test_tier_by_tier_is_offered_only_where_there_are_tiers() -> None:
    assert "Qua từng cấp" not in labels(read(PREVIEW))
    assert "Qua từng cấp" in labels(read(replace(PREVIEW, has_tiers=True)))
    chosen = read(replace(PREVIEW, has_tiers=True, by_tier=True))
    assert "Qua từng cấp ✅" in labels(chosen)
    assert "Đi qua từng cấp" in chosen.text


def test_a_note_is_asked_for_with_a_way_to_add_nothing() -> None:
    assert labels(read(WordsAsked("directive-note", "CD-20417", 7))) == ["Không có gì thêm", "Huỷ"]
