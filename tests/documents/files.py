"""Documents of this project as the files people send: laid out as on paper, with head and signature in two columns."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import docx
import typst
from docx.document import Document

_MOTTO = re.compile(r"(?i)cộng h[òo][aà] xã hội chủ nghĩa việt nam|đảng cộng sản việt nam")
_PAGE = """#set page(paper: "a4", margin: 2.5cm, numbering: "1")
#set text(size: 13pt, lang: "vi")
#set par(spacing: 0.8em)
"""
_CELLS = re.compile(r"\|(.*)\|")


def paragraphs_of(text: str) -> list[str]:
    """The lines of a document, without the blank ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_docx(text: str) -> bytes:
    """The document as a Word file: a paragraph for each line, tables as tables."""
    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*paragraphs_of(text), ""]:
        if row := _CELLS.fullmatch(line):
            rows += [[cell.strip() for cell in row[1].split("|")]] if set(row[1]) - set("|-: ") else []
            continue
        _add_table(document, rows)
        rows = []
        if line:
            document.add_paragraph(line)
    return _saved(document)


def as_docx_in_columns(left: Sequence[str], right: Sequence[str], text: str) -> bytes:
    """A Word file whose head stands in a table of two columns, as offices write them."""
    document = docx.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        for line in lines:
            cell.add_paragraph(line)
    for line in paragraphs_of(text):
        document.add_paragraph(line)
    return _saved(document)


def _add_table(document: Document, rows: list[list[str]]) -> None:
    if not rows:
        return
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, written in zip(table.add_row().cells, row, strict=True):
            cell.text = written


def _saved(document: Document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def as_pdf(text: str) -> bytes:
    """The document as a PDF with a text layer: paragraphs broken by the page's width, pages numbered."""
    lines = text.splitlines()
    body = "\n\n".join(_typst_of(line) for line in lines if line.strip())
    return bytes(typst.compile((_PAGE + body).encode()))


def _typst_of(line: str) -> str:
    """A line in typst's notation; what stood in two columns stands in two columns."""
    columns = [piece.strip() for piece in re.split(r"\t| {4,}", line.strip())]
    if len(columns) == 2 and all(columns):
        return f"#grid(columns: (1fr, 1fr), [#{_quoted(columns[0])}], [#{_quoted(columns[1])}])"
    if row := _CELLS.fullmatch(line.strip()):
        cells = ", ".join(f"[#{_quoted(cell.strip())}]" for cell in row[1].split("|"))
        return f"#table(columns: (1fr,) * {row[1].count('|') + 1}, {cells})" if set(row[1]) - set("|-: ") else ""
    return f"#{_quoted(line.strip())}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
