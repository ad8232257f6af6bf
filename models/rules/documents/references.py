"""The documents that a document cites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from models.rules.documents.dates import date_of
from models.rules.documents.document import PartialDate, Reference, Type
from models.rules.documents.grammar import Found, Grammar

_NAME_REACHES = 90  #: The type's name may stand this many letters before the number: "các Công văn số 5/…, số 7/…".


def references(text: str, grammar: Grammar) -> tuple[Reference, ...]:
    """The documents cited in a text, each once, with whatever is said of it anywhere."""
    known: dict[tuple[int | None, str | None], Reference] = {}
    for found in grammar.find("cited", text):
        reference = _reference(text, found, grammar)
        key = (reference.number, reference.symbol)
        before = known.get(key, reference)
        known[key] = replace(before, date=before.date or reference.date, type=before.type or reference.type)
    return tuple(known.values())


def _reference(text: str, found: Found, grammar: Grammar) -> Reference:
    symbol = "".join(found.values["symbol"].split())
    return Reference(
        type=_type(text, found.start, symbol, grammar),
        number=found.number("number"),
        symbol=symbol,
        date=_issued(text, found, grammar),
    )


def _type(text: str, start: int, symbol: str, grammar: Grammar) -> Type:
    """What kind of document is cited: its name just before the number, else its symbol, else a name further off."""
    clause = text[max(0, start - _NAME_REACHES) : start].rpartition(";")[2].rstrip()
    named = [*grammar.find("type", clause)]
    if named and named[-1].end == len(clause):
        return Type(named[-1].stands_for)
    # A công văn has no abbreviation of its own, so a symbol without any is one.
    return type_of_symbol(symbol) or (Type(named[-1].stands_for) if named else Type.LETTER)


def _issued(text: str, found: Found, grammar: Grammar) -> PartialDate | None:
    after = found.end
    issued = grammar.at("issued", text, after + (text[after : after + 1] == " "))
    day = grammar.search("day", text, issued.start) if issued else None
    return date_of(day) if day and issued and day.start < issued.end else None


def type_of_symbol(symbol: str) -> Type | None:
    """The type a symbol begins with: "QĐ-UBND", "2020/NĐ-CP"; a công văn's "UBND-VX" begins with none."""
    known = {kind.value.upper(): kind for kind in Type}
    first = next((part for part in _parts(symbol) if not part.isdecimal()), "")
    return known.get(first.upper())


def _parts(symbol: str) -> Iterable[str]:
    return symbol.replace("–", "-").replace("/", "-").split("-")
