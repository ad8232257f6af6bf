import pytest

from models.rules.keyboard import read_typed
from models.rules.spoken import written


def said(text: str) -> list[str]:
    return [word.read for word in written(read_typed(text))]


@pytest.mark.parametrize(
    ("spoken", "number"),
    [
        ("hai mươi bảy nhà", "27"),
        ("hai muoi bay nha", "27"),
        ("mười hai xe", "12"),
        ("ba trăm hai mươi hộ", "320"),
        ("ba trăm hộ", "300"),
        ("ba chín độ", "39"),
        ("ba bảy tám", "37,8"),
        ("chín mươi bảy", "97"),
    ],
)
def test_a_number_in_words_is_written_in_digits(spoken: str, number: str) -> None:
    assert said(spoken)[0] == number


@pytest.mark.parametrize("text", ["hai ba hôm", "mấy đứa", "năm nay", "ba em"])
def test_words_that_are_no_number_stay_words(text: str) -> None:
    assert said(text) == [word.read for word in read_typed(text)]


def test_twenty_years_are_not_twenty_five() -> None:
    assert said("hai mươi năm")[0] == "20"


@pytest.mark.parametrize(("heard", "meant"), [("ép không", "f0"), ("ép một", "f1"), ("ep hai", "f2")])
def test_cases_are_understood_as_they_sound(heard: str, meant: str) -> None:
    assert said(f"tôi là {heard}")[-1] == meant


def test_the_words_that_were_spoken_are_kept_with_the_number() -> None:
    assert written(read_typed("hai mươi bảy"))[0].typed == "hai mươi bảy"
