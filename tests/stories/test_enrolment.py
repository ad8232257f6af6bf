"""Who somebody is: Start and its links, help, duty, languages, codes and invitations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from handlers.commands import PlaceKind
from handlers.commands.base import Place, Sender
from handlers.commands.duty import ShowDuty
from handlers.commands.enrolment import (
    CancelDraft,
    ChooseLanguage,
    Greet,
    JoinByInvitation,
    LosePerson,
    NoteOwnMembership,
    RefuseUnknown,
    ShowHelp,
    TidyUp,
)
from handlers.commands.reports import TakeReport
from models.notices import MenuOffered, Notice
from models.notices.binding import PersonLost
from models.notices.desks import SenderMustBeCalled
from models.notices.duty import DutyShown
from models.notices.enrolment import (
    AdministratorMade,
    ButtonTooOld,
    CodeRefused,
    CodesPaused,
    Joined,
    LanguageAsked,
    LanguageChosen,
    PrivateChatNeeded,
    ResidentHelped,
    ResidentWelcomed,
    StaffWelcomed,
)
from models.records import Card, Draft, Grant, Invitation, InvitationKind, Mail, MailState, Person, Reach, Report
from models.rules.roles import Role
from models.store.invitations import CODE_LETTERS
from tests.stories.rendering import labels, read
from tests.stories.world import World

DAY = timedelta(days=1)


def newest(world: World, person: Person) -> Notice:
    """The newest thing that was said to them, menus left out."""
    return [notice for notice in world.told(person) if not isinstance(notice, MenuOffered)][-1]


def without_administrator(world: World) -> None:
    for grant in world.session.scalars(select(Grant).where(Grant.role == Role.ADMINISTRATOR)):
        grant.ended_at = world.now


def code_for(world: World) -> str:
    return world.work().invitations.make(InvitationKind.ADMINISTRATOR, expires_at=world.now + DAY)


# Start.


def test_a_resident_is_welcomed_in_few_words_with_two_doors(world: World) -> None:
    world.by(world.resident, Greet)
    shown = read(newest(world, world.resident))
    assert "Tổ 1 bản Mẫu" in shown.text
    assert "115" in shown.text
    assert labels(shown) == ["Báo tin cho tổ", "Cần giúp gấp"]
    assert len(shown.text) <= 280
    assert len(shown.text.splitlines()) <= 5


def test_a_stranger_is_welcomed_by_the_whole_district(world: World) -> None:
    world.by(world.stranger, Greet)
    assert newest(world, world.stranger) == ResidentWelcomed("Huyện Mẫu", "115")


def test_staff_are_told_their_roles_and_the_commands_they_have(world: World) -> None:
    world.by(world.chair, Greet)
    welcome = newest(world, world.chair)
    assert isinstance(welcome, StaffWelcomed)
    shown = read(welcome)
    assert "chỉ huy, Xã Mẫu Một" in shown.text
    assert "/chidao" in shown.text
    assert "/gannhom" not in shown.text
    assert MenuOffered(roles=("commander",)) in world.told(world.chair)


def test_the_pinned_cards_buttons_lead_to_a_report_and_to_urgent_help(world: World) -> None:
    world.by(world.resident, Greet, payload="gap")
    assert world.session.scalar(select(func.count(Report.id))) == 1
    assert not any(isinstance(notice, ResidentWelcomed) for notice in world.told(world.resident))


def test_a_link_nobody_knows_is_said_to_be_unknown_and_the_welcome_stands(world: World) -> None:
    world.by(world.resident, Greet, payload="khac-123")
    welcome = newest(world, world.resident)
    assert isinstance(welcome, ResidentWelcomed)
    assert "Tổ không nhận ra đường dẫn" in read(welcome).text
    assert len(read(welcome).text) <= 280


@pytest.mark.parametrize("payload", ["view-", "view-abc", "ask-99999999999999999999", "xacnhan-1", "hoitham-x"])
def test_a_link_that_was_tampered_with_is_only_an_unknown_link(world: World, payload: str) -> None:
    world.by(world.stranger, Greet, payload=payload)
    assert newest(world, world.stranger) == ResidentWelcomed("Huyện Mẫu", "115", "unknown_link")


def test_someone_who_blocked_the_bot_is_reached_again_after_start(world: World) -> None:
    reached = []
    world.do(LosePerson(account_id=world.account(world.resident)))
    reached.append(world.resident.reach)
    world.by(world.resident, Greet)
    reached.append(world.resident.reach)
    assert reached == [Reach.BLOCKED, Reach.REACHABLE]


# Help, duty, languages.


def test_residents_and_staff_each_get_their_own_help(world: World) -> None:
    world.by(world.resident, ShowHelp)
    world.by(world.member, ShowHelp)
    assert newest(world, world.resident) == ResidentHelped("115")
    assert len(read(newest(world, world.resident)).text) <= 280
    assert isinstance(newest(world, world.member), StaffWelcomed)


def test_help_asked_in_a_group_is_answered_in_private(world: World) -> None:
    group = world.group_of(world.community)
    world.by(world.resident, ShowHelp, chat_id=group)
    assert newest(world, world.resident) == ResidentHelped("115")
    assert world.told(group) == []


def test_someone_who_never_pressed_start_is_left_one_link_a_day_in_the_group(world: World) -> None:
    group = world.group_of(world.community)
    newcomer = world.person("Người Mới")
    newcomer.reach = Reach.NEVER_STARTED
    for _ in range(3):
        world.by(newcomer, ShowHelp, chat_id=group)
    assert world.told(group) == [PrivateChatNeeded()]
    world.later(timedelta(days=1))
    world.by(newcomer, ShowHelp, chat_id=group)
    assert len(world.told(group)) == 2


def test_duty_names_whom_to_call_from_the_nearest_team_to_the_district(world: World) -> None:
    world.by(world.resident, ShowDuty)
    shown = newest(world, world.resident)
    assert isinstance(shown, DutyShown)
    assert [place.unit for place in shown.places] == ["Tổ 1 bản Mẫu", "Xã Mẫu Một", "Huyện Mẫu"]
    assert [contact.name for contact in shown.places[0].people] == ["Tổ viên Một", "Tổ viên Hai"]
    text = read(shown).text
    assert "115, 1900 9095" in text
    assert len(text.splitlines()) <= 5


def test_duty_asked_in_a_group_is_that_groups(world: World) -> None:
    world.by(world.commander, ShowDuty, chat_id=world.group_of(world.far_community))
    shown = newest(world, world.commander)
    assert isinstance(shown, DutyShown)
    assert shown.places[0].unit == "Tổ 1 bản Xa"


def test_a_language_once_tapped_is_kept_and_the_menu_follows(world: World) -> None:
    world.by(world.resident, ChooseLanguage)
    asked = newest(world, world.resident)
    assert asked == LanguageAsked()
    assert labels(read(asked)) == ["Tiếng Việt", "English"]
    world.by(world.resident, ChooseLanguage, language="en")
    assert world.resident.language == "en"
    assert newest(world, world.resident) == LanguageChosen()
    assert world.told(world.resident)[-1] == MenuOffered(language="en")


def test_an_old_button_explains_itself_and_says_what_to_do(world: World) -> None:
    world.by(world.resident, RefuseUnknown, chat_id=world.group_of(world.community))
    assert newest(world, world.resident) == ButtonTooOld()
    assert labels(read(ButtonTooOld())) == ["Trợ giúp"]


def test_cancelling_closes_the_open_question(world: World) -> None:
    account = world.account(world.resident)
    world.work().drafts.open(account, "reply", world.now, valid_for=timedelta(hours=1), report_id=1)
    world.by(world.resident, CancelDraft)
    assert world.work().drafts.find(account, world.now) is None


# The first administrator.


def test_whoever_sends_the_first_starts_code_first_becomes_administrator(world: World) -> None:
    without_administrator(world)
    code = code_for(world)
    assert len(code) == CODE_LETTERS
    world.by(world.stranger, Greet, payload=code.lower())
    assert newest(world, world.stranger) == AdministratorMade("Người Lạ")
    assert world.work().people.is_administrator(world.stranger.id)
    world.by(world.neighbour, Greet, payload=code)
    assert isinstance(newest(world, world.neighbour), CodeRefused)
    assert not world.work().people.is_administrator(world.neighbour.id)


def test_a_code_opens_nothing_once_there_is_an_administrator(world: World) -> None:
    code = code_for(world)
    world.by(world.stranger, Greet, payload=code)
    assert isinstance(newest(world, world.stranger), CodeRefused)


def test_only_the_newest_code_works_and_only_its_hash_is_kept(world: World) -> None:
    without_administrator(world)
    older, newer = code_for(world), code_for(world)
    kept = world.session.scalars(select(Invitation.token_hash)).all()
    assert len(kept) == 1
    assert newer not in kept[0]
    world.by(world.stranger, Greet, payload=older)
    assert isinstance(newest(world, world.stranger), CodeRefused)
    world.by(world.stranger, Greet, payload=newer)
    assert isinstance(newest(world, world.stranger), AdministratorMade)


def test_after_five_wrong_codes_even_the_right_one_is_ignored_for_an_hour(world: World) -> None:
    without_administrator(world)
    code = code_for(world)
    for guess in range(5):
        world.by(world.stranger, Greet, payload=f"000000000{guess}")
    paused = newest(world, world.stranger)
    assert paused == CodesPaused(world.now + timedelta(hours=1))
    world.by(world.stranger, Greet, payload=code)
    assert newest(world, world.stranger) == paused
    assert not world.work().people.is_administrator(world.stranger.id)
    world.later(timedelta(hours=1, minutes=1))
    world.by(world.stranger, Greet, payload=code)
    assert world.work().people.is_administrator(world.stranger.id)


# Invitations.


def listed(world: World) -> Person:
    """Someone an administrator's list names, without an account."""
    person = Person(name="Lò Thị Danh Sách", phone="+84912000111", language="", reach=Reach.UNKNOWN)
    world.session.add(person)
    world.session.flush()
    world.grant(person, Role.TEAM, world.second_community)
    return person


def test_an_invitation_ties_the_account_to_the_listed_person_with_their_roles(world: World) -> None:
    world.stranger.phone = ""
    token = world.work().invitations.make(InvitationKind.JOIN, person_id=listed(world).id, expires_at=world.now + DAY)
    world.by(world.stranger, Greet, payload=f"moi-{token}")
    joined = newest(world, world.stranger)
    assert isinstance(joined, Joined)
    assert joined.name == "Lò Thị Danh Sách"
    assert "tổ viên, Tổ 2 bản Mẫu" in read(joined).text
    assert world.stranger.phone == "+84912000111"
    assert world.work().people.roles_in(world.stranger.id, world.second_community) == {Role.TEAM}


def test_an_invitation_works_once(world: World) -> None:
    token = world.work().invitations.make(InvitationKind.JOIN, person_id=listed(world).id, expires_at=world.now + DAY)
    world.by(world.stranger, Greet, payload=f"moi-{token}")
    world.by(world.neighbour, Greet, payload=f"moi-{token}")
    assert isinstance(newest(world, world.neighbour), CodeRefused)
    assert world.work().people.grants_of(world.neighbour.id) == []


def test_an_invitation_nobody_followed_opens_nothing_after_its_time(world: World) -> None:
    token = world.work().invitations.make(InvitationKind.JOIN, person_id=listed(world).id, expires_at=world.now + DAY)
    world.later(DAY)
    world.by(world.stranger, Greet, payload=f"moi-{token}")
    assert isinstance(newest(world, world.stranger), CodeRefused)
    assert world.work().people.grants_of(world.stranger.id) == []


def test_joining_keeps_what_the_account_had_reported_and_held_before(world: World) -> None:
    world.by(world.member, Greet, payload="gap")
    person = listed(world)
    world.grant(person, Role.TEAM, world.community)
    world.link(person, world.homes[2])
    token = world.work().invitations.make(InvitationKind.JOIN, person_id=person.id, expires_at=world.now + DAY)
    world.by(world.member, JoinByInvitation, token=token)
    work = world.work()
    report = world.session.scalars(select(Report)).one()
    assert report.sender_id == world.member.id
    assert {post.unit for post in work.people.posts_of(world.member.id)} == {"Tổ 1 bản Mẫu", "Tổ 2 bản Mẫu"}
    assert [home.number for home in work.people.households_of(world.member.id)] == ["3"]
    assert world.session.scalars(select(Person).where(Person.name == "Lò Thị Danh Sách")).all() == []
    assert world.member.name == "Tổ viên Một"


# People lost, and what is erased.


def test_a_member_of_staff_who_blocked_the_bot_is_told_to_the_administrator_once_a_day(world: World) -> None:
    for _ in range(2):
        world.do(LosePerson(account_id=world.account(world.member)))
    lost = [notice for notice in world.told(world.administrator) if isinstance(notice, PersonLost)]
    assert len(lost) == 1
    assert "tổ viên, Tổ 1 bản Mẫu" in read(lost[0]).text


def test_a_resident_who_blocked_the_bot_is_nobodys_business(world: World) -> None:
    world.do(LosePerson(account_id=world.account(world.resident)))
    assert world.told(world.administrator) == []


def test_whoever_took_a_report_is_told_to_telephone_when_its_sender_blocks_the_bot(world: World) -> None:
    world.by(world.resident, Greet, payload="gap")
    report = world.session.scalars(select(Report)).one()
    world.by(world.member, TakeReport, report_id=report.id)
    world.do(LosePerson(account_id=world.account(world.resident)))
    told = [notice for notice in world.told(world.member) if isinstance(notice, SenderMustBeCalled)]
    assert [(notice.code, notice.sender.name) for notice in told] == [(report.code, "Bà Mẫu")]


def test_mail_for_someone_who_blocked_the_bot_waits_no_longer(world: World) -> None:
    world.by(world.resident, ShowHelp)
    world.do(LosePerson(account_id=world.account(world.resident)))
    waiting = select(Mail).where(Mail.chat_id == world.account(world.resident), Mail.state == MailState.WAITING)
    assert world.session.scalars(waiting).all() == []


def test_a_card_missed_while_blocked_is_shown_on_return(world: World) -> None:
    account = world.account(world.member)
    world.work().show(account, "report:1", ResidentHelped("115"))
    blocked = NoteOwnMembership(sender=Sender(account, "Tổ viên Một"), place=Place(account), present=False)
    world.do(blocked)
    card = world.session.scalars(select(Card).where(Card.chat_id == account)).one()
    assert world.work().outbox.find_waiting_for_card(card.id) is None
    returned = NoteOwnMembership(sender=Sender(account, "Tổ viên Một"), place=Place(account, PlaceKind.PRIVATE))
    world.do(returned)
    assert world.work().outbox.find_waiting_for_card(card.id) is not None


def test_used_invitations_old_questions_and_old_mail_are_erased(world: World) -> None:
    token = world.work().invitations.make(InvitationKind.JOIN, person_id=listed(world).id, expires_at=world.now + DAY)
    world.by(world.stranger, Greet, payload=f"moi-{token}")
    world.work().drafts.open(5, "reply", world.now, valid_for=timedelta(hours=1))
    for mail in world.session.scalars(select(Mail)):
        mail.state, mail.settled_at = MailState.SENT, world.now
    world.later(timedelta(days=31))
    world.do(TidyUp())
    left = [world.session.scalar(select(func.count()).select_from(each)) for each in (Invitation, Draft, Mail)]
    assert left == [0, 0, 0]
