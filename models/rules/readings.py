"""Measured values in free words: oxygen, fever, breaths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.rules.keyboard import spellings

#: Oxygen saturation in percent: at or below it, free words mean danger (the codebook; DOMAIN.md).
OXYGEN_DANGER = 94
#: Breaths a minute: from it on, health staff are told now (DOMAIN.md). Children breathe faster.
BREATHS_DANGER, BREATHS_DANGER_CHILD = 21, 40
#: Beats a minute and mmHg outside which health staff are told now; what no heart does is no pulse (DOMAIN.md).
PULSE_LOWEST, PULSE_HIGHEST, PRESSURE_LOWEST, PULSE_POSSIBLE = 50, 120, 90, (30, 240)
#: Body temperature in °C: from it on, a fever after a dose is not mild (the codebook).
HIGH_FEVER = 39.0
#: Body temperature in °C: from it on, someone is ill (DOMAIN.md).
FEVER = 37.5

_TENS = {"bảy": 70, "tám": 80, "chín": 90}
_ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def _typed(numbers: dict[str, int]) -> dict[str, int]:
    return {spelling: number for word, number in numbers.items() for spelling in spellings(word)}


_TENS_TYPED, _ONES_TYPED = _typed(_TENS), _typed(_ONES)
_TEN = spellings("mươi")

_OXYGEN = {"spo2", "sp02", "o2"}.union(*map(spellings, ("spo", "oxi", "oxy", "ôxy"))) | spellings("kẹp")
_DEVICE, _MEASURED = spellings("máy"), spellings("đo")
_OTHER_VALUES = spellings("mạch") | spellings("nhịp") | spellings("nhiệt") | spellings("huyết") | spellings("sốt")
_BREATHS = (spellings("nhịp"), spellings("thở"))
_TIMES = spellings("lần") | spellings("nhịp")
_PULSE, _PRESSURE = spellings("mạch"), spellings("áp")
_FEVER = spellings("sốt") | spellings("nhiệt") | spellings("nóng")
_DEGREES = spellings("độ")
_CHILD = spellings("bé") | spellings("cháu") | spellings("con") | spellings("tháng")

#: A value stands at most so many words behind the word that announces it.
_REACH = 9


def oxygen(words: Sequence[str]) -> int | None:
    """Return the lowest oxygen saturation said, in percent, or None."""
    announced = _OXYGEN | _MEASURED if not _DEVICE.isdisjoint(words) else _OXYGEN
    values = [
        value
        for place, word in enumerate(words)
        if word in announced
        for value in _values(_until(words[place + 1 : place + 1 + _REACH]))
        if 40 <= value <= 100
    ]
    return min(values, default=None)


def fever(words: Sequence[str]) -> float | None:
    """Return the highest body temperature said, in °C, or None."""
    values = [
        value + _tenths(words, place)
        for place, word in enumerate(words)
        if (value := _number(word)) and 36 <= value < 43 and _is_temperature(words, place)
    ]
    return max(values, default=None)


def breathes_too_fast(words: Sequence[str]) -> bool:
    """Tell whether a number of breaths is said that health staff must know now: "nhịp thở 34", "thở 40 lần"."""
    limit = BREATHS_DANGER_CHILD if _CHILD & set(words) else BREATHS_DANGER
    return any(
        limit <= (_number(word) or 0) < 100 and _counts_breaths(words, place)
        for place, word in enumerate(words)
        if word[:1].isdigit()
    )


def _counts_breaths(words: Sequence[str], place: int) -> bool:
    before, after = words[max(0, place - 4) : place], words[place + 1 : place + 2]
    if _BREATHS[1].isdisjoint(before):
        return False
    return not _BREATHS[0].isdisjoint(before) or not _TIMES.isdisjoint(after)


def circulates_badly(words: Sequence[str]) -> bool:
    """Tell whether a pulse or an upper blood pressure is said that health staff must know now (DOMAIN.md)."""
    return any(
        (word in _PULSE and not PULSE_LOWEST <= value <= PULSE_HIGHEST)
        or (word in _PRESSURE and value < PRESSURE_LOWEST)
        for place, word in enumerate(words)
        for value in _values_of_pulse(words[place + 1 : place + 4])
    )


def _values_of_pulse(words: Sequence[str]) -> Iterator[float]:
    """Yield the first number of a pulse or a pressure, if it can be one."""
    values = (value for word in words if (value := _number(word)) is not None)
    first = next(values, 0)
    if PULSE_POSSIBLE[0] <= first <= PULSE_POSSIBLE[1]:
        yield first


def _number(word: str) -> float | None:
    if not word[:1].isdigit():
        return None
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _until(words: Sequence[str]) -> Sequence[str]:
    """The words up to another measured value."""
    end = next((place for place, word in enumerate(words) if word in _OTHER_VALUES), len(words))
    return words[:end]


def _values(words: Sequence[str]) -> Iterator[int]:
    """Yield whole numbers, whether typed as digits or as `chín hai`, `chín mươi hai`."""
    for place, word in enumerate(words):
        if word.isdecimal():
            yield int(word)
        elif word in _TENS_TYPED:
            rest = [following for following in words[place + 1 : place + 3] if following not in _TEN]
            yield _TENS_TYPED[word] + (_ONES_TYPED.get(rest[0], 0) if rest else 0)


def _is_temperature(words: Sequence[str], place: int) -> bool:
    """Tell whether a number is one: with tenths, followed by "độ", or soon after "sốt"."""
    has_tenths = not words[place].isdecimal()
    before, after = words[max(0, place - 3) : place], words[place + 1 : place + 2]
    return has_tenths or not _DEGREES.isdisjoint(after) or not _FEVER.isdisjoint(before)


def _tenths(words: Sequence[str], place: int) -> float:
    """The 4 of `38 độ 4`."""
    after = words[place + 1 : place + 3]
    if len(after) == 2 and after[0] in _DEGREES and after[1].isdecimal() and len(after[1]) == 1:
        return int(after[1]) / 10
    return 0.0
