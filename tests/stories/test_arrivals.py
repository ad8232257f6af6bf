"""People who came: reported by a home, a team or a checkpoint, counted once, and none is left over."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from handlers.commands.arrivals import (
    AdvanceArrivals,
    AskWhyNot,
    ConfirmArrivals,
    DropArrivals,
    FollowArrival,
    NoteArrivals,
    OpenArrival,
)
from handlers.commands.day_figures import EnterFigures, OpenSum
from handlers.commands.followups import ConfirmFollowUp, ShowFollowUps
from handlers.commands.households import MergeHome
from handlers.commands.reports import HearMessage
from models.notices.arrivals import (
    ArrivalAsked,
    ArrivalHomeAsked,
    ArrivalHomeUnread,
    ArrivalRefused,
    ArrivalShown,
    ArrivalsKept,
    ArrivalsLeftOver,
    ArrivalsListed,
    ArrivalsRead,
    ArrivalsUnread,
)
from models.notices.day_figures import FiguresRead, SumShown
from models.notices.followups import FollowUpBegan
from models.records import Arrival, FollowUp, Person
from models.rules.arrivals import ArrivalState, Travel
from models.rules.day_figures import Origin
from models.rules.households import HouseholdKind
from models.rules.protocols import Vaccinated
from tests.stories.rendering import labels, read
from tests.stories.world import World

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 23)
LINE = "2 Giàng A Páo về từ Hà Nội hôm qua, xe khách, tiêm 1 mũi"


def report(world: World, person: Person, words: str = LINE) -> Arrival:
    """Somebody who came, reported and confirmed; the newest there is."""
    world.by(person, NoteArrivals, words=words)
    world.by(person, ConfirmArrivals)
    return arrivals(world)[-1]


def arrivals(world: World) -> list[Arrival]:
    return list(world.session.scalars(select(Arrival).order_by(Arrival.id)))


def follow_ups(world: World) -> list[FollowUp]:
    return list(world.session.scalars(select(FollowUp).order_by(FollowUp.id)))


def shown(world: World, person: Person, arrival: Arrival) -> ArrivalShown:
    card = world.card(person, arrival.subject)
    assert isinstance(card, ArrivalShown)
    return card


def until(world: World, clock: str) -> None:
    """Let the clock tick whenever it is due to ask, up to this local time."""
    target = datetime.fromisoformat(clock).replace(tzinfo=VIETNAM)
    while (due := world.session.scalar(select(func.min(Arrival.due_at)))) is not None and due <= target:
        world.now = max(due, world.now)
        world.do(AdvanceArrivals())
    world.now = target


def test_a_team_reports_who_came_and_follows_them_under_the_rule_in_force(world: World) -> None:
    world.by(world.member, NoteArrivals, words=LINE)
    read_back = world.card(world.member, "arrivals")
    assert isinstance(read_back, ArrivalsRead)
    assert (
        "Giàng A Páo, Tổ 1 bản Mẫu, nhà 2: về từ Hà Nội ngày 22/11/2026, xe khách, tiêm chưa đủ" in read(read_back).text
    )
    assert arrivals(world) == []
    for _ in range(2):
        world.by(world.member, ConfirmArrivals)
    (arrival,) = arrivals(world)
    assert (arrival.how, arrival.vaccinated, arrival.state) == (Travel.BUS, Vaccinated.PART, ArrivalState.OPEN)
    for person in (world.member, world.second_member, world.village_head):
        assert labels(read(shown(world, person, arrival))) == ["Theo dõi", "Không theo dõi"]
    assert "tháng 10/2021" in read(shown(world, world.member, arrival)).text
    for _ in range(2):
        world.by(world.second_member, FollowArrival, arrival_id=arrival.id)
    (follow_up,) = follow_ups(world)
    assert (follow_up.begins_on, follow_up.protocol) == (date(2026, 11, 22), "returnee-2021-10-part")
    assert (arrival.state, arrival.follow_up_id) == (ArrivalState.FOLLOWED, follow_up.id)
    assert "Tổ viên Hai" in read(shown(world, world.member, arrival)).text
    assert isinstance(world.told(world.neighbour)[-1], FollowUpBegan)


def test_a_resident_tells_who_came_home_in_a_few_words(world: World) -> None:
    world.by(world.resident, NoteArrivals)
    assert isinstance(world.told(world.resident)[-1], ArrivalAsked)
    world.by(world.resident, HearMessage, words="con trai tôi Páo về từ Bình Dương tối qua, đi xe máy, tiêm 2 mũi")
    read_back = read(world.card(world.resident, "arrivals"))
    assert "Páo, về từ Bình Dương" in read_back.text
    assert len(read_back.text.splitlines()) <= 5
    world.by(world.resident, ConfirmArrivals)
    (arrival,) = arrivals(world)
    assert (arrival.household_id, arrival.unit_id) == (world.homes[0].id, world.community.id)
    kept = world.card(world.resident, "arrivals")
    assert isinstance(kept, ArrivalsKept)
    assert "Tổ viên Một" in read(kept).text
    assert shown(world, world.member, arrival).by == "Bà Mẫu"


def test_a_lodging_keeper_reports_each_lodger_on_a_line(world: World) -> None:
    world.homes[0].kind = HouseholdKind.LODGING
    world.by(
        world.resident, NoteArrivals, words="Lò Văn A từ Hà Nội, 2 mũi\nSùng A Chu từ Bắc Giang hôm qua\nphòng 3 trống"
    )
    read_back = world.card(world.resident, "arrivals")
    assert isinstance(read_back, ArrivalsRead)
    assert read_back.unread == ("phòng 3 trống",)
    world.by(world.resident, ConfirmArrivals)
    assert [(each.name, each.household_id) for each in arrivals(world)] == [
        ("Lò Văn A", world.homes[0].id),
        ("Sùng A Chu", world.homes[0].id),
    ]


def test_a_resident_who_came_back_speaks_of_themselves(world: World) -> None:
    assert report(world, world.resident, "tôi mới về từ HN").name == "Bà Mẫu"


def test_a_checkpoint_reports_a_batch_on_the_way_to_anywhere(world: World) -> None:
    batch = "\n".join(
        [
            "Lò Văn A, từ Hà Nội, về X1-1 nhà 3, xe khách, 0912345678",
            "Mùa A Tủa, từ Bình Dương, về tổ 1 bản Xa, xe máy",
            "Vàng Thị Mẩy, từ Bắc Giang, về xã Mẫu Một, ô tô",
            "Giàng A Sì, từ Hà Nội, về bản Không Có",
        ]
    )
    world.by(world.district_officer, NoteArrivals, words=batch)
    read_back = world.card(world.district_officer, "arrivals")
    assert isinstance(read_back, ArrivalsRead)
    assert len(read_back.unread) == 1
    world.by(world.district_officer, ConfirmArrivals)
    first, second, third = arrivals(world)
    assert (first.unit_id, first.household_id, first.phone) == (world.community.id, world.homes[2].id, "+84912345678")
    assert (second.unit_id, second.household_id) == (world.far_community.id, None)
    assert third.unit_id == world.commune.id
    assert shown(world, world.far_member, second).state is ArrivalState.OPEN
    assert shown(world, world.health, third).unit == "Xã Mẫu Một"


def test_whose_home_is_not_known_is_placed_first_and_then_followed(world: World) -> None:
    world.by(world.district_officer, NoteArrivals, words="Vàng Thị Mẩy, từ Bắc Giang, về xã Mẫu Một, ô tô")
    world.by(world.district_officer, ConfirmArrivals)
    (arrival,) = arrivals(world)
    world.by(world.health, FollowArrival, arrival_id=arrival.id)
    assert isinstance(world.told(world.health)[-1], ArrivalHomeAsked)
    world.by(world.health, HearMessage, words="chưa rõ")
    assert isinstance(world.told(world.health)[-1], ArrivalHomeUnread)
    world.by(world.health, HearMessage, words="tổ 1 nhà 4")
    assert (arrival.household_id, arrival.unit_id) == (world.homes[3].id, world.community.id)
    assert [follow_up.household_id for follow_up in follow_ups(world)] == [world.homes[3].id]
    assert arrival.state is ArrivalState.FOLLOWED


def test_whoever_is_not_followed_has_a_reason_with_who_gave_it(world: World) -> None:
    arrival = report(world, world.member)
    world.by(world.member, AskWhyNot, arrival_id=arrival.id)
    assert arrival.state is ArrivalState.OPEN
    world.by(world.member, HearMessage, words="chỉ đi qua, đã sang huyện khác")
    assert (arrival.state, arrival.reason) == (ArrivalState.EXCUSED, "chỉ đi qua, đã sang huyện khác")
    assert "Không theo dõi (Tổ viên Một): chỉ đi qua" in read(shown(world, world.village_head, arrival)).text
    world.by(world.member, FollowArrival, arrival_id=arrival.id)
    assert follow_ups(world) == []


def test_one_person_is_counted_once_whoever_reports_them(world: World) -> None:
    world.by(world.district_officer, NoteArrivals, words="Giàng A Páo, từ Hà Nội, về xã Mẫu Một")
    world.by(world.district_officer, ConfirmArrivals)
    for person, words in ((world.neighbour, "Páo Giàng A từ HN"), (world.member, LINE), (world.second_member, LINE)):
        world.by(person, NoteArrivals, words=words)
        world.by(person, ConfirmArrivals)
    assert [each.name for each in arrivals(world)] == ["Giàng A Páo", "Páo Giàng A"]
    assert arrivals(world)[0].household_id == world.homes[1].id
    kept = world.card(world.member, "arrivals")
    assert isinstance(kept, ArrivalsKept)
    assert (kept.people, kept.again) == (0, 1)


def test_somebody_followed_already_is_settled_by_that(world: World) -> None:
    world.by(world.member, ShowFollowUps, words="2 Giàng A Páo F1")
    world.by(world.member, ConfirmFollowUp)
    arrival = report(world, world.member)
    world.by(world.member, FollowArrival, arrival_id=arrival.id)
    (follow_up,) = follow_ups(world)
    assert (arrival.state, arrival.follow_up_id) == (ArrivalState.FOLLOWED, follow_up.id)


def test_whose_home_went_up_in_another_is_followed_there(world: World) -> None:
    arrival = report(world, world.member)
    world.by(world.member, MergeHome, household_id=world.homes[1].id, into_id=world.homes[2].id)
    world.by(world.member, FollowArrival, arrival_id=arrival.id)
    (follow_up,) = follow_ups(world)
    assert follow_up.household_id == world.homes[2].id


def test_nobody_is_left_over_the_team_is_asked_then_those_above(world: World) -> None:
    arrival = report(world, world.neighbour, "Páo về từ Hà Nội")
    until(world, "2026-11-23T11:00")
    assert shown(world, world.member, arrival).is_asked_again
    assert world.card(world.chair, f"left-over:{world.community.id}") is None
    until(world, "2026-11-24T12:00")
    left_over = world.card(world.chair, f"left-over:{world.community.id}")
    assert isinstance(left_over, ArrivalsLeftOver)
    assert "Páo, Tổ 1 bản Mẫu: về từ Hà Nội" in read(left_over).text
    assert "Tổ viên Một" in read(left_over).text
    world.by(world.chair, FollowArrival, arrival_id=arrival.id)
    now = world.card(world.chair, f"left-over:{world.community.id}")
    assert isinstance(now, ArrivalsLeftOver)
    assert now.lines == ()
    assert arrival.due_at is None


def test_nobody_is_asked_about_at_night_or_twice_for_one_time(world: World) -> None:
    world.now = datetime(2026, 11, 23, 20, 0, tzinfo=VIETNAM)
    arrival = report(world, world.member)
    assert arrival.due_at == datetime(2026, 11, 24, 7, 0, tzinfo=VIETNAM)
    world.now = datetime(2026, 11, 24, 7, 0, tzinfo=VIETNAM)
    for _ in range(3):
        world.do(AdvanceArrivals())
    assert arrival.asked_times == 1


def test_the_days_count_by_origin_climbs_and_fills_the_teams_figures(world: World) -> None:
    report(world, world.member)
    report(world, world.neighbour, "Sùng A Chu từ SG")
    world.by(world.district_officer, NoteArrivals, words="Vàng Thị Mẩy, từ Hà Nội, về xã Mẫu Một")
    world.by(world.district_officer, ConfirmArrivals)
    world.by(world.commander, OpenSum, unit_id=world.district.id, day=TODAY)
    total = world.card(world.commander, f"day:{world.district.id}:{TODAY}")
    assert isinstance(total, SumShown)
    assert total.arrived == (Origin("Hà Nội", 2), Origin("TP. Hồ Chí Minh", 1))
    assert "Đã khai 3 người về trong ngày (Hà Nội 2, TP. Hồ Chí Minh 1)" in read(total).text
    assert "3 người về chưa có hướng theo dõi" in read(total).text
    world.by(world.member, EnterFigures, words="42 ho 187 khau")
    figures = world.card(world.member, "day-figures")
    assert isinstance(figures, FiguresRead)
    assert figures.stands.returnees == 2
    arrival = arrivals(world)[0]
    world.by(world.member, FollowArrival, arrival_id=arrival.id)
    now = world.card(world.commander, f"day:{world.district.id}:{TODAY}")
    assert isinstance(now, SumShown)
    assert now.unsettled == 2


def test_staff_see_whom_nobody_has_settled_where_they_serve(world: World) -> None:
    arrival = report(world, world.member)
    for person in (world.member, world.health, world.commander):
        world.by(person, NoteArrivals)
        listed = world.card(person, "open-arrivals")
        assert isinstance(listed, ArrivalsListed)
        assert [line.arrival_id for line in listed.lines] == [arrival.id]
    world.by(world.far_member, NoteArrivals)
    elsewhere = world.card(world.far_member, "open-arrivals")
    assert isinstance(elsewhere, ArrivalsListed)
    assert elsewhere.lines == ()


def test_nothing_counts_that_was_dropped_or_could_not_be_read(world: World) -> None:
    world.by(world.member, NoteArrivals, words=LINE)
    world.by(world.member, DropArrivals)
    world.by(world.member, ConfirmArrivals)
    world.by(world.member, NoteArrivals, words="99 Giàng A Páo về từ Hà Nội")
    assert isinstance(world.card(world.member, "arrivals"), ArrivalsUnread)
    assert arrivals(world) == []


@pytest.mark.parametrize("who", ["stranger", "resident", "far_member", "administrator", "clerk"])
def test_others_do_not_decide_about_them(world: World, who: str) -> None:
    arrival = report(world, world.member)
    person = getattr(world, who)
    before = len(world.told(person))
    world.by(person, OpenArrival, arrival_id=arrival.id)
    world.by(person, FollowArrival, arrival_id=arrival.id)
    world.by(person, AskWhyNot, arrival_id=arrival.id)
    told = world.told(person)[before:]
    assert all(isinstance(notice, ArrivalRefused) for notice in told)
    assert all("Páo" not in read(notice).text for notice in told)
    assert (arrival.state, follow_ups(world)) == (ArrivalState.OPEN, [])


def test_a_stranger_is_led_to_tell_the_team_otherwise(world: World) -> None:
    world.by(world.stranger, NoteArrivals, words="tôi mới về từ HN")
    assert isinstance(world.told(world.stranger)[-1], ArrivalRefused)
    assert "/baotin" in read(world.told(world.stranger)[-1]).text
    assert arrivals(world) == []
