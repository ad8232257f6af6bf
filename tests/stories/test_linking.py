"""A report finds its home, and two reports of one matter become one."""

from __future__ import annotations

from handlers.commands.desks import LinkReport, MergeReport, NameHome, OfferDuplicates, OfferHomes
from handlers.commands.reports import (
    AnswerSender,
    ConfirmHelped,
    HearMessage,
    ListMyReports,
    ResolveReport,
    SayNotHelped,
    TakeReport,
)
from models.notices.desks import DeskRung, ReportCard, ReportShrunk
from models.notices.reports import OwnReportsListed, ResultTold, SenderAnswered
from models.notices.tools import DuplicatesOffered, HomesOffered, ReportMergedTold
from models.records import Report
from models.rules.reports import ReportState, Ring, Step
from models.rules.roles import Role
from tests.stories.reading import last, read, the_report
from tests.stories.world import World

HUNGRY = "Nhà tôi xin ít gạo với thuốc"


def two_reports(world: World) -> tuple[Report, Report]:
    """What two neighbours tell of one matter."""
    world.by(world.resident, HearMessage, words="Đường vào bản đang bị rào, xe gạo không vào được")
    world.by(world.neighbour, HearMessage, words="Rào chắn đầu bản, không mua được gạo")
    first, second = world.session.query(Report).order_by(Report.id).all()
    return first, second


def test_a_report_from_nowhere_is_linked_to_the_home_that_was_typed(world: World) -> None:
    world.by(world.stranger, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.district_officer, OfferHomes, report_id=report.id)
    world.by(world.district_officer, HearMessage, words="chu nha 3")
    found = world.card(world.district_officer, report.tools_subject)
    assert isinstance(found, HomesOffered)
    assert [home.id for home in found.homes] == [world.homes[2].id]
    world.by(world.district_officer, LinkReport, report_id=report.id, household_id=world.homes[2].id)
    assert (report.household_id, report.origin_id) == (world.homes[2].id, world.community.id)
    steps = [step.step for step in world.work().reports.history(report.id)]
    assert steps.count(Step.LINKED) == 1


def test_the_homes_of_its_community_are_offered_by_number(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.member, OfferHomes, report_id=report.id)
    offered = world.card(world.member, report.tools_subject)
    assert isinstance(offered, HomesOffered)
    assert [home.name for home in offered.homes] == ["1", "2", "3", "4", "5"]


def test_no_home_of_that_name_is_asked_for_again(world: World) -> None:
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.member, NameHome, report_id=report.id, words="nhà trên đồi")
    offered = world.card(world.member, report.tools_subject)
    assert isinstance(offered, HomesOffered)
    assert offered.homes == ()


def test_a_home_elsewhere_cannot_be_named(world: World) -> None:
    home = world.household(world.far_community, "9")
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.member, LinkReport, report_id=report.id, household_id=home.id)
    assert report.household_id == world.homes[0].id


def test_whoever_lives_in_the_home_that_it_turns_out_to_concern_gives_it_back(world: World) -> None:
    world.link(world.member, world.homes[4])
    world.by(world.resident, HearMessage, words=HUNGRY)
    report = the_report(world)
    world.by(world.member, TakeReport, report_id=report.id)
    world.by(world.second_member, LinkReport, report_id=report.id, household_id=world.homes[4].id)
    assert (report.state, report.taken_by_id) == (ReportState.OPEN, None)
    assert world.card(world.member, report.subject) == ReportShrunk(report.code, is_closed=False)


def test_two_reports_of_one_matter_become_one_and_everybody_hears_of_it(world: World) -> None:
    first, second = two_reports(world)
    world.by(world.member, OfferDuplicates, report_id=second.id)
    offered = world.card(world.member, second.tools_subject)
    assert isinstance(offered, DuplicatesOffered)
    assert [other.report_id for other in offered.others] == [first.id]
    for _ in range(2):
        world.by(world.member, MergeReport, report_id=second.id, into_id=first.id)
    assert (second.state, second.due_at, second.merged_into_id) == (ReportState.CLOSED, None, first.id)
    told = last(world, world.neighbour)
    assert isinstance(told, ReportMergedTold)
    assert (told.code, told.into) == (second.code, first.code)
    assert world.card(world.second_member, second.subject) == ReportShrunk(second.code, True, first.code)
    assert "không mua được gạo" in read(world, world.card(world.second_member, first.subject)).text
    rung = [told.ring for told in world.told(world.second_member) if isinstance(told, DeskRung)]
    assert rung == [Ring.MERGED]


def test_answers_and_the_result_reach_everybody_who_told_of_it(world: World) -> None:
    first, second = two_reports(world)
    world.by(world.member, MergeReport, report_id=second.id, into_id=first.id)
    world.by(world.member, AnswerSender, report_id=first.id, words="Tổ đang gỡ rào")
    for sender in (world.resident, world.neighbour):
        assert any(isinstance(told, SenderAnswered) for told in world.told(sender))
    world.by(world.member, ResolveReport, report_id=first.id, words="Đã gỡ rào")
    for sender in (world.resident, world.neighbour):
        assert isinstance(world.card(sender, first.result_subject), ResultTold)
    world.by(world.neighbour, SayNotHelped, report_id=first.id)
    world.by(world.resident, ConfirmHelped, report_id=first.id)
    steps = [step.step for step in world.work().reports.history(first.id)]
    assert steps[-2:] == [Step.REOPENED, Step.CONFIRMED]
    assert first.state is ReportState.CLOSED


def test_later_words_of_either_join_the_one(world: World) -> None:
    first, second = two_reports(world)
    world.by(world.member, MergeReport, report_id=second.id, into_id=first.id)
    world.by(world.neighbour, HearMessage, words="Giờ vẫn chưa vào được")
    card = world.card(world.member, first.subject)
    assert isinstance(card, ReportCard)
    assert "Giờ vẫn chưa vào được" in card.added
    world.by(world.neighbour, ListMyReports)
    listed = last(world, world.neighbour)
    assert isinstance(listed, OwnReportsListed)
    assert [(line.code, line.state) for line in listed.lines] == [(second.code, ReportState.OPEN)]


def test_nobody_works_on_it_who_lives_with_any_of_those_who_told_of_it(world: World) -> None:
    world.link(world.second_member, world.homes[1])
    world.person("Tổ viên Ba", Role.TEAM, world.community)
    first, second = two_reports(world)
    world.by(world.second_member, TakeReport, report_id=first.id)
    world.by(world.member, MergeReport, report_id=second.id, into_id=first.id)
    assert (first.state, first.taken_by_id) == (ReportState.OPEN, None)
    assert world.card(world.second_member, first.subject) == ReportShrunk(first.code, is_closed=False)


def test_only_a_report_nearby_that_waits_can_take_it_in(world: World) -> None:
    first, second = two_reports(world)
    world.by(world.member, ResolveReport, report_id=first.id, words="Đã gỡ rào")
    world.by(world.member, MergeReport, report_id=second.id, into_id=first.id)
    world.by(world.member, MergeReport, report_id=second.id, into_id=second.id)
    assert second.merged_into_id is None
    assert second.state is ReportState.OPEN
