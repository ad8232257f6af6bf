"""`tocovid directive read`: JSON for programs, words for people, an exit code for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.catalogue import Catalogues
from bot.cli import app
from bot.reading.kinds import Reason
from bot.reading.telling import refusal
from tests.reading.hostile import TEXT

FIELDS = [
    "type", "number", "symbol", "issuer", "place", "date", "subject", "addressees", "references", "tasks", "recipients",
    "signer", "missing",
]  # fmt: skip


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "van-ban.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_program_gets_one_json_object(document: Path) -> None:
    done = CliRunner().invoke(app, ["directive", "read", str(document), "--json"])
    assert done.exit_code == 0
    read = json.loads(done.stdout)
    assert list(read) == FIELDS
    assert list(read["tasks"][0]) == ["no", "text", "assignees", "tiers", "items", "deadlines"]
    assert (read["type"], read["number"], read["date"]) == ("CV", 5, "2021-11-02")


def test_a_person_gets_words(document: Path) -> None:
    done = CliRunner().invoke(app, ["directive", "read", str(document)])
    assert done.exit_code == 0
    assert "Công văn số 5/CV-UBND" in done.stdout


def test_what_is_no_official_document_ends_with_three_and_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text("Chiều nay họp nhé", encoding="utf-8")
    done = CliRunner().invoke(app, ["directive", "read", str(file), "--json"])
    assert (done.exit_code, done.stdout) == (3, "")
    assert "không thấy đây là văn bản chỉ đạo" in done.stderr


def test_a_file_that_is_not_there_ends_with_two(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["directive", "read", str(tmp_path / "khong-co.pdf")])
    assert done.exit_code == 2
    assert "khong-co.pdf" in done.stderr


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_said_in_words(language: str, reason: Reason) -> None:
    assert refusal(reason, Catalogues.load(strict=True).in_language(language))
