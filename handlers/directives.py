"""A commander, or their clerk, drafts a directive, sees at once whom it would reach, and changes that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from handlers import Stories, stands_in
from handlers.commands import Enclosure, FromPerson
from handlers.commands.directives import (
    AddPage,
    AddRest,
    AskForWords,
    ChooseAudience,
    ChooseDeadline,
    ChooseRelay,
    DraftDirective,
    PreviewDirective,
    RefuseDirecting,
    ToggleUnit,
    TurnUnitPage,
    TypeDeadline,
    Wanted,
)
from handlers.commands.tasks import ReadDocument
from models.notices.directives import (
    DeadlineRefused,
    DeadlineSet,
    DeadlineTooLate,
    DirectingRefused,
    WordsAsked,
)
from models.notices.enrolment import PrivateChatNeeded
from models.records import Directive, Person, Unit
from models.rules import deadlines
from models.rules.deadlines import NotADeadline
from models.rules.directives import (
    CHANGEABLE,
    HOURS_OFFERED,
    READABLE,
    UNITS_A_PAGE,
    Audience,
    DirectiveState,
    default_audience,
    latest_deadline,
    may_be_document,
    may_go_on,
)
from models.rules.roles import Role
from models.store.people import contacts, is_reachable
from models.store.tasks import number_of
from models.work import Work

#: What can be passed on as a directive's file.
FILES = ("document", "photo", "video", "voice")
#: How long the next message is taken for the rest of a long text; people send them in one go.
REST_AWAITED = timedelta(minutes=1)


def draft(command: DraftDirective, work: Work) -> None:
    """Keep the words or the file as a draft and show its preview at once, or ask for the words."""
    person = None if command.sender.is_anonymous else work.meet(command)
    unit = _unit_to_direct(command, person, work) if person else None
    if person is None or unit is None:
        work.also(RefuseDirecting.of(command, None))
        return
    file = next((each for each in command.enclosures if each.media in FILES), None)
    if not command.words and file is None:
        work.also(AskForWords(sender=command.sender, place=command.place, wanted=Wanted.WORDS))
        return
    directive = _new_directive(command, person, unit, file, work)
    work.done(command, person, directive.subject)
    if file is not None and file.album:
        work.also(_first_page(command, directive))
    else:
        _look_at(command, directive, work)


def add_rest(command: AddRest, work: Work) -> None:
    """Put what came in a further message behind the text, and read all of it anew."""
    directive = _draft_of(command, command.directive_id, work)
    if directive is not None:
        directive.words = f"{directive.words}\n{command.words}"
        work.tasks.forget(directive.id)
        _look_at(command, directive, work)


def refuse(command: RefuseDirecting, work: Work) -> None:
    """Keep that it was tried, and tell in private who can do it; whoever hides behind a group is led there first."""
    if command.sender.is_anonymous:
        work.record(command.action, None, f"chat:{command.place.chat_id}", refused=True)
        key = f"private:{command.place.chat_id}:{work.today}"
        work.tell(command.place.chat_id, PrivateChatNeeded(), key=key)
        return
    person = work.meet(command)
    unit = work.units.require(command.unit_id) if command.unit_id else _unit_of(command, person, work)
    work.record(command.action, person, f"unit:{unit.id}" if unit else "", refused=True)
    commanders = work.people.commanders_over(unit) if unit else ()
    work.tell(command.sender.account_id, DirectingRefused(contacts(commanders)))


def ask_for_words(command: AskForWords, work: Work) -> None:
    """Ask in private and remember what the next message there answers; in a group lead the way to private chat."""
    person = work.meet(command)
    directive = work.directives.find(command.directive_id) if command.directive_id else None
    if not is_reachable(person):
        payload = f"ask-{directive.id}" if directive and command.wanted is Wanted.QUESTION else ""
        # Once a chat: the same link serves everyone, and a group is spared a message for every tap.
        key = f"private:{payload}:{command.place.chat_id}" if payload else None
        work.tell(command.place.chat_id, PrivateChatNeeded(payload), key=key)
        return
    data: dict[str, Any] = {"directive_id": directive.id} if directive else {}
    if command.task_id is not None:
        data["task_id"] = command.task_id
    work.ask(command.sender.account_id, command.wanted, **data)
    code = directive.code if directive else ""
    goes_on = directive.id if directive and command.wanted is Wanted.NOTE else None
    no = number_of(work.tasks.require(command.task_id)) if command.task_id is not None else ""
    work.tell(command.sender.account_id, WordsAsked(command.wanted.value, code, goes_on, no))


def choose_audience(command: ChooseAudience, work: Work) -> None:
    """Show whom it reaches now."""
    directive = _draft_of(command, command.directive_id, work)
    if directive is not None:
        directive.audience = command.audience
        work.also(PreviewDirective(directive_id=directive.id))


def choose_relay(command: ChooseRelay, work: Work) -> None:
    """Show whom it reaches when it goes tier by tier, or everywhere at once."""
    directive = _draft_of(command, command.directive_id, work)
    if directive is not None:
        directive.by_tier = command.by_tier
        work.also(PreviewDirective(directive_id=directive.id))


def toggle_unit(command: ToggleUnit, work: Work) -> None:
    """Pick or unpick a unit, with all below it, and stay on its page."""
    directive = _draft_of(command, command.directive_id, work)
    if directive is None:
        return
    children = [unit.id for unit in work.units.children(work.units.require(directive.unit_id))]
    if command.unit_id in children:
        picked = work.directives.unit_ids(directive.id) ^ {command.unit_id}
        work.directives.set_places(directive.id, picked)
        directive.audience = Audience.CHOSEN
        page = children.index(command.unit_id) // UNITS_A_PAGE
        work.also(PreviewDirective(directive_id=directive.id, page=page))


def turn_unit_page(command: TurnUnitPage, work: Work) -> None:
    """Show other units to pick from."""
    directive = _draft_of(command, command.directive_id, work)
    if directive is not None:
        work.also(PreviewDirective(directive_id=directive.id, page=command.page))


def choose_deadline(command: ChooseDeadline, work: Work) -> None:
    """Set the deadline so many hours from now, or ask for another."""
    directive = _draft_of(command, command.directive_id, work)
    if directive is None:
        return
    if command.hours in HOURS_OFFERED:
        _set_deadline(directive, work.now + timedelta(hours=command.hours), command, work)
        return
    work.also(
        AskForWords(sender=command.sender, place=command.place, wanted=Wanted.DEADLINE, directive_id=directive.id)
    )


def type_deadline(command: TypeDeadline, work: Work) -> None:
    """Set the deadline that was typed; of what is none the reason is said, and the question stays open."""
    directive = _draft_of(command, command.directive_id, work)
    if directive is None:
        return
    account_id = command.sender.account_id
    due_at = deadlines.read(command.words, work.now, work.policy.timezone)
    if isinstance(due_at, NotADeadline):
        work.ask(account_id, Wanted.DEADLINE, directive_id=directive.id)
        work.tell(account_id, DeadlineRefused(due_at.reason))
        return
    if _set_deadline(directive, due_at, command, work):
        work.tell(account_id, DeadlineSet(directive.code, due_at))
    else:
        work.ask(account_id, Wanted.DEADLINE, directive_id=directive.id)


def _look_at(command: DraftDirective | AddRest, directive: Directive, work: Work) -> None:
    """Show the preview at once, let what may be a document be read, and wait for more of a text that may go on."""
    if directive.file_kind in READABLE or may_be_document(directive.words):
        work.also(ReadDocument(directive_id=directive.id))
    work.also(PreviewDirective(directive_id=directive.id))
    if command.place.is_private and may_go_on(command.words):
        work.ask(command.sender.account_id, Wanted.REST, valid_for=REST_AWAITED, directive_id=directive.id)


def _set_deadline(directive: Directive, due_at: datetime, command: FromPerson, work: Work) -> bool:
    """Set it and show the preview; one later than that of the directive it passes on is refused."""
    above = work.directives.above(directive)
    latest = latest_deadline(above.deadline_at if above else None, work.now)
    if latest is not None and due_at > latest:
        work.tell(command.sender.account_id, DeadlineTooLate(directive.code, latest))
        return False
    directive.deadline_at = due_at
    work.also(PreviewDirective(directive_id=directive.id))
    return True


def _unit_to_direct(command: DraftDirective, person: Person, work: Work) -> Unit | None:
    """The unit whose chat this is when the person may draft for it, else the widest they command, or are clerk of."""
    here = work.units.unit_of_chat(command.place.chat_id)
    if here and here.tier != work.policy.tiers.community and work.people.may_draft_for(person.id, here):
        return here
    units = work.people.commanded_by(person.id) or work.people.units_where(person.id, [Role.CLERK])
    return min(units, key=lambda unit: work.policy.tiers.rank(unit.tier), default=None)


def _unit_of(command: FromPerson, person: Person, work: Work) -> Unit | None:
    """Where somebody belongs who may not direct: whose commander they are to ask."""
    here = work.units.unit_of_chat(command.place.chat_id)
    served = [grant.unit_id for grant in work.people.grants_of(person.id)]
    lives_in = [home.unit_id for home in work.people.households_of(person.id)]
    places = work.units.named(unit_id for unit_id in served + lives_in if unit_id is not None)
    return here or next(iter(places), None) or work.units.root()


def _new_directive(
    command: DraftDirective, person: Person, unit: Unit, file: Enclosure | None, work: Work
) -> Directive:
    here = work.units.unit_of_chat(command.place.chat_id)
    # A preview names units and counts people: it stays out of groups that are not the issuer's.
    is_home = command.place.is_private or here is unit
    stated = deadlines.find(command.words, work.now, work.policy.timezone)
    directive = Directive(
        code=work.directives.new_code(),
        unit_id=unit.id,
        issuer_id=person.id,
        drafted_by_id=None if work.people.commands_over(person.id, unit) else person.id,
        chat_id=command.place.chat_id if is_home else command.sender.account_id,
        words=command.words,
        file_id=file.file_id if file else "",
        file_kind=file.media if file else "",
        file_name=file.name if file else "",
        audience=default_audience(is_document=file is not None),
        deadline_at=stated or work.now + work.policy.default_deadline,
        drafted_at=work.now,
    )
    work.session.add(directive)
    work.session.flush()
    return directive


def _first_page(command: DraftDirective, directive: Directive) -> AddPage:
    """The page that came with the command, as every further one of its album will come."""
    return AddPage(
        sender=command.sender,
        place=command.place,
        message_id=command.message_id,
        directive_id=directive.id,
        enclosures=command.enclosures,
    )


def _draft_of(command: FromPerson, directive_id: int, work: Work) -> Directive | None:
    """The draft, for its clerk and whoever directs its unit; others are told who does, or that it has left."""
    person, directive = work.meet(command), work.directives.find(directive_id)
    if directive is None or not _may_change(directive, person, work):
        work.also(RefuseDirecting.of(command, directive.unit_id if directive else None))
        return None
    return directive if stands_in(CHANGEABLE, directive, command, work) else None


def _may_change(directive: Directive, person: Person, work: Work) -> bool:
    """Whether they command its unit, or are the clerk whose draft is not before the commander yet."""
    is_own = directive.drafted_by_id == person.id and directive.state is DirectiveState.DRAFT
    return is_own or work.people.commands_over(person.id, work.units.require(directive.unit_id))


STORIES: Stories = {
    DraftDirective: draft,
    AddRest: add_rest,
    RefuseDirecting: refuse,
    AskForWords: ask_for_words,
    ChooseAudience: choose_audience,
    ChooseRelay: choose_relay,
    ToggleUnit: toggle_unit,
    TurnUnitPage: turn_unit_page,
    ChooseDeadline: choose_deadline,
    TypeDeadline: type_deadline,
}
