"""Reads the text of an official document: from lines to what it says.

`lines` frees the text of what typing and extraction left in it, `parts` tells head, addressees, body and end apart, and
each part has its reader. How things are said stands in `grammar.txt`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.rules.documents.assignees import bodies_at
from models.rules.documents.document import Document, Type
from models.rules.documents.ending import Ending, read_ending
from models.rules.documents.grammar import Grammar, fold_marks, shipped
from models.rules.documents.head import Head, issuer_of, read_head
from models.rules.documents.lines import Line, read_lines
from models.rules.documents.marks import mark_of
from models.rules.documents.outline import outline
from models.rules.documents.parts import Parts, part
from models.rules.documents.references import references
from models.rules.documents.tables import read_table
from models.rules.documents.tasks import ADDRESSED, Circumstances, read_tasks

_SIGNS_NEEDED = 2  #: So many of a document's signs make a text an official document.


def read(text: str) -> Document | None:
    """What an official document says; None for a text that is none."""
    lines = read_lines(text)
    grammar = shipped(without_marks=not _has_marks(lines))
    parts = part(lines, grammar)
    # A telegram's number may stand below what it says.
    numbered = [line for line in parts.end if grammar.at("number", line.text)]
    head, ending = read_head([*parts.head, *numbered], grammar), read_ending(parts.end, grammar)
    addressees = read_addressees(parts.addressees, grammar)
    if _signs(head, ending, addressees, parts, grammar) < _SIGNS_NEEDED:
        return None
    return _document(parts, head, ending, addressees, grammar)


def _has_marks(lines: Sequence[Line]) -> bool:
    """Whether the document was typed with marks; a name or two that have some do not count."""
    return 4 * sum(fold_marks(line.text) != line.text for line in lines) > len(lines)


def _signs(head: Head, ending: Ending, addressees: Sequence[str], parts: Parts, grammar: Grammar) -> int:
    """How many of the signs of an official document are there."""
    return sum(
        map(
            bool,
            (
                head.has_motto,
                head.has_number and head.symbol,
                head.date and head.place,
                head.subject,
                addressees,
                any(grammar.at("only basis", line.text) for line in parts.body[:10]),
                ending.has_recipients,
                ending.signer and ending.signer.title,
            ),
        )
    )


def _document(parts: Parts, head: Head, ending: Ending, addressees: tuple[str, ...], grammar: Grammar) -> Document:
    body = outline(parts.body, grammar)
    circumstances = Circumstances(head.type, head.date, addressees)
    tasks = read_tasks(body, circumstances, grammar)
    if in_table := tuple(read_table(parts.body, head.date, grammar)):
        # A table hands the duties out; items for nobody beside it only lead to it.
        tasks = (*(task for task in tasks if task.assignees), *in_table)
    issuer = issuer_of(head.issuer_lines, grammar)
    document = Document(
        type=head.type,
        number=head.number,
        symbol=head.symbol,
        issuer=issuer or _issuer_in_body([*body.closing, *body.lead], grammar),
        place=head.place,
        date=head.date,
        subject=head.subject,
        addressees=addressees,
        references=references("\n".join([head.subject or "", *body.all_texts()]), grammar),
        tasks=tasks,
        recipients=tuple(ending.recipients),
        signer=ending.signer,
        missing=(),
    )
    return replace(document, missing=tuple(_missing(document, issuer_is_read=issuer is not None)))


def _issuer_in_body(paragraphs: Sequence[str], grammar: Grammar) -> str | None:
    """Whoever says in the document itself that they ask for something: "… Trung tâm chỉ huy … huyện yêu cầu …"."""
    for paragraph in paragraphs:
        for body in grammar.find("body", paragraph):
            named = bodies_at(paragraph, body.start, grammar)
            if named and len(named.names) == 1 and grammar.at("issues", paragraph[named.end :].lstrip()):
                return named.names[0]
    return None


def read_addressees(lines: Sequence[Line], grammar: Grammar) -> tuple[str, ...]:
    """Those after "Kính gửi", each by itself."""
    written: list[str] = []
    for line in lines:
        begins = grammar.at("addressees", line.text)
        text = line.text[begins.end :].lstrip(" :") if begins else line.text
        mark = mark_of(text)
        text = text[mark.end :] if mark else text
        if not text:
            continue
        if written and not mark and not begins and not written[-1].endswith((";", ".", ":")):
            written[-1] += f" {text}"
        else:
            written.append(text)
    return tuple(name for text in written for piece in text.split(";") if (name := piece.strip(" .,:-")))


def _missing(document: Document, *, issuer_is_read: bool) -> Iterator[str]:
    """Yield the names of the fields that a document should have and that are missing, incomplete or doubtful."""
    date, signer = document.date, document.signer
    lacking = {
        "type": document.type is None,
        "number": document.number is None,
        "symbol": document.symbol is None,
        "issuer": not issuer_is_read,
        "place": document.place is None,
        "date": date is None or date.whole is None,
        "subject": document.subject is None,
        "addressees": not document.addressees and document.type in ADDRESSED - {Type.INSTRUCTION},
        "tasks": not document.tasks,
        "assignees": any(not task.assignees for task in document.tasks),
        "recipients": not document.recipients,
        "signer": signer is None or signer.name is None,
    }
    return (name for name, is_lacking in lacking.items() if is_lacking)
