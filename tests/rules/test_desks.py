"""Which desk works on a report."""

from __future__ import annotations

import pytest

from models.rules.desks import Desk, place, speaking_order
from models.rules.reports import Rung, Seat
from models.rules.roles import Role
from models.rules.triage import Category

NEEDED = 2


def way(*reachable: int, chat_at: int | None = None) -> list[Desk]:
    """Desks from the lowest to the top with so many reachable people each."""
    return [
        Desk(Seat(number, Rung.OFFICE, len(reachable) - number), people, has_chat=number == chat_at)
        for number, people in enumerate(reachable)
    ]


def unit_of(desks: list[Desk]) -> int:
    return place(desks, NEEDED).seat.unit_id


def test_the_lowest_desk_that_is_ready_has_it() -> None:
    assert unit_of(way(2, 5, 5)) == 0
    assert place(way(2, 5, 5), NEEDED).passed_over == ()


def test_a_desk_with_one_person_is_passed_over() -> None:
    placement = place(way(1, 0, 3), NEEDED)
    assert placement.seat.unit_id == 2
    assert [seat.unit_id for seat in placement.passed_over] == [0, 1]


def test_a_staff_only_chat_makes_a_desk_ready() -> None:
    assert unit_of(way(0, 5, chat_at=0)) == 0


def test_with_no_ready_desk_it_stays_with_the_lowest_who_can_be_reached() -> None:
    placement = place(way(0, 1, 1), NEEDED)
    assert (placement.seat.unit_id, placement.is_ready, placement.has_anyone) == (1, False, True)


def test_with_nobody_anywhere_it_waits_at_the_top() -> None:
    placement = place(way(0, 0, 0), NEEDED)
    assert (placement.seat.unit_id, placement.has_anyone) == (2, False)


def test_any_number_of_tiers_will_do() -> None:
    assert unit_of(way(0, 0, 0, 0, 0, 0, 2)) == 6


def test_without_units_there_is_no_desk() -> None:
    with pytest.raises(ValueError, match="import the units"):
        place([], NEEDED)


def test_illness_asks_for_health_staff_and_everything_else_for_an_officer() -> None:
    assert speaking_order(Category.SYMPTOM)[0] is Role.HEALTH
    others = [role for role in speaking_order(Category.RELIEF) if role is not Role.TEAM]
    assert others.index(Role.OFFICER) < others.index(Role.HEALTH) < others.index(Role.COMMANDER)
