"""`tocovid triage`: JSON lines in, JSON lines out, in the same order; a line that is no message is named."""

from __future__ import annotations

import json

import pytest

from bot.catalogue import Catalogues
from bot.triaging import LineRefused, propose, propose_in_words

ILL = "Con tôi sốt cao, co giật, tím tái"
THANKS = "Cảm ơn tổ nhé"


def line(message: object) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode()


def test_every_message_gets_a_proposal_in_its_place_with_the_words_that_decided() -> None:
    answers = [
        json.loads(answer) for answer in propose([line({"id": "b", "text": THANKS}), line({"id": 1, "text": ILL})])
    ]
    assert [answer["id"] for answer in answers] == ["b", 1]
    assert answers[1]["urgency"] == "P1"
    assert "co giật" in answers[1]["because"]
    assert set(answers[0]) == {"id", "category", "urgency", "confidential", "because"}


@pytest.mark.parametrize("broken", [b"{", b'{"id": 1}', b'"words"', b'{"id": 1, "text": 2}'])
def test_a_line_that_is_no_message_is_named(broken: bytes) -> None:
    with pytest.raises(LineRefused) as refused:
        list(propose([line({"id": 1, "text": ILL}), broken]))
    assert refused.value.line == 2


def test_an_empty_line_and_a_byte_order_mark_do_no_harm() -> None:
    assert len(list(propose([b"\xef\xbb\xbf" + line({"id": 1, "text": ILL}), b"\n"]))) == 1


def test_people_read_the_proposal_in_words() -> None:
    (answer,) = propose_in_words([ILL.encode()], Catalogues.load(strict=True).in_language("vi"))
    assert "co giật" in answer.decode()
