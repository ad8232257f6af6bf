"""What is said in a group and logged by staff is a report of whoever said it, and the group hears nothing of it."""

from __future__ import annotations

import pytest

from handlers.commands import Enclosure, Sender
from handlers.commands.households import AskAboutHome, HomeQuestion
from handlers.commands.on_behalf import LogMessage, ReportForHome
from handlers.commands.reports import HearMessage
from models.notices.desks import ReportCard
from models.notices.households import HomesFound
from models.notices.reports import LoggingExplained, MessageLogged, ReportFiled
from models.notices.tools import HomesOffered
from models.records import Person, Report
from models.rules.roles import Role
from tests.stories.reading import last, read, the_report
from tests.stories.world import World

HUNGRY = "Nhà tôi hết gạo rồi bà con ơi"


def log(world: World, by: Person, author: Person | None, words: str = HUNGRY, said: int = 40) -> None:
    sender = Sender(world.account(author), author.name) if author else None
    group = world.group_of(world.community)
    world.by(by, LogMessage, chat_id=group, words=words, reply_to_id=said, author=sender)


def test_a_logged_message_is_its_authors_report_with_their_home_and_receipt(world: World) -> None:
    log(world, world.member, world.neighbour)
    report = the_report(world)
    assert (report.sender_id, report.household_id) == (world.neighbour.id, world.homes[1].id)
    assert report.origin_id == world.community.id
    assert isinstance(last(world, world.neighbour), ReportFiled)
    assert isinstance(world.card(world.second_member, report.subject), ReportCard)
    assert world.told(world.group_of(world.community)) == []


def test_who_logged_it_is_answered_in_private_and_kept_in_the_history(world: World) -> None:
    log(world, world.member, world.neighbour)
    report = the_report(world)
    assert MessageLogged(report.code, world.homes[1].number) in world.told(world.member)
    assert world.work().reports.history(report.id)[0].person_id == world.member.id


def test_when_the_home_is_not_known_who_logged_it_is_asked_afterwards(world: World) -> None:
    log(world, world.member, world.stranger)
    report = the_report(world)
    assert (report.sender_id, report.household_id, report.origin_id) == (world.stranger.id, None, world.community.id)
    assert isinstance(world.card(world.member, report.tools_subject), HomesOffered)


def test_what_staff_wrote_in_the_group_concerns_no_home_before_it_is_named(world: World) -> None:
    world.person("Tổ viên Ba", Role.TEAM, world.community)
    world.link(world.second_member, world.homes[3])
    log(world, world.member, world.second_member)
    assert the_report(world).household_id is None
    assert isinstance(world.card(world.member, the_report(world).tools_subject), HomesOffered)


def test_nobody_stands_behind_a_hidden_administrator_so_who_logged_it_speaks(world: World) -> None:
    hidden = Sender(1, "Nhóm", is_anonymous=True)
    group = world.group_of(world.community)
    world.by(world.member, LogMessage, chat_id=group, words=HUNGRY, reply_to_id=40, author=hidden)
    assert the_report(world).sender_id == world.member.id


def test_one_message_is_one_report_whoever_logs_it_again(world: World) -> None:
    for member in (world.member, world.second_member, world.member):
        log(world, member, world.neighbour)
    assert world.session.query(Report).count() == 1
    log(world, world.member, world.neighbour, said=41)
    assert world.session.query(Report).count() == 2


def test_residents_and_other_teams_log_nothing(world: World) -> None:
    for person in (world.resident, world.far_member, world.administrator):
        log(world, person, world.neighbour)
    assert world.session.query(Report).count() == 0


def test_without_a_message_to_log_the_way_is_explained(world: World) -> None:
    log(world, world.member, None, words="")
    assert isinstance(last(world, world.member), LoggingExplained)
    world.by(world.member, LogMessage)
    assert isinstance(last(world, world.member), LoggingExplained)
    assert world.session.query(Report).count() == 0


def test_what_a_home_told_its_team_is_that_homes_report(world: World) -> None:
    world.by(world.member, AskAboutHome, household_id=world.homes[0].id, question=HomeQuestion.REPORT)
    world.by(world.member, HearMessage, words="Hết gạo từ hôm qua", enclosures=(Enclosure("photo", "thung-gao"),))
    report = the_report(world)
    assert (report.sender_id, report.household_id) == (world.resident.id, world.homes[0].id)
    assert isinstance(last(world, world.resident), ReportFiled)
    assert MessageLogged(report.code, world.homes[0].number) in world.told(world.member)
    assert [each.file_id for each in world.work().reports.attachments(report.id)] == ["thung-gao"]
    assert world.work().reports.history(report.id)[0].person_id == world.member.id


@pytest.mark.parametrize("typed", ["3 hết gạo", "nhà 3 hết gạo", "Nhà số 3: hết gạo"])
def test_one_typed_line_in_private_reports_for_a_home(world: World, typed: str) -> None:
    world.by(world.member, LogMessage, words=typed)
    report = the_report(world)
    assert (report.household_id, report.words) == (world.homes[2].id, "hết gạo")
    assert "xin gọi điện" in read(world, world.card(world.second_member, report.subject)).text


def test_a_number_that_several_homes_have_is_asked_about(world: World) -> None:
    world.household(world.second_community, "3")
    world.by(world.village_head, LogMessage, words="3 hết gạo")
    assert isinstance(world.card(world.village_head, "register"), HomesFound)
    assert world.session.query(Report).count() == 0


def test_nobody_reports_for_a_home_that_others_look_after(world: World) -> None:
    world.by(world.far_member, ReportForHome, household_id=world.homes[0].id, words=HUNGRY)
    world.by(world.neighbour, LogMessage, words="3 hết gạo")
    assert world.session.query(Report).count() == 0


def test_what_is_dangerous_to_tell_a_home_is_told_to_nobody_who_lives_there(world: World) -> None:
    world.by(world.member, ReportForHome, household_id=world.homes[0].id, words="Chồng đánh vợ bầm mặt")
    report = the_report(world)
    assert (report.sender_id, report.household_id, report.confidential) == (world.member.id, world.homes[0].id, True)
    assert world.told(world.resident) == []
