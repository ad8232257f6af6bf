from datetime import date

import pytest

from models.rules.call_list import Absence, Entry, Reason, Refusal, Said, in_ranges, looks_like_line, read_line
from models.rules.checkins import Answer

HOMES = [str(number) for number in range(1, 41)] + ["41A"]
WELL, ILL, HELP = Answer.ALL_WELL, Answer.SOMEONE_ILL, Answer.NEED_HELP


def said(line: str) -> dict[str, Said]:
    """What a line that must be read whole says about each home."""
    entries, refusals = read_line(line, HOMES)
    assert refusals == []
    return {entry.number: entry.said for entry in entries}


def test_one_line_answers_for_the_whole_community() -> None:
    heard = said("khoe 1-12 14-40, om 13")
    assert heard.pop("13") is ILL
    assert heard == {number: WELL for number in HOMES[:40] if number != "13"}


@pytest.mark.parametrize("word", ["khỏe", "khoẻ", "KHOE", "ok", "k", "bình thường", "k ốm"])
def test_well_is_understood_as_it_is_typed(word: str) -> None:
    assert said(f"{word} 3") == {"3": WELL}


@pytest.mark.parametrize("word", ["ốm", "om", "bệnh", "có người ốm", "k khỏe"])
def test_ill_is_understood_as_it_is_typed(word: str) -> None:
    assert said(f"{word} 3") == {"3": ILL}


@pytest.mark.parametrize("word", ["cần", "can", "hỗ trợ", "ht", "cần hỗ trợ"])
def test_in_need_is_understood_as_it_is_typed(word: str) -> None:
    assert said(f"{word} 3") == {"3": HELP}


@pytest.mark.parametrize("word", ["không gọi được", "kgd", "k gọi dc", "ko goi duoc"])
def test_not_reached_is_understood_as_it_is_typed(word: str) -> None:
    assert said(f"{word} 3") == {"3": Absence.UNREACHABLE}


@pytest.mark.parametrize("word", ["đi nương", "nuong", "di nuong"])
def test_in_the_fields_is_understood_as_it_is_typed(word: str) -> None:
    assert said(f"{word} 3") == {"3": Absence.IN_FIELDS}


@pytest.mark.parametrize(
    "line",
    ["khoe 1,2,3", "khoe 1 2 3", "khỏe: nhà 1, nhà 2 và 3", "1 2 3 khoe", "khoe 1 den 3", "k1-3", "khoe 3–1"],
)
def test_homes_may_be_listed_in_any_way(line: str) -> None:
    assert said(line) == {"1": WELL, "2": WELL, "3": WELL}


def test_a_line_that_begins_with_a_number_is_read_number_first() -> None:
    assert said("13 om, 14 15 khoe") == {"13": ILL, "14": WELL, "15": WELL}


def test_each_line_is_read_by_itself() -> None:
    assert said("khoe 1\n2 om") == {"1": WELL, "2": ILL}


def test_an_ill_home_is_not_lost_in_the_range_around_it() -> None:
    assert said("om 13, khoe 12-14")["13"] is ILL
    assert said("khoe 12-14, kgd 13")["13"] is Absence.UNREACHABLE


def test_a_home_with_a_letter_in_its_number_is_found() -> None:
    assert said("khoe 41a 07") == {"7": WELL, "41A": WELL}


def test_homes_in_the_fields_come_back_on_a_day() -> None:
    entries, refusals = read_line("nuong 5 6 den 5/1, khoe 7", HOMES, today=date(2021, 12, 30))
    assert refusals == []
    assert entries == [
        Entry("5", Absence.IN_FIELDS, date(2022, 1, 5)),
        Entry("6", Absence.IN_FIELDS, date(2022, 1, 5)),
        Entry("7", WELL),
    ]


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("khoe 1, ốmm 13", Refusal(Reason.UNKNOWN_WORD, "ốmm", 8)),
        ("khoe 1, om 99", Refusal(Reason.NO_SUCH_HOME, "99", 11)),
        ("khoe 35-50", Refusal(Reason.NO_SUCH_HOME, "35-50", 5)),
        ("khoe, om 3", Refusal(Reason.WORD_WITHOUT_HOMES, "khoe", 0)),
        ("12 13", Refusal(Reason.HOMES_WITHOUT_WORD, "12", 0)),
        ("1 khoe 2", Refusal(Reason.HOMES_WITHOUT_WORD, "2", 7)),
        ("nuong 5 den 31/2", Refusal(Reason.NO_SUCH_DAY, "den 31/2", 8)),
        ("khoe 1-99999999999", Refusal(Reason.UNKNOWN_WORD, "-99999999999", 6)),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(line: str, refusal: Refusal) -> None:
    assert refusal in read_line(line, HOMES, today=date(2021, 11, 2))[1]


def test_the_rest_of_a_line_counts_beside_a_refusal() -> None:
    entries, refusals = read_line("khoe 1 2, xyz, om 99 3", HOMES)
    assert [entry.number for entry in entries] == ["1", "2", "3"]
    assert [refusal.reason for refusal in refusals] == [Reason.UNKNOWN_WORD, Reason.NO_SUCH_HOME]


def test_an_empty_line_says_nothing() -> None:
    assert read_line("  \n ", HOMES) == ([], [])


@pytest.mark.parametrize("line", ["khoe 1-12 14-40, om 13", "13 om", "k 3", "nương 5 đến 25/12", "kgd 7, khỏe 8"])
def test_answers_and_numbers_alone_look_like_a_line(line: str) -> None:
    assert looks_like_line(line)


@pytest.mark.parametrize("words", ["nhà tôi ốm 2 người", "dạ vâng", "ok", "sốt 39 độ", "13 14", "cháu bị ốm", ""])
def test_words_of_people_do_not_look_like_a_line(words: str) -> None:
    assert not looks_like_line(words)


def test_numbers_are_read_back_in_ranges() -> None:
    assert in_ranges(["1", "2", "3", "5", "7", "8", "8A"]) == "1-3, 5, 7-8, 8A"
    assert in_ranges([]) == ""
