"""How the issuer's side of a directive reads: the board, who is missing, the list of open ones, a withdrawal."""

from __future__ import annotations

from bot.telegram.render.base import Button, Message, Reader, column, renders
from bot.telegram.render.directive_copies import copies
from bot.telegram.render.directive_texts import LONGEST, NAME_SHOWN, callable_people, gist, named
from bot.telegram.render.document_texts import document_line
from handlers.commands.directive_following import (
    BeginCorrection,
    BeginWithdrawal,
    ChaseMissing,
    KeepDirective,
    ListMissingUnits,
    ShowBoard,
    WithdrawDirective,
)
from handlers.commands.tasks import AskForMatrix, ShowEvidence
from models.notices.directive_boards import (
    ChasedRecently,
    DirectivesListed,
    MissingUnit,
    MissingUnitsListed,
    NobodyMissing,
    ProgressCounted,
    WithdrawalAsked,
    WithdrawalDecided,
)
from models.rules.words import shorten

LINES_SHOWN = 40
#: Of a task's words.
TASK_SHOWN = 60
#: Of a unit's name where people to call stand beside it.
UNIT_SHOWN = 36


@renders(ProgressCounted)
def progress_counted(notice: ProgressCounted, reader: Reader) -> Message:
    say = reader.say
    board = "directives.alarm_board" if notice.is_alarm else "directives.board"
    lines = [
        say(board, code=notice.code, gist=_gist(notice, reader)),
        say("directives.deadline", at=reader.moment(notice.deadline_at)),
        say(
            "directives.board_counts",
            places=notice.places,
            delivered=notice.delivered,
            acknowledged=notice.acknowledged,
            done=notice.done,
        ),
    ]
    if notice.seen:
        lines.append(say.count("directives.seen", notice.seen))
    lines += ["", *_task_lines(notice, reader), *_progress_lines(notice, reader)]
    if notice.without_group.first:
        lines.append(say("directives.without_group", units=named(notice.without_group, reader)))
    if notice.replaced_by:
        lines.append(reader.say("directives.replaced", by=notice.replaced_by))
    lines += ["", *_what_happened(notice, reader)]
    return Message(shorten("\n".join(lines).strip(), LONGEST), _steering(notice, reader))


@renders(MissingUnitsListed)
def missing_units_listed(notice: MissingUnitsListed, reader: Reader) -> Message:
    head = reader.say.count("directives.missing", notice.total, code=notice.code)
    if notice.pages > 1:
        head = f"{head} {reader.say('directives.page', page=notice.page + 1, pages=notice.pages)}"
    lines = [_missing_unit(unit, reader) for unit in notice.units]
    buttons = [reader.button("chase", ChaseMissing, directive_id=notice.directive_id)]
    if notice.pages > 1:
        page = (notice.page + 1) % notice.pages
        buttons.append(reader.button("more_units", ListMissingUnits, directive_id=notice.directive_id, page=page))
    return Message(shorten("\n".join([head, "", *lines]), LONGEST), column(*buttons))


@renders(WithdrawalAsked)
def withdrawal_asked(notice: WithdrawalAsked, reader: Reader) -> Message:
    text = reader.say("directives.withdrawal_asked", code=notice.code, delivered=notice.delivered, places=notice.places)
    yes = reader.button("withdraw", WithdrawDirective, directive_id=notice.directive_id)
    return Message(text, column(yes, reader.button("keep_directive", KeepDirective, directive_id=notice.directive_id)))


@renders(WithdrawalDecided)
def withdrawal_decided(notice: WithdrawalDecided, reader: Reader) -> Message:
    decided = "withdrawal_done" if notice.withdrawn else "withdrawal_dropped"
    return Message(reader.say(f"directives.{decided}", code=notice.code))


@renders(DirectivesListed)
def directives_listed(notice: DirectivesListed, reader: Reader) -> Message:
    if not notice.directives:
        return Message(reader.say("directives.none_open"))
    lines, rows = [reader.say("directives.open")], []
    for each in notice.directives:
        lines.append(
            reader.say(
                "directives.open_line",
                code=each.code,
                gist=gist(each.words, "", reader),
                acknowledged=each.acknowledged,
                places=each.places,
                deadline=reader.moment(each.deadline_at),
            )
        )
        board = reader.button("view", ShowBoard, directive_id=each.directive_id)
        chase = reader.button("chase", ChaseMissing, directive_id=each.directive_id)
        rows.append(
            (
                _named_button("directives.label_board", each.code, board, reader),
                _named_button("directives.label_chase", each.code, chase, reader),
            )
        )
    return Message(shorten("\n".join(lines), LONGEST), tuple(rows))


@renders(ChasedRecently)
def chased_recently(notice: ChasedRecently, reader: Reader) -> Message:
    return Message(
        reader.say(
            "directives.chased_recently",
            code=notice.code,
            at=reader.clock(notice.chased_at),
            again=reader.clock(notice.again_at),
        )
    )


@renders(NobodyMissing)
def nobody_missing(notice: NobodyMissing, reader: Reader) -> Message:
    return Message(reader.say("directives.nobody_missing", code=notice.code))


def _gist(notice: ProgressCounted, reader: Reader) -> str:
    if notice.document is not None:
        return document_line(notice.document, reader)
    return gist(notice.words, notice.file_name, reader)


def _task_lines(notice: ProgressCounted, reader: Reader) -> list[str]:
    """How far each task of a document is, over everybody who has it."""
    lines = [
        reader.say(
            "tasks.board_line",
            no=task.no,
            gist=shorten(task.text.partition("\n")[0], TASK_SHOWN),
            total=task.total,
            acknowledged=task.acknowledged,
            done=task.done,
        )
        for task in notice.tasks
    ]
    if notice.evidence:
        lines.append(reader.say.count("tasks.board_evidence", notice.evidence))
    return [*lines, ""] if lines else []


def _progress_lines(notice: ProgressCounted, reader: Reader) -> list[str]:
    lines = [
        reader.say(
            "directives.board_line",
            unit=shorten(line.unit, NAME_SHOWN),
            acknowledged=line.acknowledged,
            done=line.done,
            places=line.places,
        )
        + (f" {reader.say('tasks.board_late', late=line.late)}" if line.late else "")
        for line in notice.lines[:LINES_SHOWN]
    ]
    if len(notice.lines) > LINES_SHOWN:
        lines.append(reader.say.count("directives.and_more_units", len(notice.lines) - LINES_SHOWN))
    return lines


def _what_happened(notice: ProgressCounted, reader: Reader) -> list[str]:
    is_over = notice.chase_at is not None and notice.chase_at >= notice.deadline_at
    chased = "tasks.board_chased" if notice.tasks else "directives.board_chased"
    said = (
        (chased, notice.chased_at),
        ("directives.board_will_tell_on" if is_over else "directives.board_will_chase", notice.chase_at),
        ("directives.board_told_on", notice.told_on_at),
        ("directives.board_corrected", notice.corrected_at),
        ("directives.board_withdrawn", notice.withdrawn_at),
    )
    return [reader.say(sentence, at=reader.moment(at)) for sentence, at in said if at is not None]


def _steering(notice: ProgressCounted, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    if notice.withdrawn_at is not None:
        return ()
    directive_id = notice.directive_id
    missing = reader.button("missing_units", ListMissingUnits, directive_id=directive_id, page=0)
    chase = reader.button("chase", ChaseMissing, directive_id=directive_id)
    correct = reader.button("correct", BeginCorrection, directive_id=directive_id)
    withdraw = reader.button("withdraw", BeginWithdrawal, directive_id=directive_id)
    # Nobody is missing from what another document has replaced.
    follow = () if notice.replaced_by else ((missing, chase),)
    rows = *follow, (correct, withdraw), copies(directive_id, reader)
    if not notice.tasks:
        return rows
    evidence = reader.button("evidence", ShowEvidence, directive_id=directive_id)
    return *rows, (reader.button("matrix", AskForMatrix, directive_id=directive_id), evidence)


def _missing_unit(unit: MissingUnit, reader: Reader) -> str:
    sentence = "missing_line" if unit.has_group else "missing_line_without_group"
    people = callable_people(unit.contacts, reader) or reader.say("directives.nobody_to_call")
    line = reader.say(f"directives.{sentence}", unit=shorten(unit.unit, UNIT_SHOWN), people=people)
    return line if unit.delivered else f"{line} {reader.say('directives.not_delivered')}"


def _named_button(sentence: str, code: str, button: Button, reader: Reader) -> Button:
    """The same button, telling which directive it is about."""
    return Button(reader.say(sentence, code=code), data=button.data)
