"""One reading of somebody's health as typed: `38.2`, `spo2 95`, `nhip tho 22`, `37 98 mach 80`; and its red flags.

The figures are those at which health staff are told (DOMAIN.md, isolation and monitoring); nothing is diagnosed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.rules.words import clean, fold

#: Oxygen saturation in percent: in a reading, at or below it.
LOW_OXYGEN = 95
#: Breaths a minute from which on they are too many, by age in years: below each.
_FAST_BREATHS = ((5, 40), (12, 30), (200, 21))
#: Beats a minute: fewer, or more.
_PULSE = (50, 120)
#: Blood pressure in mmHg: below either.
_PRESSURE = (90, 60)


class RedFlag(StrEnum):
    """Why health staff must know at once."""

    OXYGEN = "oxygen"  #: Too little oxygen.
    BREATHS = "breaths"  #: Breathing too fast for the age.
    PULSE = "pulse"  #: The heart too slow or too fast.
    PRESSURE = "pressure"  #: Blood pressure too low.
    DANGER = "danger"  #: Said to be in danger: cannot breathe, chest pain, confusion.


@dataclass(frozen=True, slots=True)
class Vitals:
    """What was measured; None: not."""

    temperature: float | None = None  #: °C.
    oxygen: int | None = None  #: Percent.
    breaths: int | None = None  #: A minute.
    pulse: int | None = None  #: A minute.
    systolic: int | None = None  #: mmHg.
    diastolic: int | None = None  #: mmHg.

    @property
    def is_empty(self) -> bool:
        return self == Vitals()


_NUMBER = r"[0-9]{1,3}(?:[.,][0-9])?"
#: What is measured, as typed and folded; the longest that fits is taken.
_NAMES = {
    "temperature": r"nhiet do|nhiet|than nhiet|sot|to|temperature|temp|t",
    "oxygen": r"sp ?o ?2|sp02|spo|oxy|oxi|o2|oxygen",
    "breaths": r"nhip tho|tho|nt|breaths|breathing",
    "pulse": r"mach|nhip tim|tim|pulse|hr",
}
_PAIR = re.compile(r"(?:huyet ap|ha|bp)? ?(?P<systolic>[0-9]{2,3}) ?/ ?(?P<diastolic>[0-9]{2,3})")
_NAMED = re.compile(
    "|".join(
        rf"(?P<{kind}>(?<![a-z])(?:{names}) ?(?:la|:|=|duoc)? ?(?P<{kind}_value>{_NUMBER})(?![0-9]))"
        for kind, names in _NAMES.items()
    )
)
_BARE = re.compile(rf"(?<![0-9.,]){_NUMBER}(?![0-9])")
_DEGREES = re.compile(r"([0-9]{2}) ?(?:do|°c|°) ?([0-9])?(?![0-9])")
#: Words that may stand beside figures and say nothing.
_FILLERS = re.compile(
    r"sang nay|toi nay|chieu nay|sang|chieu|toi|hom nay|lan [0-9]|do duoc|do|duoc|phan tram|lan|phut|c|va|a|nhe|da|bac|"
    r"em|chau|hien tai|bay gio|oc|today|now|and"
)
_RANGES: dict[str, tuple[float, float]] = {
    "temperature": (34, 43),
    "oxygen": (50, 100),
    "breaths": (6, 90),
    "pulse": (30, 220),
    "systolic": (50, 260),
    "diastolic": (30, 160),
}


def read_vitals(text: str) -> Vitals:
    """Return what a message measures; figures nobody can have are left out."""
    return _read(text)[0]


def looks_like_reading(text: str) -> bool:
    """Whether the words are nothing but measured values, so that a reading may be meant."""
    found, rest = _read(text)
    return not found.is_empty and not re.search(r"[a-z0-9]", _FILLERS.sub(" ", rest))


def _read(text: str) -> tuple[Vitals, str]:
    rest = _DEGREES.sub(lambda said: f"{said[1]}.{said[2] or 0}", fold(clean(text)))
    said: dict[str, float] = {}
    for pair in _PAIR.finditer(rest):
        said |= {name: float(value) for name, value in pair.groupdict().items()}
    rest = _PAIR.sub(" ", rest)
    for match in _NAMED.finditer(rest):
        kind = match.lastgroup or ""
        kind = kind.removesuffix("_value")
        said.setdefault(kind, _plain(match[f"{kind}_value"]))
    rest = _NAMED.sub(" ", rest)
    for kind, value in _guessed(_plain(number[0]) for number in _BARE.finditer(rest)):
        said.setdefault(kind, value)
    rest = _BARE.sub(" ", rest) if said else rest
    kept = {kind: value for kind, value in said.items() if _RANGES[kind][0] <= value <= _RANGES[kind][1]}
    whole = {kind: int(value) for kind, value in kept.items() if kind != "temperature"}
    return Vitals(temperature=kept.get("temperature"), **whole), rest


def _guessed(values: Iterable[float]) -> Iterable[tuple[str, float]]:
    """Yield what bare numbers must be: degrees first, then percent; anything else says nothing."""
    for value in values:
        if _RANGES["temperature"][0] <= value <= _RANGES["temperature"][1]:
            yield "temperature", value
        elif 70 <= value <= _RANGES["oxygen"][1]:
            yield "oxygen", value


def _plain(number: str) -> float:
    return float(number.replace(",", "."))


def red_flags(vitals: Vitals, age: int | None, *, in_danger: bool = False) -> tuple[RedFlag, ...]:
    """Return why health staff must know at once; of unknown age, as of an adult."""
    fast = next(limit for years, limit in _FAST_BREATHS if (18 if age is None else age) < years)
    pulse, systolic, diastolic = vitals.pulse, vitals.systolic, vitals.diastolic
    signs = {
        RedFlag.OXYGEN: vitals.oxygen is not None and vitals.oxygen <= LOW_OXYGEN,
        RedFlag.BREATHS: vitals.breaths is not None and vitals.breaths >= fast,
        RedFlag.PULSE: pulse is not None and not _PULSE[0] <= pulse <= _PULSE[1],
        RedFlag.PRESSURE: (systolic or 999) < _PRESSURE[0] or (diastolic or 999) < _PRESSURE[1],
        RedFlag.DANGER: in_danger,
    }
    return tuple(flag for flag, is_so in signs.items() if is_so)
