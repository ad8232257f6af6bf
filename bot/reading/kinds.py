"""What a file is, told by what it holds and by what it is called; and why a file is not read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

LARGEST = 20 * 1024 * 1024  #: Bytes; Telegram lets a bot fetch no larger file.


class Kind(StrEnum):
    """A kind of file that can be read."""

    TEXT = "text"  #: Plain text or Markdown.
    DOCX = "docx"  #: Word, since 2007.
    PDF = "pdf"  #: With a text layer, or scanned.
    IMAGE = "image"  #: A photo or a scan.


class Reason(StrEnum):
    """Why a file is not read."""

    EMPTY = "empty"  #: There is nothing in it.
    TOO_LARGE = "too_large"  #: More than `LARGEST`.
    TOO_LONG = "too_long"  #: More pages than a document has.
    TOO_HEAVY = "too_heavy"  #: Reading it takes more memory or time than any honest file does.
    UNKNOWN_KIND = "unknown_kind"  #: A spreadsheet, a program, a picture of a kind nobody prints.
    WRONG_EXTENSION = "wrong_extension"  #: It is called one kind and is another.
    OLD_WORD = "old_word"  #: Word before 2007; saved as .docx it can be read.
    ENCRYPTED = "encrypted"  #: It has a password.
    MACROS = "macros"  #: It brings a program along.
    DAMAGED = "damaged"  #: It is of a kind that can be read, but broken.
    NOT_UTF8 = "not_utf8"  #: Text in an old encoding.
    SCANNED = "scanned"  #: Pictures of pages, and no Tesseract with Vietnamese on this machine.
    ILLEGIBLE = "illegible"  #: Pictures of pages in which no words were found.
    NO_DOCUMENT = "no_document"  #: Read, but no official document.


#: What is also not passed on to others: it may do harm where it is opened.
HARMFUL = frozenset({Reason.MACROS, Reason.WRONG_EXTENSION, Reason.TOO_HEAVY})


class Refused(Exception):
    """The file is not read."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class GaveUp(Refused):
    """Reading took more time or memory than it may; perhaps the machine was only busy."""

    def __init__(self) -> None:
        super().__init__(Reason.TOO_HEAVY)


_BY_NAME = {
    ".txt": Kind.TEXT, ".md": Kind.TEXT, ".markdown": Kind.TEXT, ".text": Kind.TEXT, ".docx": Kind.DOCX,
    ".pdf": Kind.PDF, ".jpg": Kind.IMAGE, ".jpeg": Kind.IMAGE, ".png": Kind.IMAGE, ".webp": Kind.IMAGE,
    ".tif": Kind.IMAGE, ".tiff": Kind.IMAGE,
}  # fmt: skip
_WITH_MACROS = frozenset({".docm", ".dotm"})
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*")
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_PDF_BEGINS_WITHIN = 1024


def kind_of(data: bytes, filename: str) -> Kind:
    """What the file is. Raises `Refused` when it cannot be read, or is something else than it is called."""
    if not data:
        raise Refused(Reason.EMPTY)
    if len(data) > LARGEST:
        raise Refused(Reason.TOO_LARGE)
    suffix = PurePath(filename).suffix.lower()
    if suffix in _WITH_MACROS:
        raise Refused(Reason.MACROS)
    kind = _by_content(data)
    called = _BY_NAME.get(suffix)
    if called is None and suffix:
        raise Refused(Reason.UNKNOWN_KIND)
    if called not in (None, kind):
        raise Refused(Reason.WRONG_EXTENSION)
    return kind


def _by_content(data: bytes) -> Kind:
    if data.startswith(_OLD_OFFICE):
        raise Refused(Reason.ENCRYPTED if _ENCRYPTED_STREAM in data else Reason.OLD_WORD)
    if data.startswith(_ZIP):
        return Kind.DOCX
    if b"%PDF-" in data[:_PDF_BEGINS_WITHIN]:
        return Kind.PDF
    if data.startswith(_IMAGES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return Kind.IMAGE
    return Kind.TEXT
