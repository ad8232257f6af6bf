"""What a phone writes down when somebody speaks to it: numbers in words, letters by their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.rules.keyboard import Word, spell, whole_spellings
from models.rules.words import fold

_DIGITS = {
    spelt: digit
    for word, digit in {
        "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "lăm": 5, "nhăm": 5, "năm": 5,
        "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    }.items()
    for spelt in (spell(word), fold(word))
}  # fmt: skip
#: Single words that may be a number and are much else without their marks.
NUMBER_WORDS = frozenset[str]().union(
    *map(whole_spellings, ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "một", "mấy"))
)
_TEN, _TENS, _HUNDRED = spell("mười"), {spell("mươi"), "mươi", "muoi"}, {spell("trăm"), "tram"}
#: "Hai mươi năm" is twenty years; who means twenty-five says "lăm".
_YEAR = {spell("năm"), "nam"}
#: Body temperature is said digit by digit: "ba chín", "ba bảy tám".
_FEVER_FIRST, _FEVER_SECOND = 3, range(6, 10)

_BEGINS = {*_DIGITS, _TEN}

#: F0, F1, F2 as they sound, and other letters.
_LETTERS = {"ép", "ếp", "eps", "éf", "ep", "phờ", "ếch"}
_CASES = {
    "không": "f0", "khong": "f0", "0": "f0", "o": "f0", "một": "f1", "mot": "f1", "1": "f1",
    "hai": "f2", "2": "f2", "ba": "f3", "3": "f3",
}  # fmt: skip
_HEARD = {spell(first): {spell(second): meant for second, meant in _CASES.items()} for first in _LETTERS}
#: Words that a number or a case begins with.
_TELLING = _BEGINS | _HEARD.keys()


def written(words: Sequence[Word]) -> list[Word]:
    """Return the words with spoken numbers in digits ("hai mươi bảy" is 27) and F0 as it is written ("ép không")."""
    return list(_written(words))


def _written(words: Sequence[Word]) -> Iterator[Word]:
    place = 0
    read = [word.read for word in words]
    while place < len(words):
        meant, used = _heard(read[place : place + 6]) if read[place] in _TELLING else ("", 0)
        if used:
            yield Word(meant, " ".join(word.typed for word in words[place : place + used]))
        else:
            yield words[place]
        place += max(used, 1)


def _heard(read: Sequence[str]) -> tuple[str, int]:
    """Return the case or the number that stands at the beginning, and of how many words."""
    case = _HEARD.get(read[0], {}).get(read[1]) if len(read) > 1 else None
    if case:
        return case, 2
    return _number(read) if read[0] in _BEGINS else ("", 0)


def _number(read: Sequence[str]) -> tuple[str, int]:
    """Return the number that stands at the beginning, and of how many words; those of one word stay words."""
    hundreds, after = (100 * _DIGITS[read[0]], 2) if _is_of(read, _HUNDRED) else (0, 0)
    below, used = _below_hundred(read[after:])
    if hundreds or used > 1:
        return str(hundreds + below), after + used
    if len(read) > 1 and _DIGITS.get(read[0]) == _FEVER_FIRST and _DIGITS.get(read[1]) in _FEVER_SECOND:
        tenths = _DIGITS.get(read[2]) if len(read) > 2 else None
        return (f"3{_DIGITS[read[1]]},{tenths}", 3) if tenths else (f"3{_DIGITS[read[1]]}", 2)
    return "", 0


def _below_hundred(read: Sequence[str]) -> tuple[int, int]:
    if not read:
        return 0, 0
    tens, used = (10, 1) if read[0] == _TEN else (0, 0)
    if _is_of(read, _TENS):
        tens, used = 10 * _DIGITS[read[0]], 2
    if tens and len(read) > used and read[used] in _DIGITS and read[used] not in _YEAR:
        return tens + _DIGITS[read[used]], used + 1
    return tens, used


def _is_of(read: Sequence[str], unit: set[str]) -> bool:
    """Tell whether a digit stands first and that unit second: "hai mươi", "ba trăm"."""
    return len(read) > 1 and read[0] in _DIGITS and read[1] in unit
