"""Word files as text: paragraphs with the numbers Word counts for them, tables as rows.

A table that only puts head or signature into two columns is read down its columns.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.reading.kinds import Reason, Refused
from bot.reading.numbering import Numbering

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_MOST_UNPACKED, _MOST_WRITTEN = 60 * 1024 * 1024, 16 * 1024 * 1024  #: Bytes, of all parts and of those that are text.
_MOST_PARTS = 2000
_LAYOUT_ROWS = 4  #: A table of two columns with no more rows only puts things beside each other.
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Drawn text stands in a file twice, once for programs that do not know how to draw it; tabs of a style are no text.
_TWICE = ("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{_W}pPr")
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def text_of(data: bytes) -> str:
    """The text of a Word file. Raises `Refused` when it is none, brings a program along, or unpacks without end."""
    _require_harmless(data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError) as error:
        raise Refused(Reason.DAMAGED) from error
    numbering = Numbering(document)
    return "\n\n".join(_blocks(document, numbering))


def _require_harmless(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, OSError) as error:
        raise Refused(Reason.DAMAGED) from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(Reason.MACROS)
    if "word/document.xml" not in names:
        raise Refused(Reason.UNKNOWN_KIND)
    unpacked = sum(part.file_size for part in parts)
    written = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or written > _MOST_WRITTEN:
        raise Refused(Reason.TOO_HEAVY)


def _blocks(document: Document, numbering: Numbering) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        yield from _table(block, numbering) if isinstance(block, Table) else [_paragraph(block, numbering)]


def _paragraph(paragraph: Paragraph, numbering: Numbering) -> str:
    text = text_in(paragraph._p)
    return f"{numbering.mark_of(paragraph)}{text}" if text.strip() else ""


def text_in(element: Any) -> str:
    """The text of a paragraph as it reads now: what was inserted counts, what was struck out does not."""
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in _TWICE:
        return ""
    return _BREAKS.get(element.tag, "") + "".join(map(text_in, element))


def _table(table: Table, numbering: Numbering) -> Iterator[str]:
    rows = [_cells(row) for row in table.rows]
    if all(len(row) <= 2 for row in rows) and len(rows) <= _LAYOUT_ROWS:
        for column in range(max(map(len, rows), default=0)):
            for row in rows:
                if column < len(row):
                    yield from (_paragraph(paragraph, numbering) for paragraph in row[column].paragraphs)
        return
    lines = []
    for row in rows:
        written = (" ".join(text_in(each._p) for each in cell.paragraphs).replace("|", "/") for cell in row)
        lines.append(f"| {' | '.join(written)} |")
    yield "\n".join(lines)


def _cells(row: Any) -> list[Any]:
    """The cells of a row, one that spans several columns once."""
    return list(dict.fromkeys(row.cells))
