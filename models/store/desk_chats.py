"""Every question about the chats in which a report is worked on."""

from __future__ import annotations

from collections.abc import Iterable

from models.records import Person, Report
from models.rules.reports import Seat
from models.rules.triage import Urgency
from models.store.desks import Desks
from models.store.duty import Duty
from models.store.people import People, is_reachable


class DeskChats:
    """Where desks read and act: staff-only chats, and private ones of their people."""

    def __init__(self, desks: Desks, people: People, duty: Duty) -> None:
        self._desks = desks
        self._people = people
        self._duty = duty

    def working(self, report: Report) -> set[int]:
        """The chats in which the report can be worked on: of the desk that holds it, a danger's at every desk."""
        if report.confidential:
            return _private_chats(self._desks.readers_of(report))
        chats = {chat for seat in self._seats(report) for chat in self._at(seat, report)}
        return chats | self._of_taker(report)

    def holding(self, report: Report) -> set[int]:
        """Those of them that belong to the desk that holds it, and to whoever took it up."""
        if report.confidential:
            return self.working(report)
        return self._at(self._desks.seat_of(report), report) | self._of_taker(report)

    def asleep(self, report: Report) -> set[int]:
        """The private chats of those off duty while a colleague is on: they see the card, and nothing rings there."""
        if report.confidential:
            return set()
        asleep = {person_id for seat in self._seats(report) for person_id in self._desks.asleep_at(seat)}
        people = [self._people.require(person_id) for person_id in asleep - {report.taken_by_id}]
        return _private_chats(person for person in people if not self._duty.units_on_duty(person.id))

    def _seats(self, report: Report) -> list[Seat]:
        return self._desks.way_of(report) if report.urgency is Urgency.P1 else [self._desks.seat_of(report)]

    def _at(self, seat: Seat, report: Report) -> set[int]:
        is_for_some = self._desks.is_for_some(seat, report)
        desk_chat = None if is_for_some else self._desks.chat_at(seat, self._desks.people_apart(report))
        people = [] if desk_chat else self._desks.workers_at(seat, report)
        chats = {desk_chat.id} if desk_chat else set()
        handset = self._duty.handset_at(seat.unit_id)
        return chats | _private_chats(filter(is_reachable, people)) | _private_chats([handset] if handset else [])

    def _of_taker(self, report: Report) -> set[int]:
        taker = self._people.require(report.taken_by_id) if report.taken_by_id else None
        if taker is None or not is_reachable(taker) or not self._desks.may_act(taker.id, report):
            return set()
        return _private_chats([taker])


def _private_chats(people: Iterable[Person]) -> set[int]:
    return {person.account_id for person in people if person.account_id}
