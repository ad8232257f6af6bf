import random
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.rules.words import MOST_SOUGHT, clean, fold, shorten, sought, utf16_length

LETTERS = "aăâđêôơưỏẽýÀĐÐ ,.0\n\t\u200d\u202e\u0301\u0323😷🇻🇳👍🏽"


def texts(count: int) -> list[str]:
    """Jumbled texts, the same at every run."""
    chance = random.Random(2021)
    return ["".join(chance.choices(LETTERS, k=chance.randrange(40))) for _ in range(count)]


def test_marks_typed_by_any_phone_become_the_same_letters() -> None:
    assert clean(unicodedata.normalize("NFD", "Sốt cao, khó thở")) == "Sốt cao, khó thở"


def test_the_icelandic_letter_becomes_the_vietnamese_one() -> None:
    assert clean("Ðường ði") == "Đường đi"


def test_a_text_cannot_be_turned_back_to_front() -> None:
    assert clean("gọi \u202e511\u202c ngay\u200b") == "gọi 511 ngay"


def test_lines_stay_lines_and_runs_of_spaces_become_one() -> None:
    typed = " nhà  số\u00a0\t5 \r\n\r\n  có người\x00 ốm\u2028hết "
    assert clean(typed) == "nhà số 5\n\ncó người ốm\nhết"


def test_half_an_emoji_does_not_reach_the_database() -> None:
    assert clean("ổn \ud83d cả") == "ổn cả"


def test_a_family_emoji_stays_one_family() -> None:
    assert clean("👨‍👩‍👧 khỏe") == "👨‍👩‍👧 khỏe"


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Khó thở", "kho tho"), ("ĐƯỜNG", "duong"), ("hoà", "hoa"), ("hòa", "hoa"), ("Ðèo", "deo")],
)
def test_folding_forgets_marks_and_capitals(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_telegram_counts_an_emoji_as_two() -> None:
    assert utf16_length("ốm 😷") == 5


def test_a_text_that_fits_is_left_alone() -> None:
    assert shorten("vừa đủ", 6) == "vừa đủ"


def test_a_long_text_ends_in_an_ellipsis_within_the_limit() -> None:
    assert shorten("bà con chú ý", 8) == "bà con…"


@pytest.mark.parametrize("sign", ["😷", "👨‍👩‍👧", "🇻🇳", "👍🏽", unicodedata.normalize("NFD", "ế")])
def test_a_sign_is_kept_whole_or_left_out(sign: str) -> None:
    for limit in range(1, utf16_length(sign * 3)):
        kept = shorten(sign * 3, limit).removesuffix("…")
        assert kept == sign * (len(kept) // len(sign))


def test_no_room_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        shorten("a", 0)


def test_nothing_shortened_is_ever_too_long() -> None:
    for text in texts(100):
        for limit in (1, 2, 7, 20):
            assert utf16_length(shorten(text, limit)) <= limit


def test_cleaning_twice_changes_nothing_more() -> None:
    for text in texts(300):
        assert clean(clean(text)) == clean(text)


def test_a_place_in_the_folded_copy_is_the_same_place_in_the_words() -> None:
    words = clean("Ông cụ nhà bên SỐT 39 độ, đau ngực từ đêm — hoà, huý, ngoẵng 😷")
    assert len(fold(words)) == len(words)


@given(st.text())
@example("❤️ 42 hộ, từ HN")
@example("4\u0336\u03362 hộ, e\u0301\u0302m")
@example("한국 İstanbul")
def test_nor_does_anything_else_that_can_be_typed_move_it(typed: str) -> None:
    assert len(fold(clean(typed))) == len(clean(typed))


def test_whoever_looks_for_thousands_of_words_looks_for_the_first_of_them() -> None:
    assert sought("Hết  GẠO hết gạo") == ("het", "gao")
    assert len(sought(" ".join(str(number) for number in range(2000)))) == MOST_SOUGHT
    assert max(map(len, sought("a" * 4096))) < 100
