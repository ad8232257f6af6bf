"""Whom to follow, as staff type it: `12 pao f1 du mui tu 20/11`; and why, for how long, a follow-up changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from models.rules.protocols import Subject, Vaccinated
from models.rules.words import clean, fold

K = TypeVar("K")

_SUBJECTS = {
    Subject.F0: r"f ?0|fo|duong tinh",
    Subject.F1: r"f ?1|tiep xuc gan|tiep xuc",
    Subject.RETURNEE: r"nguoi ve|moi ve|ve que|tu vung dich ve|returnee",
    Subject.DOSE: r"sau tiem|moi tiem|vua tiem|after dose",
}
#: How far somebody is protected, as typed and folded.
VACCINATED = {
    Vaccinated.FULL: r"(?:tiem )?(?:du|day du)(?: mui| lieu)?|(?:tiem )?[23] mui|khoi benh|fully vaccinated",
    Vaccinated.PART: r"(?:tiem )?(?:1|mot) mui|chua du mui|partly vaccinated",
    Vaccinated.NONE: r"chua tiem|khong tiem|not vaccinated",
}
_FROM = re.compile(r"\b(?:tu ngay|tu|ngay|from) ([0-9]{1,2})[/-]([0-9]{1,2})\b")
_HOME = re.compile(r"^(?:nha|ho)?\s*(?:so\s*)?([0-9]{1,6}[a-z]?)\b")
#: How people are spoken of before their name; after it the same words may be a part of it.
_FILLERS = re.compile(r"^\s*(?:(?:la|ten|ong|ba|anh|chi|chau|em|theo doi)\s+)+")
_DAYS = re.compile(r"\b([0-9]{1,2}) ?(?:ngay|hom|days?)\b")
#: A follow-up begins at most so many days ago.
_OLDEST = 60


@dataclass(frozen=True, slots=True)
class TypedFollowUp:
    """Whom to follow, as it was understood."""

    number: str  #: The home's number, as typed.
    name: str  #: As typed, without what was said beside it.
    subject: Subject
    vaccinated: Vaccinated
    begins_on: date


def read_follow_up(line: str, today: date) -> TypedFollowUp | None:
    """Return whom a line wants followed; None when home, name or reason are missing, or the day cannot be."""
    written = clean(line).replace(",", " ").replace(";", " ")
    folded = fold(written)
    home = _HOME.search(folded)
    if home is None:
        return None
    written, folded = cut(written, folded, home.span())
    begun = _FROM.search(folded)
    begins_on = past_day(begun[1], begun[2], today) if begun else today
    if begun:
        written, folded = cut(written, folded, begun.span())
    vaccinated = find_kind(VACCINATED, folded)
    if vaccinated:
        written, folded = cut(written, folded, vaccinated[1])
    subject = find_kind(_SUBJECTS, folded)
    if subject:
        written, folded = cut(written, folded, subject[1])
    if filler := _FILLERS.search(folded):
        written, folded = cut(written, folded, filler.span())
    name = " ".join(written.split())
    if subject is None or begins_on is None or not re.search(r"[^\W\d_]", name):
        return None
    return TypedFollowUp(home[1], name, subject[0], vaccinated[0] if vaccinated else Vaccinated.NONE, begins_on)


def read_days(line: str) -> int | None:
    """Return by how many days a follow-up is to be longer: 1 to 30; None when the line does not say."""
    said = _DAYS.search(fold(clean(line)))
    days = int(said[1]) if said else 0
    return days if 1 <= days <= 30 else None


def find_kind(kinds: Mapping[K, str], folded: str) -> tuple[K, tuple[int, int]] | None:
    """Return which of some phrases is said, the longest, and where."""
    found = [
        (match, kind) for kind, words in kinds.items() if (match := re.search(rf"\b(?:{words})(?![a-z0-9])", folded))
    ]
    if not found:
        return None
    match, kind = max(found, key=lambda each: len(each[0][0]))
    return kind, match.span()


def cut(written: str, folded: str, span: tuple[int, int], instead: str = " ") -> tuple[str, str]:
    """Return both without that stretch, which was understood, and with `instead` in its place."""
    start, end = span
    return written[:start] + instead + written[end:], folded[:start] + instead + folded[end:]


def past_day(day: str, month: str, today: date) -> date | None:
    """Return the last such day, at most some weeks ago; None when there is none."""
    for year in (today.year, today.year - 1):
        try:
            past = date(year, int(month), int(day))
        except ValueError:
            continue
        if 0 <= (today - past).days <= _OLDEST:
            return past
    return None
