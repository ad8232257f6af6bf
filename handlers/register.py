"""The register of units, as administrators walk through it and see what is not right yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from handlers import Stories
from handlers.commands import FromPerson
from handlers.commands.enrolment import BrowseUnits, FindUnit, ShowUnits
from models.notices import Names
from models.notices.binding import (
    NoUnitsYet,
    OnlyAdministrators,
    TierCount,
    UnitChoice,
    UnitsOffered,
    UnitsShown,
)
from models.records import Chat, ChatPurpose, ChatState, Unit
from models.rules.roles import Role
from models.store.people import contacts
from models.work import Work

#: The card on which an administrator looks for a unit.
CARD = "units"
#: How many units one page offers.
PAGE = 8


def find_unit(command: FindUnit, work: Work) -> None:
    """Offer the administrator the top of the tree to start from."""
    root = work.units.root()
    if _is_administrator(command, work):
        if root is None:
            work.tell(command.sender.account_id, NoUnitsYet())
        else:
            offered = _offered(root, 0, work, command.unknown_code)
            work.show(command.sender.account_id, CARD, offered, afresh=True)


def browse(command: BrowseUnits, work: Work) -> None:
    """Show the administrator one unit and a page of those directly below it."""
    if _is_administrator(command, work):
        unit = work.units.require(command.unit_id)
        work.show(command.sender.account_id, CARD, _offered(unit, command.page, work))


def show_units(command: ShowUnits, work: Work) -> None:
    """Tell the administrator how many units there are, which have no group, and whose desk is not ready."""
    if not _is_administrator(command, work):
        return
    units, bound = work.units.all(), work.chats.bound()
    if not units:
        work.tell(command.sender.account_id, NoUnitsYet())
        return
    groups = {chat.unit_id: chat for chat in bound if chat.purpose is ChatPurpose.GROUP}
    ready = work.desks.ready_units(work.policy.reachable_staff_for_a_ready_desk)
    shown = UnitsShown(
        tiers=_counts(units, set(groups), work),
        without_group=_named(unit for unit in units if unit.id not in groups),
        silenced=_named(unit for unit in units if unit.id in groups and _is_silenced(groups[unit.id])),
        not_ready=_named(unit for unit in units if unit.id not in ready),
    )
    work.tell(command.sender.account_id, shown)


def _is_administrator(command: FromPerson, work: Work) -> bool:
    """Whether an administrator asked; anybody else is told, in private, who is one."""
    if command.sender.is_anonymous:
        return False
    person = work.meet(command)
    if work.people.is_administrator(person.id):
        return True
    administrators = contacts(work.people.administrators(), Role.ADMINISTRATOR)
    work.refuse(command, person, "units", OnlyAdministrators(administrators))
    return False


def _offered(unit: Unit, page: int, work: Work, unknown_code: str = "") -> UnitsOffered:
    below = work.units.children(unit)
    shown = below[page * PAGE : (page + 1) * PAGE]
    return UnitsOffered(
        here=_choice(unit, work),
        below=tuple(_choice(each, work) for each in shown),
        above_id=unit.parent_id,
        page=page,
        has_more=len(below) > (page + 1) * PAGE,
        unknown_code=unknown_code,
    )


def _choice(unit: Unit, work: Work) -> UnitChoice:
    has_group = work.chats.bound_to(unit.id) is not None
    return UnitChoice(unit.id, unit.name, has_group, has_below=unit.tier != work.policy.tiers.community)


def _counts(units: Sequence[Unit], with_group: Collection[int | None], work: Work) -> tuple[TierCount, ...]:
    everywhere = Counter(unit.tier for unit in units)
    bound = Counter(unit.tier for unit in units if unit.id in with_group)
    return tuple(TierCount(tier, everywhere[tier], bound[tier]) for tier in work.policy.tiers.names)


def _named(units: Iterable[Unit]) -> Names:
    return Names.of([unit.name for unit in units])


def _is_silenced(chat: Chat) -> bool:
    return chat.state is not ChatState.PRESENT


STORIES: Stories = {
    FindUnit: find_unit,
    BrowseUnits: browse,
    ShowUnits: show_units,
}
