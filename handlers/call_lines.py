"""One typed line answers for many homes: read back first, counted once it is confirmed."""

from __future__ import annotations

from datetime import date

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.called_homes import KeepAway
from handlers.commands.checkins import ConfirmLine, CreditAnswers, DropLine, EnterLine, ReadLine
from models.notices.call_lists import LineChoice, LineDropped, LineHeard, LineKept, LinePart, LineRead
from models.notices.checkins import (
    NothingOpen,
    RoundOver,
)
from models.records import Round, Unit
from models.rules.call_list import Entry, read_line
from models.rules.checkins import Answer, Source
from models.rules.rounds import takes_answers
from models.work import Work

#: The card a line lives in until it counts: the card keeps the words, so a restart forgets none.
SUBJECT = "line"


def enter(command: EnterLine, work: Work) -> None:
    """Read the line back, or ask first which community it is for."""
    person = work.meet(command)
    staffed = work.checkins.staffed_by(person.id, work.now)
    if len(staffed) == 1:
        _read_back(work, command, command.words, *staffed[0], afresh=True)
    elif staffed:
        choices = tuple(LineChoice(round_.id, unit.name) for round_, unit in staffed)
        heard = LineHeard(words=command.words, choices=choices)
        work.show(command.sender.account_id, SUBJECT, heard, afresh=True)
    else:
        work.tell_each([person], NothingOpen(unit="", opens_at=None))


def read(command: ReadLine, work: Work) -> None:
    """Read back the line that was held for the community now chosen."""
    held = work.shown(command.sender.account_id, SUBJECT)
    if isinstance(held, LineHeard) and command.round_id in {choice.round_id for choice in held.choices}:
        round_ = work.checkins.require_round(command.round_id)
        _read_back(work, command, held.words, round_, work.units.require(round_.unit_id))


def confirm(command: ConfirmLine, work: Work) -> None:
    """Credit what the line says of each home; a second tap finds nothing left to credit."""
    person, held = work.meet(command), work.shown(command.sender.account_id, SUBJECT)
    if not isinstance(held, LineRead) or held.round_id != command.round_id:
        return
    round_ = work.checkins.require_round(command.round_id)
    unit = work.units.require(round_.unit_id)
    if not work.checkins.may_answer_for(person.id, unit):
        work.refuse(command, person, f"unit:{unit.id}", work.checkins.refusal(unit))
        return
    if not takes_answers(round_.state, round_.closes_at, work.now):
        work.show(command.sender.account_id, SUBJECT, RoundOver(opens_at=work.checkins.opens_next_at(unit.id)))
        return
    entries = _entries(work, unit, held.words)[0]
    answers, away = _answers(work, unit, entries), _away(work, unit, entries)
    work.show(command.sender.account_id, SUBJECT, LineKept(unit=unit.name, homes=len(answers)))
    work.also(
        CreditAnswers(
            sender=command.sender,
            place=command.place,
            round_id=round_.id,
            homes=answers,
            # A line is typed after going from door to door, or from the paper list that was carried along.
            source=Source.MET,
            at=work.now,
        )
    )
    work.also(KeepAway(homes=away))


def drop(command: DropLine, work: Work) -> None:
    """Nothing of the line counts."""
    if isinstance(work.shown(command.sender.account_id, SUBJECT), LineRead | LineHeard):
        work.show(command.sender.account_id, SUBJECT, LineDropped())


def _read_back(work: Work, command: FromPerson, words: str, round_: Round, unit: Unit, *, afresh: bool = False) -> None:
    entries, refused = _entries(work, unit, words)
    numbers: dict[tuple[str, date | None], list[str]] = {}
    for entry in entries:
        numbers.setdefault((entry.said.value, entry.until), []).append(entry.number)
    heard = LineRead(
        round_id=round_.id,
        unit=unit.name,
        words=words,
        parts=tuple(LinePart(said, tuple(homes), until) for (said, until), homes in numbers.items()),
        refused=refused,
    )
    work.show(command.sender.account_id, SUBJECT, heard, afresh=afresh)


def _entries(work: Work, unit: Unit, words: str) -> tuple[list[Entry], tuple[str, ...]]:
    numbers = [home.number for home in work.households.of_unit(unit.id)]
    entries, refusals = read_line(words, numbers, work.today)
    return entries, tuple(refusal.words for refusal in refusals)


def _answers(work: Work, unit: Unit, entries: list[Entry]) -> tuple[tuple[int, Answer | None], ...]:
    """What each home is credited with; one in the fields, or not reached, was tried and has no answer."""
    homes = {home.number: home.id for home in work.households.of_unit(unit.id)}
    return tuple((homes[entry.number], entry.said if isinstance(entry.said, Answer) else None) for entry in entries)


def _away(work: Work, unit: Unit, entries: list[Entry]) -> tuple[tuple[int, date], ...]:
    """Until which day each home that is said to be away stays away, where the line says it."""
    homes = {home.number: home.id for home in work.households.of_unit(unit.id)}
    return tuple((homes[entry.number], entry.until) for entry in entries if entry.until)


STORIES: Stories = {
    EnterLine: enter,
    ReadLine: read,
    ConfirmLine: confirm,
    DropLine: drop,
}
