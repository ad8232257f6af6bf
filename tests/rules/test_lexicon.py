import re
from pathlib import Path

import pytest

from models.rules import lexicon
from models.rules.keyboard import read_words
from models.rules.lexicon import Lexicon, shipped
from models.rules.triage import MEASURED, Category


def words_found(lines: str, text: str) -> list[str]:
    return [found.phrase.words for found in Lexicon(lines).find(read_words(text))]


@pytest.mark.parametrize("text", ["không thở được", "k tho dc", "e không thở nổi", "Không thể thở được"])
def test_one_line_teaches_many_ways_to_say_it(text: str) -> None:
    assert words_found("[danger]\nkhông (thể) thở được/nổi", text) == ["không (thể) thở được/nổi"]


def test_a_gap_stands_for_up_to_three_words_within_a_clause() -> None:
    line = "[danger]\nđau … ngực"
    assert words_found(line, "đau nhói ở bên ngực") == ["đau … ngực"]
    assert words_found(line, "đau chân, tay và ngực") == []
    assert words_found(line, "đau một hai ba bốn ngực") == []


def test_a_word_marked_so_needs_its_marks() -> None:
    assert words_found("[no]\nchớ!", "chớ lo") == ["chớ!"]
    assert words_found("[no]\nchớ!", "cho lo") == []


def test_a_nought_stands_for_any_number() -> None:
    assert words_found("[vaccine]\nmũi 0", "mui 2") == ["mũi 0"]


def test_points_stand_at_the_family_or_at_the_line() -> None:
    found = Lexicon("[rumour 4]\nnghe đồn\nzalo = 1").find(read_words("nghe đồn trên zalo"))
    assert [one.phrase.points for one in found] == [4, 1]


def test_a_line_outside_any_family_is_refused_with_its_number() -> None:
    with pytest.raises(ValueError, match="Line 2"):
        Lexicon("# words\nsốt")


def test_a_phrase_that_nobody_can_say_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match="Line 2"):
        Lexicon("[danger]\nnước …")


def test_the_shipped_lexicon_is_read_once() -> None:
    assert shipped() is shipped()


def test_a_group_stands_for_any_of_its_members_of_several_words_too() -> None:
    text = "<nơi>\nsài gòn\nhuế\n[movement]\ntừ <nơi> về"
    assert words_found(text, "từ Sài Gòn về") == words_found(text, "tu hue ve") == ["từ <nơi> về"]
    assert words_found(text, "từ chợ về") == []


def test_braces_hold_ways_of_several_words() -> None:
    line = "[relief]\n{hết sạch/không còn} gạo"
    assert words_found(line, "hết sạch gạo") == words_found(line, "khong con gao") == ["{hết sạch/không còn} gạo"]


def test_a_long_gap_stands_for_up_to_ten_words() -> None:
    line = "[violation]\nf0 …… ra chợ"
    assert words_found(line, "F0 nhà bên hôm nay lại thấy ra chợ") == ["f0 …… ra chợ"]
    assert words_found(line, "F0 nhà bên, hôm nay ra chợ") == []


def test_two_words_are_found_in_either_order() -> None:
    line = "[danger]\nthở & khó"
    assert words_found(line, "thở rất khó") == words_found(line, "khó lắm, khó mà thở") == ["thở & khó"]


def test_a_full_stop_stands_for_the_end_of_a_clause() -> None:
    line = "[question]\ncó …… không ."
    assert words_found(line, "mai có họp chợ không?") == words_found(line, "có mở không, anh") == ["có …… không ."]
    assert words_found(line, "có nhóm người không đeo khẩu trang") == []


def test_a_group_may_stand_beside_words() -> None:
    text = "<ai>\nông ấy\n[together]\ngặp <ai>/f0"
    assert words_found(text, "gặp ông ấy") == words_found(text, "gap f0") == ["gặp <ai>/f0"]


def test_phrases_of_one_line_and_of_lines_that_go_on_stand_side_by_side() -> None:
    assert words_found("[symptom → symptom 3]\nsốt, ho,\nđau họng = 2", "ho, đau họng") == ["ho", "đau họng"]


def test_what_may_be_missing_never_leaves_too_little_to_tell() -> None:
    line = "[complaint]\ngiá (rau/thịt) (đắt/tăng)"
    assert words_found(line, "giá thịt tăng") == ["giá (rau/thịt) (đắt/tăng)"]
    assert words_found(line, "giá rau") == words_found(line, "giá") == []


def test_a_group_may_hold_another() -> None:
    text = "<tôi>\nem/tôi\n<thân>\nmẹ/bố <tôi>\n[kin]\n<thân> ốm"
    assert words_found(text, "mẹ em ốm") == ["<thân> ốm"]
    assert words_found(text, "mẹ ốm") == []


def test_a_number_in_words_is_a_number() -> None:
    assert words_found("[vaccine]\nmũi 0", "mũi hai") == ["mũi 0"]


def test_the_shipped_rules_name_families_and_categories_that_exist() -> None:
    text = Path(lexicon.__file__).with_name("lexicon.txt").read_text(encoding="utf-8")
    families = set(re.findall(r"^\[(\w+)", text, flags=re.MULTILINE))
    assert shipped().rules.names() <= families | set(MEASURED)
    assert shipped().rules.categories() <= set(Category)
    assert set(re.findall(r"^\[\w+ → (\w+)", text, flags=re.MULTILINE)) <= set(Category)
