"""Which home a tap was for: chosen by the tapper, and for a newcomer confirmed by the team."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, claim, settle_claim
from handlers.commands import FromPerson, Place, PlaceKind, Sender
from handlers.commands.checkins import (
    AnswerRound,
    AskOtherHome,
    AskWhichHome,
    ChooseOwnHome,
    ConfirmHome,
    CreditAnswers,
    ProposeHome,
)
from models.notices.checkins import (
    HomeAsked,
    HomeChoice,
    HomeClaimed,
    HomeClaimSettled,
    HomeProposed,
)
from models.records import Household, HouseholdLink, Person, Round, Unit
from models.rules.checkins import Answer, Source
from models.rules.pages import page_of
from models.rules.rounds import takes_answers
from models.store.people import is_reachable
from models.work import Work

#: Homes on one page of the choice: five rows of four.
PAGE = 20


def ask_which(command: AskWhichHome, work: Work) -> None:
    """Show a page of homes to choose from: the account's own, or by number alone those of the community."""
    round_ = work.checkins.require_round(command.round_id)
    own = _own_homes(command, round_, work)
    is_turning = command.place.is_private and command.page > 0
    _offer(command, round_, own or work.households.of_unit(round_.unit_id), work, own=own, afresh=not is_turning)


def ask_other(command: AskOtherHome, work: Work) -> None:
    """Show a page of the community's other homes: whoever shares a phone answers for those they live beside, too."""
    round_ = work.checkins.require_round(command.round_id)
    own = _own_homes(command, round_, work)
    others = [home for home in work.households.of_unit(round_.unit_id) if home not in own]
    _offer(command, round_, others, work, own=own, are_others=bool(own))


def _own_homes(command: FromPerson, round_: Round, work: Work) -> list[Household]:
    person = work.meet(command)
    return [home for home in work.people.households_of(person.id) if home.unit_id == round_.unit_id]


def _offer(
    command: AskWhichHome | AskOtherHome,
    round_: Round,
    homes: Sequence[Household],
    work: Work,
    *,
    own: Sequence[Household],
    are_others: bool = False,
    afresh: bool = False,
) -> None:
    page = page_of(homes, command.page, PAGE)
    asked = HomeAsked(
        round_id=round_.id,
        answer=command.answer,
        homes=tuple(HomeChoice(home.id, home.number) for home in page.items),
        page=page.number,
        pages=page.of,
        are_own=bool(own) and not are_others,
        are_others=are_others,
    )
    work.show(command.sender.account_id, _choice(round_.id), asked, afresh=afresh)


def choose_own(command: ChooseOwnHome, work: Work) -> None:
    """Credit the tap to the home chosen, when the account is confirmed to speak for it."""
    person = work.meet(command)
    own = {home.id: home for home in work.people.households_of(person.id)}
    round_ = work.checkins.require_round(command.round_id)
    if command.household_id not in own or not takes_answers(round_.state, round_.closes_at, work.now):
        work.also(_as_tap(command))
        return
    work.also(
        CreditAnswers(
            sender=command.sender,
            place=command.place,
            round_id=round_.id,
            homes=((command.household_id, command.answer),),
            source=Source.SELF,
            at=work.now,
            is_reported=command.answer is Answer.SOMEONE_ILL,
        )
    )


def propose(command: ProposeHome, work: Work) -> None:
    """Take the choice, and ask the team whether it is right; the answer waits with the question."""
    person = work.meet(command)
    home = work.households.require(command.household_id)
    unit = work.units.require(home.unit_id)
    link = claim(home, person, work)
    if link is None:
        return
    if link.confirmed_at is not None:
        work.also(_own(command))
        return
    work.show(command.sender.account_id, _choice(command.round_id), HomeProposed(number=home.number))
    claimed = HomeClaimed(
        round_id=command.round_id,
        household_id=home.id,
        person_id=person.id,
        answer=command.answer,
        name=person.name,
        number=home.number,
        head=home.head,
        unit=unit.name,
    )
    _ask_team(work, unit, home, person, claimed)


def confirm(command: ConfirmHome, work: Work) -> None:
    """Decide about a proposed link; once confirmed, what was answered counts from when it was tapped."""
    link = settle_claim(command, work)
    if link is None:
        return
    home, person = work.households.require(command.household_id), work.people.require(command.person_id)
    settled = HomeClaimSettled(person.name, home.number, work.meet(command).name, agreed=command.agreed)
    for card in work.outbox.cards_about(_claim(home, person)):
        work.show(card.chat_id, card.subject, settled)
    if command.agreed:
        _credit_proposal(command, work, person, link)


def _choice(round_id: int) -> str:
    return f"which-home:{round_id}"


def _claim(home: Household, person: Person) -> str:
    return f"claim:{home.id}:{person.id}"


def _others(callers: Sequence[Person], person: Person) -> list[Person]:
    """Nobody confirms their own home."""
    return [caller for caller in callers if caller.id != person.id]


def _as_tap(command: ChooseOwnHome) -> AnswerRound:
    return AnswerRound(
        sender=command.sender,
        place=command.place,
        round_id=command.round_id,
        answer=command.answer,
    )


def _own(command: ProposeHome) -> ChooseOwnHome:
    return ChooseOwnHome(
        sender=command.sender,
        place=command.place,
        round_id=command.round_id,
        household_id=command.household_id,
        answer=command.answer,
    )


def _ask_team(work: Work, unit: Unit, home: Household, person: Person, claimed: HomeClaimed) -> None:
    """Show the claim to those who look after the community; one that was settled before is asked about anew."""
    for caller in _others(work.checkins.callers_of(unit, with_heads=True), person):
        if caller.account_id is not None:
            card = work.outbox.find_card(caller.account_id, _claim(home, person))
            # An edit of the old card would go unseen.
            was_settled = card is not None and card.kind == HomeClaimSettled.__name__
            work.show(caller.account_id, _claim(home, person), claimed, afresh=was_settled)


def _credit_proposal(command: ConfirmHome, work: Work, person: Person, link: HouseholdLink) -> None:
    round_ = work.checkins.require_round(command.round_id)
    if person.account_id is None or not takes_answers(round_.state, round_.closes_at, link.proposed_at):
        return
    kind = PlaceKind.PRIVATE if is_reachable(person) else PlaceKind.GROUP
    work.also(
        CreditAnswers(
            sender=Sender(person.account_id, person.name, person.language),
            place=Place(person.account_id, kind),
            round_id=round_.id,
            homes=((link.household_id, command.answer),),
            source=Source.SELF,
            at=link.proposed_at,
            is_reported=command.answer is Answer.SOMEONE_ILL,
        )
    )


STORIES: Stories = {
    AskWhichHome: ask_which,
    AskOtherHome: ask_other,
    ChooseOwnHome: choose_own,
    ProposeHome: propose,
    ConfirmHome: confirm,
}
