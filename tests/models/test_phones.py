"""A number is kept once, however it was written, and shown as people dial it."""

import pytest

from models.phones import NotAPhone, as_dialled, in_e164


@pytest.mark.parametrize(
    "written", ["0912345678", "0912 345 678", "+84 912.345.678", "84912345678", "912345678", "(091) 234-5678"]
)
def test_one_number_written_in_many_ways_is_one_number(written: str) -> None:
    assert in_e164(written) == "+84912345678"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01621234567", "+84321234567"),
        ("0169 123 4567", "+84391234567"),
        ("01201234567", "+84701234567"),
        ("01211234567", "+84791234567"),
        ("01221234567", "+84771234567"),
        ("01261234567", "+84761234567"),
        ("01281234567", "+84781234567"),
        ("01231234567", "+84831234567"),
        ("01241234567", "+84841234567"),
        ("01251234567", "+84851234567"),
        ("01271234567", "+84811234567"),
        ("01291234567", "+84821234567"),
        ("01861234567", "+84561234567"),
        ("01881234567", "+84581234567"),
        ("+84 199 123 4567", "+84591234567"),
    ],
)
def test_an_old_number_of_eleven_digits_is_the_one_it_became(old: str, new: str) -> None:
    assert in_e164(old) == new


def test_a_landline_and_a_foreign_number_are_kept() -> None:
    assert in_e164("0213 3888 888") == "+842133888888"
    assert in_e164("+85620 5512 3456") == "+8562055123456"


@pytest.mark.parametrize("written", ["", "không có", "0912", "115", "8.49E+10", "01301234567", "0912345678901"])
def test_what_nobody_can_call_is_refused(written: str) -> None:
    with pytest.raises(NotAPhone):
        in_e164(written)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+84912345678", "0912 345 678"),
        ("+8562055123456", "+856 20 55 123 456"),
        ("115", "115"),
        ("", ""),
        ("gọi nhờ", "gọi nhờ"),
    ],
)
def test_a_number_is_shown_as_people_dial_it(kept: str, shown: str) -> None:
    assert as_dialled(kept) == shown
