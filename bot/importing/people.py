"""The list of people in charge: `telegram_id,name,phone,unit,role`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.importing import cells
from bot.importing.family import Family, Taken
from bot.importing.table import Outcome, Row, RowRefused
from models.records import InvitationKind, Person, Unit
from models.rules.roles import Role
from models.rules.words import fold
from models.work import Work


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row, understood."""

    account_id: int | None
    phone: str  #: In E.164, or "".
    units: Sequence[Unit]  #: Where the role is held; none for an administrator, who has it everywhere.
    role: Role

    @property
    def places(self) -> list[int | None]:
        """The ids of the units, or the one None that stands for everywhere."""
        return [unit.id for unit in self.units] or [None]


class People(Family):
    """Those in charge, with the role each holds in one or several units."""

    columns = ("telegram_id", "name", "phone", "unit", "role")
    required = ("unit", "role", "name")
    key = ("name",)

    def take(self, row: Row) -> Taken:
        """Keep one person with the role in each unit named, and invite whoever has no account yet."""
        # An administrator serves everywhere, so that role alone needs no unit.
        cells.require_complete(row, ("role", "name"))
        outcome, person = _keep(row, _understand(row, self.work, self.terms.roles), self.work)
        return Taken(outcome, _invite(person, self.work, anew=self.terms.invites_anew))


def _keep(row: Row, wanted: Wanted, work: Work) -> tuple[Outcome, Person]:
    person = _find(row, wanted, work)
    is_new = person is None
    if person is None:
        person = Person(name=row["name"], phone=wanted.phone, account_id=wanted.account_id, language="")
        work.session.add(person)
        work.session.flush()
    changed = _change(person, row, wanted)
    granted = [work.people.grant(person, place, wanted.role, work.now, by=None) for place in wanted.places]
    if is_new:
        return Outcome.NEW, person
    return (Outcome.CHANGED if changed or any(granted) else Outcome.SAME), person


def _invite(person: Person, work: Work, *, anew: bool) -> str | None:
    """The token of a link that ties an account to a person without one; None when none is needed.

    A link handed out earlier still opens, so another is made only when `anew` asks for it.
    """
    if person.account_id is not None or (work.invitations.has_valid(person.id, work.now) and not anew):
        return None
    until = work.now + work.policy.invitation_valid_for
    return work.invitations.make(InvitationKind.JOIN, person_id=person.id, expires_at=until)


def _understand(row: Row, work: Work, roles: Mapping[str, Role]) -> Wanted:
    role = roles.get(fold(row["role"]))
    if role is None:
        known = ", ".join(each.value for each in Role)
        raise RowRefused("role", "import.not_one_of", given=row["role"], choices=known)
    units = [_unit(code, work) for code in dict.fromkeys(row["unit"].split())]
    if not units and role is not Role.ADMINISTRATOR:
        raise RowRefused("unit", "import.empty")
    account_id = cells.account(row, "telegram_id")
    return Wanted(account_id, cells.phone(row), [] if role is Role.ADMINISTRATOR else units, role)


def _unit(code: str, work: Work) -> Unit:
    unit = work.units.find_by_code(code)
    if unit is None:
        raise RowRefused("unit", "import.unknown_unit", given=code)
    return unit


def _find(row: Row, wanted: Wanted, work: Work) -> Person | None:
    """The person the row means: by account, else by phone, else by role, unit and name.

    A phone may serve a whole family, so someone else's phone alone does not make two people one.
    """
    by_account = work.people.find_by_account(wanted.account_id) if wanted.account_id else None
    if by_account is not None:
        return by_account
    candidates = work.people.find_by_phone(wanted.phone) if wanted.phone else _of_this_role(wanted, work)
    free = [each for each in candidates if wanted.account_id is None or each.account_id is None]
    namesakes = [each for each in free if fold(each.name) == fold(row["name"])]
    if namesakes or not wanted.phone:
        return namesakes[0] if namesakes else None
    of_this_role = {each.id for each in _of_this_role(wanted, work)}
    return next((each for each in free if each.id in of_this_role), None)


def _of_this_role(wanted: Wanted, work: Work) -> Sequence[Person]:
    if wanted.role is Role.ADMINISTRATOR:
        return work.people.administrators()
    return [person for unit in wanted.units for person in work.people.holding(unit.id, [wanted.role])]


def _change(person: Person, row: Row, wanted: Wanted) -> bool:
    before = (person.name, person.phone, person.account_id)
    person.name = row["name"]
    person.phone = wanted.phone or person.phone
    person.account_id = wanted.account_id or person.account_id
    return before != (person.name, person.phone, person.account_id)
