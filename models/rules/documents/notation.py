"""The notation of `grammar.txt`: one phrase, written as its first lines explain, becomes a regular expression."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from models.rules.documents.letters import CAPITAL

#: What a `$value` may be. A scan makes "1O" of "10": where a letter follows, a number is not known.
VALUES = {
    "day": r"[0-3]?\d(?!\w)",
    "month": r"[01]?\d(?!\w)",
    "year": r"(?:(?:19|20)\d\d(?!\d)|\d\d(?!\w))",
    "quarter": r"(?:IV|I{1,3}|[1-4])(?!\w)",
    "hour": r"[0-2]?\d(?!\d)",
    "minute": r"[0-5]\d(?!\d)",
    "count": r"\d{1,3}(?!\d)",
    "number": r"\d{1,5}(?!\w)",
    "symbol": rf"(?:\d{{4}} ?/ ?)?{CAPITAL}(?:{CAPITAL}|[a-z]{CAPITAL}|[a-z] ?[-–])[^\W_]*(?: ?[-–/.&] ?[^\W_]+)*",
}

#: What stands in a `$value`'s place without being one.
FILLING = {
    "blank": r"[.…_]+",
    "words": r"[^.;:\n]{1,60}?",
    "whoever": r"(?:(?!trước|chậm|đến|hết|trong|về|ngày)[^.;:,\n]){1,60}?",
}

STARTS = r"(?:(?<![^\W_])|(?=\W))"  #: No word is cut in two.
_ENDS = r"(?![^\W\d_])"  #: No letter follows; a digit may: "17h00".
_SPACES = r"\s*"
_TOKEN = re.compile(r"\\[()]|[(){}]|<[^>]+>\+?|[^\s(){}<>]+")
_PIECE = re.compile(r"\$(?P<value>[a-z]+)|(?P<sign>\\?[^\w\s])|(?P<word>[^\W_]+)")
_CLOSING = {"(": ")", "{": "}"}

Families = Mapping[str, Sequence[str]]


def compile_phrase(phrase: str, families: Families, *, with_values: bool = False) -> str:
    """The pattern of a phrase; `with_values` keeps each of its own values in a group of the same name.

    Raises ValueError when a bracket is not closed, KeyError for a family or value that does not exist.
    """
    return _Phrase(phrase, families, with_values=with_values).pattern


class _Phrase:
    """A phrase being read from left to right."""

    def __init__(self, phrase: str, families: Families, *, with_values: bool) -> None:
        self._tokens = _TOKEN.findall(phrase)[::-1]
        self._families = families
        self._with_values = with_values
        self.pattern = self._ways(until="")

    def _ways(self, until: str) -> str:
        """The pattern up to the closing bracket; within brackets "a b/c d" is either "a b" or "c d"."""
        ways = [""]
        while self._tokens:
            token = self._tokens.pop()
            if token == until:
                return "|".join(ways)
            first, *others = re.split(r"(?<!\\)/", token) if until and "$" not in token else [token]
            ways[-1] += self._element(first)
            ways += map(self._element, others)
        if until:
            raise ValueError(f"A bracket of the grammar is not closed by {until!r}.")
        return "|".join(ways)

    def _element(self, token: str) -> str:
        if token in _CLOSING:
            pattern = f"(?:{self._ways(_CLOSING[token])})"
            return pattern if token.startswith("{") else f"{pattern}?"
        if token.startswith("<"):
            return self._family(token.strip("<>+"), repeated=token.endswith("+"))
        if "$" in token or token.startswith("\\"):
            return self._signs_and_values(token)
        words = re.split(r"(?<!\\)/", token)
        return f"(?:{'|'.join(map(self._signs_and_values, words))})"

    def _family(self, name: str, *, repeated: bool) -> str:
        ways = "|".join(compile_phrase(phrase, self._families) for phrase in self._families[name])
        return f"(?:{STARTS}(?:{ways})[,;]?{_SPACES})+" if repeated else f"(?:{ways})"

    def _value(self, name: str) -> str:
        if name in FILLING:
            return f"(?:{FILLING[name]})"
        return f"(?P<{name}>{VALUES[name]})" if self._with_values else f"(?:{VALUES[name]})"

    def _signs_and_values(self, token: str) -> str:
        pattern = ""
        for piece in _PIECE.finditer(token):
            if value := piece["value"]:
                pattern += self._value(value) + _SPACES
            elif sign := piece["sign"]:
                pattern += _sign(sign, between_values="$" in token) + _SPACES
            else:
                pattern += _word(piece["word"]) + _ENDS + _SPACES
        return pattern


def _sign(sign: str, *, between_values: bool) -> str:
    if sign == "-":
        return "[-–—/.]" if between_values else "[-–—]"
    return re.escape(sign.lstrip("\\"))


def _word(word: str) -> str:
    """A word in any letters; one with a capital stands only with one."""
    first = re.escape(word[0]) if word[0].isupper() else f"(?i:{re.escape(word[0])})"
    return f"{first}(?i:{re.escape(word[1:])})" if word[1:] else first
