"""What official documents say is read as a person would read it."""

import pytest

from tests.documents.scores import SETS, Expected, documents_of, score

FOLDERS = sorted({path.parent for path in SETS.glob("*/*.json")})
DOCUMENTS = [document for folder in FOLDERS for document in documents_of(folder)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=[document.name for document in DOCUMENTS])
def test_a_document_is_read_without_a_single_wrong_field(document: Expected) -> None:
    assert score([document]).wrong == []
