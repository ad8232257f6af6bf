"""Every question about directives, the places they are for, and who has seen them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.records import (
    Card,
    Chat,
    ChatPurpose,
    ChatState,
    Directive,
    DirectivePlace,
    DirectiveSeen,
    Grant,
    Mail,
    MailState,
    Person,
    Reach,
    Unit,
)
from models.rules.codes import receipt_code
from models.rules.directives import CODE_PREFIX, Audience, DirectiveState
from models.rules.roles import STAFF, Role
from models.store.directive_reach import Progress, Recipients
from models.store.missing import NotThere
from models.store.replaced import IS_REPLACED

#: A place of a directive with the unit it is for.
PlaceInUnit = tuple[DirectivePlace, Unit]


class Directives:
    """What commanders decided, on its way."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, directive_id: int) -> Directive | None:
        return self._session.get(Directive, directive_id)

    def require(self, directive_id: int) -> Directive:
        """The directive. Raises NotThere when there is none."""
        directive = self.find(directive_id)
        if directive is None:
            raise NotThere(f"no directive {directive_id}")
        return directive

    def new_code(self) -> str:
        """A code no directive has yet."""
        while True:
            code = receipt_code(secrets.randbelow, CODE_PREFIX)
            if self._session.scalar(select(Directive.id).where(Directive.code == code)) is None:
                return code

    def open_within(self, units: Iterable[Unit], most: int) -> Sequence[Directive]:
        """Directives of these units or any below them that were sent and still stand, the newest first."""
        within = [Unit.path.startswith(unit.path) for unit in units]
        return self._session.scalars(
            select(Directive)
            .join(Unit, Unit.id == Directive.unit_id)
            .where(Directive.state == DirectiveState.SENT, ~IS_REPLACED, or_(*within))
            .order_by(Directive.sent_at.desc(), Directive.id.desc())
            .limit(most)
        ).all()

    def due_for_chase(self, now: datetime, most: int) -> Sequence[Directive]:
        return self._session.scalars(
            select(Directive)
            .where(Directive.state == DirectiveState.SENT, Directive.chase_at <= now, ~IS_REPLACED)
            .order_by(Directive.chase_at)
            .limit(most)
        ).all()

    def due_to_send(self, now: datetime, most: int) -> Sequence[Directive]:
        """The scheduled ones whose time has come."""
        due = select(Directive).where(Directive.state == DirectiveState.SCHEDULED, Directive.send_at <= now)
        return self._session.scalars(due.order_by(Directive.send_at).limit(most)).all()

    def audience(self, directive: Directive, issuer: Unit) -> Sequence[Unit]:
        """The units it would go to, widest first: of one that goes tier by tier only the issuer's own children."""
        within = self.within_reach(directive, issuer)
        return [unit for unit in within if unit.parent_id == issuer.id] if directive.by_tier else within

    def within_reach(self, directive: Directive, issuer: Unit) -> Sequence[Unit]:
        """The units it is meant for, widest first: all below its issuer, or those picked with all below them."""
        query = select(Unit).where(Unit.path.startswith(issuer.path), Unit.id != issuer.id)
        if directive.audience is Audience.CHOSEN:
            picked = aliased(Unit)
            query = query.where(
                select(picked.id)
                .join(DirectivePlace, DirectivePlace.unit_id == picked.id)
                .where(DirectivePlace.directive_id == directive.id, Unit.path.startswith(picked.path))
                .exists()
            )
        return self._session.scalars(query.order_by(func.length(Unit.path), Unit.id)).all()

    def passing_on(self, directive_id: int) -> list[Directive]:
        """Every directive that passes this one on, directly or through another, nearest first; none discarded."""
        found: list[Directive] = []
        level = [directive_id]
        while level:
            kept = Directive.state != DirectiveState.DISCARDED
            query = select(Directive).where(Directive.passes_on_id.in_(level), kept).order_by(Directive.id)
            next_ones = self._session.scalars(query).all()
            found += next_ones
            level = [each.id for each in next_ones]
        return found

    def passed_on_by(self, unit_id: int, directive_id: int) -> Directive | None:
        """What this unit passes the directive on with, sent or not yet; None while it does not."""
        return self._session.scalar(
            select(Directive).where(
                Directive.passes_on_id == directive_id,
                Directive.unit_id == unit_id,
                Directive.state != DirectiveState.DISCARDED,
            )
        )

    def above(self, directive: Directive) -> Directive | None:
        """What it passes on, if anything."""
        return self.require(directive.passes_on_id) if directive.passes_on_id is not None else None

    def set_places(self, directive_id: int, unit_ids: Iterable[int]) -> None:
        """Let the directive be for exactly these units; on a draft they are the units picked by hand."""
        wanted, known = set(unit_ids), self.unit_ids(directive_id)
        self._session.execute(
            delete(DirectivePlace).where(
                DirectivePlace.directive_id == directive_id, DirectivePlace.unit_id.in_(known - wanted)
            )
        )
        self._session.add_all(
            DirectivePlace(directive_id=directive_id, unit_id=unit_id) for unit_id in sorted(wanted - known)
        )
        self._session.flush()

    def unit_ids(self, directive_id: int) -> set[int]:
        """The units it is for."""
        return set(
            self._session.scalars(select(DirectivePlace.unit_id).where(DirectivePlace.directive_id == directive_id))
        )

    def places_in(self, directive_id: int, unit_ids: Iterable[int] | None = None) -> list[PlaceInUnit]:
        """The places among these units, or all of them, with their units in the order of the register."""
        query = _places(directive_id)
        if unit_ids is not None:
            query = query.where(Unit.id.in_(set(unit_ids)))
        return [(place, unit) for place, unit in self._session.execute(query)]

    def recipients(self, unit_ids: Iterable[int], with_group: Iterable[int]) -> Recipients:
        """Who can be written to in these units: the groups of those `with_group`, and all their staff."""
        groups = _GROUPS.where(Chat.unit_id.in_(set(with_group)), Chat.state == ChatState.PRESENT)
        staff = _STAFF.where(Grant.unit_id.in_(set(unit_ids)), Person.reach.in_([Reach.UNKNOWN, Reach.REACHABLE]))
        return self._recipients(groups, staff)

    def served_in(self, chat_ids: Iterable[int]) -> Recipients:
        """What these chats stand for, whether they can be written to now or not."""
        chats = set(chat_ids)
        return self._recipients(_GROUPS.where(Chat.id.in_(chats)), _STAFF.where(Person.account_id.in_(chats)))

    def chats_of(self, unit_ids: Iterable[int]) -> set[int]:
        """The groups of these units and the private chats of their staff."""
        units = set(unit_ids)
        served = self._recipients(_GROUPS.where(Chat.unit_id.in_(units)), _STAFF.where(Grant.unit_id.in_(units)))
        return set(served.units_by_chat())

    def _recipients(self, groups: Select[int | None, int], staff: Select[int | None, int | None, Role]) -> Recipients:
        return Recipients(
            {unit: chat for unit, chat in self._session.execute(groups) if unit is not None},
            [
                (account, unit, role)
                for account, unit, role in self._session.execute(staff)
                if account is not None and unit is not None
            ],
        )

    def without_group(self, directive_id: int, *, but_tier: str) -> Sequence[str]:
        """The names of its units where no group can be written to; those of `but_tier` left out."""
        with_group = select(Chat.unit_id).where(
            Chat.unit_id.is_not(None), Chat.purpose == ChatPurpose.GROUP, Chat.state == ChatState.PRESENT
        )
        return self._session.scalars(
            select(Unit.name)
            .join(DirectivePlace, DirectivePlace.unit_id == Unit.id)
            .where(
                DirectivePlace.directive_id == directive_id,
                Unit.tier != but_tier,
                Unit.id.not_in(with_group),
            )
            .order_by(func.length(Unit.path), Unit.id)
        ).all()

    def names_of_answerers(self, directive_id: int) -> dict[int | None, str]:
        """Who acknowledged or finished it anywhere, by id."""
        answered = select(DirectivePlace.acknowledged_by_id, DirectivePlace.done_by_id).where(
            DirectivePlace.directive_id == directive_id, DirectivePlace.acknowledged_at.is_not(None)
        )
        people = {person_id for row in self._session.execute(answered) for person_id in row}
        rows = self._session.execute(select(Person.id, Person.name).where(Person.id.in_(people - {None})))
        return {each.id: each.name for each in rows}

    def missing(self, directive_id: int) -> list[PlaceInUnit]:
        """The places where nobody who counts has acknowledged yet, widest unit first."""
        query = _places(directive_id).where(DirectivePlace.acknowledged_at.is_(None))
        return [(place, unit) for place, unit in self._session.execute(query)]

    def progress(self, directive: Directive) -> Sequence[Progress]:
        """How far it has come, one row for each child unit of the issuer that has a place in it or was passed it on."""
        child = aliased(Unit)
        rows = self._session.execute(
            select(
                child.name,
                func.count(DirectivePlace.id),
                func.count(DirectivePlace.delivered_at),
                func.count(DirectivePlace.acknowledged_at),
                func.count(DirectivePlace.done_at),
            )
            .join(Unit, Unit.id == DirectivePlace.unit_id)
            .join(child, Unit.path.startswith(child.path))
            .where(DirectivePlace.directive_id.in_(self._sent_with(directive.id)), child.parent_id == directive.unit_id)
            .group_by(child.id, child.name)
            .order_by(child.id)
        )
        return [Progress(*row) for row in rows]

    def see(self, directive_id: int, account_id: int, unit_id: int | None, now: datetime) -> bool:
        """Count that this account has seen it; False when it was counted before."""
        known = self._session.scalar(
            select(DirectiveSeen.id).where(
                DirectiveSeen.directive_id == directive_id, DirectiveSeen.account_id == account_id
            )
        )
        if known is None:
            self._session.add(
                DirectiveSeen(directive_id=directive_id, account_id=account_id, unit_id=unit_id, seen_at=now)
            )
        return known is None

    def count_seen(self, directive_id: int) -> int:
        """How many accounts without a say have seen it, or what passes it on."""
        query = select(func.count(func.distinct(DirectiveSeen.account_id))).where(
            DirectiveSeen.directive_id.in_(self._sent_with(directive_id))
        )
        return self._session.scalar(query) or 0

    def seen_in(self, directive_id: int, unit_ids: Iterable[int] | None = None) -> dict[int, int]:
        """How many of them saw it in the group of each unit, of these units or of all."""
        query = select(DirectiveSeen.unit_id, func.count(DirectiveSeen.id)).where(
            DirectiveSeen.directive_id == directive_id, DirectiveSeen.unit_id.is_not(None)
        )
        if unit_ids is not None:
            query = query.where(DirectiveSeen.unit_id.in_(set(unit_ids)))
        rows = self._session.execute(query.group_by(DirectiveSeen.unit_id))
        return {unit_id: seen for unit_id, seen in rows if unit_id is not None}

    def _sent_with(self, directive_id: int) -> list[int]:
        """The directive, and those that were sent to pass it on."""
        return [directive_id, *(each.id for each in self.passing_on(directive_id) if each.sent_at is not None)]

    def cards_that_left(self, subject: str) -> Sequence[Card]:
        """The cards that were shown somewhere or are being sent this moment."""
        leaving = select(Mail.card_id).where(Mail.card_id.is_not(None), Mail.stands_in(MailState.LEASED))
        return self._session.scalars(
            select(Card)
            .where(Card.subject == subject, or_(Card.shown_version > 0, Card.id.in_(leaving)))
            .order_by(Card.id)
        ).all()


#: Every unit's group.
_GROUPS = (
    select(Chat.unit_id, Chat.id)
    .where(Chat.unit_id.is_not(None), Chat.purpose == ChatPurpose.GROUP)
    .order_by(Chat.unit_id)
)
#: Everyone who serves a unit and has an account, with where and as what.
_STAFF = (
    select(Person.account_id, Grant.unit_id, Grant.role)
    .join(Grant, Grant.person_id == Person.id)
    .where(Grant.role.in_(STAFF), Grant.ended_at.is_(None), Person.account_id.is_not(None))
    .order_by(Grant.unit_id, Person.id)
)


def _places(directive_id: int) -> Select[DirectivePlace, Unit]:
    return (
        select(DirectivePlace, Unit)
        .join(Unit, Unit.id == DirectivePlace.unit_id)
        .where(DirectivePlace.directive_id == directive_id)
        .order_by(func.length(Unit.path), Unit.id)
    )
