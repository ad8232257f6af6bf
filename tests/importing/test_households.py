"""The list of homes, tens of thousands of them, beside a bot that goes on working."""

from __future__ import annotations

import sqlite3
import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.importing import batches
from bot.importing.loading import Manner
from models.database import open_engine
from models.records import Household
from models.store.facts import Facts
from tests.importing.conftest import Office

HEADING = "unit,number,head,phone,members,address,language,telegram_ids\n"
FIRST = "BL-1,1,Giàng A Páo,0912345678,5,Bản Hoa Vân,vi,8001 8002\n"
SECOND = "BL-1,2,Lò Thị Mỷ,,3,,,\n"


def home(office: Office, number: str, code: str = "BL-1") -> Household:
    work = office.work()
    unit = work.units.find_by_code(code)
    assert unit is not None
    found = work.households.find(unit.id, number)
    assert found is not None
    return found


def test_homes_are_kept_with_what_the_list_says(district: Office) -> None:
    assert district.give("households", HEADING + FIRST + SECOND) == 0
    first = home(district, "1")
    assert (first.head, first.phone, first.members) == ("Giàng A Páo", "+84912345678", 5)
    assert (first.address, first.language) == ("Bản Hoa Vân", "vi")


def test_accounts_on_the_list_speak_for_their_home_without_further_steps(district: Office) -> None:
    district.give("households", HEADING + FIRST)
    work = district.work()
    speakers = work.people.accounts_of(home(district, "1").id)
    assert [person.account_id for person in speakers] == [8001, 8002]


def test_importing_again_changes_nothing(district: Office) -> None:
    district.give("households", HEADING + FIRST + SECOND)
    assert district.give("households", HEADING + FIRST + SECOND) == 0
    assert district.total == "New 0, changed 0, same 2, refused 0."


def test_a_home_named_twice_in_one_list_is_one_home(district: Office) -> None:
    district.give("households", HEADING + FIRST + FIRST + FIRST.replace(",5,", ",6,"))
    assert district.total == "New 1, changed 1, same 1, refused 0."


def test_empty_cells_change_nothing_and_absent_rows_stay(district: Office) -> None:
    district.give("households", HEADING + FIRST + SECOND)
    district.give("households", "unit,number,members,head\nBL-1,1,6,\n")
    assert district.total == "New 0, changed 1, same 0, refused 0."
    assert (home(district, "1").head, home(district, "1").members) == ("Giàng A Páo", 6)
    assert home(district, "2").head == "Lò Thị Mỷ"


def test_another_account_is_added_to_those_that_speak_for_the_home(district: Office) -> None:
    district.give("households", HEADING + FIRST)
    district.give("households", HEADING + FIRST.replace("8001 8002", "8003"))
    assert district.total == "New 0, changed 1, same 0, refused 0."
    assert len(district.work().people.accounts_of(home(district, "1").id)) == 3


def test_one_account_may_speak_for_several_homes(district: Office) -> None:
    district.give("households", HEADING + FIRST + SECOND.rstrip() + "8001\n")
    work = district.work()
    person = work.people.find_by_account(8001)
    assert person is not None
    assert [each.number for each in work.people.households_of(person.id)] == ["1", "2"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("BL-1,,Páo,,,,,", "column number, this cell must not be empty"),
        ("BL-9,1,Páo,,,,,", 'column unit, there is no unit with the code "BL-9"'),
        ("BL,1,Páo,,,,,", "column unit, homes belong to units of the tier community"),
        ("BL-1,1,Páo,123,,,,", 'column phone, "123" is no phone number'),
        ("BL-1,1,Páo,,năm,,,", 'column members, "năm" is no number of people'),
        ("BL-1,1,Páo,,,,fr,", 'column language, "fr" is not known; expected is one of vi, en'),
        ("BL-1,1,Páo,,,,,8001 x", 'column telegram_ids, "8001 x" is no Telegram account'),
    ],
)
def test_a_wrong_row_refuses_only_itself_and_says_why(district: Office, row: str, reason: str) -> None:
    assert district.give("households", f"{HEADING}{row}\n{SECOND}") == 1
    assert district.total == "New 1, changed 0, same 0, refused 1."
    assert any(line.startswith("line 2: refused") and reason in line for line in district.said)


def test_only_refusals_and_the_total_are_shown_when_asked(district: Office) -> None:
    district.give("households", HEADING + FIRST + "BL-9,1,,,,,,\n", Manner(only_refusals=True))
    assert len(district.said) == 2


def test_the_bot_goes_on_writing_while_a_long_list_is_taken(district: Office, database_url: str) -> None:
    rows = "".join(f"BL-{1 + n % 2},{n},Chủ hộ {n},,4,,,{900_000 + n}\n" for n in range(4_000))
    taken = threading.Thread(target=district.give, args=("households", HEADING + rows))
    writes = 0
    taken.start()
    bot = open_engine(database_url)
    while taken.is_alive():
        with Session(bot) as session, session.begin():
            Facts(session).set("tick", str(writes))
        writes += 1
        time.sleep(0.01)
    taken.join()
    bot.dispose()
    assert district.total == "New 4,000, changed 0, same 0, refused 0."
    # One long transaction would have let it write once, after its end.
    assert writes > 10


def test_a_busy_database_is_waited_for(district: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "SECONDS_BEFORE_A_FURTHER_TRY", 0.01)
    real, failures = batches.transact, [1, 2]

    def busy_at_first(*given: object) -> object:
        if failures:
            failures.pop()
            raise OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "transact", busy_at_first)
    assert district.give("households", HEADING + FIRST) == 0
    assert district.total == "New 1, changed 0, same 0, refused 0."


def test_a_try_of_a_long_list_leaves_the_database_to_the_bot(district: Office) -> None:
    rows = "".join(f"BL-1,{n},,,,,,\n" for n in range(500))
    assert district.give("households", HEADING + rows, Manner(is_rehearsal=True)) == 0
    assert district.total == "New 500, changed 0, same 0, refused 0."
    assert district.work().session.scalar(text("SELECT count(*) FROM households")) == 0
