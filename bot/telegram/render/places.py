"""How the question for a sender's place reads."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, in_pairs, renders
from handlers.commands.places import NamePlace
from models.notices.places import PlaceAsked, PlaceNamed
from models.rules.words import shorten

#: Letters of a name that two buttons in a row have room for, and that one has.
_HALF, _WHOLE = 16, 30


@renders(PlaceAsked)
def place_asked(notice: PlaceAsked, reader: Reader) -> Message:
    is_first = notice.above.unit_id == notice.top_id
    text = reader.say("reports.which_place" if is_first else "reports.which_place_in", place=notice.above.name)
    buttons = [
        Button(shorten(each.name, _WHOLE), to_data(NamePlace, report_id=notice.report_id, unit_id=each.unit_id, page=0))
        for each in notice.choices
    ]
    are_short = all(len(button.label) <= _HALF for button in buttons)
    return Message(text, (in_pairs(buttons) if are_short else column(*buttons)) + _ways_on(notice, reader))


def _ways_on(notice: PlaceAsked, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """To the next page, after the last to the first, and back to where the question began."""
    here, following = notice.above.unit_id, notice.page + 1
    more = [reader.button("other_places", NamePlace, report_id=notice.report_id, unit_id=here, page=following)]
    again = [reader.button("choose_again", NamePlace, report_id=notice.report_id, unit_id=notice.top_id, page=0)]
    return column(*(more if notice.pages > 1 else []), *(again if here != notice.top_id else []))


@renders(PlaceNamed)
def place_named(notice: PlaceNamed, reader: Reader) -> Message:
    return Message(reader.say("reports.place_named", code=notice.code, place=notice.place))
