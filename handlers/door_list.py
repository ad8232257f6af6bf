"""The door list to print: asked for on the call list, made apart, handed over as a file."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.called_homes import HandPaper, PaperNotMade, PrintList
from models.notices.call_lists import DoorListHanded, PaperFailed, PaperPromised
from models.work import Work

#: The errand that makes the page.
MAKE_DOOR_LIST = "make-door-list"


def print_list(command: PrintList, work: Work) -> None:
    """Let the page be made for whoever may answer for these homes."""
    person = work.meet(command)
    round_ = work.checkins.require_round(command.round_id)
    unit = work.units.require(round_.unit_id)
    if not work.checkins.may_answer_for(person.id, unit):
        work.refuse(command, person, f"unit:{unit.id}", work.checkins.refusal(unit))
        return
    work.errands.ask(MAKE_DOOR_LIST, work.now, round_id=round_.id, account_id=command.sender.account_id)
    work.tell_each([person], PaperPromised(unit=unit.name))


def hand(command: HandPaper, work: Work) -> None:
    """Send the page that was made."""
    file = work.errands.keep_file(command.name, command.content, work.now)
    work.tell(command.account_id, DoorListHanded(file.id))


def tell_not_made(command: PaperNotMade, work: Work) -> None:
    """Let whoever waits know that they wait in vain."""
    work.tell(command.account_id, PaperFailed())


STORIES: Stories = {PrintList: print_list, HandPaper: hand, PaperNotMade: tell_not_made}
