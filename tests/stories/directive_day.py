"""Steps that stories about directives have in common."""

from __future__ import annotations

from sqlalchemy import select

from handlers.commands import Enclosure, MailDelivered
from handlers.commands.directives import DraftDirective, SendDirective
from handlers.commands.tasks import TakeReading
from models.notices.directive_boards import ProgressCounted
from models.notices.directives import DirectiveGiven, DirectivePreviewed
from models.records import Card, Directive, Person
from tests.stories.world import World

WORDS = "Các tổ rà soát người về từ vùng dịch và báo về xã."
ORDER = Enclosure("document", "file-1", name="33-CV-TTCH.pdf")


def newest(world: World) -> Directive:
    directive = world.session.scalar(select(Directive).order_by(Directive.id.desc()).limit(1))
    assert directive is not None
    return directive


def draft(world: World, words: str = WORDS, *enclosures: Enclosure, by: Person | None = None) -> Directive:
    world.by(by or world.commander, DraftDirective, words=words, enclosures=enclosures)
    return newest(world)


def finish_reading(world: World, directive: Directive) -> None:
    """Its file turned out to be no official document."""
    world.do(TakeReading(directive_id=directive.id, text=directive.words, reason="encrypted"))


def sent(world: World, words: str = WORDS, *enclosures: Enclosure) -> Directive:
    directive = draft(world, words, *enclosures)
    if enclosures:
        finish_reading(world, directive)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    return directive


def arrives(world: World, chat: Person | int, directive: Directive) -> None:
    """The service has the card of this chat."""
    chat_id = chat if isinstance(chat, int) else chat.account_id
    subject = f"directive:{directive.id}"
    card = world.session.scalar(select(Card).where(Card.chat_id == chat_id, Card.subject == subject))
    assert card is not None
    card.shown_version, card.message_id = card.version, 500 + card.id
    world.do(MailDelivered(chat_id=card.chat_id, kind=card.kind, subject=subject))


def open_question(world: World, person: Person) -> tuple[str, dict[str, object]] | None:
    assert person.account_id is not None
    return world.work().drafts.find(person.account_id, world.now)


def preview(world: World, directive: Directive) -> DirectivePreviewed:
    shown = world.card(directive.chat_id, f"directive-preview:{directive.id}")
    assert isinstance(shown, DirectivePreviewed)
    return shown


def board(world: World, directive: Directive) -> ProgressCounted:
    shown = world.card(directive.chat_id, f"directive-board:{directive.id}")
    assert isinstance(shown, ProgressCounted)
    return shown


def card(world: World, chat: Person | int, directive: Directive) -> DirectiveGiven:
    shown = world.card(chat, f"directive:{directive.id}")
    assert isinstance(shown, DirectiveGiven)
    return shown


def has_card(world: World, chat: Person | int, directive: Directive) -> bool:
    return world.card(chat, f"directive:{directive.id}") is not None
