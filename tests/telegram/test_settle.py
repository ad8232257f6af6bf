"""What becomes of a mail when the service has answered, or has not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.telegram import failures
from bot.telegram.envelope import Envelope, lease, release_abandoned
from bot.telegram.send import Arrived, Outcome
from bot.telegram.settle import Settled, settle
from models.notices import CardPinned, Notice, Passed
from models.notices.imports import TemplateHanded
from models.notices.mail import MessageKept
from models.records import Card, Chat, ChatState, InboxEntry, Mail, MailState, Person, Reach, StoredFile
from models.rules.policy import Policy
from models.work import Work
from tests.databases import engine_of

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SOMEBODY, GROUP = 7, -5
WORDS = MessageKept(("115",))
PHOTO = Passed(media="photo", file_id="f")
LIST = TemplateHanded(file_id=1, homes=0)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = engine_of(database_url)
    with Session(engine, expire_on_commit=False) as session:
        session.add(Person(account_id=SOMEBODY, name="Bà Mẫu", phone="", language="", reach=Reach.UNKNOWN))
        session.add(Chat(id=GROUP, title="Tổ 1"))
        session.commit()
        yield session
    engine.dispose()


def told(session: Session, notice: Notice = WORDS, chat_id: int = SOMEBODY) -> Mail:
    mail = Work(session, NOW, Policy()).tell(chat_id, notice)
    assert mail is not None
    session.commit()
    return mail


def shown(session: Session, chat_id: int = SOMEBODY, *, pinned: bool = False) -> Card:
    card = Work(session, NOW, Policy()).show(chat_id, "report:1", WORDS, pinned=pinned)
    session.commit()
    return card


def leased(session: Session, *mail_ids: int) -> Envelope:
    (envelope,) = lease(session, mail_ids or [mail.id for mail in session.query(Mail)], epoch=1)
    session.commit()
    # The bot settles in another session than it leases in.
    session.expire_all()
    assert isinstance(envelope, Envelope)
    return envelope


def answer(session: Session, outcome: Outcome, *mail_ids: int) -> Settled:
    settled = settle(session, [(leased(session, *mail_ids), outcome)], NOW, Policy())
    session.commit()
    session.expire_all()
    return settled


def test_what_arrived_is_marked_with_its_message(session: Session) -> None:
    mail = told(session)
    answer(session, Arrived(41))
    assert (mail.state, mail.message_id, mail.settled_at) == (MailState.SENT, 41, NOW)


def test_what_is_no_longer_being_sent_is_not_marked_by_a_late_answer(session: Session) -> None:
    arrived, taken_back = told(session), told(session)
    envelopes = lease(session, [arrived.id, taken_back.id], epoch=1)
    session.expire_all()
    taken_back.state = MailState.WAITING
    session.commit()
    settle(session, [(envelope, Arrived(40 + envelope.mail_id)) for envelope in envelopes], NOW, Policy())
    session.commit()
    session.expire_all()
    assert (arrived.state, arrived.message_id) == (MailState.SENT, 40 + arrived.id)
    assert (taken_back.state, taken_back.message_id, taken_back.settled_at) == (MailState.WAITING, None, None)


def test_what_arrived_without_a_message_of_its_own_is_marked_beside_the_others(session: Session) -> None:
    first, second = told(session), told(session)
    envelopes = lease(session, [first.id, second.id], epoch=1)
    settle(session, list(zip(envelopes, (Arrived(41), Arrived()), strict=True)), NOW, Policy())
    session.commit()
    session.expire_all()
    assert [(mail.state, mail.message_id) for mail in (first, second)] == [(MailState.SENT, 41), (MailState.SENT, None)]


@pytest.mark.parametrize("outcome", [failures.Retry("no connection"), failures.Hold(timedelta(seconds=3))])
def test_what_surely_did_not_arrive_is_tried_again(session: Session, outcome: Outcome) -> None:
    mail = told(session)
    settled = answer(session, outcome)
    assert mail.state is MailState.WAITING
    assert mail.not_before is not None
    assert mail.not_before > NOW
    assert settled.again == [mail]


def test_a_message_with_a_visible_code_that_may_have_arrived_is_repeated(session: Session) -> None:
    mail = told(session)
    answer(session, failures.Ambiguous("reset"))
    assert mail.state is MailState.WAITING


@pytest.mark.parametrize("file", [PHOTO, LIST], ids=lambda file: file.kind)
def test_a_file_that_may_have_arrived_is_not_sent_blindly_again(session: Session, file: Notice) -> None:
    session.add(StoredFile(id=1, name="danh-sach.xlsx", content=b"", made_at=NOW))
    mail = told(session, file)
    settled = answer(session, failures.Ambiguous("reset"))
    assert (mail.state, settled.again) == (MailState.UNCERTAIN, [])


def test_a_first_send_gives_a_card_its_message_and_pins_it_when_asked(session: Session) -> None:
    card = shown(session, pinned=True)
    settled = answer(session, Arrived(41))
    assert (card.message_id, card.shown_version) == (41, 1)
    assert [mail.kind for mail in settled.told if isinstance(mail, Mail)] == [CardPinned.__name__]


def test_any_number_of_changes_before_its_turn_are_one_edit(session: Session) -> None:
    card = shown(session)
    answer(session, Arrived(41))
    for phone in ("113", "114", "115"):
        Work(session, NOW, Policy()).show(SOMEBODY, "report:1", MessageKept((phone, "1")))
    session.commit()
    waiting = session.query(Mail).filter(Mail.state == MailState.WAITING).all()
    assert len(waiting) == 1
    envelope = leased(session, waiting[0].id)
    assert (envelope.notice, envelope.card_message_id) == (MessageKept(("115", "1")), 41)
    assert card.version == 4


def test_a_change_while_the_card_is_on_its_way_gets_its_own_turn(session: Session) -> None:
    shown(session)
    envelope = leased(session)
    Work(session, NOW, Policy()).show(SOMEBODY, "report:1", MessageKept(("113",)))
    session.commit()
    settle(session, [(envelope, Arrived(41))], NOW, Policy())
    session.commit()
    (waiting,) = session.query(Mail).filter(Mail.state == MailState.WAITING)
    assert leased(session, waiting.id).card_message_id == 41


def test_a_card_that_was_deleted_is_sent_afresh(session: Session) -> None:
    card = shown(session)
    answer(session, Arrived(41))
    Work(session, NOW, Policy()).show(SOMEBODY, "report:1", MessageKept(("113",)))
    session.commit()
    (waiting,) = session.query(Mail).filter(Mail.state == MailState.WAITING)
    settled = answer(session, failures.EditGone(), waiting.id)
    assert card.message_id is None
    assert settled.again == [waiting]


def test_an_edit_that_changes_nothing_is_a_success(session: Session) -> None:
    card = shown(session)
    answer(session, Arrived(41))
    Work(session, NOW, Policy()).show(SOMEBODY, "report:1", MessageKept(("113",)))
    session.commit()
    (waiting,) = session.query(Mail).filter(Mail.state == MailState.WAITING)
    answer(session, failures.Unchanged(), waiting.id)
    assert (waiting.state, card.message_id, card.shown_version) == (MailState.SENT, 41, 2)


def test_a_person_who_blocked_the_bot_is_marked_and_nothing_more_waits_for_them(session: Session) -> None:
    first, second = told(session), told(session)
    answer(session, failures.PersonUnreachable(failures.Unreachable.BLOCKED), first.id)
    person = session.query(Person).one()
    assert (first.state, second.state) == (MailState.DROPPED, MailState.DROPPED)
    assert person.reach is Reach.BLOCKED


def test_a_group_that_was_lost_is_marked(session: Session) -> None:
    mail = told(session, chat_id=GROUP)
    answer(session, failures.GroupLost(failures.Loss.KICKED), mail.id)
    chat = session.get(Chat, GROUP)
    assert chat is not None
    assert (mail.state, chat.state) == (MailState.DROPPED, ChatState.LOST)


def test_a_group_that_became_a_supergroup_gets_the_message_under_its_new_id(session: Session) -> None:
    mail = told(session, chat_id=GROUP)
    settled = answer(session, failures.Moved(-100), mail.id)
    assert (mail.state, mail.chat_id, settled.moved) == (MailState.WAITING, -100, [(GROUP, -100)])
    assert session.get(Chat, -100) is not None
    assert session.get(Chat, GROUP) is None


def test_a_chat_nobody_knows_is_given_up_after_three_tries(session: Session) -> None:
    mail = told(session, chat_id=GROUP)
    for _ in range(3):
        assert mail.state is MailState.WAITING
        answer(session, failures.ChatUnknown(), mail.id)
    assert mail.state is MailState.DROPPED


def test_a_message_refused_as_wrong_is_kept_for_a_person(session: Session) -> None:
    mail = told(session)
    answer(session, failures.OurMistake(failures.Mistake.EMPTY, "text is empty"))
    assert (mail.state, mail.failure) == (MailState.PARKED, "empty")


def test_a_refusal_of_the_whole_bot_leaves_the_mail_as_it_was(session: Session) -> None:
    mail = told(session)
    settled = answer(session, failures.Fatal(failures.Stop.UNKNOWN_BOT, "Unauthorized"))
    assert (mail.state, settled.again) == (MailState.WAITING, [mail])


def test_what_was_in_flight_when_the_program_died_is_ambiguous(session: Session) -> None:
    words, photo = told(session), told(session, PHOTO)
    lease(session, [words.id, photo.id], epoch=1)
    session.expire_all()
    session.commit()
    assert release_abandoned(session, 1) == {}
    release_abandoned(session, 2)
    assert (words.state, photo.state) == (MailState.WAITING, MailState.UNCERTAIN)


def test_the_answer_about_our_rights_comes_in_like_any_update(session: Session) -> None:
    told(session, chat_id=GROUP)
    answer(session, Arrived(rights={"status": "member", "user": {"id": 99, "is_bot": True, "first_name": "B"}}))
    (entry,) = session.query(InboxEntry)
    assert entry.update_id < 0
    assert entry.chat_id == GROUP


def test_mail_with_the_same_natural_key_is_told_once(session: Session) -> None:
    work = Work(session, NOW, Policy())
    assert work.tell(SOMEBODY, WORDS, key="remind:1") is not None
    session.commit()
    assert work.tell(SOMEBODY, WORDS, key="remind:1") is None
