"""Completeness and timeliness go up tier by tier, and nobody's health with them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot import router
from bot.router import PutOff, run
from bot.showing import show_newest
from handlers.commands import Place, Sender
from handlers.commands.checkins import AdvanceRounds, AnswerForHousehold, ListSilentUnits, SendFigures
from models.notices.call_lists import AnswerRefused
from models.notices.checkin_figures import FiguresSent, FiguresTold, UnitsListed
from models.records import CheckinPlan, Mail, Round, Unit
from models.rules.checkins import Answer, Source
from models.rules.plans import Preset
from models.rules.rounds import RoundState
from tests.stories.checkin_day import Day

WELL, ILL, HELP = Answer.ALL_WELL, Answer.SOMEONE_ILL, Answer.NEED_HELP


def figures_in(day: Day, chat: Any, unit: Unit) -> Any:
    return day.world.card(chat, f"figures:{unit.id}:{day.round.day}")


def test_at_closing_the_figures_go_up_to_every_tier(day: Day) -> None:
    far_home = day.world.household(day.world.far_community, "1")
    day.begin()
    day.tap(day.world.resident, WELL)
    day.tap_home(day.world.member, 2, WELL, Source.CALLED)
    day.until(day.round.closes_at)
    in_commune = figures_in(day, day.world.group_of(day.world.commune), day.world.commune)
    in_district = figures_in(day, day.world.group_of(day.world.district), day.world.district)
    assert (in_commune.closed, in_commune.rounds, in_commune.expected) == (1, 1, 5)
    assert (in_commune.self_reported, in_commune.on_behalf, in_commune.silent_homes) == (1, 1, 3)
    assert (in_district.closed, in_district.rounds, in_district.expected) == (2, 2, 6)
    assert in_district.silent_homes == 4
    assert far_home.unit_id == day.world.far_community.id


def test_groups_are_told_how_complete_and_never_how_many_are_ill(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, ILL)
    day.until(day.round.closes_at)
    in_commune = figures_in(day, day.world.group_of(day.world.commune), day.world.commune)
    assert "ốm" not in day.read(in_commune).text
    assert not {"ill", "need_help", "tally"} & set(FiguresSent.__slots__)


def test_those_in_charge_learn_in_private_how_many_homes_are_ill_or_in_need(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, ILL)
    day.tap(day.world.neighbour, HELP)
    day.until(day.round.closes_at)
    for person in (day.world.chair, day.world.health):
        told = figures_in(day, person, day.world.commune)
        assert isinstance(told, FiguresTold)
        assert (told.tally.ill, told.tally.need_help) == (1, 1)
    assert figures_in(day, day.world.officer, day.world.commune) is None


def test_the_figures_read_as_a_share_of_all_homes(day: Day) -> None:
    day.begin()
    day.tap(day.world.resident, WELL)
    day.until(day.round.closes_at)
    text = day.read(figures_in(day, day.world.group_of(day.world.commune), day.world.commune)).text
    assert "Đã báo 1/5 nhà (20%), đúng giờ 20%." in text


def test_staff_see_the_units_behind_by_name_and_in_private(day: Day) -> None:
    day.begin()
    day.until(day.round.closes_at)
    group = day.world.group_of(day.world.district)
    day.world.by(day.world.commander, ListSilentUnits, chat_id=group, unit_id=day.world.district.id, day=day.round.day)
    listed = day.world.card(day.world.commander, f"behind:{day.world.district.id}:{day.round.day}")
    assert isinstance(listed, UnitsListed)
    assert [(part.unit, part.waiting_for, part.round_id) for part in listed.parts] == [("Xã Mẫu Một", 5, None)]


def test_a_resident_is_not_shown_the_units_behind(day: Day) -> None:
    day.begin()
    day.world.by(day.world.resident, ListSilentUnits, unit_id=day.world.district.id, day=day.round.day)
    assert isinstance(day.world.told(day.world.resident)[-1], AnswerRefused)


def test_a_unit_without_a_group_still_counts_and_its_commander_is_told(day: Day) -> None:
    day.lose_group()
    day.begin()
    day.until(day.round.closes_at)
    assert figures_in(day, day.world.chair, day.world.commune).tally.expected == 5


def test_a_round_that_lay_in_an_outage_is_named_and_not_counted_as_silence(day: Day) -> None:
    day.tick()
    day.round = day.newest_round()
    day.world.now = day.round.closes_at
    day.tick()
    in_commune = figures_in(day, day.world.group_of(day.world.commune), day.world.commune)
    assert (in_commune.skipped, in_commune.expected, in_commune.silent_homes) == (1, 0, 0)


def test_where_nobody_could_be_asked_nobody_is_said_to_have_answered(day: Day) -> None:
    day.tick()
    day.round = day.newest_round()
    day.world.now = day.round.closes_at
    day.tick()
    for unit, line in (
        (day.world.district, "Xã Mẫu Một: 1 tổ không hỏi được vì máy ngừng"),
        (day.world.commune, "Tổ 1 bản Mẫu: không hỏi được vì máy ngừng"),
    ):
        day.world.by(day.world.commander, ListSilentUnits, unit_id=unit.id, day=day.round.day)
        listed = day.world.card(day.world.commander, f"behind:{unit.id}:{day.round.day}")
        assert line in day.read(listed).text.splitlines()


def test_closing_happens_however_late(day: Day) -> None:
    day.begin()
    day.world.now = day.round.closes_at.replace(hour=23)
    day.tick()
    assert day.round.state is RoundState.CLOSED
    assert day.round.skipped_steps == 3
    assert day.calls_of(day.world.member) is None


def test_a_plan_is_inherited_from_the_nearest_unit_that_has_one(day: Day) -> None:
    day.world.household(day.world.far_community, "1")
    day.world.session.add_all(
        [
            CheckinPlan(unit_id=day.world.district.id, preset=Preset.TOWN),
            CheckinPlan(unit_id=day.world.commune.id, preset=Preset.MOUNTAIN),
        ]
    )
    day.tick()
    rounds = {round_.unit_id: round_ for round_ in day.world.session.scalars(select(Round))}
    assert day.at_local_clock(rounds[day.world.community.id].opens_at) == "18:30"
    assert day.at_local_clock(rounds[day.world.far_community.id].opens_at) == "07:00"


def test_a_green_zone_is_asked_once_a_week(day: Day) -> None:
    day.world.session.add(CheckinPlan(unit_id=day.world.community.id, preset=Preset.TOWN, zone="green"))
    day.begin()
    first = day.round.day
    day.until(day.round.closes_at)
    assert (day.newest_round().day - first).days == 7


def test_a_tick_without_anything_due_says_nothing_and_plans_nothing_twice(day: Day) -> None:
    day.tick()
    day.tick()
    assert len(day.world.session.scalars(select(Round)).all()) == 1
    assert day.world.session.scalars(select(Mail)).all() == []


def test_a_community_group_hears_at_most_two_messages_of_a_round(day: Day) -> None:
    day.begin()
    for person in (day.world.resident, day.world.neighbour):
        day.tap(person, WELL)
    day.until(day.round.closes_at)
    mails = day.world.session.scalars(select(Mail).where(Mail.chat_id == day.group)).all()
    assert len({mail.card_id or mail.id for mail in mails}) == 2


def test_a_tick_takes_only_as_many_rounds_as_it_has_messages_for(day: Day) -> None:
    day.world.household(day.world.far_community, "1")
    day.tick()
    day.world.now = day.newest_round().opens_at
    day.world.do(AdvanceRounds(most=1))
    opened = select(Round).where(Round.state == RoundState.OPEN)
    assert len(day.world.session.scalars(opened).all()) == 1
    day.world.do(AdvanceRounds(most=1))
    assert len(day.world.session.scalars(opened).all()) == 2


def test_the_next_round_is_planned_in_the_commit_that_opens_one(day: Day) -> None:
    day.begin()
    coming = day.world.session.scalars(select(Round).where(Round.state == RoundState.SCHEDULED)).all()
    assert [(round_.unit_id, (round_.day - day.round.day).days) for round_ in coming] == [(day.world.community.id, 1)]


def test_a_community_that_got_its_first_home_is_planned_for_while_others_are_opened_soon_after(day: Day) -> None:
    day.tick()
    day.world.now = day.newest_round().opens_at
    day.world.household(day.world.far_community, "1")
    day.tick()
    day.tick()
    planned = select(Round.unit_id).where(Round.state == RoundState.SCHEDULED)
    assert set(day.world.session.scalars(planned)) == {day.world.community.id, day.world.far_community.id}


def test_figures_are_counted_once_for_all_late_answers_that_share_a_commit(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    far_home = day.world.household(day.world.far_community, "1")
    day.begin()
    day.until(day.round.closes_at)
    rounds = {round_.unit_id: round_.id for round_ in day.world.session.scalars(select(Round)) if round_.expected}
    counted: list[int] = []
    monkeypatch.setitem(router.STORIES, SendFigures, lambda command, _work: counted.append(command.unit_id))
    put_off: PutOff = {}
    for person, home in ((day.world.member, day.world.homes[0]), (day.world.far_member, far_home)):
        account = day.world.account(person)
        late = AnswerForHousehold(
            sender=Sender(account, person.name),
            place=Place(account),
            round_id=rounds[home.unit_id],
            household_id=home.id,
            answer=WELL,
            source=Source.CALLED,
        )
        run(late, day.world.work(), put_off)
    show_newest(put_off, day.world.work())
    assert sorted(counted) == sorted({day.world.district.id, day.world.commune.id, day.world.other_commune.id})
