from datetime import date, time

import pytest

from models.rules.hours import QuietHours
from models.rules.plan_words import read_change
from models.rules.plans import EVERY_DAY, LONGEST_QUESTION, Change, Pause, Preset, Wishes

MONDAY = date(2026, 11, 23)
WEEKDAYS = frozenset(range(5))


@pytest.mark.parametrize(
    ("line", "wishes"),
    [
        ("mo 18h30 hom truoc", Wishes(opens=time(18, 30), opens_days_before=1)),
        ("Mở lúc 7:00 cùng ngày", Wishes(opens=time(7), opens_days_before=0)),
        ("mở 7h", Wishes(opens=time(7))),
        ("nhắc 5g30", Wishes(reminds_at=time(5, 30), reminds=True)),
        ("ko nhac", Wishes(reminds=False)),
        ("gọi 16 giờ 30; khép 18h", Wishes(call_list=time(16, 30), closes=time(18))),
        ("thứ 2 4 6", Wishes(days=frozenset({0, 2, 4}))),
        ("thứ hai, thứ tư, thứ sáu", Wishes(days=frozenset({0, 2, 4}))),
        ("t2-t6", Wishes(days=WEEKDAYS)),
        ("thứ 2 đến thứ 6", Wishes(days=WEEKDAYS)),
        ("trừ chủ nhật", Wishes(days=EVERY_DAY - {6})),
        ("thứ 7 và cn", Wishes(days=frozenset({5, 6}))),
        ("hằng ngày", Wishes(days=EVERY_DAY)),
        ("im 21h-5h30", Wishes(quiet=QuietHours(time(21), time(5, 30)))),
        ("giờ", None),
        ("thị trấn, khép 17h30", Wishes(preset=Preset.TOWN, closes=time(17, 30))),
        ("hỏi: Nhà có ai mới về không ạ?", Wishes(question="Nhà có ai mới về không ạ?")),
        ("khong hoi them", Wishes(question="")),
        ("open 18:30 the day before, daily", Wishes(opens=time(18, 30), opens_days_before=1, days=EVERY_DAY)),
    ],
)
def test_a_plan_is_read_as_people_type_it(line: str, wishes: Wishes | None) -> None:
    change, refused = read_change(line, MONDAY)
    assert change.wishes == (wishes or Wishes())
    assert refused == (() if wishes else (line,))


@pytest.mark.parametrize(
    ("line", "pause"),
    [
        ("nghỉ 30/4-3/5", Pause(date(2027, 4, 30), date(2027, 5, 3))),
        ("nghỉ từ 1/1 đến hết 3/1", Pause(date(2027, 1, 1), date(2027, 1, 3))),
        ("nghi 24/12", Pause(date(2026, 12, 24), date(2026, 12, 24))),
        ("tạm nghỉ đến 3/12", Pause(MONDAY, date(2026, 12, 3))),
        ("nghỉ", Pause(MONDAY)),
    ],
)
def test_a_holiday_is_read_with_its_days(line: str, pause: Pause) -> None:
    assert read_change(line, MONDAY) == (Change(pause=pause), ())


def test_to_ask_again_and_to_do_as_above_are_read() -> None:
    assert read_change("hỏi lại", MONDAY) == (Change(resumes=True), ())
    assert read_change("như cấp trên", MONDAY) == (Change(inherits=True), ())


@pytest.mark.parametrize(
    "line", ["mo 25h", "nhac 5h75", "nghi 31/2", "nghi 3/5-30/4", "nghi 1/9", "xin chao", "im 21h"]
)
def test_what_cannot_be_is_given_back_as_typed(line: str) -> None:
    assert read_change(line, MONDAY) == (Change(), (line,))


def test_the_rest_of_a_line_counts_beside_a_part_that_cannot_be_read() -> None:
    change, refused = read_change("khép 15h, vân vân; không nhắc", MONDAY)
    assert change.wishes == Wishes(closes=time(15), reminds=False)
    assert refused == ("vân vân",)


def test_a_question_too_long_for_the_board_is_given_back() -> None:
    words = "a" * (LONGEST_QUESTION + 1)
    assert read_change(f"hỏi: {words}", MONDAY) == (Change(), (words,))
