"""The list of those in charge becomes roles, and invitations for whoever has no account yet."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from bot.importing.loading import Manner
from models.records import InvitationKind, Person
from models.rules.roles import Role
from models.store.facts import Facts
from tests.importing.conftest import Office, noon

HEADING = "telegram_id,name,phone,unit,role\n"
PAO = "7001,Giàng A Páo,0912345678,BL-1,team\n"
MY = ",Lò Thị Mỷ,0987654321,BL-1 BL-2,team\n"


def invitations(office: Office) -> list[str]:
    return [match[1] for line in office.said if (match := re.search(r"start[= ](\S+)$", line))]


def people(office: Office) -> int:
    return office.work().session.scalar(select(func.count(Person.id))) or 0


def roles(office: Office, account_id: int, code: str) -> frozenset[Role]:
    work = office.work()
    person, unit = work.people.find_by_account(account_id), work.units.find_by_code(code)
    assert person is not None
    assert unit is not None
    return work.people.roles_in(person.id, unit)


def test_a_person_with_an_account_holds_the_role_at_once(district: Office) -> None:
    assert district.give("people", HEADING + PAO) == 0
    assert roles(district, 7001, "BL-1") == {Role.TEAM}
    assert invitations(district) == []


def test_a_role_may_be_held_in_several_units(district: Office) -> None:
    district.give("people", HEADING + PAO.replace("BL-1", "BL-1 BL-2"))
    assert roles(district, 7001, "BL-1") == roles(district, 7001, "BL-2") == {Role.TEAM}


def test_a_role_may_be_written_in_vietnamese(district: Office) -> None:
    district.give("people", HEADING + PAO.replace("team", "Trưởng bản"))
    assert roles(district, 7001, "BL-1") == {Role.VILLAGE_HEAD}


def test_an_administrator_serves_everywhere(district: Office) -> None:
    assert district.give("people", HEADING + "9001,Vàng A Sử,,,administrator\n") == 0
    (administrator,) = district.work().people.administrators()
    assert administrator.account_id == 9001


def test_a_person_without_an_account_gets_a_link_that_opens_once(district: Office) -> None:
    district.give("people", HEADING + MY)
    (token,) = invitations(district)
    work = district.work()
    invitation = work.invitations.find_valid(token, InvitationKind.JOIN, noon())
    assert invitation is not None
    assert invitation.person_id is not None
    assert work.people.require(invitation.person_id).name == "Lò Thị Mỷ"
    assert invitation.expires_at == noon() + work.policy.invitation_valid_for


def test_the_link_names_the_bot_that_has_run_here(district: Office) -> None:
    with district.work().session as session, session.begin():
        Facts(session).set(Facts.BOT_USERNAME, "tamduong_bot")
    district.give("people", HEADING + MY)
    assert any("https://t.me/tamduong_bot?start=" in line for line in district.said)


def test_importing_again_changes_nothing_and_keeps_the_links_handed_out(district: Office) -> None:
    district.give("people", HEADING + PAO + MY)
    assert district.give("people", HEADING + PAO + MY) == 0
    assert district.total == "New 0, changed 0, same 2, refused 0."
    assert invitations(district) == []
    assert people(district) == 2


def test_new_links_are_made_when_asked_for(district: Office) -> None:
    district.give("people", HEADING + MY)
    district.give("people", HEADING + MY, Manner(invites_anew=True))
    assert len(invitations(district)) == 1


def test_an_account_that_arrives_later_is_tied_to_the_person_of_that_phone(district: Office) -> None:
    district.give("people", HEADING + MY)
    district.give("people", HEADING + "7002" + MY)
    assert district.total == "New 0, changed 1, same 0, refused 0."
    assert people(district) == 1
    assert roles(district, 7002, "BL-2") == {Role.TEAM}


def test_an_old_number_is_the_same_person(district: Office) -> None:
    district.give("people", HEADING + ",Lò Thị Mỷ,01687654321,BL-1,team\n")
    district.give("people", HEADING + ",Lò Thị Mỷ,038 765 4321,BL-1,team\n")
    assert district.total == "New 0, changed 0, same 1, refused 0."


def test_a_shared_phone_does_not_make_two_people_one(district: Office) -> None:
    district.give("people", HEADING + MY + ",Lò Văn Tủa,0987654321,BL,officer\n")
    assert people(district) == 2


def test_a_name_spelt_right_later_is_the_same_person(district: Office) -> None:
    district.give("people", HEADING + ",Lo Thi My,0987654321,BL-1,team\n" + MY)
    assert district.total == "New 1, changed 1, same 0, refused 0."
    assert people(district) == 1


def test_a_second_role_is_a_change_of_the_same_person(district: Office) -> None:
    district.give("people", HEADING + PAO + PAO.replace("team", "village_head"))
    assert district.total == "New 1, changed 1, same 0, refused 0."
    assert roles(district, 7001, "BL-1") == {Role.TEAM, Role.VILLAGE_HEAD}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("7001,,0912345678,BL-1,team", "column name, this cell must not be empty"),
        ("7001,Páo,0912345678,,team", "column unit, this cell must not be empty"),
        ("7001,Páo,0912345678,BL-9,team", 'column unit, there is no unit with the code "BL-9"'),
        ("7001,Páo,0912345678,BL-1 BL-9,team", 'column unit, there is no unit with the code "BL-9"'),
        ("7001,Páo,0912345678,BL-1,chief", 'column role, "chief" is not known'),
        ("7001,Páo,0912,BL-1,team", 'column phone, "0912" is no phone number'),
        ("@pao,Páo,0912345678,BL-1,team", 'column telegram_id, "@pao" is no Telegram account'),
        ("7001 7002,Páo,0912345678,BL-1,team", "column telegram_id,"),
        ("1.23E+09,Páo,0912345678,BL-1,team", "column telegram_id,"),
        ("99999999999999999999,Páo,,BL-1,team", "column telegram_id,"),
    ],
)
def test_a_wrong_row_refuses_only_itself_and_says_why(district: Office, row: str, reason: str) -> None:
    assert district.give("people", f"{HEADING}{row}\n{MY}") == 1
    assert district.total == "New 1, changed 0, same 0, refused 1."
    assert any(line.startswith("line 2: refused") and reason in line for line in district.said)
    assert people(district) == 1


def test_a_try_hands_out_no_links(district: Office) -> None:
    district.give("people", HEADING + MY, Manner(is_rehearsal=True))
    assert invitations(district) == []
    assert people(district) == 0
