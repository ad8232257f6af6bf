"""Cards of homes: printed for a community, scanned by its people, confirmed by its team, withdrawn when they stray."""

from __future__ import annotations

from handlers import Stories, claim, settle_claim
from handlers.commands import FromPerson
from handlers.commands.home_cards import (
    CardsNotMade,
    HandCards,
    ListCards,
    PrintCards,
    RevokeCards,
    ScanCard,
    SettleScan,
)
from models.notices.checkins import HomeLinked
from models.notices.home_cards import (
    CardRefused,
    CardScanned,
    CardsFailed,
    CardsHanded,
    CardsOffered,
    CardsPromised,
    CardsRevoked,
    ScanAsked,
    ScanSettled,
)
from models.notices.households import OwnUnit
from models.records import Household, Person, Unit
from models.store.invitations import WRONG_TRY
from models.work import Work

#: The errand that makes the pages.
MAKE_CARDS = "make-home-cards"
#: For how many communities one message offers cards.
UNITS_OFFERED = 30


def offer(command: ListCards, work: Work) -> None:
    """Offer the communities whose homes this person lists; where there is but one, make its cards."""
    person = work.meet(command)
    units = work.registry.communities_listed_by(person.id, work.policy.tiers.community)
    if len(units) == 1:
        work.also(PrintCards(sender=command.sender, place=command.place, unit_id=units[0].id))
    elif units:
        offered = tuple(OwnUnit(unit.id, unit.name) for unit in units[:UNITS_OFFERED])
        work.tell(command.sender.account_id, CardsOffered(offered))
    else:
        root = work.units.root()
        if root is not None:
            work.refuse(command, person, "cards", work.checkins.refusal(root))


def print_cards(command: PrintCards, work: Work) -> None:
    """Let the pages be made."""
    unit = work.units.require(command.unit_id)
    person = _meet(command, unit, work)
    if person is not None:
        work.errands.ask(MAKE_CARDS, work.now, unit_id=unit.id, account_id=command.sender.account_id)
        work.done(command, person, f"unit:{unit.id}")
        work.tell(command.sender.account_id, CardsPromised(unit.name))


def hand(command: HandCards, work: Work) -> None:
    """Send the pages, and let their codes open what they name; earlier cards go on opening theirs."""
    unit = work.units.require(command.unit_id)
    earlier = work.home_cards.count_open(unit.id)
    work.home_cards.keep(command.tokens, work.now)
    file = work.errands.keep_file(command.name, command.content, work.now)
    work.tell(command.account_id, CardsHanded(file.id, unit.id, unit.name, len(command.tokens), earlier))


def tell_not_made(command: CardsNotMade, work: Work) -> None:
    """Let whoever waits know that they wait in vain."""
    work.tell(command.account_id, CardsFailed())


def revoke(command: RevokeCards, work: Work) -> None:
    """Let no card printed so far open anything; who was confirmed already goes on speaking for their home."""
    unit = work.units.require(command.unit_id)
    person = _meet(command, unit, work)
    if person is not None:
        work.home_cards.revoke(unit.id, work.now)
        work.done(command, person, f"unit:{unit.id}")
        work.tell(command.sender.account_id, CardsRevoked(unit.id, unit.name))


def scan(command: ScanCard, work: Work) -> None:
    """Ask the team whether the scanner lives there; until it says yes nothing about the home is told."""
    person = work.meet(command)
    tries_left = work.invitations.tries_left(person.id, work.now)
    home = work.home_cards.find_home(command.token) if tries_left else None
    if home is None:
        work.record(WRONG_TRY, person, f"person:{person.id}", refused=True)
        work.tell(command.sender.account_id, CardRefused(max(0, tries_left - 1)))
        return
    link = claim(home, person, work)
    if link is None:
        return
    if link.confirmed_at is not None:
        work.tell(command.sender.account_id, HomeLinked(number=home.number))
        return
    work.tell(command.sender.account_id, CardScanned(home.number))
    _ask_team(home, person, work)


def settle(command: SettleScan, work: Work) -> None:
    """Let the scanner speak for the home, or not, as whoever looks after it says."""
    if settle_claim(command, work) is None:
        return
    home, person = work.households.require(command.household_id), work.people.require(command.person_id)
    settled = ScanSettled(person.name, home.number, work.meet(command).name, agreed=command.agreed)
    for card in work.outbox.cards_about(_subject(home, person)):
        work.show(card.chat_id, card.subject, settled)


def _ask_team(home: Household, person: Person, work: Work) -> None:
    unit = work.units.require(home.unit_id)
    asked = ScanAsked(home.id, person.id, person.name, home.number, home.head, unit.name)
    callers = [each for each in work.checkins.callers_of(unit, with_heads=True) if each.id != person.id]
    # A question settled before is asked anew: an edit of the old card would go unseen.
    work.show_each(callers, _subject(home, person), asked, afresh=True)


def _subject(home: Household, person: Person) -> str:
    return f"scan:{home.id}:{person.id}"


def _meet(command: FromPerson, unit: Unit, work: Work) -> Person | None:
    """Whoever lists the community's homes; None for anybody else, who is told who looks after them."""
    person = work.meet(command)
    listed = work.registry.communities_listed_by(person.id, work.policy.tiers.community)
    if unit.id in {each.id for each in listed}:
        return person
    work.refuse(command, person, f"unit:{unit.id}", work.checkins.refusal(unit))
    return None


STORIES: Stories = {
    ListCards: offer,
    PrintCards: print_cards,
    HandCards: hand,
    CardsNotMade: tell_not_made,
    RevokeCards: revoke,
    ScanCard: scan,
    SettleScan: settle,
}
