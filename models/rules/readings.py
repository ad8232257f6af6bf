"""Measured values in free words: oxygen, fever, breaths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.rules.keyboard import STOPS, spellings

#: Oxygen saturation in percent: at or below it, free words mean danger (the codebook; DOMAIN.md).
OXYGEN_DANGER = 94
#: Oxygen saturation in percent of somebody who is well (DOMAIN.md).
OXYGEN_GOOD = 96
#: Breaths a minute: from it on, health staff are told now (DOMAIN.md). Children breathe faster.
BREATHS_DANGER, BREATHS_DANGER_CHILD = 21, 40
#: So many breaths more are a matter for the team's own hours if the oxygen measured with them is in order.
_BREATHS_SPARE = 4
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
#: Behind a digit: "8 mươi"; "8 mấy" is at least as much.
_TEN = spellings("mươi") | spellings("mấy")

_OXYGEN = {"spo2", "sp02", "o2"}.union(*map(spellings, ("spo", "oxi", "oxy", "ôxy", "ôxi"))) | spellings("kẹp")
#: "Ô xi" in two words.
_OXYGEN_PARTED = (spellings("ô"), spellings("xi") | spellings("xy"))
#: What announces it without its name, if what follows can be nothing else: "máy báo bảy tám", "đo được 87".
_MEASURED = frozenset[str]().union(*map(spellings, ("đo", "máy", "nồng")))
_MEASURED_REACH, _MEASURED_LOWEST = 7, 65
_UNITS = frozenset[str]().union(
    *map(spellings, ("tuổi", "ký", "kí", "cân", "độ", "người", "hộ", "nhà", "nghìn", "ngàn", "phút", "giờ", "ngày")),
    *map(spellings, ("mét", "cây", "lần", "nhịp", "km", "kg", "m", "t", "k", "ca", "mẫu", "cháu", "em", "xe", "chục")),
    *map(spellings, ("trên", "suất", "hạt", "năm", "tháng", "triệu", "đồng", "que", "phiếu", "mũi", "lượt", "lít")),
)
_AGAIN = spellings("lại")
_SUPPOSED, _SUPPOSED_REACH = spellings("nếu") | spellings("giả"), 5
_CHARGE = spellings("pin") | spellings("sạc")
_OTHER_VALUES = spellings("mạch") | spellings("nhịp") | spellings("nhiệt") | spellings("huyết") | spellings("sốt")
_BREATHS = (spellings("nhịp"), spellings("thở"))
_TIMES = spellings("lần") | spellings("nhịp")
_PULSE, _PRESSURE = spellings("mạch") | spellings("tim"), spellings("áp")
_SWALLOWED = frozenset[str]().union(*map(spellings, ("uống", "nuốt", "nốc", "tu")))
_PILLS, _STRIPS = spellings("viên"), {"vỉ", *spellings("lọ"), *spellings("hộp")}
#: So many pills, or so many strips of them, nobody takes for an illness.
_TOO_MANY_PILLS, _TOO_MANY_STRIPS = 8, 2
_FEVER = spellings("sốt") | spellings("nhiệt") | spellings("nóng")
_DEGREES = spellings("độ")
_CHILD = spellings("bé") | spellings("cháu") | spellings("con") | spellings("tháng")

#: A value stands at most so many words behind the word that announces it.
_REACH = 9


def oxygen(words: Sequence[str]) -> int | None:
    """Return the lowest oxygen saturation said, or the good one measured again, in percent; None if none is said."""
    values = [
        value
        for place in _oxygen_named(words)
        for value in _values(_until(words[place : place + _REACH]))
        if value >= 40 and not _is_threshold(words[:place])
    ]
    if _CHARGE.isdisjoint(words):
        values += _measured(words)
    values = [value for value in values if value <= 100]
    if values and values[-1] > OXYGEN_DANGER and not _AGAIN.isdisjoint(words):
        return values[-1]
    return min(values, default=None)


def _oxygen_named(words: Sequence[str]) -> Iterator[int]:
    """Yield where the words behind its name begin."""
    for place, word in enumerate(words):
        parted = word in _OXYGEN_PARTED[0] and not _OXYGEN_PARTED[1].isdisjoint(words[place + 1 : place + 2])
        if word in _OXYGEN or parted:
            yield place + 1 + parted


def _is_threshold(before: Sequence[str]) -> bool:
    """Tell whether a value is only what to look out for: "nếu spo2 dưới 94"."""
    return not _SUPPOSED.isdisjoint(before[-_SUPPOSED_REACH:])


def _measured(words: Sequence[str]) -> Iterator[int]:
    """Yield values behind "đo" or "máy" that are alone in being an oxygen saturation that low: no unit follows."""
    for place, word in enumerate(words):
        if word in _MEASURED:
            clause = _clause(_until(words[place + 1 : place + 2 + _MEASURED_REACH]))
            for at, value in _values_at(clause):
                if clause[at - 1] in _TENS_TYPED and value % 10 == 0:
                    continue  # "Máy bay" without marks flies, and "tam" may be anything.
                if _MEASURED_LOWEST <= value <= 99 and _UNITS.isdisjoint(clause[at : at + 1]):
                    yield value


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
    if (oxygen(words) or 0) > OXYGEN_DANGER:
        limit += _BREATHS_SPARE
    return any(
        limit <= (_number(word) or 0) < 100 and _counts_breaths(words, place)
        for place, word in enumerate(words)
        if word[:1].isdigit()
    )


def _counts_breaths(words: Sequence[str], place: int) -> bool:
    before, after = words[max(0, place - 4) : place], words[place + 1 : place + 2]
    breath = max((at for at, word in enumerate(before) if word in _BREATHS[1]), default=None)
    if breath is None or any(word[:1].isdigit() or word in _PULSE for word in before[breath:]):
        return False
    return not _BREATHS[0].isdisjoint(before) or not _TIMES.isdisjoint(after)


def are_good(words: Sequence[str]) -> bool:
    """Tell whether an oxygen saturation or a temperature is said that is in order, and none that is not."""
    temperature, saturation = fever(words), oxygen(words)
    if breathes_too_fast(words) or circulates_badly(words) or (temperature or 0) >= FEVER:
        return False
    return saturation >= OXYGEN_GOOD if saturation is not None else temperature is not None


def took_too_much(words: Sequence[str]) -> bool:
    """Tell whether somebody swallowed more pills than any doctor gives: "uống 30 viên", "nuốt 3 vỉ"."""
    return any(
        number >= (_TOO_MANY_PILLS if words[place + 1] in _PILLS else _TOO_MANY_STRIPS)
        and not _SWALLOWED.isdisjoint(words[max(0, place - 5) : place])
        for place, word in enumerate(words[:-1])
        if (words[place + 1] in _PILLS or words[place + 1] in _STRIPS) and (number := _number(word)) is not None
    )


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


def _clause(words: Sequence[str]) -> Sequence[str]:
    """The words up to the end of the clause."""
    return words[: next((place for place, word in enumerate(words) if word in STOPS), len(words))]


def _values(words: Sequence[str]) -> Iterator[int]:
    """Yield whole numbers, whether typed as digits or as `chín hai`, `chín mươi hai`."""
    return (value for _, value in _values_at(words))


def _values_at(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the place behind each whole number, and the number; its words are read once."""
    reached = 0
    for place, word in enumerate(words):
        if place < reached:
            continue
        if word.isdecimal():
            is_tens = len(word) == 1 and not _TEN.isdisjoint(words[place + 1 : place + 2])
            reached = place + 1 + is_tens
            yield reached, int(word) * (10 if is_tens else 1)
        elif word in _TENS_TYPED:
            ones_at = place + 1 + (not _TEN.isdisjoint(words[place + 1 : place + 2]))
            ones = _ONES_TYPED.get(words[ones_at], 0) if ones_at < len(words) else 0
            reached = ones_at + bool(ones)
            yield reached, _TENS_TYPED[word] + ones


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
