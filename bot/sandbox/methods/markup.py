"""Telegram's two ways of marking up a text, HTML and MarkdownV2, read as strictly as Telegram reads them."""

from __future__ import annotations

import html
import re

from bot.sandbox.refusals import Refusal, bad_request
from bot.sandbox.shapes import MessageEntity

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_HTML = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z-]*)(?P<rest>[^<>]*)>|(?P<entity>&(?:#x?[0-9a-fA-F]+|\w+);)|(?P<char>.)",
    re.S,
)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_SIGNS = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
    "`": "code",
    "```": "pre",
}
_MARKDOWN = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])|(?P<sign>```|`|\|\||__|[*_~])|(?P<open>\[)|\]\((?P<url>[^)\s]*)\)"
    r"|(?P<reserved>[\]()>#+\-=|{}.!])|(?P<char>.)",
    re.S,
)


def parse(text: str, mode: str) -> tuple[str, list[MessageEntity]]:
    """The bare words and their entities; 400 says what cannot be parsed."""
    readers = {"html": _read_html, "markdownv2": _read_markdown}
    reader = readers.get(mode.lower())
    if reader is None:
        raise bad_request("unsupported parse_mode")
    page = _Page()
    reader(text, page)
    if page.open:
        raise _broken(f"can't find end of the entity starting at byte offset {page.open[-1].at}")
    return "".join(page.words), [entity for entity in page.entities if entity.length > 0]


def _broken(words: str) -> Refusal:
    return bad_request(f"can't parse entities: {words}")


class _Mark:
    """An entity that has begun."""

    def __init__(self, sign: str, kind: str, offset: int, at: int, url: str | None = None) -> None:
        self.sign = sign
        self.kind = kind
        self.offset = offset
        self.at = at
        self.url = url


class _Page:
    """Words and entities read so far."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.length = 0
        self.open: list[_Mark] = []
        self.entities: list[MessageEntity] = []

    def write(self, words: str) -> None:
        self.words.append(words)
        self.length += len(words.encode("utf-16-le")) // 2

    def begin(self, sign: str, kind: str, at: int, url: str | None = None) -> None:
        self.open.append(_Mark(sign, kind, self.length, at, url))

    def end(self, sign: str, at: int, url: str | None = None) -> None:
        if not self.open or self.open[-1].sign != sign:
            raise _broken(f"unexpected end of entity at byte offset {at}")
        mark = self.open.pop()
        length = self.length - mark.offset
        self.entities.append(MessageEntity(type=mark.kind, offset=mark.offset, length=length, url=mark.url or url))

    @property
    def verbatim(self) -> bool:
        """Inside code, where signs are plain letters."""
        return bool(self.open) and self.open[-1].kind in ("code", "pre")


def _read_html(text: str, page: _Page) -> None:
    for found in _HTML.finditer(text):
        if found["entity"]:
            page.write(html.unescape(found["entity"]))
        elif found["char"]:
            _html_char(found, page)
        else:
            _html_tag(found, page)


def _html_char(found: re.Match[str], page: _Page) -> None:
    if found["char"] == "<":
        raise _broken(f'unsupported start tag "" at byte offset {found.start()}')
    page.write(found["char"])


def _html_tag(found: re.Match[str], page: _Page) -> None:
    tag = found["tag"].lower()
    if tag not in _TAGS:
        raise _broken(f'unsupported start tag "{tag}" at byte offset {found.start()}')
    if found["close"]:
        page.end(tag, found.start())
        return
    link = _HREF.search(found["rest"]) if tag == "a" else None
    page.begin(tag, _TAGS[tag], found.start(), html.unescape(next(filter(None, link.groups()), "")) if link else None)


def _read_markdown(text: str, page: _Page) -> None:
    for found in _MARKDOWN.finditer(text):
        if found["escaped"]:
            page.write(found["escaped"][1])
        elif page.verbatim and found["sign"] != page.open[-1].sign:
            page.write(found.group())
        elif found["sign"]:
            _markdown_sign(found["sign"], found.start(), page)
        elif found["open"]:
            page.begin("[", "text_link", found.start())
        elif found["url"] is not None:
            page.end("[", found.start(), found["url"])
        elif found["reserved"]:
            raise _broken(f"character '{found['reserved']}' is reserved and must be escaped with the preceding '\\'")
        else:
            page.write(found["char"])


def _markdown_sign(sign: str, at: int, page: _Page) -> None:
    if any(mark.sign == sign for mark in page.open):
        page.end(sign, at)
    else:
        page.begin(sign, _SIGNS[sign], at)
