"""Every question about desks: who sits where, who may work on a report, and whom to call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.notices import Contact, Notice
from models.notices.desks import OwnReportRefused, ReportRefused
from models.notices.reports import ReportOutOfReach
from models.records import Chat, ChatPurpose, ChatState, Grant, Person, Report, ReportStep, Unit
from models.rules.confidential import Ground
from models.rules.desks import AT_A_DESK, SITS_AT, Desk, Placement, place, speaking_order
from models.rules.permissions import may_keep_roster
from models.rules.reports import Rung, Seat
from models.rules.roles import OFFICE_DESK, TEAM_DESK, Role
from models.rules.routing import First
from models.rules.tiers import Tiers
from models.rules.triage import Category, Urgency
from models.store.duty import Duty
from models.store.known import answer
from models.store.people import is_reachable
from models.store.prepared import CONCERNED, SITTING
from models.store.readers import Readers
from models.store.routes import Routes
from models.store.ways import Ways

NOBODY: frozenset[int] = frozenset()


class Desks(Ways):
    """The rungs a report climbs, and the people who sit at each.

    One story asks the same of the same desks many times, so the answers are kept for as long as it lasts.
    """

    def __init__(self, session: Session, tiers: Tiers, duty: Duty, routes: Routes) -> None:
        super().__init__(session, tiers)
        self._duty = duty
        self._routes = routes
        self._readers = Readers(session)
        self._apart: dict[tuple[int, int, int | None], frozenset[int]] = {}

    def place(self, report: Report, seats: Sequence[Seat], needed: int) -> Placement:
        """Which of these desks, lowest first, can work on the report. Raises ValueError when there are none."""
        apart = self.people_apart(report)
        looked_at = []
        for seat in seats:
            looked_at.append(self.desk(seat, apart))
            if looked_at[-1].is_ready(needed):
                break
        return place(looked_at, needed)

    # Who sits there.

    def desk(self, seat: Seat, apart_from: Collection[int] = NOBODY) -> Desk:
        """How ready the desk is for a report that these people must not work on."""
        reachable = [person for person in self.people_at(seat, apart_from) if is_reachable(person)]
        return Desk(seat, len(reachable), has_chat=self.chat_at(seat, apart_from) is not None)

    def ready_units(self, needed: int) -> set[int]:
        """The units that can rely on their desk: by its staff-only chat, or by enough people who can be reached."""
        rows = self._session.execute(
            select(Unit.id, Grant.role, Unit.tier, Person)
            .join(Grant, Grant.unit_id == Unit.id)
            .join(Person, Person.id == Grant.person_id)
            .where(Grant.ended_at.is_(None))
        )
        reachable: dict[int, set[int]] = defaultdict(set)
        for unit_id, role, tier, person in rows:
            desk = TEAM_DESK if tier == self._tiers.community else OFFICE_DESK
            if role in desk and is_reachable(person):
                reachable[unit_id].add(person.id)
        manned = {unit_id for unit_id, people in reachable.items() if len(people) >= needed}
        chats = select(Chat.unit_id).where(Chat.purpose == ChatPurpose.DESK, Chat.state == ChatState.PRESENT)
        return manned | {unit_id for unit_id in self._session.scalars(chats) if unit_id is not None}

    def workers_at(self, seat: Seat, report: Report) -> list[Person]:
        """Who of that desk works on the report: whom the routing table names, where anybody of them is there."""
        return self._named_at(seat, report) or self.people_at(seat, self.people_apart(report), report.category)

    def is_for_some(self, seat: Seat, report: Report) -> bool:
        """Whether only some of that desk work on the report, so that no chat of all of them may show it."""
        return bool(self._named_at(seat, report))

    def _named_at(self, seat: Seat, report: Report) -> list[Person]:
        roles = () if report.urgency is Urgency.P1 or seat.rung is not Rung.OFFICE else self._routes.of(report).by
        apart = self.people_apart(report) if roles else NOBODY
        people = self._people.holding(seat.unit_id, roles) if roles else ()
        return [person for person in people if is_reachable(person) and person.id not in apart]

    def routed_seats(self, seats: Sequence[Seat], report: Report) -> list[Seat]:
        """The desks on its way from the table's first on; where it names people, from the first that has any."""
        route, offices = self._routes.of(report), [seat for seat in seats if seat.rung is Rung.OFFICE]
        named = [place for place, seat in enumerate(seats) if self._named_at(seat, report)]
        if named:
            return list(seats[named[0] :])
        starts = {First.TEAM: list(seats), First.OFFICE: offices, First.TOP: offices[-1:]}
        return starts[route.first] or list(seats)

    def told_of(self, report: Report) -> list[Person]:
        """Who else reads the report by the routing table: each role at the nearest unit on its way that has it."""
        if report.confidential:
            return []
        told: dict[int, Person] = {}
        for role in self._routes.of(report).also:
            units = dict.fromkeys(seat.unit_id for seat in self.way_of(report))
            holders = next((people for each in units if (people := self._people.holding(each, [role]))), ())
            told |= {person.id: person for person in holders if is_reachable(person)}
        return [person for each, person in told.items() if each not in self.people_apart(report)]

    def people_at(
        self, seat: Seat, apart_from: Collection[int] = NOBODY, category: Category = Category.OTHER
    ) -> list[Person]:
        """Who sits at the desk, in the order in which a resident would be told to call them."""
        order = speaking_order(category)
        roster = sorted(self._roster(seat), key=lambda sitting: order.index(sitting[1]))
        found = {person.id: person for person, _ in reversed(roster)}
        return [person for person in reversed(found.values()) if person.id not in apart_from]

    def _roster(self, seat: Seat) -> list[tuple[Person, Role]]:
        """Everyone at the desk with each role they hold there."""
        return answer(self._session, ("roster", seat), [Grant], lambda: self._sitting_at(seat))

    def _sitting_at(self, seat: Seat) -> list[tuple[Person, Role]]:
        rows = self._session.execute(SITTING, {"unit": seat.unit_id, "roles": list(SITS_AT[seat.rung])})
        return [(person, role) for person, role in rows]

    def chat_at(self, seat: Seat, apart_from: Collection[int] = NOBODY) -> Chat | None:
        """The staff-only chat of that desk; None where somebody reads along who must not see the report."""
        if seat.rung is Rung.VILLAGE_HEAD:
            return None
        chat = self._units.chat_of(seat.unit_id, ChatPurpose.DESK)
        if chat is None or any(person.id in apart_from for person in self.people_at(seat)):
            return None
        return chat

    # Who may.

    def look_anew(self) -> None:
        """Ask again whom a report concerns: something was done that may have changed it."""
        self._apart.clear()

    def keeps_roster(self, person_id: int, unit: Unit) -> bool:
        """Whether this person sets who is on duty at the unit."""
        roles = self._people.roles_in(person_id, unit)
        return may_keep_roster(
            commands=self._people.commands_over(person_id, unit),
            is_clerk=Role.CLERK in roles,
            leads_village=Role.VILLAGE_HEAD in roles,
        )

    def people_apart(self, report: Report) -> frozenset[int]:
        """Who must not work on it: whoever told of it, and everyone who speaks for a home it concerns."""
        key = report.id, report.sender_id, report.household_id
        if key not in self._apart:
            named = {"report": report.id, "sender": report.sender_id, "home": report.household_id}
            self._apart[key] = frozenset({report.sender_id, *self._session.scalars(CONCERNED, named)})
        return self._apart[key]

    def may_act(self, person_id: int, report: Report) -> bool:
        """Whether this person may work on the report now: its desk, or a commander above.

        An urgent report is at every desk on its way at once. A confidential one is for its named readers only.
        """
        if person_id in self.people_apart(report):
            return False
        if report.confidential:
            return any(reader.id == person_id for reader in self.readers_of(report))
        seats, seat = set(self.seats_of(person_id)), self.seat_of(report)
        some = self._named_at(seat, report)
        if any(person.id == person_id for person in some) or (not some and seat in seats):
            return True
        if report.urgency is Urgency.P1 and not seats.isdisjoint(self.way_of(report)):
            return True
        return self._people.commands_over(person_id, self._units.require(report.holder_id))

    def refusal_for(self, person_id: int, report: Report) -> Notice | None:
        """What to tell someone who may not work on the report: who does. None when they may.

        Of a confidential one nothing is told, to the rest of its home least of all; nor do numbers tried one after
        the other tell those who serve nowhere which codes there are and who holds them.
        """
        if self.may_act(person_id, report):
            return None
        is_own = person_id in self.people_apart(report)
        if report.confidential or not (is_own or self.seats_of(person_id)):
            return ReportOutOfReach()
        holder = self.contact_of(report)
        return OwnReportRefused(report.code, holder) if is_own else ReportRefused(report.code, holder)

    def may_see(self, person_id: int, report: Report) -> bool:
        """Whether this person may read the report: who may work on it, and the desks it came through."""
        if self.may_act(person_id, report):
            return True
        if report.confidential or person_id in self.people_apart(report):
            return False
        passed = not set(self.seats_of(person_id)).isdisjoint(self.seats_passed(report))
        return passed or any(person.id == person_id for person in self.told_of(report))

    def seats_passed(self, report: Report) -> list[Seat]:
        """The desks below the one that holds it now that have had it; what went past a desk is not for its eyes."""
        way, seat = self.way_of(report), self.seat_of(report)
        below = way[: way.index(seat)] if seat in way else []
        steps = select(ReportStep.unit_id).where(ReportStep.report_id == report.id).distinct()
        units = frozenset(self._session.scalars(steps))
        return [each for each in below if each.unit_id in units]

    def readers_of(self, report: Report) -> list[Person]:
        """The few who read a confidential report: for a danger, health staff among them."""
        on_duty = [person.id for person in self._duty.on_duty(report.holder_id)]
        return self._readers.of(report, self.people_apart(report), on_duty)

    def asleep_at(self, seat: Seat) -> frozenset[int]:
        """Who sits there and is off duty while a colleague is on: nothing rings them but an alarm nobody took up."""
        on_duty = {person.id for person in self._duty.on_duty(seat.unit_id) if is_reachable(person)}
        at_desk = {person.id for person in self.people_at(seat)}
        return frozenset(at_desk - on_duty) if at_desk & on_duty else NOBODY

    def confidential_seats(self, seats: Sequence[Seat], ground: Ground | None, chosen_id: int | None) -> list[Seat]:
        """The desks whose readers can be given a confidential report, lowest first; `seats` are those on its way.

        The sender's choice counts, and then what lies above it; else it is the top, or for what happens at home the
        highest unit that has a named officer.
        """
        offices = [seat for seat in seats if seat.rung is Rung.OFFICE]
        chosen = [place for place, seat in enumerate(offices) if seat.unit_id == chosen_id]
        if chosen:
            return offices[chosen[0] :]
        if ground is Ground.HOME:
            offices = [seat for seat in offices if self._readers.has_guardian(seat.unit_id)] or offices
        return offices[-1:]

    # Whom to call.

    def contact_of(self, report: Report) -> Contact:
        """Who has the report: whoever took it, else whoever speaks for the desk that holds it."""
        if report.taken_by_id is None:
            return self.desk_contact_of(report)
        holder = self._units.require(report.holder_id)
        return self.contact(self._people.require(report.taken_by_id), holder)

    def desk_contact_of(self, report: Report) -> Contact:
        """Who speaks for the desk that holds it: reachable people with a phone first; the unit when nobody does."""
        seat, unit = self.seat_of(report), self._units.require(report.holder_id)
        people = self.workers_at(seat, report)
        on_duty = {person.id for person in self._duty.on_duty(unit.id)}
        people.sort(key=lambda person: (not is_reachable(person), person.id not in on_duty, not person.phone))
        if report.confidential:
            people = self.readers_of(report) or people
        if not people:
            return Contact("", unit=unit.name)
        # A reader who sits at no desk is the unit's, whatever they are there.
        roles = {person.id: role.value for person, role in self._roster(seat)}
        return Contact(people[0].name, people[0].phone, role=roles.get(people[0].id, ""), unit=unit.name)

    def contact(self, person: Person, unit: Unit, of_roles: Collection[Role] = AT_A_DESK) -> Contact:
        """The person as others may see them, with the role they hold in the unit or nearest above it."""
        for nearest in [unit, *self._units.above(unit)]:
            held = self._people.roles_in(person.id, nearest) & AT_A_DESK.intersection(of_roles)
            if held:
                role = min(held, key=speaking_order(Category.OTHER).index)
                return Contact(person.name, person.phone, role=role.value, unit=nearest.name)
        return Contact(person.name, person.phone)

    def station_of(self, unit: Unit) -> Contact | None:
        """The health station nearest to the unit whose number is known."""
        for nearest in [unit, *self._units.above(unit)]:
            for person in self._people.holding(nearest.id, [Role.HEALTH]):
                if person.phone:
                    return self.contact(person, nearest, {Role.HEALTH})
        return None
