"""Files made to do harm, each as small as it can be made."""

from __future__ import annotations

import io
import zipfile

from pypdf import PdfWriter

from tests.documents.files import as_docx, as_pdf

TEXT = """Số: 5/CV-UBND
Tam Đường, ngày 02 tháng 11 năm 2021
V/v rà soát

Kính gửi: UBND các xã.

1. UBND các xã: Rà soát.
"""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENT = "word/document.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_part(name: str, content: bytes) -> bytes:
    """An honest Word file with one part exchanged or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_docx(TEXT))) as honest,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in honest.infolist():
            if part.filename != name:
                made.writestr(part, honest.read(part))
        made.writestr(name, content)
    return target.getvalue()


def zip_bomb() -> bytes:
    """A few hundred kilobytes that unpack to hundreds of megabytes."""
    return with_part(_DOCUMENT, bytes(200 * 1024 * 1024))


def crowd_of_paragraphs() -> bytes:
    """Little enough to be unpacked, and millions of paragraphs when it is understood."""
    crowd = b"<w:p><w:r/></w:p>" * 3_000_000
    return with_part(_DOCUMENT, f'<w:document xmlns:w="{_W}"><w:body>'.encode() + crowd + b"</w:body></w:document>")


def laughs() -> bytes:
    """An entity of entities of entities."""
    lines = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    said = "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>"
    text = f'<!DOCTYPE d [<!ENTITY l0 "ha">{lines}]><w:document xmlns:w="{_W}"><w:body>{said}</w:body></w:document>'
    return with_part(_DOCUMENT, text.encode())


def macros() -> bytes:
    """A Word file that brings a program along and is called harmless."""
    return with_part("word/vbaProject.bin", _OLE)


def crowded_pdf() -> bytes:
    """A PDF of one page on which a million things are drawn."""
    drawn = b"0 0 1 1 re f\n" * 1_000_000
    return one_page(b"<< /Length %d >> stream\n" % len(drawn) + drawn + b"endstream")


def pdf_of_objects() -> bytes:
    """A PDF that holds hundreds of thousands of objects, as many as fit into what a bot is sent."""
    many = b"".join(b"%d 0 obj<<>>endobj\n" % at for at in range(10, 700_000))
    return one_page(b"<< /Length 0 >> stream\nendstream", many)


def one_page(content: bytes, more: bytes = b"") -> bytes:
    """A PDF without a table of its objects, which is then made by looking at all of them."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n4 0 obj"
        + content
        + b"endobj\n"
        + more
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def endless_pages() -> bytes:
    """A tree of pages that is its own branch."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def encrypted_pdf() -> bytes:
    """A PDF with a password."""
    writer, target = PdfWriter(io.BytesIO(as_pdf(TEXT))), io.BytesIO()
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    writer.write(target)
    return target.getvalue()


def encrypted_word() -> bytes:
    """What Word makes of a file with a password."""
    return _OLE + "EncryptedPackage".encode("utf-16-le")


def too_large() -> bytes:
    """More than a bot is ever sent."""
    return b"%PDF-1.7\n" + bytes(50 * 1024 * 1024)
