"""Which command the next message of a person is, by the question that is open to them."""

from __future__ import annotations

from handlers.commands.arrivals import ArrivalQuestion, ExcuseArrival, NoteArrivals, PlaceArrival
from handlers.commands.base import FromPerson
from handlers.commands.clips import ClipQuestion, KeepRecording
from handlers.commands.confidential import FileConfidential, ReleaseReport
from handlers.commands.day_figures import EnterFigures, FigureQuestion
from handlers.commands.day_forms import FormQuestion, KeepForm, NameCells
from handlers.commands.desks import NameHome, PromiseTime
from handlers.commands.directive_following import CorrectDirective, PutQuestion
from handlers.commands.directives import AddNote, AddRest, DraftDirective, TypeDeadline, TypeSendTime, Wanted
from handlers.commands.duty import DutyQuestion, OfferHandOver
from handlers.commands.followups import ExtendFollowUp, FollowQuestion, KeepReading, StopFollowUp
from handlers.commands.households import AddHome, AddResident, EditHome, HomeQuestion, ProposeMerge, SplitHome
from handlers.commands.on_behalf import ReportForHome
from handlers.commands.plans import PlanQuestion, TypePlan
from handlers.commands.reports import AnswerSender, EscalateReport, Question, ResolveReport
from handlers.commands.tasks import (
    AddTask,
    Asked,
    AssignTask,
    FillField,
    GiveEvidence,
    NoteForResidents,
    SetTaskDeadline,
)

#: What the next words answer, by the question that is open.
ANSWERS: dict[str, type[FromPerson]] = {
    Question.REPLY.value: AnswerSender,
    Question.RESULT.value: ResolveReport,
    Question.REASON.value: EscalateReport,
    Question.CONFIDENCE.value: FileConfidential,
    Question.RELEASE.value: ReleaseReport,
    DutyQuestion.NOTE.value: OfferHandOver,
    Question.PROMISE.value: PromiseTime,
    Question.HOME.value: NameHome,
    HomeQuestion.SPLIT.value: SplitHome,
    HomeQuestion.MERGE.value: ProposeMerge,
    HomeQuestion.RESIDENT.value: AddResident,
    HomeQuestion.EDIT.value: EditHome,
    HomeQuestion.NEW.value: AddHome,
    HomeQuestion.REPORT.value: ReportForHome,
    Wanted.WORDS.value: DraftDirective,
    Wanted.DEADLINE.value: TypeDeadline,
    Wanted.SEND_TIME.value: TypeSendTime,
    Wanted.NOTE.value: AddNote,
    Asked.FIELD.value: FillField,
    Asked.NOTE.value: NoteForResidents,
    Asked.ASSIGNEE.value: AssignTask,
    Asked.DEADLINE.value: SetTaskDeadline,
    Asked.EVIDENCE.value: GiveEvidence,
    Asked.MORE_EVIDENCE.value: GiveEvidence,
    Asked.TASK.value: AddTask,
    Wanted.REST.value: AddRest,
    Wanted.CORRECTION.value: CorrectDirective,
    Wanted.QUESTION.value: PutQuestion,
    PlanQuestion.CHANGE.value: TypePlan,
    FollowQuestion.READING.value: KeepReading,
    FollowQuestion.EXTEND.value: ExtendFollowUp,
    FollowQuestion.STOP.value: StopFollowUp,
    FigureQuestion.FIGURES.value: EnterFigures,
    FormQuestion.FILE.value: KeepForm,
    FormQuestion.CELLS.value: NameCells,
    ClipQuestion.RECORDING.value: KeepRecording,
    ArrivalQuestion.WHO.value: NoteArrivals,
    ArrivalQuestion.REASON.value: ExcuseArrival,
    ArrivalQuestion.HOME.value: PlaceArrival,
}
