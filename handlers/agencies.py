"""The agencies a unit knows, which documents name: who answers there, and what else they are called."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.directives import RefuseDirecting
from handlers.commands.tasks import ListAgencies
from models.notices import Contact
from models.notices.documents import AgenciesListed, AgencyKept, AgencyLine, AgencyUnread
from models.phones import NotAPhone, in_e164
from models.records import Agency, Person, Unit
from models.rules.agencies import TypedAgency, read_agency
from models.rules.roles import Role
from models.work import Work


def show(command: ListAgencies, work: Work) -> None:
    """List in private the agencies of the unit whoever asks directs; with words, add one or change it first."""
    person = work.meet(command)
    unit = _unit_of(person, work)
    if unit is None:
        work.also(RefuseDirecting.of(command, None))
        return
    if not command.words:
        lines = tuple(_line(agency) for agency in work.tasks.agencies_of(unit.id))
        work.tell(command.sender.account_id, AgenciesListed(unit.name, lines))
        return
    typed = read_agency(command.words)
    if typed is None:
        work.tell(command.sender.account_id, AgencyUnread())
        return
    agency = _keep(typed, unit, work)
    work.done(command, person, f"agency:{agency.id}")
    work.tell(command.sender.account_id, AgencyKept(unit.name, _line(agency)))


def _unit_of(person: Person, work: Work) -> Unit | None:
    units = work.people.commanded_by(person.id) or work.people.units_where(person.id, [Role.CLERK])
    return min(units, key=lambda unit: work.policy.tiers.rank(unit.tier), default=None)


def _keep(typed: TypedAgency, unit: Unit, work: Work) -> Agency:
    agency = work.tasks.find_agency(unit.id, typed.name)
    if agency is None:
        agency = Agency(unit_id=unit.id, name=typed.name)
        work.session.add(agency)
    agency.aliases, agency.ended_at = "\n".join(typed.aliases), None
    agency.person, agency.phone = typed.person, _phone(typed.number)
    work.session.flush()
    return agency


def _phone(number: str) -> str:
    """The number as it is kept; empty for what nobody could call."""
    try:
        return in_e164(number)
    except NotAPhone:
        return ""


def _line(agency: Agency) -> AgencyLine:
    aliases = tuple(agency.aliases.split("\n")) if agency.aliases else ()
    return AgencyLine(agency.name, aliases, Contact(agency.person, agency.phone))


STORIES: Stories = {ListAgencies: show}
