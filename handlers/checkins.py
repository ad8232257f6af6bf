"""A household answers: by the board, by its private prompt, or after /hoitham."""

from __future__ import annotations

from handlers import Stories, meet_in_private
from handlers.commands import FromPerson
from handlers.commands.checkins import (
    AnswerForHousehold,
    AnswerRound,
    AskWhichHome,
    CreditAnswers,
    NoteUnreached,
    ShowCheckin,
    ShowSilent,
    ShowTeamRounds,
)
from handlers.commands.reports import FileReport
from models.notices.checkins import (
    AnswerKept,
    HomeShown,
    HomeUnknown,
    NothingOpen,
    RoundOver,
    StrangerPrompted,
    TeamTapNoted,
)
from models.records import Household, Person, Round, Unit
from models.rules.checkins import Answer, Source
from models.rules.rounds import LOOKS_AFTER, takes_answers
from models.store.people import is_reachable
from models.work import Work


def answer(command: AnswerRound, work: Work) -> None:
    """Credit the tap to the tapper's home; ask which one when that is not clear, and report illness first."""
    person = work.meet(command)
    round_ = work.checkins.require_round(command.round_id)
    homes = [home for home in work.people.households_of(person.id) if home.unit_id == round_.unit_id]
    if not takes_answers(round_.state, round_.closes_at, work.now):
        _say_over(command, work, person, round_, homes)
    elif homes and (len(homes) == 1 or not is_reachable(person)):
        # Whom the bot cannot ask answers for the home linked first, which is their own.
        _credit(command, work, round_.id, homes[0].id, command.answer, Source.SELF)
    elif not homes and work.checkins.may_answer_for(person.id, work.units.require(round_.unit_id)):
        work.tell_each([person], TeamTapNoted(round_id=round_.id), subject=round_.subject)
    else:
        _report_without_home(command, work, person, round_)
        _ask_which_home(command, work, person)


def answer_for_home(command: AnswerForHousehold, work: Work) -> None:
    """Credit an answer to the home named: its own people's, or one the team learnt on its behalf."""
    person = work.meet(command)
    home = work.households.standing_for(command.household_id)
    round_ = work.checkins.require_round(command.round_id)
    is_own = command.source is Source.SELF
    if is_own and home.id not in {own.id for own in work.people.households_of(person.id)}:
        work.also(_as_tap(command))
    elif not is_own and not work.checkins.may_answer_for(person.id, work.units.require(home.unit_id)):
        _refuse(command, work, person, home)
    elif not takes_answers(round_.state, round_.closes_at, work.now):
        _say_over(_as_tap(command), work, person, round_, [home])
    else:
        _credit(command, work, round_.id, home.id, command.answer, command.source)
        if not is_own:
            _back_to_list(command, work, round_.id)


def note_unreached(command: NoteUnreached, work: Work) -> None:
    """Keep that the home was tried: it is not silent, and it stays on the call list."""
    person = work.meet(command)
    home = work.households.standing_for(command.household_id)
    if not work.checkins.may_answer_for(person.id, work.units.require(home.unit_id)):
        _refuse(command, work, person, home)
        return
    round_ = work.checkins.require_round(command.round_id)
    if takes_answers(round_.state, round_.closes_at, work.now):
        _credit(command, work, round_.id, home.id, None, Source.CALLED)
    _back_to_list(command, work, round_.id)


def show(command: ShowCheckin, work: Work) -> None:
    """Show, in private, the open round of one's homes and of the communities one looks after."""
    person = meet_in_private(command, work)
    if person is None:
        return
    homes = work.people.households_of(person.id)
    for home in homes:
        _show_home(work, person, home)
    staffed = work.checkins.staffed_by(person.id, work.now)
    if staffed:
        work.also(ShowTeamRounds(sender=command.sender, place=command.place))
    if not homes and not staffed:
        _show_without_home(command, work, person)


def _as_tap(command: AnswerForHousehold) -> AnswerRound:
    return AnswerRound(
        sender=command.sender,
        place=command.place,
        message_id=command.message_id,
        round_id=command.round_id,
        answer=command.answer,
    )


def _credit(
    command: FromPerson, work: Work, round_id: int, household_id: int, given: Answer | None, source: Source
) -> None:
    work.also(
        CreditAnswers(
            sender=command.sender,
            place=command.place,
            round_id=round_id,
            homes=((household_id, given),),
            source=source,
            at=work.now,
        )
    )


def _back_to_list(command: FromPerson, work: Work, round_id: int) -> None:
    work.also(ShowSilent(sender=command.sender, place=command.place, message_id=command.message_id, round_id=round_id))


def _ask_which_home(command: AnswerRound, work: Work, person: Person) -> None:
    if is_reachable(person):
        work.also(
            AskWhichHome(
                sender=command.sender,
                place=command.place,
                round_id=command.round_id,
                answer=command.answer,
                page=0,
            )
        )


def _report_without_home(
    command: AnswerRound, work: Work, person: Person, round_: Round, household_id: int | None = None
) -> bool:
    """Illness is reported at the tap, once a person and round, even before its home is known."""
    if command.answer is not Answer.SOMEONE_ILL:
        return False
    subject = f"round:{round_.id}:ill"
    if not work.checkins.was_recorded(person.id, "AnswerRound", subject, round_.opens_at):
        work.record("AnswerRound", person, subject)
        opened_by = round_.subject
        work.also(
            FileReport(sender=command.sender, place=command.place, household_id=household_id, opened_by=opened_by)
        )
    return True


def _say_over(command: AnswerRound, work: Work, person: Person, round_: Round, homes: list[Household]) -> None:
    """An old button explains itself; what it says of illness is not lost."""
    household_id = homes[0].id if len(homes) == 1 else None
    is_reported = _report_without_home(command, work, person, round_, household_id)
    over = RoundOver(opens_at=work.checkins.opens_next_at(round_.unit_id), is_reported=is_reported)
    work.tell_each([person], over, subject=round_.subject)


def _refuse(command: FromPerson, work: Work, person: Person, home: Household) -> None:
    refusal = work.checkins.refusal(work.units.require(home.unit_id))
    work.refuse(command, person, f"home:{home.id}", refusal)


def _show_home(work: Work, person: Person, home: Household) -> None:
    round_ = work.checkins.find_current(home.unit_id, work.now)
    if round_ is None or person.account_id is None:
        _say_nothing_open(work, person, work.units.require(home.unit_id))
        return
    known = work.checkins.find_answer(round_.id, home.id)
    notice: AnswerKept | HomeShown
    if known and known.answer:
        notice = AnswerKept(round_id=round_.id, household_id=home.id, number=home.number, answer=known.answer)
    else:
        notice = HomeShown(
            round_id=round_.id,
            household_id=home.id,
            number=home.number,
            closes_at=round_.closes_at,
            question=round_.question,
        )
    work.show(person.account_id, round_.home_subject(home.id), notice, afresh=True)


def _say_nothing_open(work: Work, person: Person, unit: Unit) -> None:
    work.tell_each([person], NothingOpen(unit=unit.name, opens_at=work.checkins.opens_next_at(unit.id)))


def _show_without_home(command: ShowCheckin, work: Work, person: Person) -> None:
    """Somebody not linked yet: from a board's link they can answer; otherwise they are told how to begin."""
    looked_after = work.people.units_where(person.id, LOOKS_AFTER)
    named = work.units.named([command.unit_id] if command.unit_id else [])
    unit = named[0] if named else None
    round_ = work.checkins.find_current(unit.id, work.now) if unit else None
    if unit and round_:
        work.tell_each([person], StrangerPrompted(round_id=round_.id, unit=unit.name))
    elif unit or looked_after:
        _say_nothing_open(work, person, unit or looked_after[0])
    else:
        work.tell_each([person], HomeUnknown())


STORIES: Stories = {
    AnswerRound: answer,
    AnswerForHousehold: answer_for_home,
    NoteUnreached: note_unreached,
    ShowCheckin: show,
}
