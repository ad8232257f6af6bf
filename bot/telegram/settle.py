"""After the answer: the mark that a mail was sent, or why not, together with everything that follows from it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.router import PutOff, run
from bot.showing import show_newest_apart
from bot.telegram import failures
from bot.telegram.envelope import Envelope, Unreadable
from bot.telegram.send import Arrived, Outcome
from bot.writer import is_of_the_machine
from handlers.commands import Command, MailDelivered
from handlers.commands.enrolment import LoseGroup, LosePerson, MoveChat
from models.notices import CardPinned, FileHanded
from models.notices.mail import MailParked
from models.records import Card, InboxEntry, Mail, MailState
from models.rules.policy import Policy
from models.store.mail import Outbox
from models.work import Told, Work

log = structlog.get_logger()

#: Waits before a further try after an outage: doubled each time, up to a minute.
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=1), timedelta(minutes=1)
#: A chat the service does not know is given up after so many tries.
TRIES_FOR_UNKNOWN_CHAT = 3
#: Ids of supergroups begin with -100 and have at least ten digits after it.
SUPERGROUPS_BELOW = -(10**12)


@dataclass(slots=True)
class Settled:
    """What the deliverer must know once the commit is done."""

    again: list[Mail] = field(default_factory=list)  #: Wait for another turn, perhaps later or elsewhere.
    told: list[Told] = field(default_factory=list)  #: New mail that followed.
    moved: list[tuple[int, int]] = field(default_factory=list)  #: Chats that have another id now.
    put_off: PutOff = field(default_factory=dict)  #: What is shown once for all of these answers.


def settle(
    session: Session,
    answers: list[tuple[Envelope | Unreadable, Outcome | None]],
    now: datetime,
    policy: Policy,
) -> Settled:
    """Mark each mail by its outcome and let what follows happen, in the caller's one transaction."""
    settled, outbox = Settled(), Outbox(session)
    plain = {
        envelope.mail_id: outcome.message_id
        for envelope, outcome in answers
        if isinstance(outcome, Arrived) and _is_plain(envelope, outcome)
    }
    if (marked := outbox.mark_sent(plain, now)) < len(plain):
        # So it is once more after a commit whose answer got lost.
        log.warning("mail_was_not_being_sent", mails=len(plain) - marked)
    others = [answer for answer in answers if answer[0].mail_id not in plain]
    cards = [each.card_id for each, _ in others if isinstance(each, Envelope) and each.card_id]
    outbox.look_up([each.mail_id for each, _ in others], cards)
    for envelope, outcome in others:
        mail = session.get(Mail, envelope.mail_id)
        if mail is not None and mail.state is MailState.LEASED:
            work = Work(session, now, policy, request=mail.request)
            _settle_one(envelope, outcome, mail, work, settled)
            settled.told.extend(work.told)
    settled.told.extend(show_newest_apart(settled.put_off, session, now, policy))
    return settled


def _is_plain(envelope: Envelope | Unreadable, arrived: Arrived) -> bool:
    """Whether that it arrived is all: so most mail is, and is marked in one statement without being read again."""
    return isinstance(envelope, Envelope) and envelope.is_plain and arrived.rights is None


def _settle_one(
    envelope: Envelope | Unreadable, outcome: Outcome | None, mail: Mail, work: Work, settled: Settled
) -> None:
    if isinstance(envelope, Unreadable):
        _park(mail, envelope.why, work)
        return
    match outcome:
        case Arrived() | failures.Unchanged():
            _arrived(envelope, outcome if isinstance(outcome, Arrived) else Arrived(), mail, work, settled)
        case failures.Retry() | failures.Hold():
            _again(mail, work.now, settled, outcome)
        case failures.Ambiguous():
            _unsure(envelope, outcome, mail, work.now, settled)
        case failures.Moved():
            _moved(outcome, mail, work, settled)
        case failures.EditGone() | failures.ReplyGone() | failures.TopicGone():
            _without_what_is_gone(envelope, outcome, mail, work, settled)
        case failures.PersonUnreachable():
            never = outcome.why is failures.Unreachable.NEVER_STARTED
            _lost(mail, outcome.why.value, LosePerson(account_id=mail.chat_id, never_started=never), work)
        case failures.GroupLost():
            _lost(mail, outcome.why.value, LoseGroup(chat_id=mail.chat_id, reason=outcome.why.value), work)
        case failures.Muted():
            _lost(mail, "muted", LoseGroup(chat_id=mail.chat_id, muted=True, reason="muted"), work)
        case failures.ChatUnknown():
            _unknown_chat(mail, work, settled)
        case failures.RightMissing() | failures.TooLate():
            _close(mail, MailState.DROPPED, type(outcome).__name__, work.now)
        case failures.OurMistake():
            _park(mail, outcome.kind.value, work)
        case _:
            # A refusal of the whole bot, such as a bad token: this mail is as it was.
            mail.state, mail.epoch = MailState.WAITING, None
            settled.again.append(mail)


def _arrived(envelope: Envelope, arrived: Arrived, mail: Mail, work: Work, settled: Settled) -> None:
    _close(mail, MailState.SENT, "", work.now)
    mail.message_id = arrived.message_id or envelope.card_message_id
    if envelope.notice.erased:
        mail.notice = ""
    if isinstance(envelope.notice, FileHanded):
        work.errands.drop_file(envelope.notice.file_id)
    if arrived.rights is not None:
        _ask_the_inbox(arrived.rights, envelope.chat_id, work)
    card = work.session.get(Card, envelope.card_id) if envelope.card_id else None
    if card is not None:
        _show(card, envelope, arrived, work)
    if envelope.notice.confirms:
        subject = card.subject if card else mail.subject
        delivered = MailDelivered(chat_id=mail.chat_id, kind=envelope.notice.kind, subject=subject)
        _follow(delivered, work, settled.put_off)


def _show(card: Card, envelope: Envelope, arrived: Arrived, work: Work) -> None:
    card.shown_version = max(card.shown_version, envelope.version)
    if envelope.card_message_id is None and arrived.message_id is not None:
        card.message_id = arrived.message_id
        if card.pinned:
            work.tell(card.chat_id, CardPinned(arrived.message_id), subject=card.subject)


def _ask_the_inbox(rights: dict[str, object], chat_id: int, work: Work) -> None:
    """Let the service's answer about our rights walk the same way as any update."""
    lowest = work.session.scalar(select(func.min(InboxEntry.update_id))) or 0
    chat = {"id": chat_id, "type": "supergroup" if chat_id < SUPERGROUPS_BELOW else "group"}
    change = {"chat": chat, "from": rights.get("user"), "new_chat_member": rights}
    work.session.add(
        InboxEntry(
            update_id=min(lowest, 0) - 1,
            chat_id=chat_id,
            payload=json.dumps({"my_chat_member": change}),
            received_at=work.now,
        )
    )
    work.session.flush()


def _again(
    mail: Mail, now: datetime, settled: Settled, outcome: failures.Retry | failures.Hold | failures.Ambiguous
) -> None:
    wait = outcome.wait if isinstance(outcome, failures.Hold) else _wait_after(mail.tries)
    mail.state, mail.epoch, mail.not_before = MailState.WAITING, None, now + wait
    mail.failure = type(outcome).__name__
    settled.again.append(mail)


def _wait_after(tries: int) -> timedelta:
    doublings = min(tries - 1, 10)
    wait: timedelta = FIRST_WAIT * 2**doublings
    return min(wait, LONGEST_WAIT)


def _unsure(envelope: Envelope, outcome: failures.Ambiguous, mail: Mail, now: datetime, settled: Settled) -> None:
    if envelope.may_repeat:
        _again(mail, now, settled, outcome)
    else:
        _set_aside(mail, MailState.UNCERTAIN, outcome.reason)


def _moved(outcome: failures.Moved, mail: Mail, work: Work, settled: Settled) -> None:
    old = mail.chat_id
    mail.state, mail.epoch, mail.chat_id = MailState.WAITING, None, outcome.chat_id
    _follow(MoveChat(old_chat_id=old, new_chat_id=outcome.chat_id), work)
    settled.moved.append((old, outcome.chat_id))
    settled.again.append(mail)


def _without_what_is_gone(
    envelope: Envelope, outcome: failures.Failure, mail: Mail, work: Work, settled: Settled
) -> None:
    card = work.session.get(Card, envelope.card_id) if envelope.card_id else None
    if isinstance(outcome, failures.EditGone) and card is None:
        # What was to be pinned, retired or deleted is gone already.
        _close(mail, MailState.DROPPED, "gone", work.now)
        return
    if card is not None:
        card.message_id = None
    mail.reply_to_card_id = None
    mail.state, mail.epoch = MailState.WAITING, None
    settled.again.append(mail)


def _lost(mail: Mail, why: str, command: Command, work: Work) -> None:
    _close(mail, MailState.DROPPED, why, work.now)
    _follow(command, work)


def _unknown_chat(mail: Mail, work: Work, settled: Settled) -> None:
    if mail.tries < TRIES_FOR_UNKNOWN_CHAT:
        _again(mail, work.now, settled, failures.Retry("chat not found"))
    elif mail.chat_id > 0:
        _lost(mail, "unknown", LosePerson(account_id=mail.chat_id, never_started=True), work)
    else:
        _lost(mail, "unknown", LoseGroup(chat_id=mail.chat_id, reason="unknown"), work)


def _follow(command: Command, work: Work, put_off: PutOff | None = None) -> None:
    """Let a story follow from an answer. One that fails undoes only itself: the mail was answered all the same."""
    try:
        with work.session.begin_nested():
            run(command, work, put_off)
    except Exception as error:
        if is_of_the_machine(error):
            raise
        log.exception("story_failed_after_answer", command=type(command).__name__)


def _park(mail: Mail, why: str, work: Work) -> None:
    _set_aside(mail, MailState.PARKED, why)
    log.error("mail_parked", mail=f"out-{mail.id}", kind=mail.kind, why=why)
    if mail.kind == MailParked.__name__:
        return
    work.tell_each(work.people.administrators(), MailParked(f"out-{mail.id}", why))


def _set_aside(mail: Mail, state: MailState, why: str) -> None:
    mail.state, mail.failure = state, why


def _close(mail: Mail, state: MailState, why: str, now: datetime) -> None:
    mail.state, mail.failure, mail.settled_at = state, why, now
