"""Statements that are asked all day long, put together once: that costs more than running them (measured)."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple, cast

from sqlalchemy import Integer, Table, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased

from models.records import EntryState, Errand, ErrandState, InboxEntry, Instant, Mail, MailState, Person

#: A failed entry waits less than this for its next try; one set further ahead was set before the clock was put back.
LONGEST_RETRY = timedelta(seconds=30)


class LeasedMail(NamedTuple):
    """What sending must know of a mail; what each field says stands at `Mail`."""

    id: int
    chat_id: int
    kind: str
    notice: str
    card_id: int | None
    reply_to_card_id: int | None
    silent: bool
    request: str
    tries: int


_NOW = bindparam("now", type_=Instant())
_entries, _mail = cast(Table, InboxEntry.__table__), cast(Table, Mail.__table__)
_earlier = aliased(InboxEntry)
_is_held_up = (
    select(_earlier.id)
    .where(
        _earlier.state == EntryState.WAITING,
        _earlier.retry_at > _NOW,
        _earlier.retry_at < bindparam("at_latest", type_=Instant()),
        _earlier.chat_id == InboxEntry.chat_id,
        _earlier.id <= InboxEntry.id,
    )
    .exists()
)
#: The `most` oldest entries whose turn it is.
NEXT_ENTRIES = (
    select(InboxEntry)
    .where(InboxEntry.state == EntryState.WAITING, ~_is_held_up)
    .order_by(InboxEntry.id)
    .limit(bindparam("most", type_=Integer))
)
NEXT_RETRY = select(func.min(InboxEntry.retry_at)).where(InboxEntry.state == EntryState.WAITING)
MARK_HANDLED = (
    update(_entries)
    .where(_entries.c.id.in_(bindparam("entries", expanding=True)))
    .values(state=EntryState.HANDLED, payload=None, settled_at=_NOW)
)

#: What pacing must know of a mail, in the order of `WaitingLine`.
LINE = (Mail.id, Mail.chat_id, Mail.priority, Mail.subject, Mail.job, Mail.not_before)
WAITING_LINES = select(*LINE).where(Mail.state == MailState.WAITING).order_by(Mail.id)
_OWNER = bindparam("owner", type_=Integer)
#: Those no longer waiting are left out. One that this owner holds already was leased by a commit whose answer was
#: lost: it has not been sent.
LEASE = (
    update(_mail)
    .where(
        _mail.c.id.in_(bindparam("mails", expanding=True)),
        or_(
            _mail.c.state == MailState.WAITING,
            and_(_mail.c.state == MailState.LEASED, _mail.c.epoch == _OWNER),
        ),
    )
    .values(state=MailState.LEASED, epoch=_OWNER, tries=_mail.c.tries + 1)
    .returning(*(_mail.c[name] for name in LeasedMail._fields))
)
#: Of what this owner is sending and nothing else.
MARK_SENT = (
    update(_mail)
    .where(_mail.c.id == bindparam("mail"), _mail.c.state == MailState.LEASED)
    .values(state=MailState.SENT, failure="", settled_at=_NOW, message_id=bindparam("message"))
)
#: The languages that people chose, by account.
CHOSEN_LANGUAGES = select(Person.account_id, Person.language).where(
    Person.account_id.in_(bindparam("accounts", expanding=True)), Person.language != ""
)

#: The errand that has waited longest, of those that are due.
DUE_ERRAND = (
    select(Errand)
    .where(Errand.state == ErrandState.WAITING, Errand.due_at <= _NOW)
    .order_by(Errand.due_at, Errand.id)
    .limit(1)
)
