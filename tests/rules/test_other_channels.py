"""A directive for where the bot does not reach: short enough to be listened to, and readable out loud."""

from hypothesis import given
from hypothesis import strategies as st

from models.rules.other_channels import READ_OUT_FOR, count_syllables, syllables_read_in, to_read_out


def test_half_a_minute_holds_seventy_five_syllables() -> None:
    assert syllables_read_in(READ_OUT_FOR) == 75


def test_whole_sentences_are_read_as_far_as_there_is_time() -> None:
    words = "Các tổ rà soát người về. Báo về xã trước 16 giờ. Nhà nào có người sốt gọi trạm y tế ngay."
    assert to_read_out(words, 15) == "Các tổ rà soát người về. Báo về xã trước 16 giờ."
    assert to_read_out(words, 75) == words


def test_of_a_long_first_sentence_the_clauses_that_fit_are_read() -> None:
    words = "Bà con ở nhà, đeo khẩu trang khi ra đường, khai báo y tế và giữ khoảng cách với mọi người xung quanh"
    assert to_read_out(words, 10) == "Bà con ở nhà, đeo khẩu trang khi ra đường."


def test_what_is_written_short_is_read_in_full_and_signs_are_not_read() -> None:
    assert to_read_out("- UBND xã báo BCĐ huyện **ngay**", 75) == "Ủy ban nhân dân xã báo Ban Chỉ đạo huyện ngay."


def test_a_number_with_a_point_is_no_end_of_a_sentence() -> None:
    assert to_read_out("Cấp 1.500 liều vắc xin. Hết.", 8) == "Cấp 1.500 liều vắc xin."


@given(st.text(), st.integers(1, 80))
def test_whatever_the_words_it_is_never_longer_than_there_is_time(words: str, syllables: int) -> None:
    assert count_syllables(to_read_out(words, syllables)) <= syllables
