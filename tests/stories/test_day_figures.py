"""The figures of a day: typed, read back, counted once, summed tier by tier, and whoever is late is seen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.commands.day_figures import (
    AdvanceGatherings,
    AskFigures,
    ChaseSenders,
    ChooseFigureUnit,
    ConfirmSheet,
    DropSheet,
    EnterFigures,
    OpenSum,
)
from handlers.commands.followups import ConfirmFollowUp, ShowFollowUps
from handlers.commands.reports import HearMessage
from models.notices.day_figures import (
    ChasedAlready,
    FiguresAsked,
    FiguresHeard,
    FiguresKept,
    FiguresRead,
    FiguresRefused,
    FiguresUnread,
    FiguresWanted,
    OwnFiguresListed,
    SendersChased,
    SumShown,
)
from models.records import DaySending, DaySheet, Gathering, Grant, Person, Report, Unit
from models.rules.checkins import Answer, Source
from models.rules.day_figures import DayFigures, Origin
from models.rules.policy import Policy
from models.rules.triage import Urgency
from tests.databases import in_memory
from tests.stories.checkin_day import Day
from tests.stories.rendering import labels, read
from tests.stories.world import MORNING, World

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 11, 23)
LINE = "bc to 1: 42 ho 187 khau, k ai sot, 1 ng ve tu HN cl tai nha"


def send(world: World, person: Person, words: str, unit: Unit | None = None, day: date = TODAY) -> None:
    """Type a day's figures and confirm them."""
    world.by(person, EnterFigures, words=words)
    world.by(person, ConfirmSheet, unit_id=(unit or world.community).id, day=day)


def until(world: World, clock: str) -> None:
    """Let the clock tick at every step that falls due up to this local time of the day, or moment."""
    moment = clock if "T" in clock else f"2026-11-23T{clock}"
    target = datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)
    world.do(AdvanceGatherings())
    while (due := world.session.scalar(select(func.min(Gathering.due_at)))) is not None and due <= target:
        world.now = max(due, world.now)
        world.do(AdvanceGatherings())
    world.now = max(target, world.now)


def total(world: World, person: Person, unit: Unit) -> SumShown:
    shown = world.card(person, f"day:{unit.id}:{TODAY}")
    assert isinstance(shown, SumShown)
    return shown


def sheets(world: World) -> list[DaySheet]:
    return list(world.session.scalars(select(DaySheet).order_by(DaySheet.id)))


def test_what_a_team_types_freely_is_read_back_and_counts_once_it_is_confirmed(world: World) -> None:
    world.by(world.member, HearMessage, words=LINE)
    shown = world.card(world.member, "day-figures")
    assert isinstance(shown, FiguresRead)
    assert shown.said == DayFigures(42, people=187, ill=0, returnees=1, isolating=1, origins=(Origin("Hà Nội", 1),))
    assert "Mới về: 1 (Hà Nội 1)" in read(shown).text
    assert labels(read(shown)) == ["Gửi", "Huỷ"]
    assert sheets(world) == []
    for _ in range(2):
        world.by(world.member, ConfirmSheet, unit_id=world.community.id, day=TODAY)
    assert [sheet.figures.homes for sheet in sheets(world)] == [42]
    assert len(world.session.scalars(select(DaySending)).all()) == 1
    assert isinstance(world.card(world.member, "day-figures"), FiguresKept)
    assert world.session.scalars(select(Report)).all() == []


def test_what_the_register_knows_is_filled_in_and_what_differs_is_shown(day: Day) -> None:
    world = day.world
    day.begin()
    day.tap(world.resident, Answer.SOMEONE_ILL)
    day.tap_home(world.member, 1, Answer.ALL_WELL, Source.MET)
    world.by(world.member, ShowFollowUps, words="1 Bà Mẫu F0")
    world.by(world.member, ConfirmFollowUp)
    world.now = datetime.combine(day.round.day, datetime.min.time(), VIETNAM) + timedelta(hours=10)
    world.by(world.member, EnterFigures, words="42 ho 187 khau")
    shown = world.card(world.member, "day-figures")
    assert isinstance(shown, FiguresRead)
    assert (shown.stands.visited, shown.stands.no_answer, shown.stands.ill) == (2, 3, 1)
    assert (shown.stands.isolating, shown.stands.cases) == (1, 1)
    text = read(shown).text
    assert "Số hộ: 42 (danh sách đang ghi: 5)" in text
    assert "F0 tại nhà: 1 (Tổ đã có sẵn)" in text
    assert "Vi phạm" not in text


def test_nothing_counts_that_was_dropped(world: World) -> None:
    world.by(world.member, EnterFigures, words=LINE)
    world.by(world.member, DropSheet)
    world.by(world.member, ConfirmSheet, unit_id=world.community.id, day=TODAY)
    assert sheets(world) == []


def test_a_correction_keeps_what_it_does_not_name_and_every_sending_is_kept(world: World) -> None:
    send(world, world.member, LINE)
    world.by(world.second_member, EnterFigures, words="2 ng sot")
    shown = world.card(world.second_member, "day-figures")
    assert isinstance(shown, FiguresRead)
    assert "Có triệu chứng: 2 (lần trước: 0)" in read(shown).text
    world.by(world.second_member, ConfirmSheet, unit_id=world.community.id, day=TODAY)
    (sheet,) = sheets(world)
    assert (sheet.figures.homes, sheet.figures.ill, sheet.figures.returnees) == (42, 2, 1)
    sendings = world.work().day_sheets.sendings_of(sheet)
    assert [(each.by_id, each.figures.ill) for each in sendings] == [(world.member.id, 0), (world.second_member.id, 2)]
    assert [each.words for each in sendings] == [LINE, "2 ng sot"]


def test_figures_of_yesterday_are_of_yesterday_and_late(world: World) -> None:
    world.by(world.member, EnterFigures, words="bc hqua: 40 ho 180 khau")
    yesterday = TODAY - timedelta(days=1)
    world.by(world.member, ConfirmSheet, unit_id=world.community.id, day=yesterday)
    kept = world.card(world.member, "day-figures")
    assert isinstance(kept, FiguresKept)
    assert (kept.day, kept.is_late) == (yesterday, True)


def test_who_leads_several_teams_is_asked_which_or_names_it(world: World) -> None:
    world.by(world.village_head, EnterFigures, words="42 ho 187 khau")
    heard = world.card(world.village_head, "day-figures")
    assert isinstance(heard, FiguresHeard)
    assert [choice.unit for choice in heard.choices] == ["Tổ 1 bản Mẫu", "Tổ 2 bản Mẫu"]
    world.by(world.village_head, ChooseFigureUnit, unit_id=world.second_community.id)
    world.by(world.village_head, ConfirmSheet, unit_id=world.second_community.id, day=TODAY)
    send(world, world.village_head, "bc to 1: 30 ho 100 khau", world.community)
    assert [(sheet.unit_id, sheet.figures.homes) for sheet in sheets(world)] == [
        (world.second_community.id, 42),
        (world.community.id, 30),
    ]


def test_the_button_asks_for_words_and_the_next_message_is_the_figures(world: World) -> None:
    world.by(world.member, AskFigures, unit_id=world.community.id)
    assert isinstance(world.told(world.member)[-1], FiguresAsked)
    world.by(world.member, HearMessage, words="42 hộ")
    assert isinstance(world.card(world.member, "day-figures"), FiguresRead)


def test_what_cannot_be_read_is_said_with_an_example(world: World) -> None:
    world.by(world.member, EnterFigures, words="vẫn như hôm trước nhé")
    assert isinstance(world.told(world.member)[-1], FiguresUnread)


def test_a_danger_among_the_figures_is_a_report_before_all_else(world: World) -> None:
    world.by(world.member, HearMessage, words="bc to 1: 42 ho 187 khau, ông Páo khó thở tím tái")
    assert world.card(world.member, "day-figures") is None
    assert [report.urgency for report in world.session.scalars(select(Report))] == [Urgency.P1]
    world.by(world.member, EnterFigures, words="42 ho 187 khau, ông Páo khó thở tím tái")
    shown = world.card(world.member, "day-figures")
    assert isinstance(shown, FiguresRead)
    assert "115" in read(shown).text


def test_a_resident_who_counts_heads_makes_a_report_as_before(world: World) -> None:
    world.by(world.resident, HearMessage, words=LINE)
    assert world.card(world.resident, "day-figures") is None
    assert len(world.session.scalars(select(Report)).all()) == 1


def test_the_sum_climbs_tier_by_tier_and_names_who_has_not_sent(world: World) -> None:
    until(world, "09:00")
    send(world, world.member, LINE)
    assert world.card(world.chair, f"day:{world.commune.id}:{TODAY}") is None
    until(world, "14:30")
    assert isinstance(world.told(world.village_head)[-1], FiguresWanted)  # Tổ 2 has nobody else.
    assert not any(isinstance(notice, FiguresWanted) for notice in world.told(world.member))
    until(world, "15:00")
    commune = total(world, world.chair, world.commune)
    assert (commune.sent, commune.units, commune.is_closed) == (1, 2, False)
    assert "Chưa gửi: Tổ 2 bản Mẫu" in read(commune).text
    world.later(timedelta(minutes=10))
    send(world, world.village_head, "to 2: 30 ho 100 khau, 2 ng ve tu SG", world.second_community)
    until(world, "16:00")
    commune = total(world, world.chair, world.commune)
    assert (commune.sent, commune.late, commune.is_closed) == (2, 1, True)
    assert commune.total.given() == {"homes": 72, "people": 287, "ill": 0, "returnees": 3, "isolating": 1}
    assert commune.total.origins == (Origin("TP. Hồ Chí Minh", 2), Origin("Hà Nội", 1))
    district = total(world, world.commander, world.district)
    assert [(part.unit, part.sent, part.units) for part in district.parts] == [("Xã Mẫu Hai", 0, 1)]
    until(world, "17:00")
    district = total(world, world.commander, world.district)
    assert district.is_closed
    assert "Huyện Mẫu, số liệu ngày 23/11/2026: 2/3 tổ đã gửi" in read(district).text
    assert "Xã Mẫu Hai (0/1)" in read(district).text


def test_a_correction_after_closing_is_seen_as_one_on_every_screen(world: World) -> None:
    send(world, world.member, LINE)
    until(world, "17:30")
    send(world, world.member, "to 1: 3 ng sot")
    for person, unit in ((world.chair, world.commune), (world.commander, world.district)):
        shown = total(world, person, unit)
        assert (shown.corrected, shown.total.ill) == (1, 3)
        assert "1 tổ sửa số liệu sau giờ chốt" in read(shown).text


def test_each_step_happens_once_however_often_the_clock_ticks(world: World) -> None:
    until(world, "18:00")
    wanted = [notice for notice in world.told(world.member) if isinstance(notice, FiguresWanted)]
    assert len(wanted) == 1
    before = len(world.told(world.chair))
    for _ in range(3):
        world.do(AdvanceGatherings())
    assert len(world.told(world.chair)) == before


def test_after_an_outage_nobody_is_reminded_late_and_the_sum_still_goes_up_by_day(world: World) -> None:
    world.do(AdvanceGatherings())
    world.now = datetime(2026, 11, 23, 23, 0, tzinfo=VIETNAM)
    world.do(AdvanceGatherings())
    assert world.card(world.chair, f"day:{world.commune.id}:{TODAY}") is None
    until(world, "2026-11-24T06:10")
    assert not any(isinstance(notice, FiguresWanted) for notice in world.told(world.member))
    assert total(world, world.chair, world.commune).is_closed


def test_a_day_that_begins_after_closing_is_not_told_of_until_somebody_sends(world: World) -> None:
    world.now = datetime(2026, 11, 23, 19, 0, tzinfo=VIETNAM)
    world.do(AdvanceGatherings())
    world.do(AdvanceGatherings())
    assert world.card(world.chair, f"day:{world.commune.id}:{TODAY}") is None
    send(world, world.member, LINE)
    assert total(world, world.chair, world.commune).late == 1


def test_a_commander_reminds_those_who_have_not_sent_at_most_once_an_hour(world: World) -> None:
    send(world, world.member, LINE)
    world.by(world.chair, ChaseSenders, unit_id=world.commune.id, day=TODAY)
    assert world.told(world.chair)[-1] == SendersChased(units=1)
    wanted = world.told(world.village_head)[-1]
    assert isinstance(wanted, FiguresWanted)
    assert "Chủ tịch Xã Một" in read(wanted).text
    world.by(world.officer, ChaseSenders, unit_id=world.commune.id, day=TODAY)
    assert isinstance(world.told(world.officer)[-1], ChasedAlready)


def test_everybody_asks_for_what_is_theirs(world: World) -> None:
    world.by(world.chair, EnterFigures)
    assert total(world, world.chair, world.commune).units == 2
    world.by(world.commander, EnterFigures)
    sum_of_all = total(world, world.commander, world.district)
    assert [part.unit for part in sum_of_all.below] == ["Xã Mẫu Một", "Xã Mẫu Hai"]
    world.by(world.commander, OpenSum, unit_id=world.other_commune.id, day=TODAY)
    assert total(world, world.commander, world.other_commune).units == 1
    world.by(world.member, EnterFigures)
    own = world.card(world.member, "own-figures")
    assert isinstance(own, OwnFiguresListed)
    assert [(each.unit, each.is_sent) for each in own.units] == [("Tổ 1 bản Mẫu", False)]


@pytest.mark.parametrize("who", ["stranger", "resident", "administrator", "far_member"])
def test_others_neither_send_nor_see_them(world: World, who: str) -> None:
    person = getattr(world, who)
    world.by(person, AskFigures, unit_id=world.community.id)
    world.by(person, OpenSum, unit_id=world.commune.id, day=TODAY)
    world.by(person, ConfirmSheet, unit_id=world.community.id, day=TODAY)
    assert all(isinstance(notice, FiguresRefused) for notice in world.told(person))
    assert sheets(world) == []


def test_a_screen_stops_following_whoever_serves_no_more(world: World) -> None:
    world.by(world.officer, OpenSum, unit_id=world.commune.id, day=TODAY)
    grant = world.session.scalars(select(Grant).where(Grant.person_id == world.officer.id)).one()
    grant.ended_at = world.now
    world.session.commit()
    send(world, world.member, LINE)
    assert total(world, world.officer, world.commune).sent == 0


sendings = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 2]),
        st.fixed_dictionaries(
            {}, optional={name: st.integers(1, 99) for name in ("homes", "people", "ill", "returnees", "cases")}
        ).filter(bool),
    ),
    max_size=8,
)
WAYS = {"homes": "{} ho", "people": "{} khau", "ill": "{} ng sot", "returnees": "{} ng ve", "cases": "{} f0"}


@given(sendings)
@settings(max_examples=25, deadline=None)
def test_whatever_the_order_of_sendings_and_corrections_every_team_is_counted_once(
    sent: list[tuple[int, dict[str, int]]],
) -> None:
    with Session(in_memory(), expire_on_commit=False) as session:
        world = World(session, MORNING, Policy())
        teams = [world.community, world.second_community, world.far_community]
        people = [world.member, world.village_head, world.far_member]
        stands: list[dict[str, int]] = [{"homes": 5}, {}, {}]
        for place, figures in sent:
            words = ", ".join(WAYS[name].format(n) for name, n in figures.items())
            number = "2" if place == 1 else "1"
            send(world, people[place], f"to {number}: {words}", teams[place])
            stands[place] |= figures
        world.by(world.commander, OpenSum, unit_id=world.district.id, day=TODAY)
        shown = total(world, world.commander, world.district)
        heard = {place for place, _ in sent}
        names = {name for place in heard for name in stands[place]}
        assert shown.sent == len(heard)
        assert shown.total.given() == {
            name: sum(stands[place].get(name, 0) for place in heard) for name in WAYS if name in names
        }
