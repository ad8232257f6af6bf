"""Cards print with every Vietnamese letter whole, ten on a page, and carry no name of anybody."""

from __future__ import annotations

import io
import unicodedata

import pypdf

from bot.catalogue import Catalogues
from bot.errands.apart import run_apart
from bot.paper.home_cards import fill, typeset_cards
from bot.paper.typesetting import pack
from models.records import Household
from tests.paper.letters import LETTERS


async def test_every_vietnamese_letter_arrives_on_paper_ten_homes_a_page() -> None:
    say = Catalogues.load(strict=True).in_language("vi")
    homes = [Household(id=number, number=str(number), head="Giàng A Páo") for number in range(1, 24)]
    page = fill(LETTERS, homes, {home.id: f"TOKEN{home.id}" for home in homes}, "to_bot", say)
    paper = pypdf.PdfReader(io.BytesIO(await run_apart(typeset_cards, pack("home_cards", page))))
    assert len(paper.pages) == 3
    text = unicodedata.normalize("NFC", "".join(sheet.extract_text() for sheet in paper.pages))
    assert set(LETTERS) - set(text) == set()
    words = " ".join(text.split())
    assert say("cards.warning").split(".")[0] in words
    assert "Nhà số 23" in words
    assert "Giàng" not in words
