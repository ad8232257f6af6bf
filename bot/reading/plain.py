"""Text and Markdown files as text."""

from __future__ import annotations

import codecs

from bot.reading.kinds import Reason, Refused

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(data: bytes) -> str:
    """The text of a file. Raises `Refused` for another encoding than UTF-8 or UTF-16, and for what is no text."""
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(Reason.UNKNOWN_KIND if b"\x00" in data else Reason.NOT_UTF8) from None
    if "\x00" in text:
        raise Refused(Reason.UNKNOWN_KIND)
    return text
