"""Who may do what: every command tried by every sort of person in every sort of chat, and what came of it.

`python -m tests.security.who_may` writes the table anew to docs/who-may.md.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, select, update

from bot.router import run
from bot.telegram import menu
from bot.telegram.buttons import own_fields
from bot.telegram.translate import ANONYMOUS_ADMINISTRATOR
from handlers.commands import FromPerson, Place, PlaceKind, Sender
from handlers.commands.arrivals import ConfirmArrivals, NoteArrivals
from handlers.commands.checkins import EnterLine
from handlers.commands.day_figures import EnterFigures
from handlers.commands.directives import ChooseRelay, DraftDirective, PassOnDirective, SendDirective
from handlers.commands.duty import CallForTest, HandOverWithoutNote, OfferSwap
from handlers.commands.enrolment import EndRole
from handlers.commands.followups import ConfirmFollowUp, Feeling, FollowQuestion, ShowFollowUps
from handlers.commands.households import HomeQuestion
from handlers.commands.plans import ChoosePlan, PlanChoice
from handlers.commands.reports import EscalateReport, HearMessage, Question, ResolveReport
from models.records import (
    Arrival,
    AuditEntry,
    CheckinAnswer,
    Directive,
    DutySwap,
    DutyTest,
    FollowUp,
    HandOver,
    ListImport,
    Mail,
    MailState,
    Person,
    Report,
    Resident,
)
from models.rules.checkins import Answer, Asking, Source
from models.rules.clips import Prompt
from models.rules.confidential import Ground
from models.rules.directives import Audience
from models.rules.households import Ending, HouseholdKind, ImportState
from models.rules.other_channels import Channel
from models.rules.queue import QueueBy
from models.rules.ready_answers import ReadyAnswer
from models.rules.roles import Role
from models.rules.triage import Category, Urgency
from models.store.imports import Change
from models.store.missing import NotThere
from tests.databases import SqliteFiles
from tests.stories.checkin_day import Day
from tests.stories.document_day import issued, read, row
from tests.stories.world import World, small_district

#: Somebody of the resident's home, as the team types whom to follow.
FOLLOWED = "1 Bà Mẫu F1"

TABLE = Path(__file__).parents[2] / "docs" / "who-may.md"

PRIVATE, GROUP = "private chat", "its community's group"
DOES, REFUSED, LED, NOTHING = "✓", "✗", "→", "·"

#: Everybody who tries, as the table calls them.
PEOPLE = {
    "resident": "the resident whose report, home and round it is",
    "neighbour": "a resident of another home of that community",
    "kin": "a team member of that community who lives in that resident's home",
    "stranger": "somebody the bot knows nothing of",
    "team": "a team member of that community",
    "far team": "a team member of another commune's community",
    "head": "the village head",
    "officer": "an officer of the commune",
    "health": "the commune's health station",
    "police": "the commune's police",
    "chair": "the commander of the commune",
    "far chair": "the commander of another commune",
    "d officer": "an officer of the district",
    "clerk": "a clerk of the district",
    "d chief": "the commander of the district",
    "admin": "the administrator",
    "ended": "a former team member of that community, whose role was taken back",
    "hidden": "a group administrator who hides behind the group",
}


@dataclass
class Situation:
    """A district in which there is something to do for every command."""

    world: World
    people: dict[str, Sender] = field(init=False)
    places: dict[str, int] = field(init=False)
    values: dict[str, Any] = field(init=False)  #: What a command's field of this name is given.

    def __post_init__(self) -> None:
        world = self.world
        police = world.person("Công an Xã Một", Role.POLICE, world.commune)
        kin = world.person("Con Bà Mẫu", Role.TEAM, world.community)
        world.link(kin, world.homes[0])
        ended = world.person("Tổ viên Cũ", Role.TEAM, world.community)
        world.by(world.chair, EndRole, person_id=ended.id, unit_id=world.community.id, role=Role.TEAM)
        tried_by = {
            "resident": world.resident,
            "neighbour": world.neighbour,
            "kin": kin,
            "stranger": world.stranger,
            "team": world.member,
            "far team": world.far_member,
            "head": world.village_head,
            "officer": world.officer,
            "health": world.health,
            "police": police,
            "chair": world.chair,
            "far chair": world.other_chair,
            "d officer": world.district_officer,
            "clerk": world.clerk,
            "d chief": world.commander,
            "admin": world.administrator,
            "ended": ended,
        }
        self.people = {name: Sender(world.account(person), person.name) for name, person in tried_by.items()}
        self.people["hidden"] = Sender(ANONYMOUS_ADMINISTRATOR, "Nhóm", is_anonymous=True)
        self.places = {
            GROUP: world.group_of(world.community),
            "its commune's group": world.group_of(world.commune),
            "another community's group": world.group_of(world.far_community),
        }
        self._let_things_happen(kin)
        self.fresh: list[object] = []  #: The rows an attempt has added.
        event.listen(world.session, "before_flush", lambda session, *_: self.fresh.extend(session.new))

    def _let_things_happen(self, kin: Person) -> None:
        world = self.world
        day = Day(world)
        day.begin()
        world.by(world.resident, HearMessage, words="Nhà tôi xin ít gạo")
        world.by(world.neighbour, HearMessage, words="Nhà tôi xin ít thuốc ho")
        self.report, self.climbed = world.session.scalars(select(Report).order_by(Report.id)).all()
        other = world.person("Bà Hàng Xóm")
        world.link(other, world.homes[4])
        world.by(other, HearMessage, words="Nhà tôi cũng xin ít gạo")
        self.same = world.session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
        for _ in range(2):
            world.by(world.commander, EscalateReport, report_id=self.climbed.id, words="")
        world.by(world.commander, DraftDirective, words="Các tổ rà soát người về từ vùng dịch")
        world.by(world.chair, DraftDirective, words="Các tổ họp lúc 8 giờ")
        world.by(world.clerk, DraftDirective, words="Các xã nộp danh sách")
        self.sent, self.draft, self.clerks_draft = world.session.scalars(select(Directive).order_by(Directive.id))
        world.by(world.commander, SendDirective, directive_id=self.sent.id)
        world.by(world.commander, DraftDirective, words="Các xã dặn thêm rồi chuyển xuống tổ")
        self.by_tier = world.session.scalars(select(Directive).order_by(Directive.id.desc()).limit(1)).one()
        world.by(world.commander, ChooseRelay, directive_id=self.by_tier.id, by_tier=True)
        world.by(world.commander, SendDirective, directive_id=self.by_tier.id)
        world.by(world.chair, PassOnDirective, directive_id=self.by_tier.id)
        self.passed_on = world.session.scalars(select(Directive).order_by(Directive.id.desc()).limit(1)).one()
        world.work().drafts.close(world.account(world.chair))
        self.sent_document = issued(world)
        self.read_document = read(world, by=world.chair)
        world.by(world.neighbour, HearMessage, words="Tổ trưởng nhận tiền hỗ trợ mà không phát, cán bộ ăn chặn")
        self.confidential = world.session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
        world.by(world.clerk, HearMessage, words="Chồng tôi đánh tôi bầm mặt")
        self.at_home = world.session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
        self._set_a_roster(kin)
        world.later(timedelta(minutes=20))
        world.by(world.resident, HearMessage, words="Nhà tôi xin thêm thuốc ho")
        self.resolved = world.session.scalars(select(Report).order_by(Report.id.desc()).limit(1)).one()
        world.by(world.member, ResolveReport, report_id=self.resolved.id, words="Đã đưa thuốc")
        world.work().households.link(world.homes[2], world.stranger, world.now, confirmed=False)
        self.proposed, self.kept = (self._list(state) for state in (ImportState.PROPOSED, ImportState.APPLIED))
        self.somebody = Resident(household_id=world.homes[0].id, name="Người Mẫu", ended_at=None)
        world.session.add(self.somebody)
        world.session.flush()
        world.by(world.second_member, ShowFollowUps, words=FOLLOWED)
        world.by(world.second_member, ConfirmFollowUp)
        follow_up_id = world.session.scalars(select(FollowUp.id)).one()
        world.by(world.second_member, NoteArrivals, words="2 Ông Mẫu về từ Hà Nội")
        world.by(world.second_member, ConfirmArrivals)
        world.work().day_sheets.keep_form(world.commune.id, "bieu.xlsx", b"PK", world.chair, world.now)
        clip = world.work().clips.keep(Prompt.CHECKIN, "hmn", "file-1", world.administrator, world.now)
        arrival_id = world.session.scalars(select(Arrival.id)).one()
        self.values = {
            "report_id": self.report.id,
            "directive_id": self.sent.id,
            "import_id": self.proposed.id,
            "resident_id": self.somebody.id,
            "kind": HouseholdKind.LODGING,
            "no_phone": True,
            "question": HomeQuestion.SPLIT,
            "ending": Ending.LEFT,
            "is_sure": False,
            "round_id": day.round.id,
            "household_id": world.homes[0].id,
            "person_id": world.second_member.id,
            "unit_id": world.community.id,
            "group_id": world.group_of(world.community),
            "role": Role.TEAM,
            "answer": Answer.ALL_WELL,
            "source": Source.CALLED,
            "audience": Audience.ALL_GROUPS,
            "by_tier": True,
            "channel": Channel.ZALO,
            "agreed": True,
            "replacing": False,
            "asked": 0,
            "field": "number",
            "document_id": 1,
            "day": day.round.day,
            "page": 0,
            "hours": 24,
            "language": "vi",
            "on": True,
            "shift_id": self.shift.id,
            "swap_id": self.swap.id,
            "hand_over_id": self.hand_over.id,
            "test_id": self.test.id,
            "code": "X1-1",
            "choice": PlanChoice.TOWN,
            "how": Asking.CALL,
            "follow_up_id": follow_up_id,
            "arrival_id": arrival_id,
            "clip_id": clip.id,
            "feeling": Feeling.WELL,
            "until": day.round.day,
            "into_id": self.same.id,
            "by": QueueBy.URGENCY,
            "heading": "P3",
            "ground": Ground.ASKED,
            "category": Category.SYMPTOM,
            "urgency": Urgency.P2,
        }
        self._let_mail_leave()
        world.session.commit()

    def _list(self, state: ImportState) -> ListImport:
        """A list about one of the community's homes that the team member has brought."""
        work = self.world.work()
        brought = work.imports.begin(self.world.member.id, "to1.xlsx", work.now)
        brought.state, brought.due_at = state, work.now + timedelta(days=1)
        change = Change("", 2, self.world.community.id, "1", "", False, {"members": (None, 5)})
        work.imports.stage(brought.id, [change], [])
        return brought

    def _set_a_roster(self, kin: Person) -> None:
        """The team's first member is on duty, offers the next shift and hands this one over to a colleague."""
        world, here = self.world, self.world.community.id
        for start in (-1, 30):
            begins = world.now + timedelta(hours=start)
            world.work().duty.add_shift(here, world.member.id, begins, begins + timedelta(hours=24))
        world.do(CallForTest())
        self.shift = world.work().duty.shifts_of(world.member.id, most=2)[-1]
        world.by(world.member, OfferSwap, shift_id=self.shift.id, person_id=kin.id)
        world.by(world.member, HandOverWithoutNote, unit_id=here, person_id=kin.id)
        self.swap, self.hand_over = (
            world.session.scalars(select(DutySwap)).one(),
            world.session.scalars(select(HandOver)).one(),
        )
        self.test = world.session.scalars(select(DutyTest)).one()

    def _let_mail_leave(self) -> None:
        """Nothing may wait: a change that collapses into waiting mail would look as if nothing had happened."""
        self.world.session.flush()
        self.world.session.execute(update(Mail).values(state=MailState.SENT))

    def values_for(self, command: type[FromPerson]) -> dict[str, Any]:
        """What the button of this command is tried with."""
        special: dict[str, dict[str, Any]] = {
            "down": {"report_id": self.climbed.id},
            "down-to": {"report_id": self.climbed.id},
            "helped": {"report_id": self.resolved.id},
            "not-helped": {"report_id": self.resolved.id},
            "ready-go": {"answer": ReadyAnswer.COMING},
            "grant": {"person_id": self.world.neighbour.id},
            "h-join": {"into_id": self.world.homes[1].id},
            "h-to": {"unit_id": self.world.second_community.id},
            "im-undo": {"import_id": self.kept.id},
            "c-mine": {"household_id": self.world.homes[3].id},
            "q-link": {"household_id": self.world.homes[2].id, "person_id": self.world.stranger.id},
            "c-link": {"household_id": self.world.homes[2].id, "person_id": self.world.stranger.id},
            **{verb: {"report_id": self.confidential.id} for verb in OF_READERS},
            "close-at": {"unit_id": self.world.commune.id},
            "close-to": {"report_id": self.confidential.id, "unit_id": self.world.commune.id},
            "close-word": {"report_id": self.at_home.id},
            "v-in": {"language": "hmn"},
            "c-units": {"unit_id": self.world.commune.id},
            **{verb: {"unit_id": self.world.commune.id} for verb in OF_GATHERING},
            "y-send": {"day": self.world.work().today},
            "f-ask": {"question": FollowQuestion.STOP},
            **{verb: {"directive_id": self.draft.id} for verb in ON_DRAFTS},
            "d-offer": {"directive_id": self.clerks_draft.id},
            "d-pass": {"directive_id": self.by_tier.id},
            "d-as-is": {"directive_id": self.passed_on.id},
            **{verb: {"directive_id": self.read_document.id} for verb in ("t-read", "t-fill", "t-add", "t-note")},
            **{verb: {"task_id": row(self.world, self.read_document, "8").id} for verb in ("t-who", "t-due", "t-drop")},
            **{verb: {"task_id": row(self.world, self.sent_document, "8").id} for verb in ("t-ack", "t-done", "t-ask")},
            "t-proof": {"directive_id": self.sent_document.id},
            "t-xlsx": {"directive_id": self.sent_document.id},
        }
        given = {name: self.values[name] for name in own_fields(command) if name in self.values}
        return given | special.get(command.verb, {})

    def prepare(self, command: type[FromPerson], sender: Sender) -> None:
        """Let the question be open, or the line be typed, that the command answers."""
        question = {"to-sender": Question.ADDRESSEE, "to-note": Question.ADDRESSEE, "up-now": Question.REASON}
        if command.verb in question:
            asked, data = question[command.verb], {"report_id": self.report.id}
            if asked is Question.ADDRESSEE:
                data |= {"words": "Tổ đến ngay", "enclosures": []}  # type: ignore[dict-item]
            work = self.world.work()
            work.drafts.open(sender.account_id, asked.value, work.now, valid_for=work.policy.draft_valid_for, **data)
        if command.verb in ("need-yes", "need-no"):
            self._run(HearMessage(sender=sender, place=Place(sender.account_id), words="Dạ vâng", message_id=1))
        if command.verb in ("c-line", "c-drop", "c-read"):
            self._run(EnterLine(sender=sender, place=Place(sender.account_id), words="khoe 1-2"))
            self._let_mail_leave()
        if command.verb in ("f-start", "f-drop"):
            self._run(ShowFollowUps(sender=sender, place=Place(sender.account_id), words=FOLLOWED))
            self._let_mail_leave()
        if command.verb in ("y-unit", "y-send", "y-drop"):
            # Whoever serves several teams is asked which one it is of, unless that is known.
            of = None if command.verb == "y-unit" else self.world.community.id
            figures = "42 ho 187 khau"
            self._run(EnterFigures(sender=sender, place=Place(sender.account_id), words=figures, unit_id=of))
            self._let_mail_leave()
        if command.verb in ("a-send", "a-drop"):
            self._run(NoteArrivals(sender=sender, place=Place(sender.account_id), words="1 Páo về từ Hà Nội"))
            self._let_mail_leave()
        if command.verb in ("p-save", "p-drop"):
            unit_id = self.world.community.id
            town = ChoosePlan(sender=sender, place=Place(sender.account_id), unit_id=unit_id, choice=PlanChoice.TOWN)
            self._run(town)
            self._let_mail_leave()

    def attempt(self, command: type[FromPerson], sender: Sender, place: Place, values: dict[str, Any]) -> str:
        """What comes of it; afterwards everything is as it was."""
        with self.world.session.begin_nested() as attempted:
            try:
                self.prepare(command, sender)
                self.fresh.clear()
                told = self._run(command(sender=sender, place=place, message_id=9, **values))
            except NotThere:
                return REFUSED
            else:
                return _judge(command, self.fresh, told)
            finally:
                attempted.rollback()

    def _run(self, command: FromPerson) -> int:
        work = self.world.work()
        run(command, work)
        work.session.flush()
        return len(work.told)


#: Buttons of a directive that has not left yet.
ON_DRAFTS = ("d-to", "d-tier", "d-unit", "d-page", "d-due", "d-send", "d-cancel", "d-when", "d-alarm", "d-alarm-no")
#: Buttons about what a commune gathers, and about its form.
OF_GATHERING = ("y-sum", "y-chase", "y-cells", "y-fill", "y-form-off")
#: Buttons of a card that only a few may read.
OF_READERS = ("close-open", "release", "release-not", "release-to")
#: Taps that count only for some; everybody else's is led on, or counted apart.
CREDITED = ("c", "c-home", "c-own")
RECORDED = ("d-ack", "d-done", "t-ack", "t-done")


def _judge(command: type[FromPerson], fresh: list[object], told: int) -> str:
    recorded = [row for row in fresh if isinstance(row, AuditEntry)]
    if any(row.refused for row in recorded):
        return REFUSED
    if command.verb in CREDITED:
        return DOES if any(isinstance(row, CheckinAnswer) for row in fresh) else LED
    if command.verb in RECORDED:
        return DOES if recorded else LED
    return DOES if told else NOTHING


def buttons() -> list[type[FromPerson]]:
    """Every command a button can give, by verb."""
    return [FromPerson.by_verb[verb] for verb in sorted(FromPerson.by_verb)]


def typed() -> list[menu.Entry]:
    """Every command that can be typed, in the order of the menu."""
    return list(menu.COMMANDS)


#: The words after a typed command, where it needs some.
TYPED_AFTER = {"gannhom": "X1-1", "baotin": "Nhà tôi có người sốt cao", "chidao": "Các tổ họp lúc 8 giờ", "nha": "1"}

Outcomes = dict[str, str]


def try_everything(situation: Situation) -> Iterator[tuple[str, str, Outcomes]]:
    """Each command's name, a place, and what came of it for each person there."""
    for command in buttons():
        yield from _tried_everywhere(situation, command, f"`{command.verb}`", situation.values_for(command))
    for entry in typed():
        values = {entry.words_into: TYPED_AFTER.get(entry.name, "")} if entry.words_into else {}
        yield from _tried_everywhere(situation, entry.command, f"`/{entry.name}`", values)


def _tried_everywhere(
    situation: Situation, command: type[FromPerson], name: str, values: dict[str, Any]
) -> Iterator[tuple[str, str, Outcomes]]:
    # Which group it is matters only to what is answered for a unit.
    groups = list(situation.places) if command.verb in RECORDED else list(situation.places)[:1]
    for place_name in (PRIVATE, *groups):
        outcomes = {}
        for person, sender in situation.people.items():
            # The service hides nobody's tap, and a hidden administrator has no private chat.
            if sender.is_anonymous and ("/" not in name or place_name == PRIVATE):
                outcomes[person] = ""
                continue
            place = Place(sender.account_id)
            if place_name != PRIVATE:
                place = Place(situation.places[place_name], PlaceKind.GROUP, "Nhóm")
            outcome = situation.attempt(command, sender, place, values)
            outcomes[person] = LED if sender.is_anonymous and outcome == DOES else outcome
        yield name, place_name, outcomes


@contextmanager
def district(folder: Path) -> Iterator[Situation]:
    """The situation on a database of its own."""
    with SqliteFiles(folder).new_url() as url, small_district(url) as world:
        yield Situation(world)


def as_markdown(tried: list[tuple[str, str, Outcomes]]) -> str:
    """The table; places in which the same came of a command share its row."""
    lines = [
        "# Who may do what",
        "",
        "Generated: every command is tried by every sort of person in every sort of chat, on the very stories the bot",
        "runs (`python -m tests.security.who_may` writes it anew; a test fails when it is not true any more).",
        f"{DOES} does it · {REFUSED} is refused, in private and on record · {LED} is led on, or counted apart ·",
        f"{NOTHING} nothing happens. Buttons are tried with ids of one community's report, round and directive.",
        "",
        *(f"- **{name}**: {who}" for name, who in PEOPLE.items()),
        "",
        "| command | where | " + " | ".join(PEOPLE) + " |",
        "|---|---|" + "---|" * len(PEOPLE),
    ]
    rows: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name, place, outcomes in tried:
        rows.setdefault((name, tuple(outcomes[person] for person in PEOPLE)), []).append(place)
    for (name, marks), places in rows.items():
        lines.append(f"| {name} | {_named(places)} | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"


def _named(places: list[str]) -> str:
    return "anywhere" if places == [PRIVATE, GROUP] else ", ".join(places)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, district(Path(folder)) as situation:
        TABLE.write_text(as_markdown(list(try_everything(situation))), encoding="utf-8")


if __name__ == "__main__":
    main()
