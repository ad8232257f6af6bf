"""Which prompt a clip is for, and in which language, is named as people name it."""

import pytest

from models.rules.clips import Prompt, read_clip


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("hỏi thăm tiếng Mông", (Prompt.CHECKIN, "hmn")),
        ("nhac lai tieng thai", (Prompt.REMINDER, "blt")),
        ("hỏi số đo tiếng H'Mông", (Prompt.READING, "hmn")),
        ("checkin hmn", (Prompt.CHECKIN, "hmn")),
        ("hỏi thăm", (Prompt.CHECKIN, None)),
        ("tiếng Dao", (None, "ium")),
        ("", (None, None)),
    ],
)
def test_a_clip_is_named_by_its_prompt_and_its_language(words: str, named: tuple[Prompt | None, str | None]) -> None:
    assert read_clip(words) == named
