"""Every question about durable mail: the inbox, the outbox and the cards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnDefault, Table, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from models.records import Card, EntryState, InboxEntry, Mail, MailState
from models.store.known import find_by, look_up
from models.store.parts import parts
from models.store.prepared import (
    CARD_OF_MESSAGE,
    CARDS_ABOUT,
    CARDS_ABOUT_ANY,
    CARDS_AMONG,
    KEYED,
    LEASE,
    LET_LEAVE,
    LONGEST_RETRY,
    MAIL_OF_MESSAGE,
    MARK_HANDLED,
    MARK_SENT,
    NEXT_ENTRIES,
    NEXT_RETRY,
    WAITING_FOR,
    WAITING_LINES,
    LeasedMail,
)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """What decides when a waiting mail may leave."""

    id: int
    chat_id: int
    priority: int
    subject: str
    job: str
    not_before: datetime | None


class Inbox:
    """What was accepted from the chat service and must have its effect exactly once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next(self, now: datetime, most: int) -> Sequence[InboxEntry]:
        """The oldest entries whose turn it is; behind a failing one, its chat waits and the others go on."""
        when = {"now": now, "at_latest": now + LONGEST_RETRY}
        return self._session.scalars(NEXT_ENTRIES, {**when, "most": most}).all()

    def mark_handled(self, entry_ids: Sequence[int], now: datetime) -> None:
        """Keep that these had their effects, and erase what they said."""
        if entry_ids:
            self._session.execute(MARK_HANDLED, {"entries": entry_ids, "now": now})

    def next_retry_at(self) -> datetime | None:
        """When the next failed entry is to be tried again; None when none failed."""
        return self._session.scalar(NEXT_RETRY)

    def forget(self, now: datetime, *, ids_after: timedelta, payloads_after: timedelta, most: int) -> None:
        """Delete handled ids and parked payloads that are older than they may be kept, `most` at a time."""
        outdated = (
            select(InboxEntry.id)
            .where(
                or_(
                    and_(InboxEntry.state == EntryState.HANDLED, InboxEntry.settled_at < now - ids_after),
                    and_(InboxEntry.state == EntryState.PARKED, InboxEntry.settled_at < now - payloads_after),
                )
            )
            .limit(most)
        )
        self._session.execute(delete(InboxEntry).where(InboxEntry.id.in_(outdated)))


class Outbox:
    """What must leave, and the cards whose newest state must be shown."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_by_key(self, key: str) -> Mail | None:
        return self._session.scalar(select(Mail).where(Mail.key == key))

    def keys_among(self, keys: Iterable[str]) -> frozenset[str | None]:
        """Those of these keys under which something was ever told."""
        wanted = list(keys)
        return frozenset(self._session.scalars(KEYED, {"keys": wanted})) if wanted else frozenset()

    def find_card(self, chat_id: int, subject: str) -> Card | None:
        return find_by(self._session, Card, chat_id=chat_id, subject=subject)

    def find_card_by_message(self, chat_id: int, message_id: int) -> Card | None:
        return self._session.scalar(CARD_OF_MESSAGE, {"chat": chat_id, "message": message_id})

    def cards_at(self, places: Collection[tuple[int, str]]) -> dict[tuple[int, str], Card]:
        """The cards at these places, each a chat and a subject."""
        chats, subjects = {chat_id for chat_id, _ in places}, {subject for _, subject in places}
        # One subject may stand in thousands of chats. For many, SQLite would try every chat with every subject.
        if len(subjects) == 1:
            cards = self.cards_among(chats, next(iter(subjects)))
        else:
            cards = self._session.scalars(CARDS_ABOUT_ANY, {"subjects": list(subjects)}).all()
        found = {(card.chat_id, card.subject): card for card in cards}
        return {place: found[place] for place in places if place in found}

    def add_cards(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
        """Keep these new cards, all in one statement; their ids, in the same order."""
        # Rows as they are, not as objects, where there may be hundreds; and what all have in common only once.
        if not rows:
            return ()
        table = cast(Table, Card.__table__)
        usual = {each.name: each.default.arg for each in table.c if isinstance(each.default, ColumnDefault)}
        added = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return self._session.scalars(added, [{**usual, **row} for row in rows]).all()

    def let_leave(self, card_ids: Sequence[int], how: Mapping[str, Any]) -> Iterator[WaitingLine]:
        """Mail that lets each of these cards show its newest state, all alike in `how`; what pacing must know of it."""
        for part in parts(card_ids):
            added = self._session.execute(LET_LEAVE, {**how, "cards": part})
            yield from (WaitingLine(*row) for row in added)

    def cards_about(self, subject: str) -> Sequence[Card]:
        """Every card that shows this subject, in any chat."""
        return self._session.scalars(CARDS_ABOUT, {"subject": subject}).all()

    def cards_in(self, chat_id: int, family: str) -> Sequence[Card]:
        """Every card in this chat whose subject begins with the family's name, such as "report"."""
        return self._session.scalars(
            select(Card).where(Card.chat_id == chat_id, Card.subject.startswith(f"{family}:")).order_by(Card.id)
        ).all()

    def subject_of_message(self, chat_id: int, message_id: int) -> str:
        """What the message of ours with this id was about; empty when it was about nothing, or is not ours."""
        card = self.find_card_by_message(chat_id, message_id)
        if card is not None:
            return card.subject
        mail = select(Mail.subject).where(Mail.chat_id == chat_id, Mail.message_id == message_id).limit(1)
        return self._session.scalar(mail) or ""

    def may_know_message(self, chat_id: int, message_id: int) -> bool:
        """Whether this message is a card's, one whose arrival was marked, or perhaps one that is on its way."""
        if self.find_card_by_message(chat_id, message_id) is not None:
            return True
        return self._session.scalar(MAIL_OF_MESSAGE, {"chat": chat_id, "message": message_id}) is not None

    def pinned_cards(self, chat_id: int) -> Sequence[Card]:
        """The cards that are, or were to be, pinned in a chat."""
        return self._session.scalars(
            select(Card).where(Card.chat_id == chat_id, Card.pinned.is_(True)).order_by(Card.id)
        ).all()

    def missed_cards(self, chat_id: int, since: datetime) -> Sequence[Card]:
        """Cards of a chat whose newest state was to be shown after `since` but was given up."""
        given_up = select(Mail.card_id).where(
            Mail.chat_id == chat_id, Mail.state == MailState.DROPPED, Mail.created_at > since
        )
        return self._session.scalars(
            select(Card).where(Card.id.in_(given_up), Card.version > Card.shown_version).order_by(Card.id)
        ).all()

    def find_waiting_for_card(self, card_id: int) -> Mail | None:
        """The mail that will show the card's newest state when its turn comes; None when nothing is to be shown."""
        return self.waiting_among([card_id]).get(card_id)

    def cards_among(self, chat_ids: Iterable[int], subject: str) -> Sequence[Card]:
        """The cards about this subject in these chats."""
        return self._session.scalars(CARDS_AMONG, {"subject": subject, "chats": list(set(chat_ids))}).all()

    def waiting_among(self, card_ids: Iterable[int]) -> dict[int, Mail]:
        """By card: the mail that will show its newest state when its turn comes."""
        wanted = set(card_ids)
        if not wanted:
            return {}
        waiting = self._session.scalars(WAITING_FOR, {"cards": list(wanted)})
        return {mail.card_id: mail for mail in waiting if mail.card_id is not None}

    def waiting_lines(self) -> Sequence[WaitingLine]:
        """What pacing must know of all mail that waits, oldest first; light, for there may be very much."""
        return [WaitingLine(*row) for row in self._session.execute(WAITING_LINES)]

    def lease(self, mail_ids: Sequence[int], epoch: int) -> Sequence[LeasedMail]:
        """Mark these as being sent by this owner; those no longer waiting are left out, their objects not told."""
        rows = self._session.execute(LEASE, {"mail": mail_ids, "owner": epoch})
        return [LeasedMail(*row) for row in rows]

    def mark_sent(self, message_ids: Mapping[int, int | None], now: datetime) -> int:
        """Keep that these arrived as these messages, by mail; how many of them were being sent.

        Their objects, where any are at hand, are not told.
        """
        arrived = {"mail": list(message_ids), "message": list(message_ids.values()), "now": now}
        return self._session.connection().execute(MARK_SENT, arrived).rowcount if message_ids else 0

    def look_up(self, mail_ids: Iterable[int], card_ids: Iterable[int]) -> None:
        """Read these at once; each is then at hand for as long as the session lives."""
        look_up(self._session, Mail, "id", mail_ids)
        look_up(self._session, Card, "id", card_ids)

    def leased_by_others(self, epoch: int) -> Sequence[Mail]:
        """Mail in flight when an earlier owner died: it may or may not have arrived."""
        return self._session.scalars(
            select(Mail).where(Mail.stands_in(MailState.LEASED), Mail.epoch != epoch).order_by(Mail.id)
        ).all()

    def drop_waiting(self, now: datetime, reason: str, *, chat_id: int | None = None, job: str = "") -> None:
        """Give up what has not left, for one chat or for one fan-out."""
        query = update(Mail).where(Mail.stands_in(MailState.WAITING))
        query = query.where(Mail.chat_id == chat_id) if chat_id is not None else query.where(Mail.job == job)
        self._session.execute(query.values(state=MailState.DROPPED, failure=reason, settled_at=now))

    def move_chat(self, old: int, new: int) -> None:
        """Mail and cards of a chat that got another id go on under the new one."""
        shown_there = set(self._session.scalars(select(Card.subject).where(Card.chat_id == new)))
        for card in self._session.scalars(select(Card).where(Card.chat_id == old)):
            if card.subject not in shown_there:
                card.chat_id, card.message_id, card.shown_version = new, None, 0
        self._session.execute(
            update(Mail)
            .where(Mail.chat_id == old, Mail.stands_in(MailState.WAITING, MailState.LEASED))
            .values(chat_id=new)
        )

    def forget(self, now: datetime, *, after: timedelta, most: int) -> None:
        """Delete what was settled longer ago than `after` and waits for nobody, `most` at a time."""
        outdated = (
            select(Mail.id)
            .where(Mail.state.in_([MailState.SENT, MailState.DROPPED]), Mail.settled_at < now - after)
            .limit(most)
        )
        self._session.execute(delete(Mail).where(Mail.id.in_(outdated)))
