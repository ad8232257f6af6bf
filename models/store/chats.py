"""Every question about group chats as such: met, bound to a unit, moved to another id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from models.records import Card, Chat, ChatPurpose, ChatState, Directive, Unit


class Chats:
    """The group chats the bot has met."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, chat_id: int) -> Chat | None:
        return self._session.get(Chat, chat_id)

    def keep(self, chat_id: int, title: str) -> Chat:
        """The chat, made known when new; a title that is given is its newest."""
        chat = self.find(chat_id)
        if chat is None:
            chat = Chat(id=chat_id, title="", purpose=ChatPurpose.GROUP, state=ChatState.PRESENT)
            self._session.add(chat)
            self._session.flush()
        chat.title = title or chat.title
        return chat

    def bound_to(self, unit_id: int, purpose: ChatPurpose = ChatPurpose.GROUP) -> Chat | None:
        """The unit's chat, whether or not we may write there now."""
        return self._session.scalar(select(Chat).where(Chat.unit_id == unit_id, Chat.purpose == purpose))

    def bound(self) -> Sequence[Chat]:
        """Every chat that is bound to a unit."""
        return self._session.scalars(select(Chat).where(Chat.unit_id.is_not(None)).order_by(Chat.id)).all()

    def listened_to(self) -> Sequence[Unit]:
        """The units in whose groups somebody lets us listen, in the order of the register."""
        listening = select(Unit).join(Chat, Chat.unit_id == Unit.id).where(Chat.overhears)
        return self._session.scalars(listening.order_by(Unit.id)).all()

    def without_card(self, subject: str, most: int) -> Sequence[Chat]:
        """Bound groups we may write to that were never shown a card of this subject."""
        shown = select(Card.id).where(Card.chat_id == Chat.id, Card.subject == subject).exists()
        is_writable = and_(Chat.purpose == ChatPurpose.GROUP, Chat.state == ChatState.PRESENT)
        return self._session.scalars(
            select(Chat).where(Chat.unit_id.is_not(None), is_writable, ~shown).order_by(Chat.id).limit(most)
        ).all()

    def bind(self, chat: Chat, unit_id: int, now: datetime, purpose: ChatPurpose = ChatPurpose.GROUP) -> None:
        """Let the chat be the unit's group, or its desk; whichever was before is not any more."""
        former = self.bound_to(unit_id, purpose)
        if former is not None and former is not chat:
            self.release(former)
        chat.overhears = chat.overhears and chat.unit_id == unit_id
        chat.unit_id, chat.purpose, chat.state, chat.bound_at = unit_id, purpose, ChatState.PRESENT, now
        self._session.flush()

    def release(self, chat: Chat) -> None:
        """Let the chat be no unit's: whoever let us listen there has no say any more."""
        chat.unit_id, chat.bound_at, chat.overhears = None, None, False
        # At once, for a unit has one chat of each purpose and another may take the place in this transaction.
        self._session.flush()

    def move(self, old_id: int, new_id: int) -> Chat | None:
        """What was kept under the old id goes on under the new one; None when it already does."""
        self._session.execute(update(Directive).where(Directive.chat_id == old_id).values(chat_id=new_id))
        old = self.find(old_id)
        if old is None:
            return None
        unit_id, purpose, bound_at, overhears = old.unit_id, old.purpose, old.bound_at, old.overhears
        new = self.keep(new_id, old.title)
        self.release(old)
        self._session.delete(old)
        self._session.flush()
        new.state = ChatState.PRESENT
        if unit_id is not None:
            new.unit_id, new.purpose, new.bound_at, new.overhears = unit_id, purpose, bound_at, overhears
        return new
