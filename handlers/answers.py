"""What happens when an answer is credited to a home: kept, the ill reported at once, everybody shown."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.checkins import CreditAnswers, RecountRounds, RefreshRound
from handlers.commands.reports import FileReport
from models.notices.call_lists import HelpAsked
from models.notices.checkins import (
    AnswerKept,
    AnswerStood,
    RoundOver,
)
from models.records import CheckinAnswer, Household, Person, Round
from models.rules.checkins import Answer, Source
from models.rules.rounds import is_settled, takes_answers
from models.store.people import is_reachable
from models.work import Work

#: Who answers thus is back from wherever they were.
_AT_HOME = (Source.SELF, Source.MET)


def credit(command: CreditAnswers, work: Work) -> None:
    """Keep each answer with its history, in the round of that day in which its home counts.

    An ill home becomes a report in the same commit, once.
    """
    asked_in = work.checkins.require_round(command.round_id)
    giver = work.meet(command)
    rounds: dict[int, Round] = {}
    grown: set[int] = set()
    for household_id, given in command.homes:
        home = work.households.standing_for(household_id)
        round_ = work.counted.round_of(home, asked_in)
        if round_ is None or not takes_answers(round_.state, round_.closes_at, command.at):
            _say_not_asked(command, work, asked_in, giver, home, given)
            continue
        if not round_.asks(home):
            # It counts all the same, from now on.
            grown.add(round_.id)
        _credit_one(command, work, round_, giver, home, given)
        rounds[round_.id] = round_
    for round_ in rounds.values():
        if round_.id in grown:
            work.counted.recount(round_)
        work.also(RefreshRound(round_id=round_.id))


def _credit_one(
    command: CreditAnswers, work: Work, round_: Round, giver: Person, home: Household, given: Answer | None
) -> None:
    earlier = work.checkins.find_answer(round_.id, home.id)
    before = earlier.answer if earlier else None
    if given is not None and command.source in _AT_HOME and home.away_until is not None:
        home.away_until = None
        work.also(RecountRounds(unit_ids=(home.unit_id,)))
    changeable_for = work.policy.answer_changeable_for
    if earlier and is_settled(before, given, earlier.first_at, command.at, changeable_for):
        kept = earlier
    else:
        kept = work.checkins.keep(earlier, round_, home.id, given, command.source, giver, command.at)
    if kept.answer is Answer.SOMEONE_ILL and before is not Answer.SOMEONE_ILL:
        _report_illness(command, work, kept, home)
    if kept.answer is Answer.NEED_HELP and before is not Answer.NEED_HELP:
        _call_for_help(work, home, giver)
    _show_answer(command, work, round_, giver, home, kept, is_first=before is None)
    if given is not None and kept.answer is not given:
        _reassure(command, work, round_, giver, home)


def _say_not_asked(
    command: CreditAnswers, work: Work, asked_in: Round, giver: Person, home: Household, given: Answer | None
) -> None:
    """The home has moved to where nobody is asked that day; what was said of illness is not lost."""
    is_ill = given is Answer.SOMEONE_ILL
    if is_ill and not command.is_reported:
        report = FileReport(
            sender=command.sender, place=command.place, household_id=home.id, opened_by=asked_in.subject
        )
        work.also(report)
    over = RoundOver(opens_at=work.checkins.opens_next_at(home.unit_id), is_reported=is_ill)
    work.tell_each([giver], over, subject=asked_in.subject)


def _report_illness(command: CreditAnswers, work: Work, kept: CheckinAnswer, home: Household) -> None:
    if not command.is_reported and kept.report_id is None:
        work.also(
            FileReport(
                sender=command.sender,
                place=command.place,
                household_id=home.id,
                opened_by=f"checkin:{kept.id}",
            )
        )


def _call_for_help(work: Work, home: Household, giver: Person) -> None:
    """Tell the team which home needs something; the home itself is asked what."""
    unit = work.units.require(home.unit_id)
    asked = HelpAsked(number=home.number, head=home.head, phone=home.phone, unit=unit.name)
    others = [person for person in work.checkins.callers_of(unit) if person.id != giver.id]
    work.tell_each(others, asked, subject=f"home:{home.id}")


def _show_answer(
    command: CreditAnswers,
    work: Work,
    round_: Round,
    giver: Person,
    home: Household,
    kept: CheckinAnswer,
    *,
    is_first: bool,
) -> None:
    """Let the home's private cards show its answer; so ends whatever prompt or reminder was on its way.

    A first tap that all are well is seen on the group's board and needs no message of its own.
    """
    if kept.answer is None:
        return
    subject = round_.home_subject(home.id)
    shown = AnswerKept(round_id=round_.id, household_id=home.id, number=home.number, answer=kept.answer)
    chats = {card.chat_id for card in work.outbox.cards_about(subject)}
    is_plain = is_first and kept.answer is not Answer.NEED_HELP and not command.place.is_private
    if command.source is Source.SELF and is_reachable(giver) and not is_plain:
        chats.add(command.sender.account_id)
    for chat_id in sorted(chats):
        work.show(chat_id, subject, shown)


def _reassure(command: CreditAnswers, work: Work, round_: Round, giver: Person, home: Household) -> None:
    """The worse answer stands until staff close it: say kindly that the team will call."""
    if command.source is Source.SELF:
        stood = AnswerStood(number=home.number)
        work.tell_each([giver], stood, subject=round_.home_subject(home.id), key=f"stood:{round_.id}:{home.id}")


STORIES: Stories = {CreditAnswers: credit}
