"""The team's side of a round: the homes without an answer, and answering on their behalf in two taps."""

from __future__ import annotations

from handlers import Stories, meet_in_private
from handlers.commands import FromPerson
from handlers.commands.checkins import ListSilentUnits, RefreshCallLists, SendCallLists, ShowSilent, ShowTeamRounds
from models.notices import Notice
from models.notices.call_lists import AnswerRefused, CallHome, CallListOpened, CallListShown, TeamRound, TeamRoundsShown
from models.notices.checkins import NothingOpen
from models.records import Household, Person, Round, Unit
from models.rules.pages import page_of
from models.rules.roles import OFFICE_DESK
from models.rules.rounds import LOOKS_AFTER, RoundState
from models.work import Work

#: Homes on one page of the call list, one button each.
PAGE = 8


def show_silent(command: ShowSilent, work: Work) -> None:
    """Show the call list of a round, or let the person choose whose."""
    person = meet_in_private(command, work)
    if person is None:
        return
    if not command.round_id:
        _show_own(command, work, person)
        return
    round_ = work.checkins.require_round(command.round_id)
    unit = work.units.require(round_.unit_id)
    if not work.checkins.may_answer_for(person.id, unit):
        _refuse(command, work, person, unit)
        return
    card = work.outbox.find_card(command.sender.account_id, _subject(round_.id))
    is_in_place = card is not None and card.message_id == command.message_id
    shown = _List(work, round_, unit).page(command.page, CallListOpened)
    _show(work, person, round_.id, shown, afresh=not is_in_place)


def show_team_rounds(command: ShowTeamRounds, work: Work) -> None:
    """Show where each round stands that the person looks after."""
    person = work.meet(command)
    rounds = []
    for round_, unit in work.checkins.staffed_by(person.id, work.now):
        tally = work.checkins.tallies.of(round_)
        rounds.append(TeamRound(round_.id, unit.name, tally.answered, tally.expected))
    work.show_each([person], "team-rounds", TeamRoundsShown(rounds=tuple(rounds)), afresh=True)


def send(command: SendCallLists, work: Work) -> None:
    """Give the silent homes to those who look after them, at the bottom of their chats; none when none is."""
    round_ = work.checkins.require_round(command.round_id)
    unit = work.units.require(round_.unit_id)
    silent = _List(work, round_, unit)
    if silent.homes:
        shown = silent.page(0, CallListShown, closes_soon=command.closes_soon)
        for person in work.checkins.callers_of(unit, with_heads=command.closes_soon):
            _show(work, person, round_.id, shown, afresh=True)


def refresh(command: RefreshCallLists, work: Work) -> None:
    """Let the lists that are out show the newest state; whoever may not see them any more sees nothing new."""
    cards = [
        (card, Notice.from_json(card.kind, card.notice)) for card in work.outbox.cards_about(_subject(command.round_id))
    ]
    lists = [(card, shown) for card, shown in cards if isinstance(shown, CallListShown)]
    if not lists:
        return
    round_ = work.checkins.require_round(command.round_id)
    unit = work.units.require(round_.unit_id)
    silent = _List(work, round_, unit)
    for card, shown in lists:
        person = work.people.find_by_account(card.chat_id)
        if person and work.checkins.may_answer_for(person.id, unit):
            newer = silent.page(shown.page, type(shown), closes_soon=shown.closes_soon)
            _show(work, person, round_.id, newer)


class _List:
    """The homes of a round without an answer: those nobody tried first, each in the order of the list."""

    def __init__(self, work: Work, round_: Round, unit: Unit) -> None:
        known = work.checkins.answers_of(round_.id)
        homes = [
            home
            for home in work.households.of_unit(unit.id)
            if (home.id not in known or known[home.id].answer is None) and home.is_asked_on(round_.day)
        ]
        self.round, self.unit, self.tried = round_, unit, set(known)
        self.homes: list[Household] = sorted(homes, key=lambda home: home.id in known)

    def page(self, page: int, kind: type[CallListShown], *, closes_soon: bool = False) -> CallListShown:
        shown = page_of(self.homes, page, PAGE)
        return kind(
            round_id=self.round.id,
            unit=self.unit.name,
            day=self.round.day,
            closes_at=self.round.closes_at,
            is_closed=self.round.state is RoundState.CLOSED,
            homes=tuple(map(self._entry, shown.items)),
            page=shown.number,
            pages=shown.of,
            waiting_for=len(self.homes),
            closes_soon=closes_soon,
            skipped_steps=self.round.skipped_steps,
        )

    def _entry(self, home: Household) -> CallHome:
        return CallHome(home.id, home.number, home.head, home.phone, home.id in self.tried)


def _subject(round_id: int) -> str:
    return f"calls:{round_id}"


def _show(work: Work, person: Person, round_id: int, notice: Notice, *, afresh: bool = False) -> None:
    work.show_each([person], _subject(round_id), notice, afresh=afresh)


def _show_own(command: ShowSilent, work: Work, person: Person) -> None:
    """`/nhachuabao`: one's own community's list, a choice of several, or what is behind below an office."""
    staffed = work.checkins.staffed_by(person.id, work.now)
    offices = work.people.units_where(person.id, OFFICE_DESK)
    if len(staffed) == 1:
        round_, unit = staffed[0]
        _show(work, person, round_.id, _List(work, round_, unit).page(0, CallListOpened), afresh=True)
    elif staffed:
        work.also(ShowTeamRounds(sender=command.sender, place=command.place))
    elif communities := work.people.units_where(person.id, LOOKS_AFTER):
        opens_at = work.checkins.opens_next_at(communities[0].id)
        work.tell_each([person], NothingOpen(unit=communities[0].name, opens_at=opens_at))
    elif offices:
        day = work.checkins.newest_day(offices[0]) or work.today
        office = offices[0].id
        work.also(ListSilentUnits(sender=command.sender, place=command.place, unit_id=office, day=day))
    else:
        work.refuse(command, person, "rounds", AnswerRefused(unit="", contacts=()))


def _refuse(command: FromPerson, work: Work, person: Person, unit: Unit) -> None:
    work.refuse(command, person, f"unit:{unit.id}", work.checkins.refusal(unit))


STORIES: Stories = {
    ShowSilent: show_silent,
    ShowTeamRounds: show_team_rounds,
    SendCallLists: send,
    RefreshCallLists: refresh,
}
