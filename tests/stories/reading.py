"""How a story's test looks at what was said: the newest notice, and the text a person would read."""

from __future__ import annotations

from bot.catalogue import Catalogues
from bot.telegram.render import Message, Reader, render
from models.notices import Notice
from models.records import Person, Report
from tests.stories.world import World

_CATALOGUES = Catalogues.load(strict=True)


def the_report(world: World) -> Report:
    """The only report there is."""
    (report,) = world.session.query(Report).all()
    return report


def read(world: World, notice: Notice | None, language: str = "vi") -> Message:
    """The notice as a person reads it."""
    assert notice is not None
    return render(notice, Reader(_CATALOGUES.in_language(language), world.policy.timezone, "to_bot"))


def last(world: World, chat: Person | int) -> Notice:
    """The newest message told to a chat."""
    return world.told(chat)[-1]
