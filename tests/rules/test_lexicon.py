import pytest

from models.rules.keyboard import read_words
from models.rules.lexicon import Lexicon, shipped


def words_found(lexicon: str, text: str) -> list[str]:
    return [found.phrase.words for found in Lexicon(lexicon).find(read_words(text))]


@pytest.mark.parametrize("text", ["không thở được", "k tho dc", "e không thở nổi", "Không thể thở được"])
def test_one_line_teaches_many_ways_to_say_it(text: str) -> None:
    assert words_found("[danger]\nkhông (thể) thở được/nổi", text) == ["không (thể) thở được/nổi"]


def test_a_gap_stands_for_up_to_three_words_within_a_clause() -> None:
    line = "[danger]\nđau … ngực"
    assert words_found(line, "đau nhói ở bên ngực") == ["đau … ngực"]
    assert words_found(line, "đau chân, tay và ngực") == []
    assert words_found(line, "đau một hai ba bốn ngực") == []


def test_a_word_marked_so_needs_its_marks() -> None:
    assert words_found("[no]\nchả!", "chả ho") == ["chả!"]
    assert words_found("[no]\nchả!", "cha ho") == []


def test_a_nought_stands_for_any_number() -> None:
    assert words_found("[vaccine]\nmũi 0", "mui 2") == ["mũi 0"]


def test_points_stand_at_the_family_or_at_the_line() -> None:
    found = Lexicon("[rumour 4]\nnghe đồn\nzalo = 1").find(read_words("nghe đồn trên zalo"))
    assert [one.phrase.points for one in found] == [4, 1]


def test_a_line_outside_any_family_is_refused_with_its_number() -> None:
    with pytest.raises(ValueError, match="Line 2"):
        Lexicon("# words\nsốt")


def test_the_shipped_lexicon_is_read_once() -> None:
    assert shipped() is shipped()


def test_a_group_stands_for_any_of_its_members_of_several_words_too() -> None:
    lexicon = "<nơi>\nsài gòn\nhuế\n[movement]\ntừ <nơi> về"
    assert words_found(lexicon, "từ Sài Gòn về") == words_found(lexicon, "tu hue ve") == ["từ <nơi> về"]
    assert words_found(lexicon, "từ chợ về") == []


def test_braces_hold_ways_of_several_words() -> None:
    line = "[relief]\n{hết sạch/không còn} gạo"
    assert words_found(line, "hết sạch gạo") == words_found(line, "khong con gao") == ["{hết sạch/không còn} gạo"]


def test_a_long_gap_stands_for_up_to_ten_words() -> None:
    line = "[violation]\nf0 …… ra chợ"
    assert words_found(line, "F0 nhà bên hôm nay lại thấy ra chợ") == ["f0 …… ra chợ"]
    assert words_found(line, "F0 nhà bên, hôm nay ra chợ") == []
