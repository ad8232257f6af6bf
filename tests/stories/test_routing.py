"""Where reports go first, who else reads them, and how the table is changed."""

from __future__ import annotations

from datetime import timedelta

from handlers.commands.queue import ListQueue
from handlers.commands.reports import EscalateOverdue, HearMessage, ResolveReport, TakeReport, ViewReport
from handlers.commands.routing import ShowRoutes
from models.notices import Notice
from models.notices.desks import ReportCard, ReportRefused
from models.notices.queues import QueueListed
from models.notices.reports import ReportFiled
from models.notices.routing import RouteChanged, RoutesRefused, RoutesShown, RouteUnread
from models.records import Person, Report
from models.rules.reports import ReportState, Rung
from models.rules.roles import Role
from tests.stories.reading import last, read, the_report
from tests.stories.world import World

ILL = "Nhà tôi có người sốt cao từ hôm qua"
HUNGRY = "Nhà tôi xin ít gạo với thuốc"
CROWD = "Quán karaoke mở cửa đông người, không ai đeo khẩu trang"
RUMOUR = "Nghe đồn mai phong toả cả huyện có đúng không"
UNANSWERED = "Gọi số trực từ sáng không ai bắt máy, tổ làm ăn kiểu gì"


def filed(world: World, words: str) -> Report:
    world.by(world.resident, HearMessage, words=words)
    return the_report(world)


def card_of(world: World, person: Person, report: Report) -> Notice | None:
    return world.card(person, report.subject)


def test_illness_goes_to_the_team_and_the_health_station_reads_it_without_the_sender(world: World) -> None:
    report = filed(world, ILL)
    assert (report.holder_id, report.rung) == (world.community.id, Rung.TEAM)
    card = card_of(world, world.health, report)
    assert isinstance(card, ReportCard)
    assert (card.sender, card.actions, card.origin.household) == (None, (), "")
    assert world.resident.name not in read(world, card).text
    world.by(world.health, TakeReport, report_id=report.id)
    assert isinstance(last(world, world.health), ReportRefused)
    assert card_of(world, world.officer, report) is None


def test_whoever_is_told_sees_how_it_goes_on(world: World) -> None:
    report = filed(world, ILL)
    world.by(world.member, TakeReport, report_id=report.id)
    card = card_of(world, world.health, report)
    assert isinstance(card, ReportCard)
    assert card.taken_by is not None
    world.by(world.health, ViewReport, report_id=report.id)
    world.by(world.member, ResolveReport, report_id=report.id, words="Đã đưa thuốc")
    closing = card_of(world, world.health, report)
    assert isinstance(closing, ReportCard)
    assert closing.state is ReportState.RESOLVED


def test_arrivals_are_read_by_the_police_and_relief_by_the_front(world: World) -> None:
    police = world.person("Công an Xã Một", Role.POLICE, world.commune)
    front = world.person("Mặt trận Huyện", Role.FRONT, world.district)
    arrival = filed(world, "Con tôi vừa về từ Bình Dương tối qua")
    assert isinstance(card_of(world, police, arrival), ReportCard)
    world.later(timedelta(hours=1))
    world.by(world.neighbour, HearMessage, words=HUNGRY)
    hungry = world.session.query(Report).order_by(Report.id.desc()).first()
    assert hungry is not None
    assert isinstance(card_of(world, front, hungry), ReportCard)
    assert card_of(world, front, arrival) is None


def test_nobody_of_the_senders_home_is_told(world: World) -> None:
    world.link(world.health, world.homes[0])
    assert card_of(world, world.health, filed(world, ILL)) is None


def test_a_violation_goes_to_the_commune_past_the_team(world: World) -> None:
    report = filed(world, CROWD)
    assert report.holder_id == world.commune.id
    assert card_of(world, world.member, report) is None
    receipt = last(world, world.resident)
    assert isinstance(receipt, ReportFiled)
    assert receipt.holder.unit == world.commune.name


def test_a_rumour_is_the_spokespersons_alone(world: World) -> None:
    spokesperson = world.person("Người phát ngôn", Role.SPOKESPERSON, world.district)
    report = filed(world, RUMOUR)
    assert report.holder_id == world.district.id
    assert isinstance(card_of(world, spokesperson, report), ReportCard)
    for person in (world.district_officer, world.officer, world.member):
        assert card_of(world, person, report) is None
    world.by(world.district_officer, TakeReport, report_id=report.id)
    assert report.state is ReportState.OPEN
    world.by(spokesperson, ListQueue)
    listed = world.card(spokesperson, "queue")
    assert isinstance(listed, QueueListed)
    assert [line.code for line in listed.lines] == [report.code]
    world.by(spokesperson, TakeReport, report_id=report.id)
    assert report.taken_by_id == spokesperson.id


def test_without_a_spokesperson_a_rumour_is_the_communes(world: World) -> None:
    report = filed(world, RUMOUR)
    assert report.holder_id == world.commune.id
    assert isinstance(card_of(world, world.officer, report), ReportCard)


def test_a_hotline_nobody_answers_is_the_commanders(world: World) -> None:
    report = filed(world, UNANSWERED)
    assert report.is_hotline_fault
    assert report.holder_id == world.commune.id
    assert isinstance(card_of(world, world.chair, report), ReportCard)
    assert card_of(world, world.officer, report) is None


def test_a_danger_goes_by_no_table(world: World) -> None:
    world.by(world.commander, ShowRoutes, words="nguy cấp: huyện, xã 9h, đêm chờ")
    report = filed(world, "Bố tôi khó thở, tím tái")
    assert report.holder_id == world.community.id
    assert report.due_at == world.now + timedelta(minutes=5)


def test_the_top_commander_changes_a_line_and_the_next_report_follows_it(world: World) -> None:
    world.by(world.commander, ShowRoutes, words="cứu trợ: xã + y tế, xã 2 giờ, đêm chuyển")
    changed = last(world, world.commander)
    assert isinstance(changed, RouteChanged)
    assert "trạm y tế" in read(world, changed).text
    report = filed(world, HUNGRY)
    assert report.holder_id == world.commune.id
    assert report.due_at == world.now + timedelta(hours=2)
    assert card_of(world, world.member, report) is None
    world.later(timedelta(hours=2))
    world.do(EscalateOverdue())
    assert report.holder_id == world.district.id


def test_a_line_goes_back_to_what_it_was(world: World) -> None:
    world.by(world.commander, ShowRoutes, words="cứu trợ: huyện")
    world.by(world.commander, ShowRoutes, words="cứu trợ: mặc định")
    assert filed(world, HUNGRY).holder_id == world.community.id


def test_the_table_is_shown_to_those_who_serve_and_changed_by_the_top_commander_alone(world: World) -> None:
    for person, may_change in ((world.commander, True), (world.chair, False), (world.member, False)):
        world.by(person, ShowRoutes)
        shown = last(world, person)
        assert isinstance(shown, RoutesShown)
        assert shown.may_change is may_change
        assert "tin đồn: xã (người phát ngôn)" in read(world, shown).text
    for person, words in ((world.chair, "cứu trợ: huyện"), (world.resident, ""), (world.administrator, "")):
        world.by(person, ShowRoutes, words=words)
        refused = last(world, person)
        assert isinstance(refused, RoutesRefused)
        assert refused.who_can[0].name == world.commander.name
    world.by(world.commander, ShowRoutes, words="cứu trợ đi đâu")
    assert last(world, world.commander) == RouteUnread()
