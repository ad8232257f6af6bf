"""A tampered client can send any data for any button: nothing of it opens what is closed, and nothing breaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.telegram.buttons import LONGEST, own_fields
from handlers.commands import FromPerson
from handlers.commands.checkins import AnswerForHousehold, ChooseOwnHome, ProposeHome
from handlers.commands.directive_following import AcknowledgeDirective, AskAboutDirective
from handlers.commands.directives import DraftDirective, ToggleUnit
from handlers.commands.enrolment import EndRole, GrantRole, ListGrants, ReviewRole
from handlers.commands.reports import HearMessage, TakeReport
from models.notices import CopyRetired
from models.notices.enrolment import ButtonTooOld
from models.notices.grants import GrantRead, GrantRefused, InvitationMade, RoleReviewed
from models.notices.mail import EntryParked
from models.records import CheckinAnswer, Directive, DirectivePlace, Mail, Person, Report, Round
from models.rules.checkins import Answer, Source
from models.rules.roles import Role
from models.store.missing import NotThere
from tests.security.raw import arrive, group, message, parked, tap
from tests.stories.checkin_day import Day
from tests.stories.reading import the_report
from tests.stories.world import World

#: What a value can be made into: nobody's id, an impossible one, one too large for any database, and rubbish.
MADE_UP = ["987654", "-1", "9" * 17, "9223372036854775807", "x", "", "٣", "1 OR 1=1"]
WORDS = ["all_well", "someone_ill", "self", "called", "team", "administrator", "commander", "true", "2026-11-23"]


def forged() -> list[str]:
    """Every verb with every made-up value in every place, as far as it fits into a button."""
    datas = []
    for verb, command in FromPerson.by_verb.items():
        width = len(own_fields(command))
        datas += [f"v1|{verb}|" + "|".join([value] * width) for value in MADE_UP if width]
        datas += [f"v1|{verb}", f"v1|{verb}|1|2|3|4|5|6", f"v2|{verb}|1", f"{verb}|1"]
        datas += ["v1|" + verb + "|" + "|".join("1" if name.endswith("_id") else word for name in own_fields(command))
                  for word in WORDS]  # fmt: skip
    return [data for data in dict.fromkeys(datas) if len(data.encode()) <= LONGEST]


@pytest.mark.parametrize("name", ["stranger", "commander", "administrator"])
async def test_no_made_up_data_breaks_anything_or_calls_the_administrator(world: World, name: str) -> None:
    person: Person = getattr(world, name)
    at_group = group(world.group_of(world.community))
    await arrive(world, *(tap(person, data) for data in forged()))
    await arrive(world, *(tap(person, data, at_group) for data in forged()[::9]))
    assert parked(world) == []
    assert not any(isinstance(told, EntryParked) for told in world.told(world.administrator))


async def test_a_number_nobody_has_is_answered_as_a_button_grown_old(world: World) -> None:
    await arrive(world, tap(world.stranger, "v1|view|987654"), message(world.stranger, "/start view-987654"))
    assert [type(told) for told in world.told(world.stranger)] == [ButtonTooOld, ButtonTooOld]


async def test_a_press_from_a_chat_its_button_never_stood_in_gives_no_more_than_its_presser_may(world: World) -> None:
    world.by(world.resident, HearMessage, words="Nhà tôi xin ít gạo")
    report = the_report(world)
    elsewhere = group(-100999)
    await arrive(world, tap(world.far_member, f"v1|take|{report.id}", elsewhere))
    assert report.taken_by_id is None
    await arrive(world, tap(world.member, f"v1|take|{report.id}", elsewhere))
    assert report.taken_by_id == world.member.id
    assert not [told for told in world.told(-100999) if not isinstance(told, CopyRetired)]


async def test_a_press_repeated_a_hundred_times_has_one_effect(world: World) -> None:
    world.by(world.resident, HearMessage, words="Nhà tôi xin ít gạo")
    report = the_report(world)
    await arrive(world, *(tap(world.member, f"v1|take|{report.id}") for _ in range(100)))
    assert [told.kind for told in world.told(world.resident)].count("ReportTakenUp") == 1


async def test_an_update_repeated_by_the_service_has_one_effect(world: World) -> None:
    repeated = message(world.resident, "Nhà tôi xin ít gạo")
    for _ in range(3):
        await arrive(world, repeated)
    assert len(world.session.scalars(select(Report)).all()) == 1
    assert len(world.told(world.resident)) == 1


# Numbers of other places.


def test_a_home_answers_only_in_the_rounds_of_its_own_community(world: World) -> None:
    day = Day(world)
    world.household(world.far_community, "1")
    day.begin()
    far = world.session.scalars(select(Round).where(Round.unit_id == world.far_community.id)).first()
    assert far is not None
    own: dict[str, Any] = {"round_id": far.id, "household_id": world.homes[0].id, "answer": Answer.ALL_WELL}
    world.by(world.resident, AnswerForHousehold, **own, source=Source.SELF)
    world.by(world.resident, ChooseOwnHome, **own)
    world.by(world.member, AnswerForHousehold, **own, source=Source.CALLED)
    kept = world.session.scalars(select(CheckinAnswer)).one()
    assert (kept.round_id, kept.household_id) == (day.round.id, world.homes[0].id)


def test_claiming_a_home_gives_nothing_before_its_team_agrees(world: World) -> None:
    day = Day(world)
    day.begin()
    day.by(world.stranger, ProposeHome, household_id=world.homes[0].id, answer=Answer.ALL_WELL)
    assert world.work().people.households_of(world.stranger.id) == []
    texts = " ".join(str(told) for told in world.told(world.stranger))
    assert world.homes[0].head not in texts
    assert world.homes[0].phone not in texts


def test_a_draft_cannot_be_answered_or_asked_about_before_it_is_sent(world: World) -> None:
    world.by(world.commander, DraftDirective, words="Các tổ họp lúc 8 giờ")
    draft = world.session.scalars(select(Directive)).one()
    world.by(world.commander, ToggleUnit, directive_id=draft.id, unit_id=world.commune.id)
    world.by(world.chair, AcknowledgeDirective, directive_id=draft.id)
    with pytest.raises(NotThere):
        world.by(world.stranger, AskAboutDirective, directive_id=draft.id)
    world.session.rollback()
    places = world.session.scalars(select(DirectivePlace)).all()
    assert places
    assert all(place.acknowledged_at is None for place in places)


async def test_asking_about_a_directive_nobody_sent_loses_none_of_the_next_words(world: World) -> None:
    await arrive(world, tap(world.resident, "v1|d-ask|4711"), message(world.resident, "Nhà tôi xin ít gạo"))
    assert parked(world) == []
    assert the_report(world).words == "Nhà tôi xin ít gạo"


# Roles.


def test_a_commander_cannot_become_a_superior_who_has_not_joined_yet(world: World) -> None:
    listed = world.person("Phó chỉ huy Huyện", Role.COMMANDER, world.district)
    listed.account_id = None
    world.session.commit()
    world.by(world.chair, GrantRole, person_id=listed.id, unit_id=world.community.id, role=Role.TEAM)
    told = world.told(world.chair)
    assert not any(isinstance(each, InvitationMade) for each in told)
    assert isinstance(told[-1], GrantRefused)
    assert world.work().people.roles_in(listed.id, world.community) == frozenset()
    world.by(world.commander, GrantRole, person_id=listed.id, unit_id=world.community.id, role=Role.TEAM)
    assert any(isinstance(each, InvitationMade) for each in world.told(world.commander))


def test_nor_the_head_of_a_home_elsewhere_nor_an_administrator(world: World) -> None:
    head = world.person("Chủ nhà Xa")
    world.link(head, world.household(world.far_community, "9"))
    administrator = world.person("Quản trị Hai", Role.ADMINISTRATOR, None)
    for listed in (head, administrator):
        listed.account_id = None
        world.session.commit()
        world.by(world.chair, GrantRole, person_id=listed.id, unit_id=world.community.id, role=Role.TEAM)
    assert not any(isinstance(told, InvitationMade) for told in world.told(world.chair))


def test_a_phone_is_not_looked_up_by_an_account_or_by_a_made_up_role(world: World) -> None:
    world.by(world.chair, ReviewRole, person_id=world.far_member.id, unit_id=world.community.id, role=Role.TEAM)
    assert not isinstance(world.card(world.chair, "grants"), RoleReviewed)
    account = world.account(world.far_member)
    world.by(world.chair, ListGrants, words=f"{account} tổ viên X1-1")
    read = world.card(world.chair, "grants")
    assert isinstance(read, GrantRead)
    assert world.far_member.phone not in read.to_json()
    world.by(world.chair, ListGrants, words=f"{'9' * 60} tổ viên X1-1")


def test_a_role_that_ended_opens_nothing_from_that_moment(world: World) -> None:
    world.by(world.resident, HearMessage, words="Nhà tôi xin ít gạo")
    report = the_report(world)
    world.by(world.member, TakeReport, report_id=report.id)
    world.by(world.chair, EndRole, person_id=world.member.id, unit_id=world.community.id, role=Role.TEAM)
    assert report.taken_by_id is None
    card = world.card(world.member, report.subject)
    assert card is not None
    assert "gạo" not in card.to_json()
    world.later(timedelta(minutes=1))
    world.by(world.member, TakeReport, report_id=report.id)
    assert report.taken_by_id is None


def test_a_commander_who_is_one_no_more_gives_no_roles_by_old_buttons(world: World) -> None:
    world.by(world.commander, EndRole, person_id=world.chair.id, unit_id=world.commune.id, role=Role.COMMANDER)
    world.by(world.chair, GrantRole, person_id=world.chair.id, unit_id=world.commune.id, role=Role.COMMANDER)
    assert world.work().people.roles_in(world.chair.id, world.commune) == frozenset()


def test_every_refusal_is_kept_for_those_who_ask_later(world: World) -> None:
    world.by(world.stranger, ListGrants, words="")
    world.by(world.stranger, DraftDirective, words="Giả làm chỉ huy")
    refused = world.session.scalars(select(Mail).where(Mail.chat_id == world.account(world.stranger))).all()
    assert [mail.kind for mail in refused] == ["GrantRefused", "DirectingRefused"]
