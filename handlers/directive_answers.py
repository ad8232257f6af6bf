"""Those who received a directive answer it: received, done, or a question. Only those who act for a unit count."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, still_asks
from handlers.commands import FromPerson
from handlers.commands.directive_following import (
    AcknowledgeDirective,
    AskAboutDirective,
    FinishDirective,
    PutQuestion,
    ShowProgress,
)
from handlers.commands.directives import AskForWords, Wanted
from handlers.commands.enrolment import RefuseUnknown
from handlers.commands.tasks import AskAboutTask
from models.notices import Contact
from models.notices.directive_questions import QuestionPassed, QuestionPut, QuestionStranded
from models.records import Assignment, Directive, DirectivePlace, Person
from models.rules.directives import DirectiveState, speaks_for
from models.store.missing import NotThere
from models.store.people import contacts, is_reachable
from models.store.tasks import number_of
from models.work import Work

#: Only what people have received can be answered; a number that was made up may name a draft.
_WAS_SENT = (DirectiveState.SENT, DirectiveState.WITHDRAWN)


def acknowledge(command: AcknowledgeDirective, work: Work) -> None:
    """Received: kept with name and time for every unit the person acts for; others are counted as having seen it."""
    _answer(command, command.directive_id, work, done=False)


def finish(command: FinishDirective, work: Work) -> None:
    """Done, which says received as well."""
    _answer(command, command.directive_id, work, done=True)


def ask_about(command: AskAboutDirective, work: Work) -> None:
    """Ask in private what they want to know."""
    _ask_about(command, command.directive_id, None, work)


def ask_about_task(command: AskAboutTask, work: Work) -> None:
    """Ask in private what they want to know about one task."""
    row = work.tasks.require(command.task_id)
    _ask_about(command, row.directive_id, row.id, work)


def put_question(command: PutQuestion, work: Work) -> None:
    """Bring the question to the issuer with who asks, or say whom to call when the issuer cannot be written to."""
    person = work.meet(command)
    directive = work.directives.require(command.directive_id)
    commanders = work.people.commanders_over(work.units.require(directive.unit_id))
    issuers = [work.people.require(directive.issuer_id), *commanders]
    to = next((each for each in issuers if is_reachable(each)), None)
    if to is None or to.account_id is None:
        work.tell(command.sender.account_id, QuestionStranded(directive.code, contacts(commanders)))
        return
    asker = Contact(person.name, person.phone, unit=_belongs_to(person, directive, work))
    no = number_of(work.tasks.require(command.task_id)) if command.task_id is not None else ""
    work.tell(to.account_id, QuestionPut(directive.code, asker, command.words, no))
    work.tell(command.sender.account_id, QuestionPassed(directive.code, Contact(to.name, to.phone)))


def _ask_about(command: FromPerson, directive_id: int, task_id: int | None, work: Work) -> None:
    directive = work.directives.require(directive_id)
    if directive.state not in _WAS_SENT:
        raise NotThere(f"directive {directive.id} was never sent")
    sender, place = command.sender, command.place
    asked = AskForWords(sender=sender, place=place, wanted=Wanted.QUESTION, directive_id=directive_id, task_id=task_id)
    work.also(asked)


def _answer(command: FromPerson, directive_id: int, work: Work, *, done: bool) -> None:
    person = work.meet(command)
    directive = work.directives.find(directive_id)
    if directive is None or directive.state not in _WAS_SENT:
        work.also(RefuseUnknown(sender=command.sender, place=command.place, message_id=command.message_id))
        return
    places = _answered_for(command, person, directive, work)
    if not places:
        _count_as_seen(command, directive, work)
    elif still_asks(directive, command, work):
        _keep_answer([*places, *_assignments_of(places, work)], person, work, done=done)
        work.done(command, person, directive.subject)
        work.also(ShowProgress(directive_id=directive.id, unit_ids=tuple(place.unit_id for place in places)))


def _answered_for(command: FromPerson, person: Person, directive: Directive, work: Work) -> list[DirectivePlace]:
    """The places a tap counts for: all those the person acts for; in a group only if its unit is among them."""
    granted = {grant.unit_id for grant in work.people.grants_of(person.id) if grant.unit_id is not None}
    places = [
        place
        for place, unit in work.directives.places_in(directive.id, granted)
        if speaks_for(work.people.roles_in(person.id, unit), of_community=unit.tier == work.policy.tiers.community)
    ]
    if command.place.is_private:
        return places
    here = work.units.unit_of_chat(command.place.chat_id)
    return places if here and any(place.unit_id == here.id for place in places) else []


def _assignments_of(places: list[DirectivePlace], work: Work) -> list[Assignment]:
    """What a document asks of these units themselves: who answers for all of it answers for each task."""
    return [
        assignment
        for place in places
        for assignment in work.assignments.of(place.directive_id, [place.unit_id])
        if not assignment.holder
    ]


def _keep_answer(places: Sequence[DirectivePlace | Assignment], person: Person, work: Work, *, done: bool) -> None:
    """The first answer of a unit stands."""
    for place in places:
        if place.acknowledged_at is None:
            place.acknowledged_at, place.acknowledged_by_id = work.now, person.id
        if done and place.done_at is None:
            place.done_at, place.done_by_id = work.now, person.id


def _count_as_seen(command: FromPerson, directive: Directive, work: Work) -> None:
    """Quietly: the card's counter is the only answer, so that no neighbour is put to shame."""
    here = work.units.unit_of_chat(command.place.chat_id)
    unit_id = here.id if here else None
    if work.directives.see(directive.id, command.sender.account_id, unit_id, work.now):
        work.also(ShowProgress(directive_id=directive.id, unit_ids=(unit_id,) if unit_id else ()))


def _belongs_to(person: Person, directive: Directive, work: Work) -> str:
    """The unit whoever asks serves or lives in; empty when we do not know."""
    granted = {grant.unit_id for grant in work.people.grants_of(person.id) if grant.unit_id is not None}
    served = [unit.name for _, unit in work.directives.places_in(directive.id, granted)]
    lives_in = [work.units.require(home.unit_id).name for home in work.people.households_of(person.id)]
    return next(iter(served + lives_in), "")


STORIES: Stories = {
    AcknowledgeDirective: acknowledge,
    FinishDirective: finish,
    AskAboutDirective: ask_about,
    AskAboutTask: ask_about_task,
    PutQuestion: put_question,
}
