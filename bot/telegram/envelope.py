"""One mail, leased and ready to leave: everything sending needs, read in the transaction that leased it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.notices import FileHanded, IfUnsure, Notice
from models.records import Card, MailState, StoredFile
from models.store.mail import Outbox
from models.store.prepared import CHOSEN_LANGUAGES, LeasedMail


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes along."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """A leased mail as a plain value."""

    mail_id: int
    chat_id: int
    request: str  #: What set it off, as the log calls it.
    notice: Notice
    tries: int  #: Including this one.
    language: str  #: Of the person written to; "" for groups and those who chose none.
    silent: bool = False
    reply_to_message_id: int | None = None
    card_id: int | None = None
    version: int = 0  #: The card's state that this shows.
    card_message_id: int | None = None  #: The message to edit; None sends the card anew.
    enclosed: Enclosed | None = None  #: The file a `FileHanded` hands over.

    @property
    def is_plain(self) -> bool:
        """Whether nothing follows from its arrival but that it arrived."""
        return self.card_id is None and self.enclosed is None and not (self.notice.confirms or self.notice.erased)

    @property
    def may_repeat(self) -> bool:
        """Whether it may be sent again after a send that perhaps arrived; edits repeat freely."""
        return self.card_message_id is not None or self.notice.if_unsure is not IfUnsure.LEAVE


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A leased mail whose notice this version cannot read; it is set aside for a person."""

    mail_id: int
    chat_id: int
    why: str


def lease(session: Session, mail_ids: Sequence[int], epoch: int) -> list[Envelope | Unreadable]:
    """Lease these mails for this owner and read what each needs; those no longer waiting are left out."""
    outbox = Outbox(session)
    mails = outbox.lease(mail_ids, epoch)
    outbox.look_up((), (card_id for mail in mails for card_id in (mail.card_id, mail.reply_to_card_id) if card_id))
    languages = _languages(session, [mail.chat_id for mail in mails if mail.chat_id > 0])
    return [_read(session, mail, languages.get(mail.chat_id, "")) for mail in mails]


def release_abandoned(session: Session, epoch: int) -> dict[str, int]:
    """Settle what earlier owners had in flight: repeat what may be repeated, mark the rest; how many of each."""
    counts: dict[str, int] = {}
    for mail in Outbox(session).leased_by_others(epoch):
        kind = Notice.kinds.get(mail.kind)
        may_repeat = mail.card_id is not None or (kind is not None and kind.if_unsure is not IfUnsure.LEAVE)
        mail.state = MailState.WAITING if may_repeat else MailState.UNCERTAIN
        mail.epoch, mail.failure = None, "in flight when the program stopped"
        counts[mail.state.value] = counts.get(mail.state.value, 0) + 1
    return counts


def _read(session: Session, mail: LeasedMail, language: str) -> Envelope | Unreadable:
    card = session.get(Card, mail.card_id) if mail.card_id else None
    answered = session.get(Card, mail.reply_to_card_id) if mail.reply_to_card_id else None
    kind, text = (card.kind, card.notice) if card else (mail.kind, mail.notice)
    try:
        notice = Notice.from_json(kind, text)
    except (KeyError, ValueError) as error:
        return Unreadable(mail.id, mail.chat_id, f"{kind}: {type(error).__name__}")
    file = session.get(StoredFile, notice.file_id) if isinstance(notice, FileHanded) else None
    if isinstance(notice, FileHanded) and file is None:
        return Unreadable(mail.id, mail.chat_id, f"{kind}: its file is gone")
    return Envelope(
        mail_id=mail.id,
        chat_id=mail.chat_id,
        request=mail.request,
        notice=notice,
        tries=mail.tries,
        language=language,
        silent=mail.silent,
        reply_to_message_id=answered.message_id if answered else notice.under_message_id,
        card_id=card.id if card else None,
        version=card.version if card else 0,
        card_message_id=card.message_id if card else None,
        enclosed=Enclosed(file.name, file.content) if file else None,
    )


def _languages(session: Session, accounts: Sequence[int]) -> dict[int, str]:
    if not accounts:
        return {}
    rows = session.execute(CHOSEN_LANGUAGES, {"account": accounts})
    return {account: language for account, language in rows if account is not None}
