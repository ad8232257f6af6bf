"""Who may bind and grant, and how typed grants and codes are read."""

import pytest

from models.rules.permissions import TypedGrant, looks_like_code, may_bind, may_grant, read_grant
from models.rules.roles import Role


@pytest.mark.parametrize(
    ("words", "grant"),
    [
        ("0912345678 tổ viên X1-1", TypedGrant("0912345678", "", Role.TEAM, "X1-1")),
        ("0912 345 678  to vien  x1-1", TypedGrant("0912 345 678", "", Role.TEAM, "x1-1")),
        (
            "+84912345678 Lò Văn A trưởng bản X1-1",
            TypedGrant("+84912345678", "Lò Văn A", Role.VILLAGE_HEAD, "X1-1"),
        ),
        ("Giàng A Páo trạm y tế TT", TypedGrant("", "Giàng A Páo", Role.HEALTH, "TT")),
        ("Giàng A Páo Y TẾ TT", TypedGrant("", "Giàng A Páo", Role.HEALTH, "TT")),
        ("123456789012 công an xã X1", TypedGrant("123456789012", "", Role.POLICE, "X1")),
        ("0912345678 village_head X1-1", TypedGrant("0912345678", "", Role.VILLAGE_HEAD, "X1-1")),
        ("0912345678 chỉ huy H", TypedGrant("0912345678", "", Role.COMMANDER, "H")),
    ],
)
def test_a_grant_is_read_with_or_without_marks(words: str, grant: TypedGrant) -> None:
    assert read_grant(words) == grant


@pytest.mark.parametrize("words", ["", "0912345678", "tổ viên X1-1", "0912345678 tổ viên", "0912345678 quản trị X1"])
def test_a_line_without_person_role_and_unit_is_no_grant(words: str) -> None:
    assert read_grant(words) is None


@pytest.mark.parametrize(
    ("payload", "is_code"), [("7K3M9PQ2XA", True), ("7k3m9-pq2xa", True), ("baotin", False), ("", False)]
)
def test_a_code_is_known_by_its_form(payload: str, is_code: bool) -> None:
    assert looks_like_code(payload) is is_code


def test_administrators_bind_and_with_their_link_those_who_serve_there() -> None:
    assert may_bind(is_administrator=True, holds_link=False, serves_there=False)
    assert may_bind(is_administrator=False, holds_link=True, serves_there=True)
    assert not may_bind(is_administrator=False, holds_link=True, serves_there=False)
    assert not may_bind(is_administrator=False, holds_link=False, serves_there=True)


def test_commanders_grant_and_an_administrator_only_while_nobody_commands() -> None:
    assert may_grant(commands=True, is_administrator=False, has_commander=True)
    assert may_grant(commands=False, is_administrator=True, has_commander=False)
    assert not may_grant(commands=False, is_administrator=True, has_commander=True)
    assert not may_grant(commands=False, is_administrator=False, has_commander=False)
