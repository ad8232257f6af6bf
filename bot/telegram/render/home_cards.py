"""How what is said about the cards of homes reads."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, renders
from handlers.commands.home_cards import PrintCards, RevokeCards, SettleScan
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
from models.rules.words import shorten

#: Letters of a community's name on a button.
_LABEL = 30


@renders(CardsOffered)
def cards_offered(notice: CardsOffered, reader: Reader) -> Message:
    units = [Button(shorten(unit.name, _LABEL), to_data(PrintCards, unit_id=unit.unit_id)) for unit in notice.units]
    return Message(reader.say("cards.offered"), column(*units))


@renders(CardsPromised)
def cards_promised(notice: CardsPromised, reader: Reader) -> Message:
    return Message(reader.say("cards.promised", unit=notice.unit))


@renders(CardsHanded)
def cards_handed(notice: CardsHanded, reader: Reader) -> Message:
    text = reader.say.count("cards.handed", notice.homes, unit=notice.unit)
    if not notice.earlier:
        return Message(text)
    earlier = reader.say("cards.earlier", n=reader.say.number(notice.earlier))
    return Message(f"{text}\n{earlier}", column(reader.button("revoke_cards", RevokeCards, unit_id=notice.unit_id)))


@renders(CardsFailed)
def cards_failed(_notice: CardsFailed, reader: Reader) -> Message:
    return Message(reader.say("cards.failed"))


@renders(CardsRevoked)
def cards_revoked(notice: CardsRevoked, reader: Reader) -> Message:
    again = reader.button("print_cards", PrintCards, unit_id=notice.unit_id)
    return Message(reader.say("cards.revoked", unit=notice.unit), column(again))


@renders(CardScanned)
def card_scanned(notice: CardScanned, reader: Reader) -> Message:
    return Message(reader.say("cards.scanned", number=notice.number))


@renders(CardRefused)
def card_refused(notice: CardRefused, reader: Reader) -> Message:
    return Message(reader.say.count("cards.refused", notice.tries_left))


@renders(ScanAsked)
def scan_asked(notice: ScanAsked, reader: Reader) -> Message:
    text = reader.say("cards.asked", name=notice.name, number=notice.number, head=notice.head or "…", unit=notice.unit)
    about: dict[str, object] = {"household_id": notice.household_id, "person_id": notice.person_id}
    yes = reader.button("lives_there", SettleScan, agreed=True, **about)
    return Message(text, column(yes, reader.button("lives_elsewhere", SettleScan, agreed=False, **about)))


@renders(ScanSettled)
def scan_settled(notice: ScanSettled, reader: Reader) -> Message:
    said = "cards.agreed" if notice.agreed else "cards.disagreed"
    return Message(reader.say(said, name=notice.name, number=notice.number, by=notice.by))
