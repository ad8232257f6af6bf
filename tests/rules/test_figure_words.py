"""A team's day is read as it is typed, and what is not said is not zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.day_figures import Origin
from models.rules.figure_words import is_team, looks_like_figures, read_figures
from models.rules.words import clean, fold


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        (
            "bc to 5: 42 ho 187 khau, k ai sot, 1 ng ve tu HN cl tai nha",
            {"homes": 42, "people": 187, "ill": 0, "returnees": 1, "isolating": 1},
        ),
        ("42 hộ 187 khẩu, 1 ng về từ HN", {"homes": 42, "people": 187, "returnees": 1}),
        ("Tổ 5 báo cáo 17h: 42 hộ, 3 hộ có người sốt, còn lại bình thường", {"homes": 42, "ill": 3}),
        ("hộ: 42, khẩu: 187, đã rà 40, vắng 2", {"homes": 42, "people": 187, "visited": 40, "no_answer": 2}),
        ("40/42 ho 187 nguoi", {"visited": 40, "homes": 42, "people": 187}),
        ("k sot k ho", {"ill": 0}),
        ("khong co ai ve, ko co f0", {"returnees": 0, "cases": 0}),
        ("f0: 2, 5 nguoi chua tiem, 2 hộ cần hỗ trợ gạo", {"cases": 2, "unvaccinated": 5, "relief": 2}),
        ("không ai vi phạm, đang cách ly 3", {"breaches": 0, "isolating": 3}),
        ("118 ho con sot 2 ho", {"homes": 118, "no_answer": 2}),
        ("1.204 khẩu, 310 hộ", {"people": 1204, "homes": 310}),
        ("2 ng sot, 1 ng om", {"ill": 3}),
        (
            "report team 5: 42 homes, 187 people, nobody ill, 1 returned",
            {"homes": 42, "people": 187, "ill": 0, "returnees": 1},
        ),
    ],
)
def test_every_way_of_counting_is_read(line: str, figures: dict[str, int]) -> None:
    typed = read_figures(line)
    assert typed.figures.given() == figures
    assert typed.unread == ()


def test_where_people_came_from_is_known_by_any_of_its_names() -> None:
    typed = read_figures("ve 3 (2 tu HN, 1 tu binh duong)")
    assert typed.figures.origins == (Origin("Hà Nội", 2), Origin("Bình Dương", 1))
    assert typed.figures.returnees == 3
    assert read_figures("2 ng về từ Mường Mẫu").figures.origins == (Origin("Mường Mẫu", 2),)
    assert read_figures("❤️❤️ 2 ng về từ Mường Mẫu").figures.origins == (Origin("Mường Mẫu", 2),)
    assert read_figures("\u0336" * 8 + " 2 ng về từ Mường Mẫu").figures.origins == (Origin("Mường Mẫu", 2),)


def test_the_team_and_yesterday_are_heard_and_a_return_yesterday_is_no_day_of_the_sheet() -> None:
    assert read_figures("bc to 5 hqua: 42 ho").team == "5"
    assert read_figures("bc to 5 hqua: 42 ho").of_yesterday
    assert not read_figures("to 5: 42 ho, 1 ng ve hom qua").of_yesterday
    assert is_team("Tổ 5 bản Mẫu", "05")
    assert not is_team("Tổ 15 bản Mẫu", "5")


def test_what_cannot_be_read_is_given_back_as_typed_and_the_rest_counts() -> None:
    typed = read_figures("42 hộ, ông Páo đi rừng, gạo cấp được 31")
    assert typed.figures.given() == {"homes": 42}
    assert typed.unread == ("ông Páo đi rừng", "gạo cấp được 31")


def test_degrees_are_no_people() -> None:
    assert read_figures("chau sot 39 do").figures.is_empty


@pytest.mark.parametrize(
    ("words", "is_meant"),
    [
        ("bc to 5: 42 ho 187 khau, k ai sot", True),
        ("42 hộ 187 khẩu 1 ng về từ HN", True),
        ("nhà tôi có 3 người sốt", False),
        ("nhà cháu 5 khẩu hết gạo", False),
        ("tổ mình 42 hộ thì khi nào tiêm?", False),
        ("Dạ vâng", False),
    ],
)
def test_only_what_counts_homes_and_more_is_taken_for_a_days_figures(words: str, is_meant: bool) -> None:
    assert looks_like_figures(words) is is_meant


_COUNTED = {
    "homes": ("{n} ho", "{n} hộ"),
    "people": ("{n} khau", "khau: {n}", "{n} nhân khẩu"),
    "ill": ("{n} ng sot", "sot {n}", "{n} người có triệu chứng"),
    "returnees": ("{n} ng ve", "ve: {n}", "{n} người mới về"),
    "isolating": ("cl {n}", "{n} cach ly tai nha"),
    "cases": ("{n} f0", "f0: {n}"),
    "relief": ("{n} ho can ho tro",),
}


@given(
    st.lists(
        st.sampled_from([(name, way) for name, ways in _COUNTED.items() for way in ways]),
        unique_by=lambda said: said[0],
        min_size=1,
    ),
    st.lists(st.integers(1, 9_999), min_size=7, max_size=7),
    st.sampled_from([", ", "; ", "\n", "  ,"]),
)
def test_whatever_is_counted_is_read_in_any_order(said: list[tuple[str, str]], numbers: list[int], parted: str) -> None:
    line = parted.join(way.format(n=number) for (_, way), number in zip(said, numbers, strict=False))
    expected = {name: number for (name, _), number in zip(said, numbers, strict=False)}
    assert read_figures(line).figures.given() == expected


@given(st.text(max_size=120))
def test_nothing_anybody_types_breaks_the_reader_and_no_figure_is_made_up(line: str) -> None:
    typed = read_figures(line)
    digits = {int(run) for run in "".join(c if c in "0123456789" else " " for c in fold(clean(line))).split()}
    if not digits:
        assert not any(typed.figures.given().values())
    assert all(part in clean(line) for part in typed.unread)
