"""Who is to do something: the bodies a piece of a document makes responsible, and which tiers they belong to.

A body's name begins with a word of the family [body]. It goes on as long as names do: with capitals, with the fields
that agencies have, with a few small words; any other small word is what the body is to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.rules.documents.document import Tier
from models.rules.documents.grammar import Found, Grammar
from models.rules.documents.letters import CAPITAL

_SPACES = re.compile(r"\s*")
_CAPITALISED = re.compile(rf"{CAPITAL}[\w.]*(?:[-–]\w+)*")
_WORD = re.compile(r"[\w.]+(?:-\w+)*")
_JOINT = re.compile(r"\s*(?P<sign>[,;]|–|-|&|/|\bvà\b|\bcùng\b)\s*")
_BRACKET = re.compile(r"\s*\([^()]{1,80}\)")
_PLACE_NAME = rf"{CAPITAL}\w+(?: {CAPITAL}\w+){{0,3}}"
#: ": Nậm Pì, Tà Hử, Pa Vệ" behind "UBND các xã".
_NAMED_PLACES = re.compile(rf"(?<=\w) ?: ?{_PLACE_NAME}(?:(?:, | và ){_PLACE_NAME})+(?=[\s,;.:]|$)")
_CLAUSE = re.compile(r"; +(?=\S)")
_TOPIC = re.compile(r"[^.;:]{1,60}: *(?=\w)")  #: "Về tiêm chủng: Sở Y tế …".
_PROPER_PLACE = re.compile(rf"\b((?:xã|thị trấn|phường|huyện|tỉnh) )(?:{CAPITAL}\w* ?)+")
_ONE_PLACE = {
    tier: re.compile(rf"\b(?:{kinds}) {CAPITAL}")
    for tier, kinds in (
        (Tier.PROVINCE, "tỉnh|thành phố"),
        (Tier.DISTRICT, "huyện|quận|thị xã|thành phố"),
        (Tier.COMMUNE, "xã|phường|thị trấn"),
        (Tier.VILLAGE, "thôn|bản|buôn|làng|xóm|ấp|khu|khu phố|tổ dân phố"),
    )
}
_NO_PLACE = "none"  #: "thị xã" is no "xã".
_LONGEST = 200  #: Letters of one body's name.


@dataclass(frozen=True, slots=True)
class Bodies:
    """Bodies that stand together in a text."""

    names: tuple[str, ...]  #: As written.
    start: int  #: The first letter of the first.
    end: int  #: The first letter after the last.


def bodies_at(text: str, start: int, grammar: Grammar) -> Bodies | None:
    """The bodies whose names begin exactly at a place: "Phòng Y tế, Công an huyện và UBND các xã"."""
    names: list[str] = []
    at = end = start
    while (stop := _name_end(text, at, grammar)) is not None:
        names.append(text[at:stop].strip(" ,"))
        end = stop
        joint = _JOINT.match(text, end)
        if joint is None or joint["sign"] in ("-", "–", "/", "&"):
            break
        at = joint.end()
    return Bodies(tuple(names), start, end) if names else None


def _name_end(text: str, start: int, grammar: Grammar) -> int | None:
    """Where the name of the body that begins at `start` ends; None when none begins there."""
    begins = _head_of_a_name(text, start, grammar)
    if begins is None:
        return None
    is_person = grammar.at("person", text, start) is not None
    end = begins.end
    while end - start < _LONGEST and (further := _further(text, end, grammar, is_person=is_person)) is not None:
        end = further
    return end


def _head_of_a_name(text: str, start: int, grammar: Grammar) -> Found | None:
    """The word a body's name begins with: "Phòng", "Các Viện"; None when none begins there."""
    if grammar.at("no body", text, start):
        return None
    several = grammar.at("several", text, start)
    behind = grammar.at("body", text, _after_spaces(text, several.end)) if several else None
    return max((grammar.at("body", text, start), behind), key=lambda found: found.end if found else 0)


def _further(text: str, end: int, grammar: Grammar, *, is_person: bool) -> int | None:
    """How far a name that has come to `end` goes on; None when it is over."""
    if (within := _word_of_a_name(text, _after_spaces(text, end), grammar)) is not None:
        return within
    if bracket := _BRACKET.match(text, end):
        return bracket.end()
    if places := _NAMED_PLACES.match(text, end):
        return places.end()
    joint = _JOINT.match(text, end)
    if joint is None or joint["sign"] == ";":
        return None
    if is_person and joint["sign"] in ("-", "–", ",") and not grammar.at("person", text, joint.end()):
        # What a person is stands behind the name: "đồng chí Lò Thị Ánh - Phó Chủ tịch UBND xã".
        return _name_end(text, joint.end(), grammar)
    if _begins_another(text, joint.end(), grammar):
        return None
    goes_on = grammar.at("goes on", text, joint.end())
    is_capital = text[joint.end() : joint.end() + 1].isupper()
    named = _word_of_a_name(text, joint.end(), grammar) if is_capital else None
    return max(named or 0, goes_on.end if goes_on else 0) or None


def _begins_another(text: str, at: int, grammar: Grammar) -> bool:
    """Whether another body begins there, rather than "thị trấn" in "UBND các xã, thị trấn"."""
    begins, goes_on = _head_of_a_name(text, at, grammar), grammar.at("goes on", text, at)
    return begins is not None and (goes_on is None or begins.end > goes_on.end)


def _after_spaces(text: str, at: int) -> int:
    spaces = _SPACES.match(text, at)
    return spaces.end() if spaces else at


def _word_of_a_name(text: str, at: int, grammar: Grammar) -> int | None:
    for family in ("field", "in a name"):
        if found := grammar.at(family, text, at):
            return found.end
    if capitalised := _CAPITALISED.match(text, at):
        return _with_second_syllable(text, capitalised.end(), grammar)
    return None


def _with_second_syllable(text: str, end: int, grammar: Grammar) -> int:
    """The end of "Kiểm" with the small syllable behind it, "lâm", unless what is to be done begins there."""
    at = _after_spaces(text, end)
    small = _WORD.match(text, at)
    if small is None or not small[0][0].islower() or at == end or _JOINT.match(text, at):
        return end
    is_known = any(grammar.at(family, text, at) for family in ("duty", "leads", "in a name"))
    return end if is_known else small.end()


def heads(text: str, grammar: Grammar) -> Bodies | None:
    """The bodies at the beginning of an item that it is for.

    "8. UBND các xã, thị trấn", "Công an huyện: …", "Phòng Y tế phối hợp …", "Giao Phòng Y tế …", "Đối với …".
    """
    charge = grammar.at("charge", text) or grammar.at("for", text)
    topic = _TOPIC.match(text)
    at = _after_spaces(text, charge.end) if charge else 0
    named = bodies_at(text, at, grammar) or (bodies_at(text, topic.end(), grammar) if topic else None)
    if named is None:
        return None
    rest = text[named.end :].lstrip()
    if topic and named.start == topic.end() and not rest.strip(" .;,"):
        # "Địa điểm: Hội trường UBND xã."
        return None
    return None if not charge and grammar.at("told", rest) else named


def heads_of_clauses(text: str, grammar: Grammar) -> Iterator[Bodies]:
    """Yield the bodies that a further clause of an item is for: "Sở Y tế hướng dẫn …; Sở Giao thông vận tải trực …"."""
    for clause in _CLAUSE.finditer(text):
        named = bodies_at(text, clause.end(), grammar)
        if named and grammar.at("duty", text, _after_spaces(text, named.end)):
            yield named


def charged(text: str, grammar: Grammar) -> Iterator[Bodies]:
    """Yield the bodies that a text makes responsible anywhere: "…; giao X …", "… yêu cầu X …", "… do X chủ trì"."""
    for charge in grammar.find("charge", text):
        if named := bodies_at(text, _after_spaces(text, charge.end), grammar):
            yield named


def leading(text: str, grammar: Grammar) -> Iterator[Bodies]:
    """Yield the bodies that stand before "chủ trì" or "có trách nhiệm", at the beginning of a sentence."""
    for sentence in re.finditer(r"(?:^|[.;:] +)(?=\S)", text):
        named = bodies_at(text, sentence.end(), grammar)
        if named and grammar.at("leads", text, _after_spaces(text, named.end)):
            yield named


def tiers_of(name: str, grammar: Grammar) -> tuple[Tier, ...]:
    """The tiers that a body belongs to: "UBND các xã, thị trấn" to the communes, "Công an huyện" is an agency.

    None for a person.
    """
    places = (place.stands_for for place in grammar.find("place", _without_proper_places(name)))
    if tier := next((place for place in places if place != _NO_PLACE), None):
        return (Tier(tier),)
    if grammar.at("speaks for a place", name) and (wide := grammar.search("wide place", name)):
        return (Tier(wide.stands_for),)
    return () if grammar.at("person", name) else (Tier.AGENCY,)


def names_one_place(name: str, tier: Tier) -> bool:
    """Whether a body is that of one place of a tier, called by its name: "UBND xã Bản Bo", not "UBND các xã"."""
    return tier in _ONE_PLACE and _ONE_PLACE[tier].search(name) is not None


def _without_proper_places(name: str) -> str:
    """The name without what places are called: "xã Bản Bo" has no village in it."""
    return _PROPER_PLACE.sub(r"\1", name)
