"""How an agency is typed: `Trung tâm Y tế | TTYT, y tế huyện | Bs. Lò Văn A 0912 345 678`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.rules.words import clean

#: Letters of a name; a longer one is a mistake in typing, and more than an index of a database takes may come of it.
_SHORTEST, LONGEST = 3, 200
_PHONE = re.compile(r"\+?\d[\d .-]{6,}\d")


@dataclass(frozen=True, slots=True)
class TypedAgency:
    """An agency as it was typed."""

    name: str
    aliases: tuple[str, ...]  #: What else documents call it.
    person: str  #: Who answers there; empty when nobody was named.
    number: str  #: As typed; empty when there was none.


def read_agency(words: str) -> TypedAgency | None:
    """Name, other names and person with phone, each after a bar; None when there is no name, or no end of it.

    Without the middle part, what holds a phone is the person.
    """
    parts = [part.strip() for part in clean(words).replace("\n", " | ").split("|")]
    name, rest = parts[0], [part for part in parts[1:] if part]
    if not _SHORTEST <= len(name) <= LONGEST or _PHONE.search(name):
        return None
    person = next((part for part in rest if _PHONE.search(part)), rest[1] if len(rest) > 1 else "")
    aliases = [alias.strip() for part in rest if part != person for alias in re.split("[,;]", part)]
    found = _PHONE.search(person)
    number = found[0] if found else ""
    called = " ".join(person.replace(number, " ").strip(" ,-–").split()) if number else person
    return TypedAgency(name, tuple(alias for alias in aliases if alias), called, number)
