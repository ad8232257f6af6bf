"""How what is said to desks about reports reads, and the one line a group may see."""

from __future__ import annotations

from bot.telegram.buttons import to_data
from bot.telegram.render.base import Button, Message, Reader, column, in_pairs, renders
from bot.telegram.render.people import who
from handlers.commands.confidential import BeginRelease, OpenConfidential
from handlers.commands.desks import OpenTools
from handlers.commands.enrolment import CancelDraft
from handlers.commands.reports import (
    BeginEscalation,
    BeginHandDown,
    BeginReply,
    BeginResult,
    EscalateWithoutReason,
    HandDownReport,
    KeepHeldNote,
    SendHeldReply,
    TakeReport,
)
from models.notices.desks import (
    AddresseeAsked,
    AlarmCard,
    AlreadySettled,
    AlreadyTaken,
    DeskActed,
    DeskAlarmed,
    DeskNotReady,
    DeskRung,
    DeskUnreachable,
    HandDownOffered,
    HistoryLine,
    NobodyAbove,
    Origin,
    OwnReportRefused,
    QuestionLapsed,
    ReasonAsked,
    ReplyAsked,
    ReportCard,
    ReportLine,
    ReportRefused,
    ReportShrunk,
    ResultAsked,
    SenderMustBeCalled,
    StaffOnly,
    WordsWanted,
)
from models.phones import as_dialled
from models.rules.reports import Action, ReportState, Rung, Step

_BUTTONS = {
    Action.TAKE: ("take", TakeReport),
    Action.REPLY: ("reply", BeginReply),
    Action.ESCALATE: ("escalate", BeginEscalation),
    Action.RESOLVE: ("result", BeginResult),
    Action.HAND_DOWN: ("hand_down", BeginHandDown),
    Action.OPEN: ("open_confidential", OpenConfidential),
    Action.RELEASE: ("release", BeginRelease),
    Action.MORE: ("more", OpenTools),
}


@renders(AlarmCard)
@renders(ReportCard)
def report_card(notice: ReportCard, reader: Reader) -> Message:
    parts = [
        _title(notice, reader),
        _origin(notice.origin, reader),
        _filed(notice, reader),
        *_sender(notice, reader),
        *_words(notice, reader),
        *(_history(line, reader) for line in notice.history),
        _holder(notice, reader),
    ]
    buttons = [
        reader.button(label, command, report_id=notice.report_id)
        for label, command in (_BUTTONS[action] for action in notice.actions)
    ]
    return Message("\n".join(parts), in_pairs(buttons))


@renders(ReportShrunk)
def report_shrunk(notice: ReportShrunk, reader: Reader) -> Message:
    if notice.into:
        return Message(reader.say("reports.card.merged", code=notice.code, into=notice.into))
    left = "reports.card.closed" if notice.is_closed else "reports.card.withdrawn"
    return Message(reader.say(left, code=notice.code))


@renders(ReportLine)
def report_line(notice: ReportLine, reader: Reader) -> Message:
    line = reader.say(
        f"reports.line.{notice.state.value}",
        code=notice.code,
        kind=reader.say(f"category.{notice.category.value}" if notice.category else "reports.kind_unsaid"),
        village=notice.village or reader.say("reports.card.place_unknown"),
        urgency=reader.say(f"urgency.{notice.urgency.value}"),
        at=reader.moment(notice.filed_at),
        desk=_desk(notice.holder, notice.rung, reader),
    )
    return Message(line, column(reader.link("view", f"view-{notice.report_id}")))


@renders(DeskAlarmed)
@renders(DeskRung)
def desk_rung(notice: DeskRung, reader: Reader) -> Message:
    return Message(reader.say(f"reports.ring.{notice.ring.value}", code=notice.code))


@renders(ReplyAsked)
def reply_asked(notice: ReplyAsked, reader: Reader) -> Message:
    return Message(reader.say("reports.ask_reply", code=notice.code), _cancel(reader))


@renders(ResultAsked)
def result_asked(notice: ResultAsked, reader: Reader) -> Message:
    return Message(reader.say("reports.ask_result", code=notice.code), _cancel(reader))


@renders(ReasonAsked)
def reason_asked(notice: ReasonAsked, reader: Reader) -> Message:
    skip = reader.button("no_reason", EscalateWithoutReason, report_id=notice.report_id)
    cancel = reader.button("cancel", CancelDraft)
    return Message(reader.say("reports.ask_reason", code=notice.code), column(skip, cancel))


@renders(AddresseeAsked)
def addressee_asked(notice: AddresseeAsked, reader: Reader) -> Message:
    choices = column(
        reader.button("to_sender", SendHeldReply, report_id=notice.report_id),
        reader.button("internal_note", KeepHeldNote, report_id=notice.report_id),
        reader.button("cancel", CancelDraft),
    )
    return Message(reader.say("reports.ask_addressee", code=notice.code), choices)


@renders(WordsWanted)
def words_wanted(_notice: WordsWanted, reader: Reader) -> Message:
    return Message(reader.say("reports.words_wanted"), _cancel(reader))


@renders(QuestionLapsed)
def question_lapsed(_notice: QuestionLapsed, reader: Reader) -> Message:
    return Message(reader.say("reports.question_lapsed"))


@renders(DeskActed)
def desk_acted(notice: DeskActed, reader: Reader) -> Message:
    return Message(reader.say(f"reports.done.{notice.step.value}", code=notice.code, to=notice.to))


@renders(SenderMustBeCalled)
def sender_must_be_called(notice: SenderMustBeCalled, reader: Reader) -> Message:
    return Message(reader.say("reports.must_call", code=notice.code, sender=who(notice.sender, reader)))


@renders(AlreadyTaken)
def already_taken(notice: AlreadyTaken, reader: Reader) -> Message:
    return Message(reader.say("reports.already_taken", code=notice.code, by=who(notice.by, reader)))


@renders(AlreadySettled)
def already_settled(notice: AlreadySettled, reader: Reader) -> Message:
    return Message(reader.say("reports.already_settled", code=notice.code))


@renders(ReportRefused)
def report_refused(notice: ReportRefused, reader: Reader) -> Message:
    return Message(reader.say("reports.refused", code=notice.code, holder=who(notice.holder, reader)))


@renders(OwnReportRefused)
def own_report_refused(notice: OwnReportRefused, reader: Reader) -> Message:
    return Message(reader.say("reports.refused_own", code=notice.code, holder=who(notice.holder, reader)))


@renders(StaffOnly)
def staff_only(_notice: StaffOnly, reader: Reader) -> Message:
    return Message(reader.say("reports.staff_only"))


@renders(HandDownOffered)
def hand_down_offered(notice: HandDownOffered, reader: Reader) -> Message:
    choices = [
        Button(choice.name, to_data(HandDownReport, report_id=notice.report_id, unit_id=choice.unit_id))
        for choice in notice.choices
    ]
    return Message(reader.say("reports.hand_down", code=notice.code), in_pairs(choices))


@renders(DeskUnreachable)
def desk_unreachable(notice: DeskUnreachable, reader: Reader) -> Message:
    return Message(reader.say("reports.desk_unreachable", code=notice.code, unit=notice.unit))


@renders(NobodyAbove)
def nobody_above(notice: NobodyAbove, reader: Reader) -> Message:
    return Message(reader.say("reports.nobody_above", code=notice.code))


@renders(DeskNotReady)
def desk_not_ready(notice: DeskNotReady, reader: Reader) -> Message:
    desk = _desk(notice.unit, notice.rung, reader)
    text = reader.say("reports.desk_not_ready", desk=desk, reachable=notice.reachable, needed=notice.needed)
    return Message(text)


def _title(notice: ReportCard, reader: Reader) -> str:
    return reader.say(
        "reports.card.title_confidential" if notice.confidential else "reports.card.title",
        code=notice.code,
        urgency=reader.say(f"urgency.{notice.urgency.value}"),
        category=reader.say("category.unheard" if notice.unheard else f"category.{notice.category.value}"),
    )


def _origin(origin: Origin, reader: Reader) -> str:
    if not origin.unit:
        return reader.say("reports.card.place_unknown")
    household = reader.say("reports.card.household", number=origin.household) if origin.household else ""
    parts = [part for part in (origin.unit, origin.village, household) if part]
    return reader.say("reports.card.place", place=", ".join(parts))


def _filed(notice: ReportCard, reader: Reader) -> str:
    at = reader.moment(notice.filed_at)
    if notice.due_at is None:
        return reader.say("reports.card.filed", at=at)
    return reader.say("reports.card.filed_due", at=at, due=reader.moment(notice.due_at))


def _sender(notice: ReportCard, reader: Reader) -> list[str]:
    if notice.sender is None:
        return []
    if notice.sender_is_spared:
        return [reader.say("reports.card.sender_spared", name=notice.sender.name)]
    name, phone = notice.sender.name, as_dialled(notice.sender.phone)
    known = "reports.card.sender" if phone else "reports.card.sender_without_phone"
    lines = [reader.say(known, name=name, phone=phone)]
    return lines if notice.sender_reads else [*lines, reader.say("reports.card.must_be_called")]


def _words(notice: ReportCard, reader: Reader) -> list[str]:
    if notice.sealed:
        return [reader.say("reports.card.sealed")]
    lines = [reader.say("reports.card.unheard")] if notice.unheard else []
    if notice.words:
        lines.append(reader.say("reports.card.words", words=notice.words))
    lines += [reader.say("reports.card.added", words=words) for words in notice.added]
    lines += [reader.say("reports.card.amended", words=words) for words in notice.amended]
    return lines or [reader.say("reports.card.nothing_said")]


def _history(line: HistoryLine, reader: Reader) -> str:
    is_by_clock = line.step is Step.ESCALATED and not line.who
    step = "reports.step.escalated_by_clock" if is_by_clock else f"reports.step.{line.step.value}"
    at, what = reader.moment(line.at), reader.say(step, unit=line.unit)
    said = "reports.history_by" if line.who else "reports.history"
    told = reader.say(said, at=at, what=what, who=line.who)
    words = reader.say(f"ready.{line.ready}") if line.ready else line.words
    return reader.say("reports.history_words", line=told, words=words) if words else told


def _holder(notice: ReportCard, reader: Reader) -> str:
    if notice.taken_by is None and notice.actions:
        return reader.say("reports.card.waiting_here", desk=_desk(notice.desk, notice.rung, reader))
    if notice.taken_by is None:
        return reader.say("reports.card.waiting_at", holder=who(notice.holder, reader))
    is_settled = notice.state is ReportState.RESOLVED
    held = "reports.card.resolved_by" if is_settled else "reports.card.taken_by"
    held_by = reader.say(held, by=who(notice.taken_by, reader))
    if notice.promised_at is None:
        return held_by
    return reader.say("reports.card.promised", line=held_by, at=reader.moment(notice.promised_at))


def _desk(unit: str, rung: Rung, reader: Reader) -> str:
    return reader.say(f"reports.desk.{rung.value}", unit=unit)


def _cancel(reader: Reader) -> tuple[tuple[Button, ...], ...]:
    return column(reader.button("cancel", CancelDraft))
