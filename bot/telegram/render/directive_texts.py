"""What the texts about directives have in common: lists of names, people to call, and room for long words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.telegram.render.base import Reader
from models.notices import Contact, Names
from models.notices.directives import DirectiveAbove
from models.phones import as_dialled
from models.rules.words import shorten, utf16_length

#: What the service takes in one message, in UTF-16 units.
LONGEST = 4096
#: What of a directive's words stands in a list or on the board.
GIST = 160
NAME_SHOWN = 48
PERSON_SHOWN = 32


def fitted(head: str, body: str, tail: str, cut: str, longest: int = LONGEST) -> str:
    """Head, body and tail in one message; a body too long for it is cut, and `cut` says so."""
    parts = [part for part in (head, body, tail) if part]
    whole = "\n\n".join(parts)
    if utf16_length(whole) <= longest:
        return whole
    room = longest - utf16_length("\n\n".join((head, cut, tail))) - 2
    return "\n\n".join(part for part in (head, shorten(body, max(room, 1)), cut, tail) if part)


def gist(words: str, file_name: str, reader: Reader) -> str:
    """One line that tells which directive it is."""
    if words:
        return shorten(words.partition("\n")[0], GIST)
    return reader.say("directives.file", name=file_name) if file_name else reader.say("directives.unnamed_file")


def passes_on(above: DirectiveAbove, reader: Reader) -> str:
    """Which directive from above this one passes on."""
    return reader.say("directives.passes_on", code=above.code, unit=above.issuer)


def named(names: Names, reader: Reader) -> str:
    """The first names, and how many more."""
    listed = ", ".join(shorten(name, NAME_SHOWN) for name in names.first)
    more = reader.say.count("directives.and_more_units", names.more) if names.more else ""
    return f"{listed} {more}".strip()


def callable_people(people: Sequence[Contact], reader: Reader) -> str:
    """People by name with where they belong and the number to call, as far as each is known."""
    return "; ".join(_callable(person, reader) for person in people)


def _callable(person: Contact, reader: Reader) -> str:
    name = shorten(person.name, PERSON_SHOWN)
    if person.unit:
        name = reader.say("directives.of_unit", name=name, unit=person.unit)
    if not person.phone:
        return name
    return reader.say("directives.with_phone", name=name, phone=as_dialled(person.phone))
