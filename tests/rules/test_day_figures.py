"""Figures add up to what was said, are due tier by tier, and a late step is never sent in a burst."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.day_figures import (
    FIGURES,
    Cascade,
    DayFigures,
    DayStep,
    Origin,
    add_up,
    is_left_out,
    step_after,
    updated,
)
from models.rules.tiers import PRESETS, Tiers

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2026, 11, 23)

figures = st.builds(
    DayFigures,
    **{name: st.none() | st.integers(0, 500) for name in FIGURES},
    origins=st.lists(
        st.builds(Origin, st.sampled_from(["Hà Nội", "ha noi", "Bình Dương"]), st.integers(1, 9)), max_size=3
    ).map(tuple),
)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23T{clock}").replace(tzinfo=VIETNAM).astimezone(UTC)


def test_what_no_unit_said_stays_unsaid_in_the_sum() -> None:
    total = add_up([DayFigures(homes=42, ill=0), DayFigures(homes=30)])
    assert total == DayFigures(homes=72, ill=0)


def test_one_place_is_one_place_however_it_was_written() -> None:
    total = add_up([DayFigures(origins=(Origin("Hà Nội", 1),)), DayFigures(origins=(Origin("Ha Noi", 2),))])
    assert total.origins == (Origin("Hà Nội", 3),)


def test_a_correction_changes_what_it_names_and_nothing_else() -> None:
    earlier = DayFigures(homes=42, ill=1, returnees=1, origins=(Origin("Hà Nội", 1),))
    assert updated(earlier, DayFigures(ill=0)) == DayFigures(42, ill=0, returnees=1, origins=(Origin("Hà Nội", 1),))
    assert updated(earlier, DayFigures(returnees=0)).origins == ()


@given(st.lists(figures, max_size=6))
def test_the_sum_is_the_same_in_any_order_and_in_any_grouping(counted: list[DayFigures]) -> None:
    whole = add_up(counted)
    assert add_up(reversed(counted)).given() == whole.given()
    assert add_up([add_up(counted[:2]), add_up(counted[2:])]).given() == whole.given()
    assert sum(origin.people for origin in whole.origins) == sum(o.people for each in counted for o in each.origins)


@pytest.mark.parametrize(
    ("tier", "clock"), [("community", "15:00"), ("commune", "16:00"), ("district", "17:00"), ("province", "18:00")]
)
def test_each_tier_is_due_an_hour_after_the_one_below(tier: str, clock: str) -> None:
    assert Cascade().due_at(tier, DAY, Tiers(PRESETS["province"]), VIETNAM) == at(clock)


def test_whoever_gathers_teams_reminds_them_and_everybody_sees_the_missing_before_closing() -> None:
    tiers = Tiers(PRESETS["2021"])
    commune, district = (Cascade().steps(tier, DAY, tiers, VIETNAM) for tier in ("commune", "district"))
    assert commune == [
        (DayStep.REMIND, at("14:30")),
        (DayStep.MISSING, at("15:00")),
        (DayStep.CLOSE, at("16:00")),
    ]
    assert district == [(DayStep.MISSING, at("16:00")), (DayStep.CLOSE, at("17:00"))]
    assert Cascade().steps("community", DAY, tiers, VIETNAM) == []
    assert step_after(DayStep.REMIND, commune) == commune[1]
    assert step_after(DayStep.REMIND, district) == district[0]
    assert step_after(DayStep.CLOSE, district) is None


def test_what_an_outage_delayed_is_left_out_and_closing_never_is() -> None:
    due = at("14:30")
    assert not is_left_out(DayStep.REMIND, due, at("15:00"), due + timedelta(minutes=10))
    assert is_left_out(DayStep.REMIND, due, at("15:00"), at("15:00"))
    assert is_left_out(DayStep.MISSING, due, None, due + timedelta(hours=3))
    assert not is_left_out(DayStep.CLOSE, due, None, due + timedelta(hours=20))
