"""`/lichhoitham`: how a unit's homes are asked, seen and changed; a change is read back before it counts."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, meet_in_private
from handlers.commands import FromPerson
from handlers.commands.enrolment import InvitePrivately
from handlers.commands.plans import (
    AboutPlan,
    AskForPlan,
    BrowsePlans,
    ChoosePlan,
    DropPlan,
    OpenPlan,
    PlanChoice,
    PlanQuestion,
    ReplanRounds,
    SavePlan,
    ShowPlans,
    TypePlan,
)
from models.notices import Notice
from models.notices.plans import (
    PlanAsked,
    PlanNotThus,
    PlanProposed,
    PlanRefused,
    PlanShown,
    PlansOffered,
    PlanUnit,
    PlanUnread,
)
from models.records import Unit
from models.rules.pages import page_of
from models.rules.plan_words import read_change
from models.rules.plans import PLANS_HERE, Change, Pause, PlanBook, Preset, Wishes, may_plan, objection, preview
from models.rules.roles import Role
from models.store.people import contacts, is_reachable
from models.work import Work

#: The card on which a person sees and changes plans; it holds a change until it counts, so a restart forgets none.
CARD = "plan"
#: How many units one page offers.
PAGE = 8


def show(command: ShowPlans, work: Work) -> None:
    """Show the plan of the one unit the person plans for, or let them choose; words say what is to be different."""
    person = meet_in_private(command, work)
    if person is None:
        return
    planned = work.people.units_where(person.id, PLANS_HERE | {Role.COMMANDER})
    if not planned:
        work.refuse(command, person, "plans", PlanRefused(unit="", contacts=()))
    elif len(planned) > 1:
        _show_card(command, _offered(None, planned, 0), work, afresh=True)
    elif command.words:
        _propose_words(command, planned[0], command.words, work)
    else:
        _show_card(command, _shown(planned[0], work), work, afresh=True)


def open_plan(command: OpenPlan, work: Work) -> None:
    """Show one unit's plan."""
    unit = _allowed(command, work)
    if unit is not None:
        _show_card(command, _shown(unit, work), work)


def browse(command: BrowsePlans, work: Work) -> None:
    """Offer a page of the units right below."""
    unit = _allowed(command, work)
    if unit is not None:
        _show_card(command, _offered(unit, work.units.children(unit), command.page), work)


def choose(command: ChoosePlan, work: Work) -> None:
    """Read back the change that a button asks for."""
    unit = _allowed(command, work)
    if unit is not None:
        _propose(command, unit, _change_of(command.choice, work), (), work)


def ask(command: AskForPlan, work: Work) -> None:
    """Let the next private message say what is to be different."""
    unit = _allowed(command, work)
    if unit is not None:
        work.ask(command.sender.account_id, PlanQuestion.CHANGE, unit_id=unit.id)
        work.tell(command.sender.account_id, PlanAsked(unit=unit.name))


def type_change(command: TypePlan, work: Work) -> None:
    """Read back what was typed."""
    unit = _allowed(command, work)
    if unit is not None:
        _propose_words(command, unit, command.words, work)


def save(command: SavePlan, work: Work) -> None:
    """Let the change count: what the old plan had pending is void; a second tap finds nothing left to change."""
    person, unit, held = work.meet(command), _allowed(command, work), _held(command, work)
    if unit is None or held is None:
        return
    work.plans.change(unit, held.change, _book(work), person, work.now)
    work.session.flush()
    work.done(command, person, f"unit:{unit.id}")
    _show_card(command, _shown(unit, work, was_saved=True), work)
    work.also(ReplanRounds(unit_id=unit.id))


def drop(command: DropPlan, work: Work) -> None:
    """Show the plan as it stays."""
    unit = _allowed(command, work)
    if unit is not None and _held(command, work) is not None:
        _show_card(command, _shown(unit, work), work)


def _allowed(command: AboutPlan, work: Work) -> Unit | None:
    """The unit, when the person may plan for it now; otherwise they are told who may."""
    person, unit = work.meet(command), work.units.require(command.unit_id)
    if not is_reachable(person):
        work.also(InvitePrivately(sender=command.sender, place=command.place))
        return None
    if may_plan(*work.people.roles_around(person.id, unit)):
        return unit
    able = work.people.holding(unit.id, PLANS_HERE) or work.people.commanders_over(unit)
    work.refuse(command, person, f"unit:{unit.id}", PlanRefused(unit=unit.name, contacts=contacts(able)))
    return None


def _book(work: Work) -> PlanBook:
    return work.plans.book(work.policy.plan)


def _change_of(choice: PlanChoice, work: Work) -> Change:
    return {
        PlanChoice.MOUNTAIN: Change(Wishes(preset=Preset.MOUNTAIN)),
        PlanChoice.TOWN: Change(Wishes(preset=Preset.TOWN)),
        PlanChoice.PAUSE: Change(pause=Pause(work.today)),
        PlanChoice.RESUME: Change(resumes=True),
        PlanChoice.INHERIT: Change(inherits=True),
    }[choice]


def _propose_words(command: FromPerson, unit: Unit, words: str, work: Work) -> None:
    change, refused = read_change(words, work.today)
    if change.is_nothing:
        _show_card(command, PlanUnread(unit_id=unit.id, unit=unit.name, refused=refused), work, afresh=True)
    else:
        _propose(command, unit, change, refused, work, afresh=True)


def _propose(
    command: FromPerson, unit: Unit, change: Change, refused: tuple[str, ...], work: Work, *, afresh: bool = False
) -> None:
    """Show the plan as it would be, unless no round could be held by it."""
    plan = _book(work).changed(unit.id, change).plan_of(unit.path)
    reason = objection(plan, work.today, work.policy.timezone)
    if reason is not None:
        _show_card(command, PlanNotThus(unit_id=unit.id, unit=unit.name, objection=reason), work, afresh=afresh)
        return
    proposed = PlanProposed(
        unit_id=unit.id,
        unit=unit.name,
        change=change,
        plan=plan,
        days=preview(plan, work.today),
        refused=refused,
        open_rounds=len(work.plans.open_below(unit)),
    )
    _show_card(command, proposed, work, afresh=afresh)


def _shown(unit: Unit, work: Work, *, was_saved: bool = False) -> PlanShown:
    book = _book(work)
    plan = book.plan_of(unit.path)
    above = work.units.require(unit.parent_id) if unit.parent_id else None
    return PlanShown(
        unit_id=unit.id,
        unit=unit.name,
        plan=plan,
        days=preview(plan, work.today),
        has_own=book.wishes.get(unit.id, Wishes()) != Wishes(),
        own_pauses=book.pauses.get(unit.id, ()),
        above=PlanUnit(above.id, above.name) if above else None,
        has_below=unit.tier != work.policy.tiers.community,
        was_saved=was_saved,
    )


def _offered(above: Unit | None, units: Sequence[Unit], page: int) -> PlansOffered:
    shown = page_of(units, page, PAGE)
    return PlansOffered(
        unit_id=above.id if above else None,
        unit=above.name if above else "",
        units=tuple(PlanUnit(unit.id, unit.name) for unit in shown.items),
        page=shown.number,
        pages=shown.of,
    )


def _held(command: AboutPlan, work: Work) -> PlanProposed | None:
    """The change that was read back and neither counts nor was dropped yet."""
    held = work.shown(command.sender.account_id, CARD)
    return held if isinstance(held, PlanProposed) and held.unit_id == command.unit_id else None


def _show_card(command: FromPerson, notice: Notice, work: Work, *, afresh: bool = False) -> None:
    work.show(command.sender.account_id, CARD, notice, afresh=afresh)


STORIES: Stories = {
    ShowPlans: show,
    OpenPlan: open_plan,
    BrowsePlans: browse,
    ChoosePlan: choose,
    AskForPlan: ask,
    TypePlan: type_change,
    SavePlan: save,
    DropPlan: drop,
}
