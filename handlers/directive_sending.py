"""A directive leaves: at once, at a time, or as an alarm; a clerk's draft once a commander approves it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories, stands_in
from handlers.commands import FromPerson
from handlers.commands.directive_following import GiveDirective, PlaceBoard, ShowReplaced
from handlers.commands.directives import (
    AskForWords,
    DiscardDirective,
    DismissAlarm,
    DispatchDirective,
    OfferDirective,
    PreviewDirective,
    RaiseAlarm,
    RefuseDirecting,
    ScheduleDirective,
    SendDirective,
    SendScheduled,
    TypeSendTime,
    Wanted,
)
from models.notices import Notice
from models.notices.directives import (
    AlarmAsked,
    AlarmDecided,
    AudienceEmpty,
    DeadlinePassed,
    DirectiveOffered,
    SendingLapsed,
    SendTimeRefused,
)
from models.notices.documents import StillBeingRead
from models.records import Assignment, Directive, Unit
from models.rules import deadlines
from models.rules.assignments import due_of
from models.rules.chasing import next_chase_at
from models.rules.deadlines import NotADeadline
from models.rules.directives import ALARM_ASKED, UNSENT, DirectiveState, may_send_at, reaches_group
from models.rules.documents.routing import receivers
from models.store.people import contacts, is_reachable
from models.store.tasks import Routed
from models.work import Work

#: How the books call it that a document took the place of a directive's own.
REPLACED = "ReplaceDirective"


def offer(command: OfferDirective, work: Work) -> None:
    """Bring a clerk's draft before every commander of its unit; nothing leaves before one of them approves it."""
    person, directive = work.meet(command), work.directives.find(command.directive_id)
    if directive is None or directive.drafted_by_id != person.id:
        work.also(RefuseDirecting.of(command, directive.unit_id if directive else None))
    elif stands_in({DirectiveState.DRAFT}, directive, command, work):
        directive.state = DirectiveState.OFFERED
        commanders = work.people.commanders_over(work.units.require(directive.unit_id))
        asked = [each for each in commanders if is_reachable(each) and each.account_id is not None]
        work.done(command, person, directive.subject)
        work.also(PreviewDirective(directive_id=directive.id))
        offered = DirectiveOffered(directive.code, contacts(asked or commanders), reached=bool(asked))
        work.tell(command.sender.account_id, offered)


def send(command: SendDirective, work: Work) -> None:
    """[Gửi], or [Duyệt] on a clerk's draft: let it go at once, or say why it cannot."""
    directive = _to_send(command, command.directive_id, work)
    if directive is not None:
        _let_go(command, directive, work)


def ask_when(command: ScheduleDirective, work: Work) -> None:
    """Ask when it shall leave."""
    directive = _to_send(command, command.directive_id, work)
    if directive is not None:
        sender, place = command.sender, command.place
        work.also(AskForWords(sender=sender, place=place, wanted=Wanted.SEND_TIME, directive_id=directive.id))


def schedule(command: TypeSendTime, work: Work) -> None:
    """Let it leave at the time that was typed; of what is none before the deadline, the question stays open."""
    directive = _to_send(command, command.directive_id, work)
    if directive is None:
        return
    account_id = command.sender.account_id
    send_at = deadlines.read(command.words, work.now, work.policy.timezone)
    if isinstance(send_at, NotADeadline) or not may_send_at(send_at, directive.deadline_at):
        work.ask(account_id, Wanted.SEND_TIME, directive_id=directive.id)
        work.tell(account_id, SendTimeRefused(directive.code, directive.deadline_at))
        return
    directive.state, directive.send_at = DirectiveState.SCHEDULED, send_at
    directive.issuer_id = work.meet(command).id
    work.done(command, work.meet(command), directive.subject)
    work.also(PreviewDirective(directive_id=directive.id))


def send_scheduled(command: SendScheduled, work: Work) -> None:
    """The clock: let go whatever is due; what cannot leave any more is a draft again, and its issuer told."""
    for directive in work.directives.due_to_send(work.now, command.most):
        unit, issuer = work.units.require(directive.unit_id), work.people.require(directive.issuer_id)
        objection = _objection(directive, work.directives.audience(directive, unit), work)
        if objection is None and work.people.commands_over(issuer.id, unit):
            work.also(DispatchDirective(directive_id=directive.id))
            continue
        directive.state, directive.send_at = DirectiveState.DRAFT, None
        lapsed = SendingLapsed(directive.code)
        work.tell_each(work.people.commanders_over(unit), lapsed, subject=directive.subject)
        work.also(PreviewDirective(directive_id=directive.id))


def raise_alarm(command: RaiseAlarm, work: Work) -> None:
    """Ask twice, each time saying whom it will ring up; then let it go as an alarm."""
    directive = _to_send(command, command.directive_id, work)
    if directive is None:
        return
    question = _alarm_question(directive)
    if command.asked < ALARM_ASKED:
        asked = _alarm_asked(directive, command.asked + 1, work)
        work.show(command.place.chat_id, question, asked, afresh=command.asked == 0)
        return
    directive.is_alarm = _let_go(command, directive, work)
    if directive.is_alarm:
        work.show(command.place.chat_id, question, AlarmDecided(directive.code, raised=True))


def dismiss_alarm(command: DismissAlarm, work: Work) -> None:
    """No alarm; the draft is as it was."""
    directive = _to_send(command, command.directive_id, work)
    if directive is not None:
        work.show(command.place.chat_id, _alarm_question(directive), AlarmDecided(directive.code, raised=False))


def dispatch(command: DispatchDirective, work: Work) -> None:
    """Fix the units it is for, from the register, and let it go to every one of them."""
    directive = work.directives.require(command.directive_id)
    issuer = work.units.require(directive.unit_id)
    units = work.directives.audience(directive, issuer)
    reach = work.directives.within_reach(directive, issuer)
    routed = work.tasks.routed(directive, work.tasks.register(directive, issuer, reach, work.policy.tiers))
    receiving = receivers((each.route for each in routed), directive.unit_id) or [unit.id for unit in units]
    if directive.residents_note:
        receiving += [unit.id for unit in units if unit.tier == work.policy.tiers.community]
    work.directives.set_places(directive.id, receiving)
    _charge(directive, routed, work)
    directive.state, directive.sent_at = DirectiveState.SENT, work.now
    directive.chase_at = next_chase_at(work.now, directive.deadline_at, None, work.policy)
    work.also(PreviewDirective(directive_id=directive.id))
    work.also(GiveDirective(directive_id=directive.id))
    kept = work.tasks.document_of(directive.id)
    for replaced in work.documents.replaced_by(kept) if kept else ():
        by = work.people.require(directive.issuer_id)
        work.record(REPLACED, by, f"directive:{replaced.directive_id}")
        work.also(ShowReplaced(directive_id=replaced.directive_id))


def _charge(directive: Directive, routed: Sequence[Routed], work: Work) -> None:
    """Give each unit and each agency its part in every task, with the moment by which it is due."""
    above = work.assignments.due_above(directive)
    for each in routed:
        above_at = above.get(each.row.position)
        due_at = due_of(each.task, work.now, work.policy.timezone, directive.deadline_at, above_at)
        chase_at = next_chase_at(work.now, due_at, None, work.policy)
        parts: list[tuple[int, str, int | None]] = [(unit_id, "", None) for unit_id in each.route.unit_ids]
        parts += [(directive.unit_id, holder.name, holder.agency_id) for holder in each.route.holders]
        work.session.add_all(
            Assignment(
                task_id=each.row.id,
                directive_id=directive.id,
                unit_id=unit_id,
                holder=holder,
                agency_id=agency_id,
                given_at=work.now,
                due_at=due_at,
                chase_at=chase_at,
            )
            for unit_id, holder, agency_id in parts
        )
    work.session.flush()


def discard(command: DiscardDirective, work: Work) -> None:
    """Nothing leaves; the preview says so."""
    person, directive = work.meet(command), work.directives.find(command.directive_id)
    if directive is not None and directive.drafted_by_id == person.id and directive.state in UNSENT:
        _discard(directive, work)
    else:
        directive = _to_send(command, command.directive_id, work)
        if directive is not None:
            _discard(directive, work)


def _discard(directive: Directive, work: Work) -> None:
    directive.state = DirectiveState.DISCARDED
    work.also(PreviewDirective(directive_id=directive.id))


def _let_go(command: FromPerson, directive: Directive, work: Work) -> bool:
    """Whether it leaves now; otherwise they are told why not."""
    units = work.directives.audience(directive, work.units.require(directive.unit_id))
    objection = _objection(directive, units, work)
    if objection is not None:
        work.tell(command.place.chat_id, objection)
        return False
    person = work.meet(command)
    directive.issuer_id = person.id
    work.done(command, person, directive.subject)
    work.also(DispatchDirective(directive_id=directive.id))
    if command.place.is_private and command.place.chat_id != directive.chat_id:
        # Whoever approved it follows it too.
        work.also(PlaceBoard(directive_id=directive.id, chat_id=command.place.chat_id))
    return True


def _to_send(command: FromPerson, directive_id: int, work: Work) -> Directive | None:
    """The unsent directive, when whoever acts commands its unit; otherwise they are told who does, or how it stands."""
    person, directive = work.meet(command), work.directives.find(directive_id)
    if directive is None or not work.people.commands_over(person.id, work.units.require(directive.unit_id)):
        work.also(RefuseDirecting.of(command, directive.unit_id if directive else None))
        return None
    return directive if stands_in(UNSENT, directive, command, work) else None


def _objection(directive: Directive, units: Sequence[Unit], work: Work) -> Notice | None:
    """Why it cannot be sent as it stands."""
    if directive.being_read and directive.file_id:
        return StillBeingRead(directive.code)
    if not units:
        return AudienceEmpty(directive.code)
    if directive.deadline_at <= work.now:
        return DeadlinePassed(directive.code, directive.deadline_at)
    return None


def _alarm_asked(directive: Directive, asked: int, work: Work) -> AlarmAsked:
    units = work.directives.audience(directive, work.units.require(directive.unit_id))
    community = work.policy.tiers.community
    grouped = [u.id for u in units if reaches_group(directive.audience, of_community=u.tier == community)]
    recipients = work.directives.recipients([unit.id for unit in units], grouped)
    groups, people = len(recipients.groups), len(recipients.accounts())
    return AlarmAsked(directive.id, directive.code, asked, work.now, groups, people)


def _alarm_question(directive: Directive) -> str:
    return f"directive-alarm:{directive.id}"


STORIES: Stories = {
    OfferDirective: offer,
    SendDirective: send,
    ScheduleDirective: ask_when,
    TypeSendTime: schedule,
    SendScheduled: send_scheduled,
    RaiseAlarm: raise_alarm,
    DismissAlarm: dismiss_alarm,
    DispatchDirective: dispatch,
    DiscardDirective: discard,
}
