"""A message that was sent twice because nobody knew whether it arrived: both copies count, one goes on."""

from __future__ import annotations

from sqlalchemy import update

from handlers.commands.enrolment import NoteTappedMessage
from models.notices import CopyRetired
from models.notices.mail import MessageKept
from models.records import Mail, MailState
from tests.stories.world import World

WORDS = MessageKept(("115",))


def shown(world: World, message_id: int) -> int:
    """A card the resident sees under this message id; the resident's chat."""
    assert world.resident.account_id is not None
    work = world.work()
    card = work.show(world.resident.account_id, "report:1", WORDS)
    card.message_id = message_id
    work.session.execute(update(Mail).values(state=MailState.SENT))
    world.session.commit()
    return world.resident.account_id


def test_an_unknown_copy_that_was_tapped_loses_its_buttons_once(world: World) -> None:
    chat_id = shown(world, 41)
    world.do(NoteTappedMessage(chat_id=chat_id, message_id=40))
    world.do(NoteTappedMessage(chat_id=chat_id, message_id=40))
    assert world.told(chat_id) == [CopyRetired(40)]


def test_the_known_card_keeps_its_buttons(world: World) -> None:
    chat_id = shown(world, 41)
    world.do(NoteTappedMessage(chat_id=chat_id, message_id=41))
    assert world.told(chat_id) == []


def test_a_message_tapped_before_its_arrival_was_marked_keeps_its_buttons(world: World) -> None:
    chat_id = shown(world, 41)
    mail = world.work().tell(chat_id, WORDS)
    assert mail is not None
    mail.state = MailState.LEASED
    world.session.add(mail)
    world.session.commit()
    world.do(NoteTappedMessage(chat_id=chat_id, message_id=42))
    assert CopyRetired(42) not in world.told(chat_id)
