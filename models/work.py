"""One unit of work: what a story may read and change. Whoever opened it commits; a story never does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.given import Given
from models.notices import Notice, Passed
from models.records import AuditEntry, Card, Mail, Person
from models.rules.hours import local
from models.rules.mail import Priority
from models.rules.policy import Policy
from models.store.mail import WaitingLine
from models.store.people import is_reachable
from models.store.stores import Stores

#: Mail as whoever delivers it is shown it, once it is committed.
Told = Mail | WaitingLine


@dataclass(frozen=True, slots=True)
class Showing:
    """A notice that the card about a subject is to show in a chat."""

    chat_id: int
    subject: str
    notice: Notice
    afresh: bool = False  #: Sent anew at the bottom of the chat instead of being edited.

    @property
    def place(self) -> tuple[int, str]:
        return self.chat_id, self.subject


@dataclass(slots=True)
class Work(Stores):
    """The session, the moment, the district's numbers and every store, for one story."""

    session: Session
    now: datetime
    policy: Policy
    #: What set it off, as the log calls it: "in-7" for an update, else the command's name. Its mail carries it along.
    request: str = ""
    #: Mail this work has told or brought forward; the deliverer is shown it once the work is committed.
    told: list[Told] = field(default_factory=list)
    #: Commands that follow from this story, to be run by their own stories in the same transaction.
    following: list[Any] = field(default_factory=list)
    _untold: set[str | None] = field(default_factory=set)  #: Keys just asked about: nothing was told with them.
    _answered_at: dict[int, int] = field(default_factory=dict)  #: By person, the duty phone through which they act.

    def __post_init__(self) -> None:
        self.open_stores(self.session, self.now, self.policy)

    @property
    def today(self) -> date:
        """The community's day at this moment."""
        return local(self.now, self.policy.timezone).date()

    def meet(self, command: Given) -> Person:
        """The person who gave the command, made known when new; in private they have proved to be reachable.

        What a duty phone asks for, whoever is on duty asks for; in this work they are answered on that phone.
        """
        sender = command.sender
        person = self.people.meet(sender.account_id, sender.name, in_private=command.place.is_private)
        on_duty = self.duty.stands_in(person.id)
        if on_duty is None:
            return person
        self._answered_at[on_duty.id] = sender.account_id
        return on_duty

    def tell(
        self,
        chat_id: int,
        notice: Notice,
        *,
        subject: str = "",
        job: str = "",
        key: str | None = None,
        reply_to: Card | None = None,
        priority: Priority | None = None,
        silent: bool | None = None,
        not_before: datetime | None = None,
    ) -> Mail | None:
        """Put a message in the outbox; it commits with everything else this work did.

        `key` names a due thing: when mail with that key was ever told, nothing happens and None is returned.
        """
        if key is not None and key not in self._untold and self.outbox.find_by_key(key) is not None:
            return None
        self._untold.discard(key)
        mail = Mail(
            key=key,
            chat_id=chat_id,
            kind=notice.kind,
            notice=notice.to_json(),
            reply_to_card_id=reply_to.id if reply_to else None,
            priority=int(notice.priority if priority is None else priority),
            subject=subject,
            job=job,
            silent=notice.silent if silent is None else silent,
            not_before=not_before,
            request=self.request,
            created_at=self.now,
        )
        self.session.add(mail)
        self.told.append(mail)
        return mail

    def tell_each(self, people: Iterable[Person], notice: Notice, *, key: str = "", **how: Any) -> None:
        """Tell each of them in private who can be reached; with `key`, each once for that due thing."""
        chats = [chat_id for chat_id in map(self._private_chat_of, people) if chat_id is not None]
        keys = {chat_id: f"{key}:{chat_id}" for chat_id in chats} if key else {}
        self._untold |= set(keys.values()) - self.outbox.keys_among(keys.values())
        for chat_id in chats:
            self.tell(chat_id, notice, key=keys.get(chat_id), **how)

    def _private_chat_of(self, person: Person) -> int | None:
        """Where they read what they are told: the duty phone they just used, or their own; None out of reach."""
        if person.id in self._answered_at:
            return self._answered_at[person.id]
        return person.account_id if is_reachable(person) else None

    def ask(self, account_id: int, question: str, *, valid_for: timedelta | None = None, **data: Any) -> None:
        """Let the account's next message answer this question; it stands open as long as the policy says, or given."""
        self.drafts.open(account_id, question, self.now, valid_for=valid_for or self.policy.draft_valid_for, **data)

    def show(
        self,
        chat_id: int,
        subject: str,
        notice: Notice,
        *,
        pinned: bool = False,
        ring: Notice | None = None,
        afresh: bool = False,
        job: str = "",
        silent: bool | None = None,
    ) -> Card:
        """Let the card about `subject` in this chat show `notice`: sent when new, edited when known.

        Changes that come before its turn collapse into one edit. `ring` is told as a reply to the card, since
        edits make no sound. `afresh` sends it anew at the bottom of the chat instead of editing.
        """
        card = self.outbox.find_card(chat_id, subject)
        if card is None:
            card = Card(chat_id=chat_id, subject=subject, kind=notice.kind, notice=notice.to_json(), pinned=pinned)
            self.session.add(card)
            self.session.flush()
            self._show_when_due(card, notice, job, silent)
        elif _changed(card, notice, afresh=afresh):
            self._show_when_due(card, notice, job, silent)
        if ring is not None:
            self.tell(chat_id, ring, subject=subject, reply_to=card)
        return card

    def shown(self, chat_id: int, subject: str) -> Notice | None:
        """What the card about `subject` in this chat shows; None when there is none."""
        card = self.outbox.find_card(chat_id, subject)
        return Notice.from_json(card.kind, card.notice) if card else None

    def show_each(self, people: Iterable[Person], subject: str, notice: Notice, **how: Any) -> list[Card]:
        """Show a card in private to each of them who can be reached; the cards."""
        chats = [self._private_chat_of(person) for person in people]
        return [self.show(chat_id, subject, notice, **how) for chat_id in chats if chat_id is not None]

    def let_hear(self, chat_id: int, file_id: str | None, subject: str, *, key: str) -> None:
        """Let a recorded clip follow the card about `subject`, without a sound of its own, once for that due thing."""
        if file_id is not None:
            clip = Passed(media="voice", file_id=file_id)
            key = f"{key}:clip:{chat_id}"
            self.tell(chat_id, clip, subject=subject, key=key, priority=Priority.CHECKIN, silent=True)

    def show_missed(self, chat_id: int, since: datetime) -> None:
        """Show now what changed on the chat's cards after `since` and could not be shown then."""
        for card in self.outbox.missed_cards(chat_id, since):
            self._show_when_due(card, Notice.from_json(card.kind, card.notice), job="", silent=None)

    def show_in_each(
        self, notices: Mapping[int, Notice], subject: str, *, job: str = "", silent: bool | None = None
    ) -> None:
        """Show a card about `subject` in many chats, each its own notice, by chat id; what is the same stays."""
        showings = [Showing(chat_id, subject, notice) for chat_id, notice in notices.items()]
        self.show_all(showings, job=job, silent=silent)

    def show_all(self, showings: Sequence[Showing], *, job: str = "", silent: bool | None = None) -> None:
        """Show many cards: what `show` does for each, but the database is asked about all of them at once."""
        known = self.outbox.cards_at([each.place for each in showings]) if showings else {}
        new = [each for each in showings if each.place not in known]
        ids = self.outbox.add_cards([self._new_card(each) for each in new])
        leaving: dict[tuple[Priority, bool, datetime | None], list[int]] = {}
        for card_id, each in zip(ids, new, strict=True):
            leaving.setdefault((each.notice.priority, each.notice.silent, None), []).append(card_id)
        changed = [
            (known[each.place], each.notice)
            for each in showings
            if each.place in known and _changed(known[each.place], each.notice, afresh=each.afresh)
        ]
        waiting = self.outbox.waiting_among(card.id for card, _ in changed) if changed else {}
        for card, notice in changed:
            if card.id in waiting:
                self._hasten(waiting[card.id], notice)
            else:
                rested_at = _let_rest(card, notice, self.now)
                leaving.setdefault((notice.priority, notice.silent, rested_at), []).append(card.id)
        for (priority, quiet, not_before), card_ids in leaving.items():
            is_quiet = quiet if silent is None else silent
            self.told += self.outbox.let_leave(card_ids, self._mail(priority, is_quiet, not_before, job))

    def _new_card(self, shown: Showing) -> dict[str, Any]:
        """The row of a card that is sent for the first time; its first edit comes after a rest, like every other."""
        return {
            "chat_id": shown.chat_id,
            "subject": shown.subject,
            "kind": shown.notice.kind,
            "notice": shown.notice.to_json(),
            "rests_until": self.now + shown.notice.rest if shown.notice.rest else None,
        }

    def _show_when_due(self, card: Card, notice: Notice, job: str, silent: bool | None) -> None:
        """Let mail that waits for this card leave as soon as the new notice wants; new mail when none waits."""
        waiting = self.outbox.find_waiting_for_card(card.id)
        if waiting is not None:
            self._hasten(waiting, notice)
            return
        is_quiet = notice.silent if silent is None else silent
        how = self._mail(notice.priority, is_quiet, _let_rest(card, notice, self.now), job)
        mail = Mail(card_id=card.id, chat_id=card.chat_id, subject=card.subject, **how)
        self.session.add(mail)
        self.told.append(mail)

    def _hasten(self, mail: Mail, notice: Notice) -> None:
        if int(notice.priority) < mail.priority:
            mail.priority = int(notice.priority)
            self.told.append(mail)

    def _mail(self, priority: Priority, silent: bool, not_before: datetime | None, job: str) -> dict[str, Any]:
        """How mail that lets a card show its newest state leaves; the card says where and about what."""
        return {
            "kind": "",
            "priority": int(priority),
            "job": job,
            "silent": silent,
            "request": self.request,
            "not_before": not_before,
            "created_at": self.now,
        }

    def also(self, command: Any) -> None:
        """Let another story do its part in the same transaction; stories never call each other."""
        self.following.append(command)

    def take_following(self) -> list[Any]:
        """The commands that follow from what was done so far, to be run by whoever takes them."""
        taken, self.following = self.following, []
        return taken

    def record(self, action: str, person: Person | None, subject: str, *, refused: bool = False) -> None:
        """Keep that something was done, or refused, for whoever asks later."""
        person_id = person.id if person else None
        entry = AuditEntry(at=self.now, person_id=person_id, action=action, subject=subject, refused=refused)
        self.session.add(entry)

    def done(self, command: Any, person: Person | None, subject: str) -> None:
        """Keep that what was asked was done."""
        self.record(type(command).__name__, person, subject)

    def refuse(self, command: Any, person: Person, subject: str, notice: Notice) -> None:
        """Tell the person in private why not and who can, and keep that it was asked."""
        self.record(type(command).__name__, person, subject, refused=True)
        chat_id = self._answered_at.get(person.id, person.account_id)
        if chat_id is not None:
            self.tell(chat_id, notice, subject=subject)


def _changed(card: Card, notice: Notice, *, afresh: bool) -> bool:
    """Let the card show the notice; whether that is anything new."""
    text = notice.to_json()
    if not afresh and (card.kind, card.notice) == (notice.kind, text):
        return False
    card.kind, card.notice, card.version = notice.kind, text, card.version + 1
    if afresh:
        card.message_id, card.shown_version, card.rests_until = None, 0, None
    return True


def _let_rest(card: Card, notice: Notice, now: datetime) -> datetime | None:
    """When this change of the card may leave, None for at once; from then on the card rests as its notice wants."""
    if not notice.rest:
        return None
    # No later than it could at worst: the clock may have been put back since.
    leaves_at = min(max(card.rests_until or now, now), now + notice.rest)
    card.rests_until = leaves_at + notice.rest
    return leaves_at if leaves_at > now else None
