"""Recorded clips (lời ghi âm): what a home that cannot read hears with a prompt, in the language it chose."""

from __future__ import annotations

import re
from enum import StrEnum

from models.rules.registry_words import language_of
from models.rules.words import clean, fold


class Prompt(StrEnum):
    """What a clip says, and with which prompt it goes along."""

    CHECKIN = "checkin"  #: How is your home today?
    REMINDER = "reminder"  #: Your home has not answered yet.
    READING = "reading"  #: How is whoever is followed, and what was measured?


_NAMED = {
    Prompt.CHECKIN: r"loi hoi tham|hoi tham|checkin|check-in",
    Prompt.REMINDER: r"loi nhac lai|loi nhac|nhac lai|nhac|reminder",
    Prompt.READING: r"hoi so do|so do|theo doi suc khoe|theo doi|reading",
}


def read_clip(words: str) -> tuple[Prompt | None, str | None]:
    """Return which prompt and which language words name: "hỏi thăm tiếng Mông"; None for what they do not say."""
    folded = fold(clean(words))
    for prompt, names in _NAMED.items():
        found = re.search(rf"(?<![a-z])(?:{names})(?![a-z])", folded)
        if found is not None:
            rest = f"{folded[: found.start()]} {folded[found.end() :]}"
            return prompt, _language(rest)
    return None, _language(folded)


def _language(said: str) -> str | None:
    """The language, with or without the word for it before its name."""
    return language_of(said) or language_of(re.sub(r"^ *(?:tieng|bang tieng) ", "", said))
