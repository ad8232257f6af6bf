"""What happens when somebody asks for something: a file tells one story or a few, and lists them at its end."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from handlers.commands import Command, FromPerson
from handlers.commands.checkins import ConfirmHome
from handlers.commands.enrolment import InvitePrivately
from handlers.commands.home_cards import SettleScan
from handlers.commands.households import PresentHome
from handlers.commands.reports import AboutReport
from models.notices.checkins import ClaimsPaused, HomeLinked, HomeNotLinked
from models.notices.desks import AlreadySettled
from models.notices.directives import DirectiveNotThus
from models.notices.followups import FollowRefused
from models.notices.tasks import DirectiveReplaced
from models.records import Directive, Household, HouseholdLink, Person, Report
from models.rules.directives import GOING, DirectiveState
from models.rules.households import HouseholdStep
from models.rules.reports import PENDING
from models.store.invitations import CLAIM
from models.store.people import contacts, is_reachable
from models.work import Work

#: Lets a command happen.
Story = Callable[[Any, Work], None]
#: The stories of one file, each by its command.
Stories = dict[type[Command], Story]

#: The card on which somebody looks through the register of homes.
REGISTER = "register"


def meet_in_private(command: FromPerson, work: Work) -> Person | None:
    """Who asks, when they can be answered in private; None for anybody else, who is then shown the way there."""
    person = None if command.sender.is_anonymous else work.meet(command)
    if person is not None and is_reachable(person):
        return person
    work.also(InvitePrivately(sender=command.sender, place=command.place))
    return None


def admit(command: AboutReport, work: Work) -> tuple[Person, Report | None]:
    """Who asks, and the report; None when it is not theirs to work on, which they have then been told."""
    person, report = work.meet(command), work.reports.require(command.report_id)
    refusal = work.desks.refusal_for(person.id, report)
    if refusal is None:
        return person, report
    work.refuse(command, person, report.subject, refusal)
    return person, None


def admit_while_pending(command: AboutReport, work: Work) -> tuple[Person, Report | None]:
    """The same, for what makes sense only until the result is written; afterwards they are told that it is."""
    person, report = admit(command, work)
    if report is None or report.state in PENDING:
        return person, report
    work.tell_each([person], AlreadySettled(report.code), subject=report.subject)
    return person, None


def admit_to_home(command: FromPerson, household_id: int, work: Work) -> tuple[Person | None, Household]:
    """Whoever looks after the home, with it; None for anybody else, who is told who does."""
    person, home = work.meet(command), work.households.require(household_id)
    unit = work.units.require(home.unit_id)
    if work.checkins.may_answer_for(person.id, unit):
        return person, home
    work.refuse(command, person, f"home:{home.id}", work.checkins.refusal(unit))
    return None, home


def refuse_following(command: FromPerson, home: Household, work: Work) -> None:
    """Tell them who looks after the home, and so may follow its people and measure for them."""
    unit = work.units.require(home.unit_id)
    able = contacts(work.checkins.callers_of(unit, with_heads=True))
    work.refuse(command, work.meet(command), f"home:{home.id}", FollowRefused(unit=unit.name, contacts=able))


def stands_in(states: Collection[DirectiveState], directive: Directive, command: FromPerson, work: Work) -> bool:
    """Whether the directive stands in one of these states; otherwise they are told how it stands."""
    if directive.state in states:
        return True
    work.tell(command.sender.account_id, DirectiveNotThus(directive.code, directive.state))
    return False


def still_asks(directive: Directive, command: FromPerson, work: Work) -> bool:
    """Whether it is still to be answered: sent, not withdrawn, and no other document in its place, as they are told."""
    if not stands_in(GOING, directive, command, work):
        return False
    replaced_by = work.documents.sign_replacing(directive)
    if replaced_by:
        work.tell(command.sender.account_id, DirectiveReplaced(directive.code, replaced_by))
    return not replaced_by


def present_done(command: FromPerson, home: Household, step: HouseholdStep, work: Work) -> None:
    """Keep that it was done to the home, and show the home as it is now, saying so."""
    work.done(command, work.meet(command), f"home:{home.id}")
    shown = PresentHome(
        sender=command.sender, place=command.place, household_id=home.id, remark=step, afresh=not command.verb
    )
    work.also(shown)


def claim(home: Household, person: Person, work: Work) -> HouseholdLink | None:
    """The person's link to a home they say they live in, for its team to confirm unless it is confirmed already.

    None when they said so of too many homes lately, which they have then been told.
    """
    link = work.households.find_link(home.id, person.id)
    if link is None and not work.invitations.claims_left(person.id, work.now):
        refusal = work.checkins.refusal(work.units.require(home.unit_id))
        work.tell_each([person], ClaimsPaused(refusal.contacts))
        return None
    if link is None:
        link = work.households.link(home, person, work.now, confirmed=False)
        work.record(CLAIM, person, f"home:{home.id}")
    if link.confirmed_at is None:
        link.proposed_at = work.now
    return link


def settle_claim(command: ConfirmHome | SettleScan, work: Work) -> HouseholdLink | None:
    """Let somebody speak for the home they say is theirs, or not, as whoever looks after it decides, and tell them.

    None when nothing was decided: it is not for this person to say, as they were then told, for nobody confirms
    themselves; or nobody claims the home any longer.
    """
    home, person = work.households.standing_for(command.household_id), work.people.require(command.person_id)
    decider, subject = work.meet(command), f"home:{home.id}"
    unit = work.units.require(home.unit_id)
    if decider.id == person.id or not work.checkins.may_answer_for(decider.id, unit):
        work.refuse(command, decider, subject, work.checkins.refusal(unit, apart_from=person))
        return None
    link = work.households.find_link(home.id, person.id)
    if link is None or link.confirmed_at is not None:
        return None
    work.done(command, decider, subject)
    if command.agreed:
        link.confirmed_at, link.confirmed_by_id = work.now, decider.id
        work.homes.note(home, HouseholdStep.LINKED, decider, work.now, words=person.name)
        work.tell_each([person], HomeLinked(number=home.number), subject=subject)
    else:
        work.households.unlink(link)
        not_linked = HomeNotLinked(number=home.number, contacts=work.checkins.refusal(unit).contacts)
        work.tell_each([person], not_linked, subject=subject)
    return link
