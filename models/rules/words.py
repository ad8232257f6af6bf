"""Text as people type it: cleaned for keeping, folded for matching, shortened for a chat's limits.

Vietnamese arrives in two shapes (composed, and decomposed from some phones), with the Icelandic Ð where Đ was
meant, and with invisible characters that can turn a line back to front. Everything is cleaned once, on entry.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

ELLIPSIS = "…"

_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ"})
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAKS = re.compile(r" ?\n ?")

#: Invisible characters without meaning in a message: zero-width space, marks and overrides of direction,
#: word joiners, the byte order mark, the soft hyphen. U+200D stays: emoji families are joined by it.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")

#: Control signs that are no space, and halves of surrogate pairs.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")

_JOINER = "\u200d"

#: How many words are looked for at once, and how many letters of each.
MOST_SOUGHT, LONGEST_SOUGHT = 20, 60


def clean(text: str) -> str:
    """Return the text composed (NFC), without control or direction signs, lines kept apart by `\\n`.

    Runs of spaces become one, spaces at either end of a line go, and so do halves of a broken surrogate pair,
    which no database accepts.
    """
    text = _INVISIBLE.sub("", _LINE_BREAKS.sub("\n", text))
    text = _CONTROL.sub("", text)
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text)).translate(_LOOK_ALIKES)
    return _AROUND_BREAKS.sub("\n", text).strip()


def fold(text: str) -> str:
    """Return the text in lower case without marks, đ as d: what people type when they type in a hurry.

    A text that was cleaned keeps its length, so a place in the folded copy is the same place in the original. What has
    no plain letter, such as an emoji's second half, a mark on a digit or another script, stays as it is.
    """
    return "".join(map(_plain, unicodedata.normalize("NFC", text.translate(_LOOK_ALIKES))))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter.lower().replace("đ", "d"))
    plain = "".join(part for part in parts if unicodedata.category(part) != "Mn")
    return plain if len(plain) == 1 else letter


def sought(text: str) -> tuple[str, ...]:
    """The words somebody looks for, folded, each once: the first `MOST_SOUGHT`, so many letters of each.

    More would find nothing else, and no database takes any number of them.
    """
    return tuple(dict.fromkeys(word[:LONGEST_SOUGHT] for word in fold(text).split()))[:MOST_SOUGHT]


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 units, the way Telegram counts its limits: most emoji count two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def shorten(text: str, limit: int) -> str:
    """Return the text itself, or as much as fits in `limit` UTF-16 units with an ellipsis after it.

    A letter is never parted from its marks, nor an emoji from its parts. Raises ValueError if limit < 1.
    """
    if limit < 1:
        raise ValueError("A limit below 1 leaves no room even for the ellipsis.")
    if utf16_length(text) <= limit:
        return text
    room = limit - utf16_length(ELLIPSIS)
    kept = 0
    for whole in _wholes(text):
        room -= utf16_length(whole)
        if room < 0:
            break
        kept += len(whole)
    return text[:kept].rstrip() + ELLIPSIS


def _wholes(text: str) -> Iterator[str]:
    """Yield what a reader sees as one sign: a letter with its marks, an emoji with its parts, a flag."""
    start = 0
    for place in range(1, len(text)):
        if not _belongs_together(text, start, place):
            yield text[start:place]
            start = place
    yield text[start:]


def _belongs_together(text: str, start: int, place: int) -> bool:
    """Tell whether the sign that began at `start` goes on at `place`."""
    before, letter = text[place - 1], text[place]
    if letter == _JOINER or before == _JOINER:
        return True
    if _is_half_flag(letter):
        return _is_half_flag(before) and (place - start) % 2 == 1
    return _is_skin_tone(letter) or _is_tag(letter) or unicodedata.category(letter) in ("Mn", "Me", "Mc")


def _is_half_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _is_skin_tone(letter: str) -> bool:
    return "\U0001f3fb" <= letter <= "\U0001f3ff"


def _is_tag(letter: str) -> bool:
    return "\U000e0020" <= letter <= "\U000e007f"
