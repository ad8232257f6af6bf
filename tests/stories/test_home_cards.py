"""A card links an account to its home once the team says so; until then it tells nothing, and it can be withdrawn."""

from __future__ import annotations

from datetime import timedelta

from handlers.commands.enrolment import Greet
from handlers.commands.home_cards import HandCards, ListCards, PrintCards, RevokeCards, SettleScan
from handlers.home_cards import MAKE_CARDS
from models.notices.call_lists import AnswerRefused
from models.notices.checkins import ClaimsPaused, HomeLinked, HomeNotLinked
from models.notices.home_cards import CardRefused, CardScanned, CardsHanded, CardsOffered, CardsPromised, ScanAsked
from models.records import Errand, HomeCard
from tests.stories.reading import last, read
from tests.stories.world import World

CODE = "0123456789ABCDEFGHJK"


def printed(world: World) -> None:
    """The first home's card lies in its people's hands."""
    world.do(
        HandCards(
            account_id=world.account(world.member),
            unit_id=world.community.id,
            tokens=((world.homes[0].id, CODE),),
            name="the.pdf",
            content=b"%PDF",
        )
    )


def scans(world: World, code: str = CODE) -> None:
    world.by(world.stranger, Greet, payload=f"nha-{code}")


def test_the_team_prints_cards_of_its_own_homes_alone(world: World) -> None:
    world.by(world.member, ListCards)
    assert isinstance(last(world, world.member), CardsPromised)
    world.by(world.officer, ListCards)
    assert isinstance(last(world, world.officer), CardsOffered)
    world.by(world.far_member, PrintCards, unit_id=world.community.id)
    assert isinstance(last(world, world.far_member), AnswerRefused)
    assert [errand.kind for errand in world.session.query(Errand)] == [MAKE_CARDS]


def test_a_code_is_kept_only_as_a_hash(world: World) -> None:
    printed(world)
    assert isinstance(last(world, world.member), CardsHanded)
    (card,) = world.session.query(HomeCard).all()
    assert CODE not in card.token_hash


def test_a_scan_links_once_the_team_says_so_and_tells_nothing_before(world: World) -> None:
    printed(world)
    scans(world)
    told = last(world, world.stranger)
    assert isinstance(told, CardScanned)
    assert world.homes[0].head not in read(world, told).text
    asked = world.card(world.member, f"scan:{world.homes[0].id}:{world.stranger.id}")
    assert isinstance(asked, ScanAsked)
    assert world.work().people.households_of(world.stranger.id) == []
    settle(world, agreed=True)
    assert isinstance(last(world, world.stranger), HomeLinked)
    assert [home.id for home in world.work().people.households_of(world.stranger.id)] == [world.homes[0].id]
    assert {each.name for each in world.work().people.accounts_of(world.homes[0].id)} == {"Bà Mẫu", "Người Lạ"}


def settle(world: World, *, agreed: bool) -> None:
    home, scanner = world.homes[0], world.stranger
    world.by(world.member, SettleScan, household_id=home.id, person_id=scanner.id, agreed=agreed)


def test_a_scanner_who_lives_elsewhere_is_told_whom_to_ask(world: World) -> None:
    printed(world)
    scans(world)
    settle(world, agreed=False)
    assert isinstance(last(world, world.stranger), HomeNotLinked)
    assert world.work().people.households_of(world.stranger.id) == []


def test_nobody_confirms_their_own_scan(world: World) -> None:
    printed(world)
    world.by(world.member, Greet, payload=f"nha-{CODE}")
    world.by(world.member, SettleScan, household_id=world.homes[0].id, person_id=world.member.id, agreed=True)
    assert world.work().people.households_of(world.member.id) == []


def test_withdrawn_and_made_up_cards_open_nothing(world: World) -> None:
    printed(world)
    world.by(world.member, RevokeCards, unit_id=world.community.id)
    scans(world)
    assert isinstance(last(world, world.stranger), CardRefused)
    printed_anew = "KJHGFEDCBA9876543210"
    world.work().home_cards.keep([(world.homes[0].id, printed_anew)], world.now)
    for _ in range(5):
        scans(world, "Z" * 20)
    scans(world, printed_anew)
    assert isinstance(last(world, world.stranger), CardRefused)


def test_who_says_of_many_homes_that_they_live_there_is_asked_to_call_the_team(world: World) -> None:
    homes = [world.household(world.community, str(number)) for number in range(50, 56)]
    codes = [f"{number:020}" for number in range(6)]
    world.work().home_cards.keep([(home.id, code) for home, code in zip(homes, codes, strict=True)], world.now)
    for code in codes:
        scans(world, code)
    assert isinstance(last(world, world.stranger), ClaimsPaused)
    assert world.card(world.member, f"scan:{homes[4].id}:{world.stranger.id}") is not None
    assert world.card(world.member, f"scan:{homes[5].id}:{world.stranger.id}") is None
    world.later(timedelta(hours=25))
    scans(world, codes[5])
    assert isinstance(last(world, world.stranger), CardScanned)


def test_asking_again_about_a_home_that_waits_is_no_further_claim(world: World) -> None:
    printed(world)
    for _ in range(8):
        scans(world)
    assert isinstance(last(world, world.stranger), CardScanned)
