"""The life of a report, as plain values."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.policy import Policy
from models.rules.reports import (
    Action,
    Escalate,
    Remind,
    ReportState,
    Rung,
    Seat,
    actions,
    closes_at,
    due_at,
    is_more_urgent,
    joins,
    keeps_quiet,
    may_be_named_in_groups,
    when_overdue,
)
from models.rules.tiers import PRESETS, Tiers
from models.rules.triage import Category, Urgency

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
POLICY = Policy()
TEAM, HEAD = Seat(3, Rung.TEAM, 2), Seat(3, Rung.VILLAGE_HEAD, 2)
COMMUNE, DISTRICT = Seat(2, Rung.OFFICE, 1), Seat(1, Rung.OFFICE, 0)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2021-11-22 {clock}").replace(tzinfo=VIETNAM)


NOON, MIDNIGHT = at("12:00"), at("00:00")
hours = st.integers(0, 23).map(lambda hour: at(f"{hour:02}:00"))


@pytest.mark.parametrize(
    ("urgency", "patience"),
    [
        (Urgency.P1, timedelta(minutes=5)),
        (Urgency.P2, timedelta(minutes=30)),
        (Urgency.P3, timedelta(hours=4)),
    ],
)
def test_each_urgency_has_its_patience_by_day(urgency: Urgency, patience: timedelta) -> None:
    assert due_at(urgency, NOON, POLICY) == NOON + patience


def test_what_can_wait_stands_still_at_night() -> None:
    assert due_at(Urgency.P3, at("20:00"), POLICY) == at("09:00") + timedelta(days=1)
    assert due_at(Urgency.P2, at("22:00"), POLICY) == at("22:30")


def test_overdue_by_day_climbs_one_rung() -> None:
    for urgency in (Urgency.P1, Urgency.P2, Urgency.P3):
        assert when_overdue(urgency, TEAM, [HEAD, COMMUNE], NOON, POLICY) == Escalate(to=HEAD)
        assert when_overdue(urgency, COMMUNE, [DISTRICT], NOON, POLICY) == Escalate(to=DISTRICT)


@given(st.sampled_from(Urgency), hours)
def test_the_top_is_reminded_whatever_it_is_and_whenever(urgency: Urgency, now: datetime) -> None:
    assert when_overdue(urgency, DISTRICT, [], now, POLICY) == Remind()


def test_at_night_only_a_danger_wakes_anyone_above_the_commune() -> None:
    assert when_overdue(Urgency.P1, COMMUNE, [DISTRICT], MIDNIGHT, POLICY) == Escalate(to=DISTRICT)
    assert when_overdue(Urgency.P2, COMMUNE, [DISTRICT], MIDNIGHT, POLICY) == Remind()
    assert when_overdue(Urgency.P2, TEAM, [COMMUNE], MIDNIGHT, POLICY) == Escalate(to=COMMUNE)


@given(hours)
def test_a_matter_of_days_never_passes_the_commune(now: datetime) -> None:
    assert when_overdue(Urgency.P4, COMMUNE, [DISTRICT], now, POLICY) == Remind()
    assert when_overdue(Urgency.P4, TEAM, [COMMUNE], now, POLICY) == Escalate(to=COMMUNE)


def test_with_a_fourth_tier_the_commune_is_still_the_one_over_the_communities() -> None:
    policy = Policy(tiers=Tiers(PRESETS["province"]))
    commune, district = Seat(2, Rung.OFFICE, 2), Seat(1, Rung.OFFICE, 1)
    assert when_overdue(Urgency.P4, Seat(3, Rung.TEAM, 3), [commune], NOON, policy) == Escalate(to=commune)
    assert when_overdue(Urgency.P4, commune, [district], NOON, policy) == Remind()


@given(st.sampled_from(Urgency), st.sampled_from([TEAM, HEAD, COMMUNE]), hours)
def test_a_report_never_climbs_more_than_one_rung_at_a_time(urgency: Urgency, holder: Seat, now: datetime) -> None:
    ladder = [TEAM, HEAD, COMMUNE, DISTRICT]
    above = ladder[ladder.index(holder) + 1 :]
    assert when_overdue(urgency, holder, above, now, POLICY) in (Escalate(to=above[0]), Remind())


def test_only_what_may_wait_is_silent_at_night() -> None:
    assert [urgency for urgency in Urgency if keeps_quiet(urgency, MIDNIGHT, POLICY)] == [Urgency.P3, Urgency.P4]
    assert [urgency for urgency in Urgency if keeps_quiet(urgency, NOON, POLICY)] == []


def test_words_join_within_a_quarter_of_an_hour() -> None:
    assert joins(NOON, None, NOON + timedelta(minutes=14), POLICY)
    assert not joins(NOON, None, NOON + timedelta(minutes=15), POLICY)


def test_words_join_for_two_days_while_the_desk_spoke_last() -> None:
    assert joins(NOON, NOON, NOON + timedelta(hours=47), POLICY)
    assert not joins(NOON, NOON, NOON + timedelta(hours=48), POLICY)
    assert not joins(NOON, NOON - timedelta(hours=1), NOON + timedelta(hours=1), POLICY)


def test_a_card_offers_what_makes_sense_now() -> None:
    everything = (Action.TAKE, Action.REPLY, Action.ESCALATE, Action.RESOLVE, Action.HAND_DOWN, Action.MORE)
    assert actions(ReportState.OPEN, has_above=True, has_below=True) == everything
    assert Action.TAKE not in actions(ReportState.TAKEN, has_above=True, has_below=True)
    assert Action.ESCALATE not in actions(ReportState.OPEN, has_above=False, has_below=True)
    assert actions(ReportState.RESOLVED, has_above=True, has_below=True) == (Action.REPLY,)
    assert actions(ReportState.CLOSED, has_above=True, has_below=True) == ()


def test_no_group_reads_of_illness_quarrels_or_accusations() -> None:
    unsaid = {category for category in Category if not may_be_named_in_groups(category)}
    assert unsaid >= {
        Category.EMERGENCY,
        Category.SYMPTOM,
        Category.CONTACT,
        Category.VACCINE,
        Category.COMPLAINT,
        Category.VIOLATION,
        Category.PRIVACY,
    }


def test_a_result_without_an_answer_closes_after_three_days() -> None:
    assert closes_at(NOON, POLICY) == NOON + timedelta(hours=72)


def test_a_smaller_number_is_more_urgent() -> None:
    assert is_more_urgent(Urgency.P1, Urgency.P2)
    assert not is_more_urgent(Urgency.P3, Urgency.P3)
