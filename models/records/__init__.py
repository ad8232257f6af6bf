"""The tables, one file per family."""

from models.records.arrivals import Arrival
from models.records.base import Instant, Record
from models.records.checkins import (
    CheckinAnswer,
    CheckinAnswerChange,
    CheckinPause,
    CheckinPlan,
    CheckinSilence,
    Round,
)
from models.records.clips import Clip
from models.records.community import (
    AuditEntry,
    Chat,
    ChatPurpose,
    ChatState,
    Grant,
    Household,
    HouseholdLink,
    Invitation,
    InvitationKind,
    Person,
    Reach,
    Unit,
)
from models.records.day_figures import DayForm, DaySending, DaySheet, Gathering
from models.records.directives import Directive, DirectivePage, DirectivePlace, DirectiveSeen
from models.records.duty import AlarmRing, DutyPattern, DutyPost, DutyShift, DutySwap, DutyTest, HandOver
from models.records.errands import Errand, ErrandState, StoredFile
from models.records.followups import FollowUp, FollowUpChange, Reading
from models.records.households import HomeCard, HouseholdEvent, Resident
from models.records.imports import ImportChange, ImportRefusal, ListImport
from models.records.mail import Card, Draft, EntryState, Fact, InboxEntry, Mail, MailState
from models.records.outages import Outage
from models.records.reports import (
    Aspect,
    AttachmentKind,
    Report,
    ReportAttachment,
    ReportBreach,
    ReportCorrection,
    ReportStep,
)
from models.records.routing import ChangedRoute
from models.records.tasks import (
    Agency,
    Assignment,
    DirectiveTask,
    DocumentReference,
    Evidence,
    OfficialDocument,
)

__all__ = [
    "Agency",
    "AlarmRing",
    "Arrival",
    "Aspect",
    "Assignment",
    "AttachmentKind",
    "AuditEntry",
    "Card",
    "ChangedRoute",
    "Chat",
    "ChatPurpose",
    "ChatState",
    "CheckinAnswer",
    "CheckinAnswerChange",
    "CheckinPause",
    "CheckinPlan",
    "CheckinSilence",
    "Clip",
    "DayForm",
    "DaySending",
    "DaySheet",
    "Directive",
    "DirectivePage",
    "DirectivePlace",
    "DirectiveSeen",
    "DirectiveTask",
    "DocumentReference",
    "Draft",
    "DutyPattern",
    "DutyPost",
    "DutyShift",
    "DutySwap",
    "DutyTest",
    "EntryState",
    "Errand",
    "ErrandState",
    "Evidence",
    "Fact",
    "FollowUp",
    "FollowUpChange",
    "Gathering",
    "Grant",
    "HandOver",
    "HomeCard",
    "Household",
    "HouseholdEvent",
    "HouseholdLink",
    "ImportChange",
    "ImportRefusal",
    "InboxEntry",
    "Instant",
    "Invitation",
    "InvitationKind",
    "ListImport",
    "Mail",
    "MailState",
    "OfficialDocument",
    "Outage",
    "Person",
    "Reach",
    "Reading",
    "Record",
    "Report",
    "ReportAttachment",
    "ReportBreach",
    "ReportCorrection",
    "ReportStep",
    "Resident",
    "Round",
    "StoredFile",
    "Unit",
]
