from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from models.rules.deadlines import NotADeadline, Reason, find, find_phrase, read

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    """An instant given as Vietnam's clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


NOW = at("2021-07-14 09:20")  # A Wednesday.


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("16h ngày 20/7", "2021-07-20 16:00"),
        ("trước 16 giờ 00 ngày 20/7", "2021-07-20 16:00"),
        ("trước 17h mai", "2021-07-15 17:00"),
        ("truoc 17h ngay mai", "2021-07-15 17:00"),
        ("16h30", "2021-07-14 16:30"),
        ("16h30 phút hôm nay", "2021-07-14 16:30"),
        ("20/7/2022 16:30", "2022-07-20 16:30"),
        ("2022-07-20 16:30", "2022-07-20 16:30"),
        ("ngày 20 tháng 7 năm 2022", "2022-07-20 23:59"),
        ("24h", "2021-07-15 09:20"),
        ("48 giờ", "2021-07-16 09:20"),
        ("trước 24h", "2021-07-15 00:00"),
        ("24h ngày 20/7", "2021-07-21 00:00"),
        ("2 ngày", "2021-07-16 09:20"),
        ("hai ngày nữa", "2021-07-16 09:20"),
        ("trong vòng 24 giờ", "2021-07-15 09:20"),
        ("trong 2 giờ", "2021-07-14 11:20"),
        ("30 phút nữa", "2021-07-14 09:50"),
        ("1 tuần", "2021-07-21 09:20"),
        ("sáng mai", "2021-07-15 11:30"),
        ("sáng mai (15/7/2021)", "2021-07-15 11:30"),
        ("chiều nay", "2021-07-14 17:00"),
        ("4h chiều nay", "2021-07-14 16:00"),
        ("8h tối", "2021-07-14 20:00"),
        ("8h toi mai", "2021-07-15 20:00"),
        ("tới 16h", "2021-07-14 16:00"),
        ("hết ngày 31/12/2021", "2021-12-31 23:59"),
        ("hết ngày", "2021-07-14 23:59"),
        ("hết ngày 20", "2021-07-20 23:59"),
        ("chậm nhất là ngày 31/12/2021", "2021-12-31 23:59"),
        ("trước ngày 20/7", "2021-07-19 23:59"),
        ("thứ 6", "2021-07-16 23:59"),
        ("thứ tư", "2021-07-14 23:59"),
        ("17h thứ sáu tuần sau", "2021-07-23 17:00"),
        ("chủ nhật", "2021-07-18 23:59"),
        ("trong tháng 01 năm 2022", "2022-01-31 23:59"),
        ("hết tháng", "2021-07-31 23:59"),
        ("trong Quý I năm 2022", "2022-03-31 23:59"),
        ("tomorrow 17:00", "2021-07-15 17:00"),
        ("in 3 hours", "2021-07-14 12:20"),
        ("by 5pm", "2021-07-14 17:00"),
        ("next Friday 5:30 pm", "2021-07-23 17:30"),
        ("20 July 2022", "2022-07-20 23:59"),
        ("before July 20, 2022", "2022-07-19 23:59"),
        ("end of day", "2021-07-14 23:59"),
    ],
)
def test_a_deadline_is_understood_as_commanders_type_it(typed: str, meant: str) -> None:
    assert read(typed, NOW, VIETNAM) == at(meant)


def test_a_deadline_is_kept_in_universal_time() -> None:
    due_at = read("16h", NOW, VIETNAM)
    assert isinstance(due_at, datetime)
    assert due_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("8h", Reason.PASSED),
        ("ngày 2/3", Reason.PASSED),
        ("20/7/2020", Reason.PASSED),
        ("trước hôm nay", Reason.PASSED),
        ("31/2", Reason.NO_SUCH_DAY),
        ("20/13/2021", Reason.NO_SUCH_DAY),
        ("25:00", Reason.NO_SUCH_TIME),
        ("16h75", Reason.NO_SUCH_TIME),
        ("16h ngày 20/7 hoặc 21/7", Reason.NOT_UNDERSTOOD),
        ("16h 17h mai", Reason.CONTRADICTION),
        ("sáng mai (20/7/2021)", Reason.CONTRADICTION),
        ("mai 2 ngày", Reason.CONTRADICTION),
        ("hằng ngày trước 17h", Reason.RECURRING),
        ("17h hàng ngày", Reason.RECURRING),
        ("càng sớm càng tốt", Reason.NOT_UNDERSTOOD),
        ("20", Reason.NOT_UNDERSTOOD),
        ("", Reason.NOT_UNDERSTOOD),
        ("báo cáo gấp", Reason.NOT_UNDERSTOOD),
        ("20/7/2099", Reason.TOO_FAR),
        ("9999 tuần", Reason.TOO_FAR),
        ("24h ngày 31/12/9999", Reason.TOO_FAR),
        ("1/1/0001", Reason.PASSED),
    ],
)
def test_what_names_no_moment_to_come_is_refused_with_the_reason(typed: str, reason: Reason) -> None:
    assert read(typed, NOW, VIETNAM) == NotADeadline(reason)


def test_today_is_the_day_of_the_place_and_not_of_the_server() -> None:
    just_after_midnight = at("2021-07-15 00:30")
    assert read("16h", just_after_midnight.astimezone(UTC), VIETNAM) == at("2021-07-15 16:00")


def test_tomorrow_on_new_years_eve_is_in_the_new_year() -> None:
    assert read("sáng mai", at("2021-12-31 20:00"), VIETNAM) == at("2022-01-01 11:30")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Các xã báo cáo chậm nhất 16h ngày 20/7 về huyện.", "chậm nhất 16h ngày 20/7"),
        ("Gửi kết quả trước 16 giờ 00 ngày 20/7, đồng thời rà soát.", "trước 16 giờ 00 ngày 20/7"),
        ("Rà soát người về từ vùng dịch, xong trước 17h mai nhé các đồng chí", "trước 17h mai"),
        ("Hoàn thành tiêm mũi 2 trong tháng 01 năm 2022; mũi 3 sau.", "trong tháng 01 năm 2022"),
        ("Please report by 5pm tomorrow to the clerk", "by 5pm tomorrow"),
        ("Trước khi họp, gửi trước 8h mai", "trước 8h mai"),
    ],
)
def test_the_deadline_stated_in_a_directive_is_found(text: str, phrase: str) -> None:
    assert find_phrase(text) == phrase


@pytest.mark.parametrize(
    "text",
    [
        "Trực lễ 2/9 nghiêm túc.",
        "Căn cứ Công văn số 2909/UBND-VX ngày 17/9/2021 của UBND tỉnh",
        "Báo cáo hằng ngày trước 17h.",
        "Báo cáo trước 17h hàng ngày.",
        "Khai báo trước khi vào địa bàn; khử khuẩn trong ngày lễ.",
        "Đăng ký trước 3 ngày.",
        "Chợ mở từ 7h đến 17h.",
        "",
    ],
)
def test_a_date_or_an_hour_alone_is_not_taken_for_a_deadline(text: str) -> None:
    assert find_phrase(text) is None
    assert find(text, NOW, VIETNAM) is None


def test_a_stated_deadline_that_has_passed_is_not_used() -> None:
    assert find("Gửi trước 16h ngày 20/7.", NOW, VIETNAM) == at("2021-07-20 16:00")
    assert find("Gửi trước 16h ngày 20/7.", at("2021-08-01 09:00"), VIETNAM) is None
