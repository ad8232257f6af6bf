"""How an agency is typed into the directory."""

from __future__ import annotations

import pytest

from models.rules.agencies import TypedAgency, read_agency


def test_name_other_names_and_who_answers_are_told_apart() -> None:
    typed = read_agency("Trung tâm Y tế | TTYT, y tế huyện | Bs. Lò Văn A 0912 345 678")
    assert typed == TypedAgency("Trung tâm Y tế", ("TTYT", "y tế huyện"), "Bs. Lò Văn A", "0912 345 678")


@pytest.mark.parametrize("words", ["", "YT", "0912 345 678", "Trung tâm Y tế " * 20])
def test_what_is_no_name_is_asked_for_again(words: str) -> None:
    assert read_agency(words) is None
