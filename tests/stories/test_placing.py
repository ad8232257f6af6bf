"""Whoever is linked to no home is received first, and says in two taps where they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.commands.places import NamePlace
from handlers.commands.reports import HearMessage, TakeReport
from models.notices.desks import DeskRung, ReportCard, ReportShrunk
from models.notices.enrolment import ButtonTooOld
from models.notices.places import PlaceAsked, PlaceNamed
from models.notices.queues import PatternSeen
from models.notices.reports import ReportOutOfReach, ReportPassedOn
from models.records import Person, Report, Unit
from models.rules.reports import ReportState, Ring, Rung, Step
from tests.stories.reading import last, read, the_report
from tests.stories.rendering import labels
from tests.stories.world import World

ILL = "Bà tôi sốt cao từ tối qua, nhờ tổ giúp"
DANGER = "Bố tôi khó thở, tím tái"


def asked(world: World, person: Person | None = None) -> PlaceAsked:
    who = person or world.stranger
    shown = world.card(who, world.work().reports.open_of(who.id)[0].place_subject)
    assert isinstance(shown, PlaceAsked)
    return shown


def tap(world: World, unit: Unit, by: Person | None = None, page: int = 0) -> None:
    world.by(by or world.stranger, NamePlace, report_id=the_report(world).id, unit_id=unit.id, page=page)


def test_a_stranger_names_commune_and_community_and_that_team_has_the_report(world: World) -> None:
    world.by(world.stranger, HearMessage, words=ILL)
    assert labels(read(world, asked(world))) == [world.commune.name, world.other_commune.name]
    tap(world, world.commune)
    assert labels(read(world, asked(world))) == [world.community.name, world.second_community.name, "Chọn lại"]
    tap(world, world.community)
    report = the_report(world)
    assert (report.origin_id, report.holder_id, report.rung) == (world.community.id, world.community.id, Rung.TEAM)
    assert world.card(world.stranger, report.place_subject) == PlaceNamed(report.code, world.community.name)
    assert isinstance(last(world, world.stranger), ReportPassedOn)
    assert isinstance(world.card(world.member, report.subject), ReportCard)
    rung = last(world, world.member)
    assert isinstance(rung, DeskRung)
    assert rung.ring is Ring.PLACED
    assert isinstance(world.card(world.district_officer, report.subject), ReportShrunk)


def test_a_wrong_tap_is_taken_back_by_choosing_again(world: World) -> None:
    world.by(world.stranger, HearMessage, words=ILL)
    tap(world, world.other_commune)
    tap(world, world.district)
    assert [choice.name for choice in asked(world).choices] == [world.commune.name, world.other_commune.name]


def test_whose_home_is_known_is_asked_nothing(world: World) -> None:
    world.by(world.resident, HearMessage, words=ILL)
    assert world.card(world.resident, the_report(world).place_subject) is None


def test_a_danger_is_placed_without_leaving_any_desk_above(world: World) -> None:
    world.by(world.stranger, HearMessage, words=DANGER)
    tap(world, world.commune)
    tap(world, world.community)
    for person in (world.member, world.officer, world.district_officer):
        card = world.card(person, the_report(world).subject)
        assert isinstance(card, ReportCard)
        assert card.actions


def test_whoever_works_on_it_already_keeps_it_and_sees_the_place(world: World) -> None:
    world.by(world.stranger, HearMessage, words=ILL)
    report = the_report(world)
    world.by(world.district_officer, TakeReport, report_id=report.id)
    tap(world, world.commune)
    tap(world, world.community)
    assert (report.state, report.taken_by_id) == (ReportState.TAKEN, world.district_officer.id)
    assert world.community.name in read(world, world.card(world.district_officer, report.subject)).text
    assert Step.PLACED in [step.step for step in world.work().reports.history(report.id)]


def test_the_place_is_named_once_and_an_old_button_says_so(world: World) -> None:
    world.by(world.stranger, HearMessage, words=ILL)
    for unit in (world.commune, world.community, world.far_community):
        tap(world, unit)
    assert the_report(world).origin_id == world.community.id


def test_nobody_else_says_where_a_report_comes_from(world: World) -> None:
    world.by(world.stranger, HearMessage, words=ILL)
    tap(world, world.community, by=world.far_member)
    assert the_report(world).origin_id is None
    assert isinstance(last(world, world.far_member), ReportOutOfReach)


def test_a_report_kept_close_is_never_placed_by_a_tap(world: World) -> None:
    world.by(world.stranger, HearMessage, words="Ông tổ trưởng ăn chặn gạo cứu trợ của dân")
    report = the_report(world)
    assert report.confidential
    assert world.card(world.stranger, report.place_subject) is None
    tap(world, world.community)
    assert (report.origin_id, last(world, world.stranger)) == (None, ButtonTooOld())


def test_a_long_list_of_places_has_pages(world: World) -> None:
    for number in range(20):
        world.work().units.add(f"X9{number}", f"Xã Số {number}", "commune", world.district)
    world.session.commit()
    world.by(world.stranger, HearMessage, words=ILL)
    assert len(asked(world).choices) == 12
    tap(world, world.district, page=1)
    assert (asked(world).page, asked(world).pages, len(asked(world).choices)) == (1, 2, 10)


@pytest.mark.parametrize("minutes", [0, 20])
def test_a_placed_report_counts_for_its_village(world: World, minutes: int) -> None:
    for resident in (world.resident, world.neighbour):
        world.by(resident, HearMessage, words=ILL)
    world.later(timedelta(minutes=minutes))
    world.by(world.stranger, HearMessage, words=ILL)
    placed = world.session.query(Report).order_by(Report.id.desc()).first()
    assert placed is not None
    world.by(world.stranger, NamePlace, report_id=placed.id, unit_id=world.second_community.id, page=0)
    assert any(isinstance(told, PatternSeen) for told in world.told(world.officer))
