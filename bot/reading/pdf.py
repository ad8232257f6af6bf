"""PDF files: their text layer, and their pages as pictures for those without one."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from bot.reading import pages
from bot.reading.kinds import Reason, Refused
from bot.reading.pages import Box, Letter

MOST_PAGES = 100
_LETTERS_A_PAGE = 20  #: A page with fewer is a picture.
_DOTS_PER_POINT = 200 / 72  #: A page is drawn with 200 dots an inch for those who read pictures.
#: What stands for a hyphen at the end of a line, where the library thinks that a word is parted.
_HYPHEN = {2: "-"}

Progress = Callable[[int, int], None]


class Pdf:
    """An open PDF file. Raises `Refused` when it cannot be opened."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Refused(Reason.ENCRYPTED if "assword" in str(error) else Reason.DAMAGED) from error
        self.pages = len(self._document)
        if self.pages > MOST_PAGES:
            raise Refused(Reason.TOO_LONG)

    def text(self, progress: Progress) -> str:
        """The text layer of all pages; nothing but blanks where pages are pictures."""
        written = []
        for at in range(self.pages):
            progress(at, self.pages)
            page = self._document[at]
            written.append(pages.text_of(_letters(page.get_textpage()), _boxes(page)))
        return "\n".join(written)

    def has_text(self, text: str) -> bool:
        """Whether the text layer holds the document, rather than a stamp on a scan."""
        return sum(map(str.isalpha, text)) >= _LETTERS_A_PAGE * self.pages

    def picture(self, at: int) -> bytes:
        """A page drawn in grey, as a PGM file."""
        drawn = self._document[at].render(scale=_DOTS_PER_POINT, grayscale=True)
        rows = memoryview(drawn.buffer)
        lines = (rows[row * drawn.stride :][: drawn.width].tobytes() for row in range(drawn.height))
        return b"P5 %d %d 255\n" % (drawn.width, drawn.height) + b"".join(lines)


def _letters(page: Any) -> Iterator[Letter]:
    from pypdfium2 import raw

    box, foot = raw.FS_RECTF(), (ctypes.c_double(), ctypes.c_double())
    for at in range(page.count_chars()):
        sign = _HYPHEN.get(code := raw.FPDFText_GetUnicode(page, at), chr(code))
        if sign.isspace() or not sign.isprintable():
            continue
        raw.FPDFText_GetLooseCharBox(page, at, box)
        raw.FPDFText_GetCharOrigin(page, at, *foot)
        yield Letter(sign, box.left, box.right, foot[1].value, abs(box.top - box.bottom) or 1.0)


def _boxes(page: Any) -> Iterator[Box]:
    """Yield what is drawn on a page: among it the rules of its tables."""
    from pypdfium2 import raw

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(raw.FPDFPage_CountObjects(page)):
        drawn = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_PATH:
            raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
            yield Box(left.value, bottom.value, right.value, top.value)
