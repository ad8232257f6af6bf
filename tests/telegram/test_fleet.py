"""Many districts through one bot, and orders behind thousands of private messages, in virtual time."""

from __future__ import annotations

import pytest

from benchmarks.fleet import measure_fleet, measure_receipts, measure_waits, queues
from models.rules.mail import Priority


def test_many_districts_at_once_need_hardly_longer_than_the_fastest_pace_allows() -> None:
    found = {who: measure_fleet(who, queue, districts=10) for who, queue in queues().items()}
    ours, naive = found["tocovid"], found["first in, first out"]
    assert ours["arrived"] == ours["chats"]
    assert float(str(ours["times_the_bound"])) <= 1.05
    assert ours["peak_in_any_second"] == 30
    # Or the far end would not be strict enough to notice.
    assert int(str(naive["peak_in_any_second"])) > 30


@pytest.mark.parametrize("behind", [Priority.REPLY, Priority.DESK, Priority.DIRECTIVE, Priority.CHECKIN])
def test_neither_an_order_nor_an_alarm_waits_for_thousands_of_private_messages(behind: Priority) -> None:
    ours = measure_waits("tocovid", queues()["tocovid"], behind)
    assert float(str(ours["directive_median_s"])) <= 40
    assert float(str(ours["alarm_p99_s"])) <= 0.15
    assert ours["peak_in_any_second"] == 30


def test_in_a_rush_of_reports_receipts_wait_for_hardly_more_than_alarms_and_each_other() -> None:
    ours = measure_receipts("tocovid", queues()["tocovid"])
    assert float(str(ours["beyond_the_pace_s"])) <= 3
