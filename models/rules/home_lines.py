"""What staff type about homes: whom they look for, a new home, somebody who lives there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.rules.registry_words import as_name
from models.rules.words import clean, fold

#: Words before a name that are no part of it.
_TITLES = frozenset({
    "ong", "ba", "anh", "chi", "co", "chu", "bac", "cu", "em", "di", "cau", "mo", "thim", "gia", "nha", "ho", "so",
    "tim",
})  # fmt: skip
_BEFORE_NUMBER = frozenset({"nha", "ho", "so", "cho"})
#: Whose home it is, told by a relative's name: "con ông Páo" lives in a home that began in Páo's.
_RELATIVES = frozenset({"con", "vo", "chong", "chau"})
_YEAR = re.compile(r"(?:sinh(?: nam)? |sn |ns )?\b((?:19|20)\d\d)\b")
_PHONE = re.compile(r"\+?\d[\d .-]{5,}\d")
_NUMBER = re.compile(r"\d{1,4}[a-z]?")
_MEMBERS = re.compile(r"\b(\d{1,2}) ?(?:nguoi|khau|nhan khau|people)\b")
_NO_PHONE = re.compile(r"\b(?:khong|ko|k) (?:co )?(?:dien thoai|dt|sdt)\b|\bwithout phone\b")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
#: Digits somebody remembers of a phone.
_LEAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a home that somebody looks for."""

    number: str = ""  #: On the community's list.
    digits: str = ""  #: Of a phone, the last ones.
    names: tuple[str, ...] = ()  #: Words of a name, folded.
    birth_year: int | None = None
    is_relative: bool = False  #: The name is that of a parent, husband or wife.


def read_search(words: str) -> Wanted:
    """What `/nha …` looks for: "12", "0912 345", "con ông Páo", "giang a pao 1960"."""
    said = " ".join(fold(clean(words)).split())
    phone = _PHONE.search(said)
    if phone is not None:
        return Wanted(digits=re.sub(r"\D", "", phone[0]).lstrip("0"))
    if _NUMBER.fullmatch(_without_titles(said)):
        return Wanted(number=_without_titles(said).upper())
    year = _YEAR.search(said)
    rest = said.replace(year[0], " ") if year else said
    parts = _NO_LETTER.sub(" ", rest).split()
    is_relative = any(part in _RELATIVES for part in parts[:2]) and len(parts) > 1
    while len(parts) > 1 and parts[0] in _TITLES | _RELATIVES:
        parts = parts[1:]
    return Wanted(names=tuple(parts), birth_year=int(year[1]) if year else None, is_relative=is_relative)


def _without_titles(said: str) -> str:
    parts = said.split()
    while len(parts) > 1 and parts[0] in _TITLES:
        parts = parts[1:]
    return "".join(parts)


def fits_name(names: tuple[str, ...], full: str) -> bool:
    """Whether all these words are words of the name, the last of them perhaps not typed to its end."""
    has = _NO_LETTER.sub(" ", fold(full)).split()
    *whole, last = names
    return all(name in has for name in whole) and any(each.startswith(last) for each in has)


def fits_phone(digits: str, phone: str) -> bool:
    """Whether these are digits of the phone, which is kept in E.164."""
    return len(digits) >= _LEAST_DIGITS and digits.removeprefix("84") in phone


@dataclass(frozen=True, slots=True)
class TypedHome:
    """A new home, or what is new about one, as typed: `41 Giàng A Páo 0912345678 5 người`."""

    number: str
    head: str
    phone: str  #: As typed.
    members: int | None


def read_home(words: str) -> TypedHome:
    """Number first, if any; then name, phone and how many people, in any order."""
    rest = " ".join(clean(words).split())
    people = _MEMBERS.search(fold(rest))
    if people is not None:
        rest = rest[: people.start()] + "," + rest[people.end() :]
    found = _PHONE.search(rest)
    phone = found[0] if found else ""
    rest = rest.replace(phone, " ") if phone else rest
    first, _, others = " ".join(rest.replace(",", " ").split()).partition(" ")
    is_number = _NUMBER.fullmatch(fold(first)) is not None
    head = others if is_number else f"{first} {others}"
    return TypedHome(first.upper() if is_number else "", as_name(head), phone, int(people[1]) if people else None)


def read_for_home(words: str) -> tuple[str, str]:
    """The number of a home and what is said for it: `12 hết gạo`, `nhà số 12: hết gạo`; no number first: "" and all."""
    parts = clean(words).split(maxsplit=3)
    while len(parts) > 1 and fold(parts[0]) in _BEFORE_NUMBER:
        parts = " ".join(parts[1:]).split(maxsplit=3)
    number = parts[0].rstrip(":,.-") if parts else ""
    if _NUMBER.fullmatch(fold(number)) is None:
        return "", clean(words)
    return number.upper(), " ".join(parts[1:])


@dataclass(frozen=True, slots=True)
class TypedResident:
    """Somebody who lives in a home, as typed: `Giàng Thị Mỷ 1950, tăng huyết áp, không điện thoại`."""

    name: str
    birth_year: int | None
    conditions: str
    no_phone: bool


def read_resident(words: str) -> TypedResident:
    """The name before the first comma, with the year of birth; what they suffer from after it."""
    first, *others = [part.strip() for part in re.split(r"[,;\n]", clean(words))]
    year = _YEAR.search(fold(first))
    name = first[: year.start()] + " " + first[year.end() :] if year else first
    told = [part for part in others if part and not _NO_PHONE.search(fold(part))]
    no_phone = any(_NO_PHONE.search(fold(part)) for part in others)
    return TypedResident(as_name(" ".join(name.split())), int(year[1]) if year else None, ", ".join(told), no_phone)
