"""When a deadline that a document states falls on the clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.rules.documents.document import Deadline, Every, PartialDate
from models.rules.documents.due import due_at

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
TUESDAY = datetime(2021, 11, 2, 9, 0, tzinfo=TZ)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2021) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TZ).astimezone(UTC)


@pytest.mark.parametrize(
    ("deadline", "falls"),
    [
        (Deadline(text="", date=PartialDate(2021, 12, 31)), at(12, 31, 23, 59)),
        (Deadline(text="", date=PartialDate(2021, 11, 5), time=time(17)), at(11, 5, 17)),
        (Deadline(text="", date=PartialDate(2021, 11, 5), before=True), at(11, 4, 23, 59)),
        (Deadline(text="", date=PartialDate(2021, 11, 5), before=True, time=time(17)), at(11, 5, 17)),
        (Deadline(text="", date=PartialDate(2021, 12), before=True), at(11, 30, 23, 59)),
        (Deadline(text="", date=PartialDate(2022, quarter=1), before=True), at(12, 31, 23, 59)),
        (Deadline(text="", date=PartialDate(2021, 11, 3), part="sang"), at(11, 3, 11, 30)),
        (Deadline(text="", date=PartialDate(2022, 1)), at(1, 31, 23, 59, year=2022)),
        (Deadline(text="", date=PartialDate(2022, quarter=1)), at(3, 31, 23, 59, year=2022)),
        (Deadline(text="", date=PartialDate(2021)), at(12, 31, 23, 59)),
        (Deadline(text="", within=timedelta(hours=24)), at(11, 3, 9)),
        (Deadline(text="", every=Every.DAY, time=time(15)), at(11, 2, 15)),
        (Deadline(text="", every=Every.DAY, time=time(8)), at(11, 3, 8)),
        (Deadline(text="", every=Every.WEEK, on=5), at(11, 5, 23, 59)),
        (Deadline(text="", every=Every.MONTH, on=10), at(11, 10, 23, 59)),
        (Deadline(text="", every=Every.MONTH, on=31), at(11, 30, 23, 59)),
    ],
)
def test_a_deadline_falls_when_the_document_says(deadline: Deadline, falls: datetime) -> None:
    assert due_at(deadline, TUESDAY, TZ) == falls


@pytest.mark.parametrize(
    "deadline",
    [
        Deadline(text="", date=PartialDate(None, 11, 5)),
        Deadline(text="", date=PartialDate(2021, 11, 1)),
        Deadline(text="", every=Every.WEEK),
    ],
    ids=["without a year", "over", "no day of the week"],
)
def test_what_names_no_moment_to_come_is_not_given_one(deadline: Deadline) -> None:
    assert due_at(deadline, TUESDAY, TZ) is None
