"""By when: every way in which documents state a deadline, and dates that are none."""

from datetime import time, timedelta
from typing import Any

import pytest

from models.rules.documents.deadlines import deadlines, deadlines_in_column
from models.rules.documents.document import Every, PartialDate
from models.rules.documents.grammar import shipped

ISSUED = PartialDate(2021, 11, 2)


def said(text: str, issued: PartialDate | None = ISSUED) -> list[tuple[Any, ...]]:
    return [
        (deadline.date and str(deadline.date), deadline.time, deadline.every, deadline.on, deadline.within)
        for deadline in deadlines(text, issued, shipped())
    ]


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("hoàn thành chậm nhất là ngày 31/12/2021.", "2021-12-31", None),
        ("chậm nhất 31/12/2021", "2021-12-31", None),
        ("báo cáo trước 17h00 ngày 05/11.", "2021-11-05", time(17)),
        ("báo cáo trước 16 giờ 30 phút, ngày 05 tháng 11 năm 2021", "2021-11-05", time(16, 30)),
        ("xong trước 11h30 ngày 3-11-2021", "2021-11-03", time(11, 30)),
        ("trước 3 giờ chiều ngày 05/11", "2021-11-05", time(15)),
        ("thực hiện đến hết ngày 15/11/2021", "2021-11-15", None),
        ("trong tháng 01 năm 2022", "2022-01", None),
        ("hoàn thành trong Quý I năm 2022", "2022-Q1", None),
        ("đến hết quý 4/2021", "2021-Q4", None),
        ("trước ngày 05/01", "2022-01-05", None),
        ("thời hạn hoàn thành: 20/11/2021", "2021-11-20", None),
        ("hoàn thành trong sáng mai (03/11/2021)", "2021-11-03", None),
        ("chậm nhất vào lúc 8 giờ 30 phút ngày mai", "2021-11-03", time(8, 30)),
        ("trước 20 giờ tối nay", "2021-11-02", time(20)),
        ("trước 17h00", None, time(17)),
        ("báo cáo trước 17h ngày thứ Sáu (05/11/2021)", "2021-11-05", time(17)),
        ("trước 08h00' ngày 4/11", "2021-11-04", time(8)),
        ("xong trước tháng 12/2021", "2021-12", None),
    ],
)
def test_a_deadline_is_read_as_it_is_stated(text: str, day: str | None, clock: time | None) -> None:
    assert said(text) == [(day, clock, None, None, None)]


@pytest.mark.parametrize(
    ("text", "every", "on", "clock"),
    [
        ("báo cáo hằng ngày trước 17h", Every.DAY, None, time(17)),
        ("Hằng ngày, tổng hợp số liệu trước 15 giờ 00 phút", Every.DAY, None, time(15)),
        ("Thứ 6 hàng tuần báo cáo về UBND huyện", Every.WEEK, 5, None),
        ("trước 9h sáng thứ Hai hằng tuần", Every.WEEK, 1, time(9)),
        ("hằng tuần gửi danh sách về Sở Y tế (vào thứ Tư)", Every.WEEK, 3, None),
        ("báo cáo vào ngày 10 hàng tháng", Every.MONTH, 10, None),
        ("hằng tháng báo cáo trước ngày 25", Every.MONTH, 25, None),
    ],
)
def test_a_duty_that_comes_again_says_how_often(text: str, every: Every, on: int | None, clock: time | None) -> None:
    assert said(text) == [(None, clock, every, on, None)]


def test_two_days_of_a_week_or_a_month_are_two_deadlines() -> None:
    assert [on for *_, on, _ in said("trước 10 giờ sáng các ngày thứ hai, thứ năm hằng tuần")] == [1, 4]
    assert [on for *_, on, _ in said("định kỳ ngày 15 và ngày 30 hằng tháng báo cáo")] == [15, 30]


def test_two_hours_a_day_are_two_deadlines() -> None:
    assert [clock for _, clock, *_ in said("báo cáo 2 lần/ngày trước 10h00 và 16h00")] == [time(10), time(16)]


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("trong vòng 24 giờ kể từ khi nhận được văn bản này", timedelta(hours=24)),
        ("hoàn thành trong vòng 05 ngày", timedelta(days=5)),
        ("không quá 03 ngày làm việc", timedelta(days=3)),
        ("hoàn thành trong 03 ngày kể từ ngày ký", timedelta(days=3)),
    ],
)
def test_time_allowed_is_read_as_a_span(text: str, within: timedelta) -> None:
    assert said(text) == [(None, None, None, None, within)]


@pytest.mark.parametrize(
    "text",
    [
        "nghỉ lễ 2/9",
        "Công văn số 2909/UBND-VX ngày 17/9/2021 của UBND tỉnh",
        "sinh hoạt hằng ngày của người dân",
        "kiểm soát trước khi vào địa bàn",
        "trước đây, trước mắt",
        "tính đến ngày 01/11/2021 đã tiêm 500 liều",
        "trước ngày 01/10/2021 đã tiêm mũi 1",
        "nhiệm vụ năm học 2021-2022",
        "trước ngày 31/02/2022",
        "trước ngày 25 của tháng cuối quý",
    ],
)
def test_a_date_alone_is_no_deadline(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "báo cáo trước 17h3O ngày 05/11",
        "chậm nhất 31/12/2O21",
        "trước ngày 05/1l",
        "trước ngày 05 tháng 1l",
        "trước ngày 1O tháng 11",
        "trong tháng 1O",
        "trong vòng 2A giờ",
        "ngày 1O hằng tháng",
    ],
)
def test_a_number_that_a_scan_made_unreadable_is_not_guessed(text: str) -> None:
    assert said(text) == []


def test_of_a_deadline_whose_day_is_unreadable_the_hour_alone_is_kept() -> None:
    assert said("trước 8h ngày 05/11/20Z1") == said("trước 8h ngày 1O/11/2021") == [(None, time(8), None, None, None)]


def test_a_day_without_a_year_keeps_none_where_the_document_has_no_date() -> None:
    assert said("trước 20h00 ngày 14/10", issued=None) == [("--10-14", time(20), None, None, None)]


def test_in_a_column_for_deadlines_a_date_needs_no_word_before_it() -> None:
    (deadline,) = deadlines_in_column("20/11/2021", ISSUED, shipped())
    assert (deadline.text, str(deadline.date)) == ("20/11/2021", "2021-11-20")
