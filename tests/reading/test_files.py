"""A document says the same whichever file it comes in."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import docx
import pytest

from bot.reading import docx as word
from bot.reading.kinds import Reason, Refused
from bot.reading.pdf import Pdf
from bot.reading.process import Progress, read_document
from models.rules.documents.as_json import to_json
from models.rules.documents.reader import read
from tests.documents.files import as_docx, as_docx_in_columns, as_pdf
from tests.documents.scores import Expected, Score
from tests.rules.documents.test_reader import DOCUMENTS

LEFT = ["UBND HUYỆN TAM ĐƯỜNG", "PHÒNG Y TẾ", "Số: 12/PYT", "V/v rà soát người về từ vùng dịch"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Tam Đường, ngày 02 tháng 11 năm 2021"]
TEXT = """Kính gửi: UBND các xã, thị trấn.
1. UBND các xã, thị trấn: Rà soát người về, báo cáo trước 17h00 ngày 05/11.
Nơi nhận:
- Như trên;
TRƯỞNG PHÒNG
Nguyễn Văn A
"""


def wrongly_read(document: Expected, text: str) -> list[str]:
    found = read(text)
    assert found is not None
    score = Score()
    score.compare(document.name, document.says, to_json(found))
    return score.wrong


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])
def test_a_word_file_says_what_its_text_says(document: Expected) -> None:
    assert wrongly_read(document, word.text_of(as_docx(document.text))) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])
def test_a_pdf_says_what_its_text_says(document: Expected) -> None:
    assert wrongly_read(document, Pdf(as_pdf(document.text)).text(lambda page, of: None)) == []


def test_a_head_in_two_columns_is_read_column_by_column() -> None:
    found = read(word.text_of(as_docx_in_columns(LEFT, RIGHT, TEXT)))
    assert found is not None
    assert (found.number, found.symbol, found.issuer, found.place) == (12, "PYT", "PHÒNG Y TẾ", "Tam Đường")
    assert found.subject == "rà soát người về từ vùng dịch"


def test_the_numbers_that_word_counts_are_read() -> None:
    document, target = docx.Document(), io.BytesIO()
    for line in (*LEFT, *RIGHT, "Kính gửi: UBND các xã, thị trấn."):
        document.add_paragraph(line)
    document.add_paragraph("Trạm Y tế xã: Lập danh sách.", style="List Number")
    document.add_paragraph("gửi trước 10h00 hằng ngày", style="List Bullet")
    document.add_paragraph("Công an xã: Kiểm tra cư trú.", style="List Number")
    document.save(target)
    found = read(word.text_of(target.getvalue()))
    assert found is not None
    assert [(task.no, task.assignees) for task in found.tasks] == [("1", ("Trạm Y tế xã",)), ("2", ("Công an xã",))]
    assert found.tasks[0].items == ("gửi trước 10h00 hằng ngày",)


async def test_progress_is_told_page_by_page() -> None:
    pages: list[Progress] = []
    text = f"{head()}\n" + "\n\n".join(f"{at}. UBND xã rà soát đợt {at}." for at in range(1, 100))
    await read_document(as_pdf(text), "dai.pdf", progress=pages.append)
    assert [page.page for page in pages] == list(range(1, pages[-1].of + 1))
    assert pages[-1].of > 2


def head() -> str:
    return "\n\n".join([*LEFT, *RIGHT, "Kính gửi: UBND các xã."])


async def test_a_scan_is_read_where_tesseract_knows_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, languages="eng\nvie")
    reading = await read_document(one_blank_page(), "anh-chup.pdf")
    assert reading.document.number == 12
    photo = await read_document(b"\xff\xd8\xff\xe0 a photo", "anh.jpg")
    assert photo.document == reading.document


@pytest.mark.parametrize("languages", ["eng", None])
async def test_a_scan_is_answered_with_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, languages: str | None
) -> None:
    stand_in(tmp_path, monkeypatch, languages=languages)
    for data, name in ((one_blank_page(), "anh-chup.pdf"), (b"\xff\xd8\xff\xe0 a photo", "anh.jpg")):
        with pytest.raises(Refused) as refused:
            await read_document(data, name)
        assert refused.value.reason is Reason.SCANNED


def one_blank_page() -> bytes:
    return as_pdf("")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, *, languages: str | None) -> None:
    """Let a script be found instead of Tesseract, or nothing at all."""
    if os.name == "nt":
        pytest.skip("the stand-in is a shell script")
    monkeypatch.setenv("PATH", str(folder))
    if languages is None:
        return
    (folder / "seen.txt").write_text(f"{head()}\n{TEXT}", encoding="utf-8")
    script = folder / "tesseract"
    script.write_text(
        f'#!/bin/sh\nif [ "$1" = --list-langs ]; then echo "{languages}"; else exec /bin/cat {folder}/seen.txt; fi\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IEXEC)
