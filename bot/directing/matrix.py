"""The spreadsheet of a directive's tasks: a row for each unit or agency, a column for each task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.catalogue import Catalogues, Say
from bot.errands.apart import run_apart
from bot.errands.loop import Data
from bot.errands.workbook import Column, Sheet, Workbook, pack, write
from bot.writer import Writer
from handlers.commands.imports import FileNotMade
from handlers.commands.tasks import HandMatrix
from models.notices.tasks import Part, TaskLine
from models.rules.assignments import AssignmentState, state_of
from models.rules.policy import Policy
from models.rules.words import shorten
from models.work import Work

#: UTF-16 units of a task's words in the heading of its column.
HEADING = 80
TASK_WIDTH, UNIT_WIDTH = 28, 32


class MakeMatrix:
    """Makes the spreadsheet of one directive for one person."""

    def __init__(self, writer: Writer, catalogues: Catalogues, policy: Policy, clock: Callable[[], datetime]) -> None:
        self._writer = writer
        self._catalogues = catalogues
        self._policy = policy
        self._clock = clock

    async def do(self, data: Data) -> HandMatrix:
        workbook = await self._writer.transact(
            lambda session: self._workbook(session, data["directive_id"], data["person_id"])
        )
        content: bytes = await run_apart(write, pack(workbook))
        return HandMatrix(account_id=data["account_id"], directive_id=data["directive_id"], content=content)

    def give_up(self, data: Data) -> FileNotMade:
        return FileNotMade(account_id=data["account_id"])

    def _workbook(self, session: Session, directive_id: int, person_id: int) -> Workbook:
        work = Work(session, self._clock(), self._policy)
        say = self._catalogues.in_language(work.people.require(person_id).language or self._policy.language)
        lines = work.assignments.lines(work.assignments.of(directive_id))
        return workbook_of(lines, work.now, say, self._policy)


def workbook_of(tasks: Sequence[TaskLine], now: datetime, say: Say, policy: Policy) -> Workbook:
    """Everybody who has a task against every task, in the document's order; an empty cell: not theirs."""
    columns = [Column(say("tasks.sheet_unit"), UNIT_WIDTH)]
    columns += [Column(_heading(task, say, policy), TASK_WIDTH) for task in tasks]
    rows: dict[str, list[str]] = {}
    for place, task in enumerate(tasks):
        for part in task.parts:
            row = rows.setdefault(part.who, [""] * len(tasks))
            row[place] = _cell(part, task, now, say, policy)
    sheet = Sheet(say("tasks.sheet"), tuple(columns), tuple((who, *cells) for who, cells in rows.items()))
    return Workbook((sheet,))


def _heading(task: TaskLine, say: Say, policy: Policy) -> str:
    text = shorten(task.text.partition("\n")[0], HEADING)
    due = say("tasks.due", at=say.moment(task.due_at, policy.timezone))
    return f"{say('tasks.task', no=task.no, text=text)}\n{due}"


def _cell(part: Part, task: TaskLine, now: datetime, say: Say, policy: Policy) -> str:
    state = state_of(part.acknowledged_at, part.done_at)
    at, by = {
        AssignmentState.DONE: (part.done_at, part.done_by),
        AssignmentState.RECEIVED: (part.acknowledged_at, part.acknowledged_by),
        AssignmentState.WAITING: (None, ""),
    }[state]
    said = say(f"tasks.state.{state}", at=say.moment(at, policy.timezone) if at else "", name=by)
    is_late = state is not AssignmentState.DONE and task.due_at <= now
    return f"{said}\n{say('tasks.sheet_late')}" if is_late else said
