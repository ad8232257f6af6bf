"""Who only looks like somebody: a former administrator, a group of the same name, another district, a guesser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.telegram.menu import COMMANDS, IN_PRIVATE
from handlers.commands.enrolment import BindChat, ConfirmBinding, GrantRole, Greet, ListGrants, OfferBinding, ShowUnits
from handlers.commands.imports import ImportList
from handlers.commands.queue import SearchReports
from handlers.commands.reports import HearMessage, ReportInPlace, ViewReport
from models.notices.binding import BindingOffered
from models.records import AuditEntry, Chat, Errand, Grant, InvitationKind, Mail, Person, Report
from models.rules.confidential import Ground
from models.rules.roles import Role
from tests.databases import SqliteFiles
from tests.security.raw import arrive, group, message, parked, tap
from tests.security.test_words_stay import who_sees
from tests.stories.reading import the_report
from tests.stories.world import World, small_district

OTHER_GROUP = -100987


# A former administrator.


@pytest.fixture
def former(world: World) -> Person:
    """Somebody who was an administrator until a moment ago, with a link they had made for themselves."""
    world.by(world.administrator, OfferBinding, unit_id=world.community.id)
    grant = world.session.scalars(select(Grant).where(Grant.person_id == world.administrator.id)).one()
    grant.ended_at = world.now
    world.person("Quản trị Hai", Role.ADMINISTRATOR, None)
    world.session.commit()
    return world.administrator


def unit_of(world: World, chat_id: int) -> int | None:
    chat = world.session.get(Chat, chat_id)
    return chat.unit_id if chat else None


def test_a_former_administrators_own_link_code_and_buttons_bind_nothing(world: World, former: Person) -> None:
    offered = [told for told in world.told(former) if isinstance(told, BindingOffered)]
    world.by(former, Greet, payload=f"gan-{offered[-1].token}", chat_id=OTHER_GROUP)
    world.by(former, BindChat, code=world.community.code, chat_id=OTHER_GROUP)
    for replacing in (False, True):
        world.by(former, ConfirmBinding, unit_id=world.community.id, group_id=OTHER_GROUP, replacing=replacing)
    world.by(former, OfferBinding, unit_id=world.commune.id)
    assert unit_of(world, OTHER_GROUP) is None
    assert len([told for told in world.told(former) if isinstance(told, BindingOffered)]) == 1


def test_a_former_administrator_gives_no_roles_lists_nothing_and_brings_no_lists(world: World, former: Person) -> None:
    shown = len(world.told(former))
    world.by(former, GrantRole, person_id=former.id, unit_id=world.community.id, role=Role.TEAM)
    world.by(former, ListGrants, words="")
    world.by(former, ShowUnits)
    world.by(former, ImportList)
    assert world.work().people.grants_of(former.id) == []
    assert world.session.scalar(select(func.count(Errand.id))) == 0
    refused = select(func.count(AuditEntry.id)).where(AuditEntry.refused, AuditEntry.person_id == former.id)
    assert (world.session.scalar(refused) or 0) >= 3
    for told in world.told(former)[shown:]:
        assert world.member.phone not in told.to_json()


async def test_none_of_the_administrators_commands_or_buttons_fails_for_a_former_one(
    world: World, former: Person
) -> None:
    typed = [message(former, f"/{entry.name} X1-1") for entry in COMMANDS if entry.scopes >= IN_PRIVATE]
    unit = world.community.id
    pressed = [tap(former, data) for data in (f"v1|bind|{unit}", f"v1|bind-in|{unit}", f"v1|bind-yes|{unit}|-1|1")]
    await arrive(world, *typed, *pressed)
    assert parked(world) == []
    assert world.work().people.roles_in(former.id, world.community) == frozenset()


# A group that calls itself like another.


async def test_a_group_of_the_same_name_is_nobodys_and_learns_nothing(world: World) -> None:
    real = world.session.get_one(Chat, world.group_of(world.commune))
    impostor = group(OTHER_GROUP, real.title)
    added = {
        "update_id": 77001,
        "my_chat_member": {
            "chat": impostor,
            "from": {"id": world.account(world.stranger), "is_bot": False, "first_name": "Lạ"},
            "new_chat_member": {"user": {"id": 999, "is_bot": True, "first_name": "Tổ"}, "status": "administrator"},
        },
    }
    world.by(world.resident, HearMessage, words="Nhà tôi xin ít gạo")
    report = the_report(world)
    said = [f"/gannhom {world.commune.code}", "/chidao Chuyển tiền ngay", "/truc", "/baotin Nhà tôi sốt", "/help"]
    await arrive(world, added, *(message(world.stranger, words, impostor) for words in said))
    await arrive(world, tap(world.stranger, f"v1|view|{report.id}", impostor))
    assert unit_of(world, OTHER_GROUP) is None
    assert parked(world) == []
    assert OTHER_GROUP not in who_sees(world, "gạo", world.resident.name, world.member.name, world.member.phone)


async def test_a_group_cannot_pass_itself_off_as_what_a_bound_one_became(world: World) -> None:
    real = world.group_of(world.community)
    claims = {"update_id": 77002, "message": {"message_id": 1, "date": 0, "chat": group(OTHER_GROUP, "Nhóm")}}
    claims["message"]["text"] = f"migrate_from_chat_id: {real}"  # type: ignore[index]
    claims["message"]["from"] = {"id": world.account(world.stranger), "is_bot": False, "first_name": "Lạ"}  # type: ignore[index]
    await arrive(world, claims)
    assert unit_of(world, real) == world.community.id


# Another district.


async def test_links_and_buttons_of_another_district_open_nothing_here(world: World, sqlite_files: SqliteFiles) -> None:
    until = world.now + timedelta(days=1)
    with sqlite_files.new_url() as url, small_district(url) as elsewhere:
        make = elsewhere.work().invitations.make
        tokens = [
            make(InvitationKind.JOIN, person_id=elsewhere.member.id, expires_at=until),
            make(InvitationKind.BIND, unit_id=elsewhere.community.id, expires_at=until),
            make(InvitationKind.ADMINISTRATOR, expires_at=until),
        ]
        elsewhere.by(elsewhere.resident, HearMessage, words="Nhà tôi có người sốt")
        elsewhere.session.commit()
    for token, start in zip(tokens, ("moi-", "gan-", ""), strict=True):
        await arrive(world, message(world.stranger, f"/start {start}{token}"))
        await arrive(world, message(world.stranger, f"/start@to_covid_bot {start}{token}", group(OTHER_GROUP)))
    await arrive(world, tap(world.member, "v1|take|1"), tap(world.stranger, "v1|view|1"))
    assert world.work().people.grants_of(world.stranger.id) == []
    assert unit_of(world, OTHER_GROUP) is None
    assert parked(world) == []


async def test_a_link_for_one_person_opens_nothing_once_it_is_too_old(world: World) -> None:
    until = world.now + world.policy.invitation_valid_for
    token = world.work().invitations.make(InvitationKind.JOIN, person_id=world.far_member.id, expires_at=until)
    world.session.commit()
    world.later(world.policy.invitation_valid_for + timedelta(minutes=1))
    await arrive(world, message(world.stranger, f"/start moi-{token}"))
    assert world.work().people.grants_of(world.stranger.id) == []


# Guessing codes.


def answers(world: World, person: Person, words: str) -> list[str]:
    before = len(world.told(person))
    world.by(person, SearchReports, words=words)
    return [told.to_json() for told in world.told(person)[before:]]


@pytest.mark.parametrize("name", ["stranger", "neighbour", "far_member"])
def test_whoever_guesses_codes_hears_the_same_of_those_that_exist(world: World, name: str) -> None:
    world.by(world.resident, HearMessage, words="Nhà tôi xin ít gạo")
    report = the_report(world)
    guesser: Person = getattr(world, name)
    taken = {answer.replace(report.code, "") for answer in answers(world, guesser, report.code)}
    free = {answer.replace("TD-99999", "") for answer in answers(world, guesser, "TD-99999")}
    assert taken == free
    assert world.account(guesser) not in who_sees(world, "gạo", world.resident.name)


def test_a_confidential_reports_code_is_answered_like_one_that_does_not_exist_even_to_its_desk(world: World) -> None:
    world.by(world.resident, HearMessage, words="Tổ trưởng ăn chặn gạo cứu trợ của dân")
    report = the_report(world)
    report.confidential, report.ground = True, Ground.OFFICIAL
    world.session.commit()
    for person in (world.member, world.officer, world.health):
        taken = {answer.replace(report.code, "") for answer in answers(world, person, report.code)}
        free = {answer.replace("TD-99999", "") for answer in answers(world, person, "TD-99999")}
        assert taken == free


def test_codes_tell_neither_how_many_there_are_nor_which_came_first(world: World) -> None:
    for number in range(12):
        world.by(world.person(f"Người {number}"), HearMessage, words="Nhà tôi xin ít gạo")
    codes = [int(code.split("-")[1]) for code in world.session.scalars(select(Report.code).order_by(Report.id))]
    assert len(set(codes)) == 12
    assert codes != sorted(codes)
    assert max(codes) - min(codes) > 100


def test_looking_at_numbers_in_turn_shows_a_stranger_nothing_and_is_on_record(world: World) -> None:
    for number in range(5):
        world.by(world.person(f"Người {number}"), ReportInPlace, words="Nhà tôi xin ít gạo")
    for report in world.session.scalars(select(Report)).all():
        world.by(world.stranger, ViewReport, report_id=report.id)
    assert world.account(world.stranger) not in who_sees(world, "gạo", "Người 1")
    refused = select(func.count(AuditEntry.id)).where(AuditEntry.refused, AuditEntry.person_id == world.stranger.id)
    assert world.session.scalar(refused) == 5
    assert world.session.scalar(select(func.count(Mail.id)).where(Mail.chat_id == world.account(world.stranger))) == 5
