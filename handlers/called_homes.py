"""One home of the call list: its phone, who tried it when, and what two taps say of it."""

from __future__ import annotations

from datetime import timedelta

from handlers import Stories, admit_to_home
from handlers.commands.called_homes import AboutHome, AskAway, ChooseSource, KeepAway, MoveHomeOut, NoteAway, OpenHome
from handlers.commands.checkins import CreditAnswers, RecountRounds, ShowSilent
from handlers.commands.households import TakeHomeOff
from models.notices import Notice
from models.notices.call_lists import AwayAsked, HomeOpened, MovingAsked, SourceAsked
from models.records import Person
from models.rules.checkins import Source
from models.rules.rounds import takes_answers
from models.work import Work

#: How many days from now [Đi nương] offers to be away; any other day is typed: "nuong 13 den 5/12".
AWAY_FOR = (1, 3, 7, 14)
#: How many of the last tries a home's card shows.
TRIES_SHOWN = 4


def open_home(command: OpenHome, work: Work) -> None:
    """Show one home with its phone, who tried it before, and the buttons to answer for it."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    known = work.checkins.find_answer(command.round_id, home.id)
    opened = HomeOpened(
        round_id=command.round_id,
        household_id=home.id,
        number=home.number,
        head=home.head,
        phone=home.phone,
        address=home.address,
        answer=known.answer if known else None,
        tries=work.silences.tries_of(home.id, TRIES_SHOWN),
    )
    _show(command, person, opened, work)


def choose_source(command: ChooseSource, work: Work) -> None:
    """The answer was tapped: ask how it was learnt."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    asked = SourceAsked(
        round_id=command.round_id,
        household_id=home.id,
        number=home.number,
        head=home.head,
        answer=command.answer,
    )
    _show(command, person, asked, work)


def ask_away(command: AskAway, work: Work) -> None:
    """Ask until when the home is away."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    asked = AwayAsked(
        round_id=command.round_id,
        household_id=home.id,
        number=home.number,
        head=home.head,
        days=tuple(work.today + timedelta(days=days) for days in AWAY_FOR),
    )
    _show(command, person, asked, work)


def note_away(command: NoteAway, work: Work) -> None:
    """Neither ask nor expect the home until that day is over; in this round it was tried."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    work.done(command, person, f"home:{home.id}")
    round_ = work.checkins.require_round(command.round_id)
    if takes_answers(round_.state, round_.closes_at, work.now):
        work.also(
            CreditAnswers(
                sender=command.sender,
                place=command.place,
                round_id=round_.id,
                homes=((home.id, None),),
                source=Source.NEIGHBOUR,
                at=work.now,
            )
        )
    work.also(KeepAway(homes=((home.id, command.until),)))
    _back_to_list(command, work)


def keep_away(command: KeepAway, work: Work) -> None:
    """Leave the homes in peace until they are back; a day that is over brings nobody away."""
    homes = [(work.households.require(household_id), until) for household_id, until in command.homes]
    for home, until in homes:
        if until >= work.today:
            home.away_until = until
    work.also(RecountRounds(unit_ids=tuple({home.unit_id for home, _ in homes})))


def move_out(command: MoveHomeOut, work: Work) -> None:
    """Take the home off the list, once it was asked whether that is right; a second tap finds it gone."""
    person, home = admit_to_home(command, command.household_id, work)
    if person is None:
        return
    if not command.is_sure:
        asked = MovingAsked(round_id=command.round_id, household_id=home.id, number=home.number, head=home.head)
        _show(command, person, asked, work)
        return
    work.done(command, person, f"home:{home.id}")
    work.also(TakeHomeOff(household_id=home.id, by_id=person.id))
    _back_to_list(command, work)


def _show(command: AboutHome, person: Person, notice: Notice, work: Work) -> None:
    work.show_each([person], f"calls:{command.round_id}", notice)


def _back_to_list(command: AboutHome, work: Work) -> None:
    work.also(
        ShowSilent(sender=command.sender, place=command.place, message_id=command.message_id, round_id=command.round_id)
    )


STORIES: Stories = {
    OpenHome: open_home,
    ChooseSource: choose_source,
    AskAway: ask_away,
    NoteAway: note_away,
    KeepAway: keep_away,
    MoveHomeOut: move_out,
}
