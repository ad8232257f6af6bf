"""Statements that are asked all day long, put together once: that costs more than running them (measured)."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple, cast

from sqlalchemy import BigInteger, Integer, Table, and_, bindparam, func, insert, or_, select, union, update
from sqlalchemy.orm import aliased

from models.database import handed
from models.records import (
    Card,
    Chat,
    CheckinAnswer,
    EntryState,
    Errand,
    ErrandState,
    Grant,
    Household,
    HouseholdLink,
    InboxEntry,
    Instant,
    Mail,
    MailState,
    Person,
    Report,
    ReportAttachment,
    ReportStep,
    Unit,
)
from models.rules.reports import REPEATED, ReportState

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
_LINE = (_mail.c.id, _mail.c.chat_id, _mail.c.priority, _mail.c.subject, _mail.c.job, _mail.c.not_before)
WAITING_LINES = (
    select(*_LINE).where(_mail.c.settled_at.is_(None), _mail.c.state == MailState.WAITING).order_by(_mail.c.id)
)
_leaving = handed(mail=BigInteger())
_OWNER = bindparam("owner", type_=Integer)
#: Those no longer waiting are left out. One that this owner holds already was leased by a commit whose answer was
#: lost: it has not been sent.
LEASE = (
    update(_mail)
    .where(
        _mail.c.id == _leaving.c.mail,
        or_(
            _mail.c.state == MailState.WAITING,
            and_(_mail.c.state == MailState.LEASED, _mail.c.epoch == _OWNER),
        ),
    )
    .values(state=MailState.LEASED, epoch=_OWNER, tries=_mail.c.tries + 1)
    .returning(*(_mail.c[name] for name in LeasedMail._fields))
)
_arrived = handed(mail=BigInteger(), message=BigInteger())
#: Of what is being sent and nothing else.
MARK_SENT = (
    update(_mail)
    .where(_mail.c.id == _arrived.c.mail, _mail.c.state == MailState.LEASED)
    .values(state=MailState.SENT, failure="", settled_at=_NOW, message_id=_arrived.c.message)
)
_how = {
    name: bindparam(name, type_=_mail.c[name].type)
    for name in ("kind", "priority", "job", "silent", "request", "not_before", "created_at")
}
#: New mail for each of these cards, all of it alike in how it leaves; its lines.
LET_LEAVE = (
    insert(_mail)
    .from_select(
        ["card_id", "chat_id", "subject", *_how],
        select(Card.id, Card.chat_id, Card.subject, *_how.values())
        .where(Card.id.in_(bindparam("cards", expanding=True)))
        .order_by(Card.id),
    )
    .returning(*_LINE)
)
WAITING_FOR = select(Mail).where(
    Mail.card_id.in_(bindparam("cards", expanding=True)), Mail.settled_at.is_(None), Mail.state == MailState.WAITING
)
KEYED = select(Mail.key).where(Mail.key.in_(bindparam("keys", expanding=True)))
#: The card that a message of a chat shows; mail that became this message, or perhaps will.
CARD_OF_MESSAGE = select(Card).where(Card.chat_id == bindparam("chat"), Card.message_id == bindparam("message"))
MAIL_OF_MESSAGE = (
    select(Mail.id)
    .where(
        Mail.chat_id == bindparam("chat"),
        or_(Mail.message_id == bindparam("message"), Mail.state == MailState.LEASED),
    )
    .limit(1)
)
#: The cards about one subject, in all chats or in some; and about several.
CARDS_ABOUT = select(Card).where(Card.subject == bindparam("subject")).order_by(Card.id)
CARDS_AMONG = CARDS_ABOUT.where(Card.chat_id.in_(bindparam("chats", expanding=True)))
CARDS_ABOUT_ANY = select(Card).where(Card.subject.in_(bindparam("subjects", expanding=True)))
#: The languages that people chose, by account.
_written_to = handed(account=BigInteger())
CHOSEN_LANGUAGES = select(Person.account_id, Person.language).where(
    Person.account_id == _written_to.c.account, Person.language != ""
)

#: How many homes answered in each of these rounds.
ANSWERED_IN = (
    select(CheckinAnswer.round_id, func.count())
    .where(CheckinAnswer.round_id.in_(bindparam("rounds", expanding=True)), CheckinAnswer.answer.is_not(None))
    .group_by(CheckinAnswer.round_id)
)

#: The errand that has waited longest, of those that are due.
DUE_ERRAND = (
    select(Errand)
    .where(Errand.state == ErrandState.WAITING, Errand.due_at <= _NOW)
    .order_by(Errand.due_at, Errand.id)
    .limit(1)
)

#: The unit over all others, and a unit's chat of one purpose.
WIDEST = select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(1)
BOUND = select(Chat).where(Chat.unit_id == bindparam("unit"), Chat.purpose == bindparam("purpose"))

_is_held = and_(
    Grant.unit_id == bindparam("unit"), Grant.role.in_(bindparam("roles", expanding=True)), Grant.ended_at.is_(None)
)
#: Everyone who holds one of these roles in a unit: each once, or with each role.
HOLDING = select(Person).where(Person.id.in_(select(Grant.person_id).where(_is_held))).order_by(Person.id)
SITTING = select(Person, Grant.role).join(Grant, Grant.person_id == Person.id).where(_is_held).order_by(Person.id)

_is_linked = and_(HouseholdLink.person_id == bindparam("person"), HouseholdLink.confirmed_at.is_not(None))
#: The homes somebody speaks for, and whether they speak for any or serve anywhere.
HOMES_OF = (
    select(Household)
    .join(HouseholdLink, HouseholdLink.household_id == Household.id)
    .where(_is_linked, Household.ended_at.is_(None))
    .order_by(Household.id)
)
IS_KNOWN = select(
    or_(
        select(HouseholdLink.id).where(_is_linked).exists(),
        select(Grant.id).where(Grant.person_id == bindparam("person"), Grant.ended_at.is_(None)).exists(),
    )
)

CODED = select(Report).where(Report.code == bindparam("code"))
_is_senders = Report.sender_id == bindparam("sender")
_going_on = select(Report.merged_into_id).where(_is_senders, Report.merged_into_id.is_not(None))
#: A person's own reports that are not closed, and those in which theirs go on, the one last spoken about first.
OPEN_OF = (
    select(Report)
    .where(or_(_is_senders, Report.id.in_(_going_on)), Report.state != ReportState.CLOSED)
    .order_by(Report.active_at.desc(), Report.id.desc())
)
_of_report = bindparam("report", type_=Integer)
#: Every step of a report, and everything that came with it, oldest first.
HISTORY = select(ReportStep).where(ReportStep.report_id == _of_report).order_by(ReportStep.id)
ATTACHED = select(ReportAttachment).where(ReportAttachment.report_id == _of_report).order_by(ReportAttachment.id)

_what_follows = func.lead(ReportStep.step).over(order_by=ReportStep.id).label("follows")
_in_a_row = select(ReportStep.id, _what_follows).where(ReportStep.report_id == _of_report).subquery()
_ends_its_row = or_(ReportStep.step.not_in(REPEATED), ReportStep.step.is_distinct_from(_in_a_row.c.follows))
#: The steps of a report, oldest first, but of what the clock did several times in a row the last alone.
HISTORY_IN_SHORT = (
    select(ReportStep).join(_in_a_row, _in_a_row.c.id == ReportStep.id).where(_ends_its_row).order_by(ReportStep.id)
)

_merged = select(Report.sender_id).where(Report.merged_into_id == _of_report)
_is_confirmed = HouseholdLink.confirmed_at.is_not(None)
_told = or_(HouseholdLink.person_id == bindparam("sender"), HouseholdLink.person_id.in_(_merged))
_homes = select(HouseholdLink.household_id).where(_told, _is_confirmed)
_is_concerned = or_(HouseholdLink.household_id.in_(_homes), HouseholdLink.household_id == bindparam("home"))
#: Who told of the reports merged into one, and everyone who speaks for a home of any teller or the one it is about.
CONCERNED = union(_merged, select(HouseholdLink.person_id).where(_is_concerned, _is_confirmed))
