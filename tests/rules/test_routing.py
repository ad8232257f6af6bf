"""The routing table as plain values: its lines, how one is typed, and what it does to the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import Policy
from models.rules.reports import Escalate, Remind, Rung, Seat, due_at, when_overdue
from models.rules.roles import Role
from models.rules.routing import HOTLINE_FAULT, MATTERS, SHIPPED, First, Night, Route, TypedRoute, read_route, route_of
from models.rules.triage import Category, Urgency, read

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # 23:00 in Vietnam
HOUR = timedelta(hours=1)
COMMUNE, DISTRICT = Seat(2, Rung.OFFICE, 1), Seat(1, Rung.OFFICE, 0)


def test_the_shipped_table_follows_the_founding_orders() -> None:
    for illness in (Category.EMERGENCY, Category.SYMPTOM, Category.CONTACT):
        assert SHIPPED[illness.value] == Route(also=(Role.HEALTH,))
    assert SHIPPED[Category.MOVEMENT.value] == Route(also=(Role.POLICE,))
    assert SHIPPED[Category.VIOLATION.value] == Route(first=First.OFFICE)
    assert SHIPPED[Category.RELIEF.value] == Route(also=(Role.FRONT,))
    assert SHIPPED[Category.RUMOUR.value] == Route(first=First.OFFICE, by=(Role.SPOKESPERSON,))
    assert SHIPPED[HOTLINE_FAULT] == Route(first=First.OFFICE, by=(Role.COMMANDER,))


def test_a_change_counts_before_the_configuration_and_that_before_what_is_shipped() -> None:
    changed, configured = Route(first=First.TOP), Route(first=First.TEAM)
    assert route_of("relief", {"relief": changed}, {"relief": configured}, SHIPPED) is changed
    assert route_of("relief", {}, {"relief": configured}, SHIPPED) is configured
    assert route_of("relief", {}, {}, SHIPPED) is SHIPPED["relief"]
    assert route_of("question", {}, {}, SHIPPED) == Route()
    assert set(SHIPPED) <= set(MATTERS)


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("cứu trợ: tổ + mặt trận", TypedRoute("relief", Route(also=(Role.FRONT,)))),
        ("Tin đồn: xã (người phát ngôn)", TypedRoute("rumour", Route(First.OFFICE, by=(Role.SPOKESPERSON,)))),
        (
            "om: to + y te + cong an, xa 2 gio, truong ban 30p, dem chuyen",
            TypedRoute(
                "symptom",
                Route(
                    also=(Role.HEALTH, Role.POLICE),
                    patience={"office": 2 * HOUR, "village_head": HOUR / 2},
                    night=Night.CLIMB,
                ),
            ),
        ),
        ("violation: huyện, đêm chờ", TypedRoute("violation", Route(First.TOP, night=Night.WAIT))),
        ("đường dây nóng: mặc định", TypedRoute(HOTLINE_FAULT, None)),
    ],
)
def test_a_line_is_read_as_people_type_it(words: str, typed: TypedRoute) -> None:
    assert read_route(words) == typed


@pytest.mark.parametrize("words", ["", "cứu trợ", "cứu trợ: sao hoả", "gì đó: tổ", "ốm: tổ + ai đó", "ốm: tổ, xã 0p"])
def test_a_line_that_says_anything_else_changes_nothing(words: str) -> None:
    assert read_route(words) is None


def test_the_tables_patience_counts_but_never_for_a_danger() -> None:
    policy = Policy()
    assert due_at(Urgency.P2, NOON, policy, 2 * HOUR) == NOON + 2 * HOUR
    assert due_at(Urgency.P1, NOON, policy, 2 * HOUR, Night.WAIT) == NOON + timedelta(minutes=5)


def test_at_night_a_line_can_wait_or_climb_whatever_its_urgency_would() -> None:
    policy = Policy()
    assert due_at(Urgency.P2, NIGHT, policy, night=Night.WAIT) == NIGHT + 7 * HOUR + timedelta(minutes=30)
    assert due_at(Urgency.P3, NIGHT, policy, night=Night.CLIMB) == NIGHT + 4 * HOUR
    assert when_overdue(Urgency.P2, COMMUNE, [DISTRICT], NIGHT, policy) == Remind()
    assert when_overdue(Urgency.P2, COMMUNE, [DISTRICT], NIGHT, policy, Night.CLIMB) == Escalate(to=DISTRICT)


def test_a_hotline_that_nobody_answers_is_a_matter_of_its_own() -> None:
    assert read("Gọi số trực từ sáng không ai bắt máy").is_hotline_fault
    assert not read("Nhà tôi xin ít gạo").is_hotline_fault
