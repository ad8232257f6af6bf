"""`/metrics`: what waits in the database and what the program counted, in Prometheus' text form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from models.rules.triage import Urgency
from models.store.gauges import Gauges, Queue

#: Ages of open reports by which they are counted, each up to this old: as in the list of what waits.
_AGES = {"2h": timedelta(hours=2), "6h": timedelta(hours=6), "24h": timedelta(hours=24), "older": timedelta.max}


def exposition(gauges: Gauges, now: datetime) -> bytes:
    """Everything Prometheus is told, as one page."""
    registry = CollectorRegistry()
    registry.register(_Snapshot(gauges, now))
    return generate_latest(registry) + generate_latest(REGISTRY)


class _Snapshot(Collector):
    """One look at the database as metrics."""

    def __init__(self, gauges: Gauges, now: datetime) -> None:
        self._gauges = gauges
        self._now = now

    def collect(self) -> Iterator[Metric]:
        yield from self._queues()
        yield self._reports()
        yield self._completeness()

    def _queues(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily("tocovid_mail_waiting", "Messages that wait to leave", labels=["priority"])
        oldest = GaugeMetricFamily("tocovid_mail_oldest_seconds", "Age of the oldest of them", labels=["priority"])
        for priority, queue in self._gauges.mail.items():
            waiting.add_metric([priority.name.lower()], queue.waiting)
            oldest.add_metric([priority.name.lower()], self._age(queue))
        yield waiting
        yield oldest
        inbox = self._gauges.inbox
        yield GaugeMetricFamily("tocovid_inbox_waiting", "Updates kept and not handled yet", value=inbox.waiting)
        yield GaugeMetricFamily("tocovid_inbox_oldest_seconds", "Age of the oldest of them", value=self._age(inbox))

    def _reports(self) -> Metric:
        family = GaugeMetricFamily(
            "tocovid_reports_open", "Reports nobody has taken up, by how urgent and how old", labels=["urgency", "age"]
        )
        counted = {(urgency, age): 0 for urgency in Urgency for age in _AGES}
        for urgency, filed_at in self._gauges.open_reports:
            counted[urgency, self._band(filed_at)] += 1
        for (urgency, age), number in counted.items():
            family.add_metric([urgency.name, age], number)
        return family

    def _completeness(self) -> Metric:
        """Not a number while no home is asked: nothing asked is neither all nor nothing answered."""
        asked = self._gauges.asked
        share = self._gauges.answered / asked if asked else float("nan")
        return GaugeMetricFamily(
            "tocovid_rounds_completeness", "Answered of all homes asked in the rounds that are open", value=share
        )

    def _age(self, queue: Queue) -> float:
        return max(0.0, (self._now - queue.oldest_at).total_seconds()) if queue.oldest_at else 0.0

    def _band(self, filed_at: datetime) -> str:
        age = self._now - filed_at
        return next(name for name, most in _AGES.items() if age <= most)
