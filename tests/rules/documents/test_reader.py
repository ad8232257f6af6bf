"""What official documents say is read as a person would read it."""

import pytest

from models.rules.documents.reader import read
from tests.documents.scores import SETS, Expected, documents_of, score

TEXT = """UBND HUYỆN TAM ĐƯỜNG
Số: 5/CV-UBND
Tam Đường, ngày 02 tháng 11 năm 2021
V/v rà soát

Kính gửi: UBND các xã.

1. UBND các xã: Rà soát.
"""
FOLDERS = sorted({path.parent for path in SETS.glob("*/*.json")})
DOCUMENTS = [document for folder in FOLDERS for document in documents_of(folder)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])
def test_a_document_is_read_without_a_single_wrong_field(document: Expected) -> None:
    assert score([document]).wrong == []


@pytest.mark.parametrize(
    ("written", "misread", "missing"),
    [
        ("Số: 5/CV-UBND", "Số: 1O/CV-UBND", {"number", "symbol"}),
        ("ngày 02 tháng 11 năm 2021", "ngày 1O tháng 11 năm 2021", {"date", "place"}),
        ("ngày 02 tháng 11 năm 2021", "ngày 02 tháng 11 năm 20Z1", {"date"}),
    ],
)
def test_a_number_that_a_scan_made_unreadable_is_missing_and_not_guessed(
    written: str, misread: str, missing: set[str]
) -> None:
    whole, harmed = read(TEXT), read(TEXT.replace(written, misread))
    assert whole is not None
    assert harmed is not None
    assert {*harmed.missing} == {*whole.missing} | missing
