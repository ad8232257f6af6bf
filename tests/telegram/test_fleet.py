"""Many districts through one bot, and orders behind thousands of private messages, in virtual time."""

from __future__ import annotations

from benchmarks.fleet import measure_fleet, measure_waits, queues
from models.rules.mail import Priority


def test_many_districts_at_once_need_hardly_longer_than_the_fastest_pace_allows() -> None:
    found = {who: measure_fleet(who, queue, districts=10) for who, queue in queues().items()}
    ours, naive = found["tocovid"], found["first in, first out"]
    assert ours["arrived"] == ours["chats"]
    assert float(str(ours["times_the_bound"])) <= 1.05
    assert ours["peak_in_any_second"] == 30
    # Or the far end would not be strict enough to notice.
    assert int(str(naive["peak_in_any_second"])) > 30


def test_neither_an_order_nor_an_alarm_waits_for_thousands_of_private_messages() -> None:
    ours = measure_waits("tocovid", queues()["tocovid"], Priority.DIRECTIVE)
    assert float(str(ours["directive_median_s"])) <= 40
    assert float(str(ours["alarm_p99_s"])) <= 0.15
