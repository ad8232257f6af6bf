"""How a directive reads to those who receive it, and what those who direct or ask are answered."""

from __future__ import annotations

from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.directive_copies import copies
from bot.telegram.render.directive_texts import NAME_SHOWN, callable_people, fitted, named, passes_on
from bot.telegram.render.document_texts import document_line
from bot.telegram.render.tasks import task_answers, tasks_of
from handlers.commands.directive_following import AcknowledgeDirective, AskAboutDirective, FinishDirective
from handlers.commands.directives import PassOnDirective, PassOnWithoutNote
from handlers.commands.enrolment import CancelDraft
from models.notices import Names
from models.notices.directive_questions import QuestionPassed, QuestionPut, QuestionStranded
from models.notices.directives import (
    AlarmGiven,
    AudienceEmpty,
    DeadlinePassed,
    DeadlineRefused,
    DeadlineSet,
    DeadlineTooLate,
    DirectingRefused,
    DirectiveCorrected,
    DirectiveGiven,
    DirectiveNotThus,
    UnitsChased,
    UnitState,
    UnitsToldOn,
    WordsAsked,
)
from models.rules.words import shorten

#: Of a correction, a note or a question, in UTF-16 units, so that what stands around it still has room.
LONGEST_CORRECTION, LONGEST_NOTE, LONGEST_QUESTION = 2000, 800, 3500
UNITS_SHOWN = 15


@renders(AlarmGiven)
@renders(DirectiveGiven)
def directive_given(notice: DirectiveGiven, reader: Reader) -> Message:
    card = "directives.alarm_card" if isinstance(notice, AlarmGiven) else "directives.card"
    head = [reader.say(card, code=notice.code, unit=notice.issuer.unit, name=notice.issuer.name)]
    if notice.above is not None:
        head.append(passes_on(notice.above, reader))
    if notice.replaced_by:
        head.insert(0, reader.say("directives.replaced", by=notice.replaced_by))
    if notice.withdrawn_at is not None:
        head.insert(0, reader.say("directives.withdrawn", at=reader.moment(notice.withdrawn_at)))
    sentence = "tasks.acknowledge_by" if notice.tasks else "directives.deadline"
    head.append(reader.say(sentence, at=reader.moment(notice.deadline_at)))
    units = () if notice.tasks else notice.units
    tail = [_unit_state(state, reader) for state in units[:UNITS_SHOWN]]
    if len(units) > UNITS_SHOWN:
        tail.append(reader.say.count("directives.and_more_units", len(notice.units) - UNITS_SHOWN))
    if notice.seen:
        tail.append(reader.say.count("directives.seen", notice.seen))
    text = fitted("\n".join(head), _content(notice, reader), "\n".join(tail), reader.say("directives.cut"))
    return Message(text, _answers(notice, reader))


@renders(UnitsChased)
def units_chased(notice: UnitsChased, reader: Reader) -> Message:
    names = Names(notice.units[:UNITS_SHOWN], max(0, len(notice.units) - UNITS_SHOWN))
    return Message(
        reader.say(
            "directives.chased",
            code=notice.code,
            issuer=notice.issuer,
            units=named(names, reader),
            deadline=reader.moment(notice.deadline_at),
        )
    )


@renders(UnitsToldOn)
def units_told_on(notice: UnitsToldOn, reader: Reader) -> Message:
    names = Names(notice.units[:UNITS_SHOWN], max(0, len(notice.units) - UNITS_SHOWN))
    return Message(
        reader.say(
            "directives.told_on",
            code=notice.code,
            issuer=notice.issuer,
            units=named(names, reader),
            deadline=reader.moment(notice.deadline_at),
        )
    )


@renders(DirectiveCorrected)
def directive_corrected(notice: DirectiveCorrected, reader: Reader) -> Message:
    return Message(reader.say("directives.rang_correction", code=notice.code))


@renders(WordsAsked)
def words_asked(notice: WordsAsked, reader: Reader) -> Message:
    if notice.no:
        asked = reader.say("tasks.asked.question", code=notice.code, no=notice.no)
    else:
        asked = reader.say(f"directives.asked.{notice.wanted.removeprefix('directive-')}", code=notice.code)
    cancel = reader.button("cancel", CancelDraft)
    if notice.goes_on is None:
        return Message(asked, column(cancel))
    as_it_is = reader.button("nothing_more", PassOnWithoutNote, directive_id=notice.goes_on)
    return Message(asked, column(as_it_is, cancel))


@renders(DeadlineTooLate)
def deadline_too_late(notice: DeadlineTooLate, reader: Reader) -> Message:
    return Message(reader.say("directives.deadline_too_late", code=notice.code, at=reader.moment(notice.latest_at)))


@renders(DeadlineSet)
def deadline_set(notice: DeadlineSet, reader: Reader) -> Message:
    return Message(reader.say("directives.deadline_set", code=notice.code, at=reader.moment(notice.deadline_at)))


@renders(DeadlineRefused)
def deadline_refused(notice: DeadlineRefused, reader: Reader) -> Message:
    why, example = reader.say(f"directives.deadline_refused.{notice.reason}"), reader.say("directives.deadline_example")
    return Message(f"{why}\n{example}", column(reader.button("cancel", CancelDraft)))


@renders(DeadlinePassed)
def deadline_passed(notice: DeadlinePassed, reader: Reader) -> Message:
    return Message(reader.say("directives.deadline_passed", code=notice.code, at=reader.moment(notice.deadline_at)))


@renders(AudienceEmpty)
def audience_empty(notice: AudienceEmpty, reader: Reader) -> Message:
    return Message(reader.say("directives.audience_empty", code=notice.code))


@renders(DirectiveNotThus)
def directive_not_thus(notice: DirectiveNotThus, reader: Reader) -> Message:
    return Message(reader.say(f"directives.stands.{notice.state}", code=notice.code))


@renders(DirectingRefused)
def directing_refused(notice: DirectingRefused, reader: Reader) -> Message:
    if not notice.commanders:
        return Message(reader.say("directives.refused_nobody"))
    return Message(reader.say("directives.refused", people=callable_people(notice.commanders, reader)))


@renders(QuestionPut)
def question_put(notice: QuestionPut, reader: Reader) -> Message:
    asker, words = callable_people((notice.asker,), reader), shorten(notice.words, LONGEST_QUESTION)
    if notice.no:
        return Message(reader.say("tasks.question", code=notice.code, no=notice.no, asker=asker, words=words))
    return Message(reader.say("directives.question", code=notice.code, asker=asker, words=words))


@renders(QuestionPassed)
def question_passed(notice: QuestionPassed, reader: Reader) -> Message:
    to = callable_people((notice.to,), reader)
    return Message(reader.say("directives.question_passed", code=notice.code, to=to))


@renders(QuestionStranded)
def question_stranded(notice: QuestionStranded, reader: Reader) -> Message:
    people = callable_people(notice.commanders, reader)
    return Message(reader.say("directives.question_stranded", code=notice.code, people=people))


def _content(notice: DirectiveGiven, reader: Reader) -> str:
    file = reader.say("directives.file", name=notice.file_name) if notice.file_name else ""
    note = reader.say("directives.note", words=shorten(notice.note, LONGEST_NOTE)) if notice.note else ""
    document = document_line(notice.document, reader) if notice.document else ""
    parts = (note, notice.words, document, tasks_of(notice, reader) if document else "")
    words = "\n\n".join(part for part in parts if part) or ("" if file else reader.say("directives.unnamed_file"))
    if notice.corrected_at is not None:
        correction = reader.say(
            "directives.corrected",
            at=reader.moment(notice.corrected_at),
            words=shorten(notice.correction, LONGEST_CORRECTION),
        )
        words = "\n\n".join((correction, reader.say("directives.before_correction", words=words)))
    return "\n".join(part for part in (words, file) if part)


def _unit_state(state: UnitState, reader: Reader) -> str:
    unit = shorten(state.unit, NAME_SHOWN)
    if state.done_at is not None:
        return reader.say("directives.unit_done", unit=unit, at=reader.moment(state.done_at), name=state.done_by)
    if state.acknowledged_at is not None:
        at, name = reader.moment(state.acknowledged_at), state.acknowledged_by
        return reader.say("directives.unit_acknowledged", unit=unit, at=at, name=name)
    return reader.say("directives.unit_waiting", unit=unit)


def _answers(notice: DirectiveGiven, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    if notice.withdrawn_at is not None:
        return ()
    received = reader.button("acknowledge", AcknowledgeDirective, directive_id=notice.directive_id)
    done = reader.button("done", FinishDirective, directive_id=notice.directive_id)
    ask = reader.button("ask", AskAboutDirective, directive_id=notice.directive_id)
    if notice.replaced_by:
        return column(ask)
    pass_on = reader.button("pass_on", PassOnDirective, directive_id=notice.directive_id)
    onward = (pass_on,) if notice.may_pass_on else ()
    if notice.tasks and not notice.in_community:
        return *column(*onward), *task_answers(notice, reader), copies(notice.directive_id, reader)
    if notice.in_community:
        return column(received, ask)
    return *column(received, *onward, done, ask), copies(notice.directive_id, reader)
