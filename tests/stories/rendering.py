"""How a told notice reads, for stories that promise what a person sees."""

from __future__ import annotations

from functools import cache

from bot.catalogue import Catalogues
from bot.telegram.render import Message, Reader, render
from models.notices import Notice
from models.rules.policy import Policy


@cache
def reader(language: str = "vi") -> Reader:
    """Someone who reads this language; a missing sentence fails the test."""
    return Reader(Catalogues.load(strict=True).in_language(language), Policy().timezone, "to_covid_bot")


def read(notice: Notice | None, language: str = "vi") -> Message:
    """What is shown; the notice must have been told."""
    assert notice is not None
    return render(notice, reader(language))


def labels(message: Message) -> list[str]:
    return [button.label for row in message.rows for button in row]
