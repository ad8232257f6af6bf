"""The end of a document: who receives it, and who signed.

Both stand beside each other on paper. So each line is told by what it looks like, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.rules.documents.document import Signer
from models.rules.documents.grammar import Grammar
from models.rules.documents.letters import CAPITAL, SMALL
from models.rules.documents.lines import Line
from models.rules.documents.marks import Level, mark_of

_DEGREE = re.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|BS\.?CK|CN|KS|Thạc sĩ|Bác sĩ|Tiến sĩ|(?:Đại|Thượng|Trung|Thiếu) (?:tá|úy))[.\s]+"
    r"(?:CK)?(?:I{1,2}\b[.\s]*)?)+"
)
_WORD = re.compile(r"[^\W\d_]+\.?")
_LONGEST_NAME = 6  #: Words.
_TITLE_AT_END = re.compile(rf"(?<=[;.:,)\w]) (?=(?:{CAPITAL}{{2,}}|Q)\b(?:(?!{SMALL}).)*$)")
_NAME_AT_END = re.compile(rf"^(?P<rest>.*?(?:[;.):]|VT\S*)) (?P<name>(?:{CAPITAL}{SMALL}+ ?){{2,5}})$")


@dataclass(slots=True)
class Ending:
    """What the end says."""

    recipients: list[str] = field(default_factory=list)  #: Without bullets and the signs between them.
    authorities: list[str] = field(default_factory=list)  #: "TM.", "KT.", in order.
    titles: list[str] = field(default_factory=list)  #: Those the signer has, in order.
    names: list[str] = field(default_factory=list)  #: What looks like a person's name.
    has_recipients: bool = False  #: "Nơi nhận" is there.

    @property
    def signer(self) -> Signer | None:
        """Who signed, or None when nothing tells."""
        if not (self.titles or self.names):
            return None
        return Signer(
            name=self.names[-1] if self.names else None,
            title=", ".join(self.titles) or None,
            authority=self.authorities[-1] if self.authorities else None,
        )


def read_ending(lines: Sequence[Line], grammar: Grammar) -> Ending:
    """Read the lines of an end."""
    ending = Ending()
    reader = _Reader(ending, grammar)
    for line in lines:
        for text in _apart(line.text, grammar):
            reader.read(text)
    ending.recipients = [recipient for written in ending.recipients if (recipient := _bare(written))]
    return ending


def _apart(text: str, grammar: Grammar) -> list[str]:
    """A line of recipients and one of the signature that stood beside it, each by itself."""
    if mark_of(text) or text.lower().startswith("nơi nhận"):
        if parted := _NAME_AT_END.match(text):
            return [parted["rest"], parted["name"]]
        recipient, *title = _TITLE_AT_END.split(text, maxsplit=1)
        if title and (grammar.at("authority", title[0]) or grammar.at("signing title", title[0])):
            return [recipient, *title]
    return [text]


def _bare(written: str) -> str:
    """A recipient without the signs around it: "TT. Huyện ủy; (B/c)" is "TT. Huyện ủy (B/c)"."""
    return re.sub(r"\s*;\s*(?=\()", " ", written).strip(" ;,.:")


@dataclass(slots=True)
class _Reader:
    """Tells lines by what they look like."""

    ending: Ending
    grammar: Grammar

    def read(self, text: str) -> None:
        ending = self.ending
        mark = mark_of(text)
        if heading := self.grammar.at("recipients", text):
            ending.has_recipients = True
            self._receive(text[heading.end :].strip(" :"))
        elif mark and mark.level >= Level.DASH:
            self._receive(text[mark.end :])
        elif authority := self.grammar.at("authority", text):
            self._sign_for(authority.stands_for, text[authority.end :].strip())
        elif self._is_title(text):
            self._take_title(text)
        elif self.grammar.whole("signature noise", text):
            return
        elif self._is_name(text):
            ending.names.append(text)
        elif ending.recipients and text[0].islower():
            ending.recipients[-1] += f" {text}"
        elif ending.has_recipients and not ending.titles and text.endswith((";", ".")):
            self._receive(text)

    def _receive(self, text: str) -> None:
        is_one = "(" in text or text.lower().startswith("lưu")
        pieces = [text] if is_one else text.split("; ")
        self.ending.recipients += [piece for piece in pieces if piece]

    def _sign_for(self, authority: str, title: str) -> None:
        """Take note of "KT. CHỦ TỊCH": the title is another's, whose deputy signs below."""
        self.ending.authorities.append(authority)
        self.ending.titles.clear()
        if authority == "Q." and title:
            self.ending.titles.append(title)

    def _is_title(self, text: str) -> bool:
        if self.grammar.at("signing title", text):
            return text.isupper() or not self._is_name(text)
        is_first = bool(self.ending.authorities) and not (self.ending.titles or self.ending.names)
        return is_first and text.isupper()

    def _take_title(self, text: str) -> None:
        title, _, name = text.partition(":")
        if self._is_name(name.strip()):
            self.ending.names.append(name.strip())
        if not text.endswith(";"):
            self.ending.titles.append((title if self.ending.names else text).strip(" ,"))

    def _is_name(self, text: str) -> bool:
        words = text[degree.end() if (degree := _DEGREE.match(text)) else 0 :].split()
        return (
            2 <= len(words) <= _LONGEST_NAME
            and all(_WORD.fullmatch(word) and word[0].isupper() for word in words)
            and not text.endswith((";", "."))
            and not (text.isupper() and self.grammar.search("body", text))
        )
