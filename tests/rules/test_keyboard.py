import unicodedata

import pytest

from models.rules.keyboard import certain, read_typed, read_words, spell, spellings


def same(one: str, other: str) -> bool:
    return read_words(one) == read_words(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("em bij soots tuwf ddeem", "em bị sốt từ đêm"),
        ("khoong thowr ddc nuwax", "không thở được nữa"),
        ("so6t1 cao", "sốt cao"),
        ("k sot j, hok ho", "không sot gì, không ho"),
        ("hqua ck e di bv r", "hôm qua chồng em di bệnh viện rồi"),
        ("SpO₂ 93", "sp02 93"),
        ("hoà, thuỷ", "hòa, thủy"),
        (unicodedata.normalize("NFD", "Khó thở"), "khó thở"),
    ],
)
def test_what_the_keyboard_left_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert same(typed, meant)


@pytest.mark.parametrize("word", ["test", "oxy", "bus", "to7", "f0", "2t", "covid", "vaccine", "zalo"])
def test_words_that_only_look_like_keys_are_left_alone(word: str) -> None:
    assert read_words(word) == [word]


def test_clauses_stay_apart() -> None:
    assert read_words("ho, sot! met") == ["ho", ",", "sot", ".", "met"]


def test_a_reading_with_tenths_stays_one_number() -> None:
    assert "38,5" in read_words("sốt 38,5 độ")


def test_a_word_is_found_however_many_marks_were_typed() -> None:
    assert spellings("sốt") >= {spell("sốt"), "sôt", "sot"}
    assert spell("sót") not in spellings("sốt")


def test_keys_hit_late_are_dropped() -> None:
    assert read_words("bi co giat65 roi2")[2] == "giat"
    assert read_words("khongo")[0] == "khong"


def test_a_unit_typed_to_its_number_is_a_word_of_its_own() -> None:
    assert read_words("sốt 38do5")[1:] == ["38", "do", "5"]


def test_whoever_sets_tones_means_a_word_as_it_stands() -> None:
    careful, hasty = read_typed("Cụ ho khù khụ suốt đêm"), read_typed("cu ho khu khu suot dem")
    assert certain(careful)[1].read not in spellings("hộ")
    assert certain(careful)[1].read in spellings("ho")
    assert certain(hasty)[1].read in spellings("hộ")


def test_a_short_unit_typed_to_its_number_is_written_out() -> None:
    assert same("thu 200k", "thu 200 nghìn")
    assert same("3ng sot", "3 người sot")
