"""An official document becomes tasks: each reaches exactly those it names, and is answered one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from handlers.commands import Enclosure
from handlers.commands.directive_following import (
    AcknowledgeDirective,
    ChaseMissing,
    CopyDirective,
    WithdrawDirective,
)
from handlers.commands.directives import (
    ChooseAudience,
    ChooseRelay,
    DraftDirective,
    OfferDirective,
    PassOnDirective,
    SendDirective,
    SendScheduled,
    TypeSendTime,
)
from handlers.commands.reports import HearMessage
from handlers.commands.tasks import (
    AcknowledgeTask,
    AskAboutTask,
    AskForField,
    AskForMatrix,
    AskForTask,
    AskForTaskDeadline,
    AssignTask,
    ChaseTasks,
    FillField,
    FinishTask,
    GiveEvidence,
    HandMatrix,
    ListDocuments,
    NoteForResidents,
    SetTaskDeadline,
    ShowDocument,
    ShowEvidence,
    ShowReading,
    ShowReadSoFar,
    TakeReading,
    ToggleTask,
)
from models.notices import Contact, Notice
from models.notices.base import Passed
from models.notices.directive_boards import ChasedRecently, NobodyMissing
from models.notices.directive_questions import QuestionPut
from models.notices.directives import DirectingRefused, DirectiveNotThus, OrderPassed, PagesRead, WordsAsked
from models.notices.documents import AgencyKept, AgencyLine, DocumentShown, DocumentsListed, StillBeingRead
from models.notices.tasks import (
    DocumentNotRead,
    DocumentRead,
    EvidenceAsked,
    EvidenceKept,
    EvidenceShown,
    FieldAsked,
    FieldRefused,
    MatrixHanded,
    NoteTooLong,
    Part,
    TaskLine,
    TasksChased,
    TasksToldOn,
)
from models.records import Assignment, Directive, DirectiveTask, Errand, Person, Report
from models.rules.directives import Audience, DirectiveState
from models.rules.documents.as_json import to_json
from models.rules.documents.document import Deadline, Every, PartialDate, Reference, Signer, Tier, Type
from models.rules.documents.filling import FILLABLE
from models.rules.other_channels import Channel
from tests.stories.directive_day import ORDER, board, card, draft, has_card, newest, open_question, preview
from tests.stories.document_day import (
    COMMUNES,
    DAILY,
    DOCUMENT,
    HEALTH,
    VILLAGES,
    issued,
    knows_health_centre,
    read,
    row,
    task,
)
from tests.stories.reading import read as as_read
from tests.stories.reading import the_report
from tests.stories.world import World


def text_of(world: World, notice: Notice) -> str:
    return as_read(world, notice).text


def tasks_on(world: World, chat: Person | int, directive: Directive) -> dict[str, list[str]]:
    """By its number: whose each task on this card is."""
    return {line.no: [part.who for part in line.parts] for line in card(world, chat, directive).tasks}


def test_a_file_is_read_apart_and_a_short_order_is_not(world: World) -> None:
    draft(world, "", ORDER)
    draft(world, "Các tổ họp lúc 8 giờ")
    assert [errand.kind for errand in world.session.query(Errand)] == ["read-document"]


def test_the_preview_shows_what_was_read_and_whom_each_task_is_for(world: World) -> None:
    knows_health_centre(world)
    shown = preview(world, read(world))
    assert shown.document is not None
    assert (shown.document.sign, shown.document.date) == ("33/CV-TTCH", "23/11/2026")
    assert shown.audience is Audience.STAFF_ONLY
    assert [(each.no, each.to, each.unplaced) for each in shown.tasks] == [
        ("2", ("Trung tâm Y tế huyện",), ()),
        ("8", ("Xã Mẫu Một", "Xã Mẫu Hai"), ()),
    ]
    assert shown.reached.units == 3


def test_what_could_not_be_read_goes_along_as_it_is(world: World) -> None:
    directive = draft(world, "", ORDER)
    world.do(TakeReading(directive_id=directive.id, reason="encrypted"))
    assert world.told(world.commander)[-1] == DocumentNotRead(directive.code, "encrypted")
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert has_card(world, world.member, directive)


def test_a_file_leaves_only_once_it_was_read_for_it_may_do_harm(world: World) -> None:
    directive = draft(world, "", ORDER)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert world.told(world.commander)[-1] == StillBeingRead(directive.code)
    assert directive.state is DirectiveState.DRAFT
    assert not has_card(world, world.member, directive)


def test_a_file_that_may_do_harm_goes_to_nobody(world: World) -> None:
    alone, with_words = draft(world, "", ORDER), draft(world, "Các xã xem văn bản kèm theo", ORDER)
    for directive in (alone, with_words):
        world.do(TakeReading(directive_id=directive.id, reason="macros", is_harmful=True))
        assert world.told(world.commander)[-1] == DocumentNotRead(directive.code, "macros", goes_along=False)
        world.by(world.commander, SendDirective, directive_id=directive.id)
    assert alone.state is DirectiveState.DISCARDED
    assert card(world, world.chair, with_words).file_name == ""
    assert not [each for each in world.told(world.chair) if isinstance(each, OrderPassed)]


def test_what_is_missing_is_filled_in_by_a_tap_and_a_reply_and_remembered(world: World) -> None:
    directive = read(world, replace(DOCUMENT, number=None, date=PartialDate(2026, 11), missing=("number", "date")))
    world.by(world.commander, AskForField, directive_id=directive.id, field="date")
    assert world.told(world.commander)[-1] == FieldAsked(directive.code, "date")
    world.by(world.commander, FillField, directive_id=directive.id, field="date", words="31/2/2026")
    assert world.told(world.commander)[-1] == FieldRefused("date")
    assert open_question(world, world.commander) == ("document-field", {"directive_id": directive.id, "field": "date"})
    world.by(world.commander, FillField, directive_id=directive.id, field="date", words="ngày 2/11/2026")
    world.by(world.commander, FillField, directive_id=directive.id, field="number", words="33")
    shown = preview(world, directive)
    assert shown.document is not None
    assert (shown.document.sign, shown.document.date, shown.missing) == ("33/CV-TTCH", "2/11/2026", ())


def test_a_task_is_given_to_others_due_sooner_or_left_out(world: World) -> None:
    directive = read(world)
    health, communes = row(world, directive, "2"), row(world, directive, "8")
    world.by(world.commander, ShowReading, directive_id=directive.id, page=0)
    world.by(world.commander, ToggleTask, task_id=health.id)
    world.by(world.commander, AssignTask, task_id=communes.id, words="- UBND Xã Mẫu Hai")
    world.by(world.commander, AskForTaskDeadline, task_id=communes.id)
    world.by(world.commander, SetTaskDeadline, task_id=communes.id, words="16 giờ ngày 25/11")
    listed = world.card(world.commander, f"directive-tasks:{directive.id}")
    assert isinstance(listed, DocumentRead)
    assert [(each.no, each.to, each.dropped) for each in listed.tasks] == [
        ("2", (), True),
        ("8", ("Xã Mẫu Hai",), False),
    ]
    world.by(world.commander, SendDirective, directive_id=directive.id)
    (line,) = card(world, world.other_chair, directive).tasks
    assert line.due_at == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    assert not has_card(world, world.chair, directive)


def test_a_clerks_document_is_corrected_by_the_clerk_and_leaves_once_a_commander_approves_it(world: World) -> None:
    directive = read(world, by=world.clerk)
    world.by(world.clerk, ToggleTask, task_id=row(world, directive, "2").id)
    world.by(world.clerk, SendDirective, directive_id=directive.id)
    assert not has_card(world, world.chair, directive)
    world.by(world.clerk, OfferDirective, directive_id=directive.id)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    assert tasks_on(world, world.chair, directive) == {"8": ["Xã Mẫu Một"]}
    assert not has_card(world, world.group_of(world.district), directive)


def test_a_scheduled_documents_tasks_are_due_from_when_it_leaves(world: World) -> None:
    within = replace(COMMUNES, deadlines=(Deadline(text="trong vòng 4 giờ", within=timedelta(hours=4)),))
    directive = read(world, replace(DOCUMENT, tasks=(within,)))
    world.by(world.commander, TypeSendTime, directive_id=directive.id, words="14 giờ hôm nay")
    assert not has_card(world, world.chair, directive)
    world.later(timedelta(hours=5))
    world.do(SendScheduled())
    (line,) = card(world, world.chair, directive).tasks
    assert line.due_at == world.now + timedelta(hours=4)


def test_each_unit_receives_one_card_with_its_tasks_alone_and_the_file_once(world: World) -> None:
    directive = issued(world, replace(DOCUMENT, tasks=(HEALTH, COMMUNES, VILLAGES)))
    assert tasks_on(world, world.group_of(world.commune), directive) == {"8": ["Xã Mẫu Một"]}
    assert tasks_on(world, world.chair, directive) == {"8": ["Xã Mẫu Một"]}
    assert tasks_on(world, world.village_head, directive) == {"9": ["Tổ 1 bản Mẫu", "Tổ 2 bản Mẫu"]}
    assert tasks_on(world, world.group_of(world.district), directive) == {"2": ["Trung tâm Y tế huyện"]}
    assert not has_card(world, world.group_of(world.community), directive)
    files = [each for each in world.told(world.chair) if isinstance(each, OrderPassed)]
    assert files == [OrderPassed("document", "file-1", about=directive.code)]


def test_a_task_for_the_villages_stands_in_their_groups_where_the_commander_lets_it(world: World) -> None:
    directive = read(world, replace(DOCUMENT, tasks=(COMMUNES, VILLAGES)))
    world.by(world.commander, ChooseAudience, directive_id=directive.id, audience=Audience.ALL_GROUPS)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    group = world.group_of(world.community)
    assert tasks_on(world, group, directive) == {"9": ["Tổ 1 bản Mẫu"]}
    labels = [button.label for buttons in as_read(world, card(world, group, directive)).rows for button in buttons]
    assert labels == ["Đã nhận", "Xin hỏi thêm"]
    world.by(world.member, AcknowledgeDirective, chat_id=group, directive_id=directive.id)
    assert [(each.no, each.acknowledged) for each in board(world, directive).tasks] == [("8", 0), ("9", 1)]


def test_an_agencys_task_goes_to_the_districts_group_naming_its_contact_and_to_nobody_else_there(world: World) -> None:
    knows_health_centre(world)
    kept = world.told(world.commander)[-1]
    contact = Contact("Bs. Lò Văn Mẫu", "+84912345678")
    assert kept == AgencyKept("Huyện Mẫu", AgencyLine("Trung tâm Y tế", ("TTYT",), contact))
    directive = issued(world)
    (line,) = card(world, world.group_of(world.district), directive).tasks
    assert line.parts == (Part("Trung tâm Y tế", contact),)
    assert not has_card(world, world.district_officer, directive)


def test_an_agencys_contact_who_writes_to_the_bot_has_its_tasks_in_private_and_answers_them(world: World) -> None:
    doctor = world.person("Bs. Lò Văn Mẫu")
    knows_health_centre(world, doctor.phone)
    directive = issued(world)
    assert tasks_on(world, doctor, directive) == {"2": ["Trung tâm Y tế"]}
    world.by(doctor, FinishTask, task_id=row(world, directive, "2").id)
    world.by(doctor, FinishTask, task_id=row(world, directive, "8").id)
    assert [(each.no, each.done, each.total) for each in board(world, directive).tasks] == [("2", 1, 1), ("8", 0, 2)]
    assert card(world, doctor, directive).tasks[0].parts[0].done_by == "Bs. Lò Văn Mẫu"


def test_whoever_serves_a_commune_and_answers_at_an_agency_has_the_tasks_of_both(world: World) -> None:
    knows_health_centre(world, world.chair.phone)
    directive = issued(world)
    assert tasks_on(world, world.chair, directive) == {"2": ["Trung tâm Y tế"], "8": ["Xã Mẫu Một"]}
    world.by(world.chair, FinishTask, task_id=row(world, directive, "2").id)
    assert tasks_on(world, world.chair, directive) == {"2": ["Trung tâm Y tế"], "8": ["Xã Mẫu Một"]}
    assert [each.done for each in board(world, directive).tasks] == [1, 0]


def test_an_agency_that_a_document_calls_by_two_names_is_one(world: World) -> None:
    knows_health_centre(world)
    other = replace(HEALTH, no="3", assignees=("TTYT", "Trung tâm Y tế huyện"))
    directive = issued(world, replace(DOCUMENT, tasks=(HEALTH, other)))
    assert [(line.unit, line.places) for line in board(world, directive).lines] == [("Trung tâm Y tế", 2)]


def test_each_task_is_acknowledged_and_done_by_itself(world: World) -> None:
    directive = issued(world, replace(DOCUMENT, tasks=(COMMUNES, DAILY)))
    world.by(world.chair, AcknowledgeTask, task_id=row(world, directive, "8").id)
    assert (board(world, directive).acknowledged, board(world, directive).done) == (0, 0)
    world.by(world.officer, FinishTask, task_id=row(world, directive, "3").id)
    assert board(world, directive).acknowledged == 1
    progress = [(each.no, each.acknowledged, each.done, each.total) for each in board(world, directive).tasks]
    assert progress == [("8", 1, 0, 2), ("3", 1, 1, 2)]
    world.by(world.chair, FinishTask, task_id=row(world, directive, "8").id)
    assert board(world, directive).done == 1


def test_acknowledging_the_card_acknowledges_every_task_on_it(world: World) -> None:
    directive = issued(world, replace(DOCUMENT, tasks=(COMMUNES, DAILY)))
    world.by(world.chair, AcknowledgeDirective, directive_id=directive.id)
    assert [each.acknowledged for each in board(world, directive).tasks] == [1, 1]


def test_a_tap_without_a_say_is_counted_apart(world: World) -> None:
    directive = issued(world)
    for person in (world.member, world.health, world.resident):
        world.by(person, FinishTask, task_id=row(world, directive, "8").id)
    assert (board(world, directive).seen, board(world, directive).tasks[1].done) == (3, 0)


def test_done_is_shown_by_a_picture_or_words_and_those_who_follow_may_look(world: World) -> None:
    directive = issued(world)
    communes = row(world, directive, "8")
    world.by(world.chair, FinishTask, task_id=communes.id)
    assert world.told(world.chair)[-1] == EvidenceAsked(directive.code, "8")
    assert open_question(world, world.chair) == ("task-evidence", {"task_id": communes.id})
    photo = Enclosure("photo", "photo-1")
    world.by(world.chair, GiveEvidence, task_id=communes.id, words="Danh sách đã lập", enclosures=(photo,))
    assert evidence_kept(world, communes) == EvidenceKept(directive.code, "8", 1)
    assert board(world, directive).evidence == 1
    world.by(world.other_chair, ShowEvidence, directive_id=directive.id)
    assert isinstance(world.told(world.other_chair)[-1], DirectingRefused)
    world.by(world.commander, ShowEvidence, directive_id=directive.id)
    shown, passed = world.told(world.commander)[-2:]
    words, by = "Danh sách đã lập", "Chủ tịch Xã Một"
    assert shown == EvidenceShown(directive.code, "8", "Xã Mẫu Một", by, world.now, words)
    assert passed == Passed("photo", "photo-1", about=directive.code)


def evidence_kept(world: World, task: DirectiveTask) -> Notice | None:
    return world.card(world.chair, f"evidence:{task.id}")


def test_every_picture_of_an_album_is_evidence_and_words_after_it_are_heard_as_ever(world: World) -> None:
    directive = issued(world)
    communes = row(world, directive, "8")
    world.by(world.chair, FinishTask, task_id=communes.id)
    for number in range(3):
        world.by(world.chair, HearMessage, words="", enclosures=(Enclosure("photo", f"photo-{number}"),))
    assert evidence_kept(world, communes) == EvidenceKept(directive.code, "8", 3)
    assert board(world, directive).evidence == 3
    world.by(world.chair, HearMessage, words="Bản tôi có cụ già khó thở")
    assert the_report(world).sender_id == world.chair.id


def test_danger_told_instead_of_evidence_is_a_report(world: World) -> None:
    directive = issued(world)
    world.by(world.chair, FinishTask, task_id=row(world, directive, "8").id)
    world.by(world.chair, HearMessage, words="Cháy nhà, có người không thở được, cứu với")
    assert the_report(world).sender_id == world.chair.id
    assert board(world, directive).evidence == 0


def test_a_question_about_one_task_reaches_the_issuer_with_its_number(world: World) -> None:
    directive = issued(world)
    communes = row(world, directive, "8")
    group = world.group_of(world.commune)
    world.by(world.chair, AskAboutTask, chat_id=group, task_id=communes.id)
    assert world.told(world.chair)[-1] == WordsAsked("directive-question", directive.code, no="8")
    world.by(world.chair, HearMessage, words="Có tính người tạm trú không?")
    asker = Contact("Chủ tịch Xã Một", world.chair.phone, unit="Xã Mẫu Một")
    put = QuestionPut(directive.code, asker, "Có tính người tạm trú không?", "8")
    assert world.told(world.commander)[-1] == put
    assert "mục 8" in text_of(world, put)


def test_the_board_puts_late_units_first(world: World) -> None:
    directive = issued(world)
    world.by(world.chair, FinishTask, task_id=row(world, directive, "8").id)
    world.later(timedelta(days=2))
    world.do(ChaseTasks())
    lines = [(line.unit, line.done, line.late) for line in board(world, directive).lines]
    assert lines == [("Trung tâm Y tế huyện", 0, 1), ("Xã Mẫu Hai", 0, 1), ("Xã Mẫu Một", 1, 0)]


def chased(world: World, chat: Person | int) -> list[TasksChased]:
    return [each for each in world.told(chat) if isinstance(each, TasksChased)]


def told_on(world: World, chat: Person | int) -> list[TasksToldOn]:
    return [each for each in world.told(chat) if isinstance(each, TasksToldOn)]


def test_only_what_is_not_done_is_chased_by_day_and_then_told_to_the_superior_once(world: World) -> None:
    directive = issued(world)
    world.by(world.chair, FinishTask, task_id=row(world, directive, "8").id)
    for _ in range(24 * 4):
        world.later(timedelta(minutes=15))
        world.do(ChaseTasks())
    world.do(ChaseTasks())
    assert chased(world, world.chair) == []
    assert len(chased(world, world.other_chair)) == 1  # 21:00 is no hour to chase, 07:00 is
    late = [
        (line.no, [part.who for part in line.parts]) for told in told_on(world, world.commander) for line in told.tasks
    ]
    assert sorted(late) == [("2", ["Trung tâm Y tế huyện"]), ("8", ["Xã Mẫu Hai"])]
    assert told_on(world, world.chair) == []
    assert directive.state is DirectiveState.SENT


def test_one_tap_on_the_board_chases_whoever_has_not_done_a_task_at_most_once_an_hour(world: World) -> None:
    directive = issued(world, replace(DOCUMENT, tasks=(HEALTH, COMMUNES, VILLAGES)))
    for person in (world.chair, world.other_chair, world.village_head):
        world.by(person, AcknowledgeDirective, directive_id=directive.id)
    world.by(world.chair, FinishTask, task_id=row(world, directive, "8").id)
    world.later(timedelta(minutes=5))
    for _ in range(2):
        world.by(world.commander, ChaseMissing, directive_id=directive.id)
    assert chased(world, world.chair) == []
    (theirs,) = chased(world, world.other_chair)
    assert [(line.no, [part.who for part in line.parts]) for line in theirs.tasks] == [("8", ["Xã Mẫu Hai"])]
    (of_head,) = chased(world, world.village_head)
    assert [part.who for part in of_head.tasks[0].parts] == ["Tổ 1 bản Mẫu", "Tổ 2 bản Mẫu"]
    assert isinstance(world.told(world.commander)[-1], ChasedRecently)
    assert (board(world, directive).chases, board(world, directive).chased_at) == (1, world.now)
    assert chased(world, world.health) == []


def test_nobody_is_chased_by_hand_when_every_task_is_done(world: World) -> None:
    directive = issued(world, replace(DOCUMENT, tasks=(COMMUNES,)))
    for person in (world.chair, world.other_chair):
        world.by(person, FinishTask, task_id=row(world, directive, "8").id)
    world.by(world.commander, ChaseMissing, directive_id=directive.id)
    assert world.told(world.commander)[-1] == NobodyMissing(directive.code)


def test_a_task_is_chased_at_half_time_a_day_before_and_two_hours_before(world: World) -> None:
    by_friday = Deadline(text="trước 17h ngày 27/11", date=PartialDate(2026, 11, 27), time=time(17), before=True)
    directive = issued(world, replace(DOCUMENT, tasks=(replace(COMMUNES, deadlines=(by_friday,)),)))
    world.by(world.other_chair, FinishTask, task_id=row(world, directive, "8").id)
    at: list[str] = []
    told_at = ""
    for _ in range(24 * 5 * 4):
        world.later(timedelta(minutes=15))
        world.do(ChaseTasks())
        if len(chased(world, world.chair)) > len(at):
            at.append(f"{world.now + timedelta(hours=7):%d %H:%M}")
        if told_on(world, world.commander) and not told_at:
            told_at = f"{world.now + timedelta(hours=7):%d %H:%M}"
    assert at == ["25 13:00", "26 17:00", "27 15:00"]
    assert told_at == "27 17:00"
    assert len(told_on(world, world.commander)) == 1
    assert not chased(world, world.other_chair)


def test_what_falls_due_every_week_and_every_month_comes_again_with_its_own_mark(world: World) -> None:
    weekly = task("5", "UBND các xã", deadlines=(Deadline(text="thứ 6 hằng tuần", every=Every.WEEK, on=5),))
    monthly = task("6", "UBND các xã", deadlines=(Deadline(text="ngày 10 hằng tháng", every=Every.MONTH, on=10),))
    directive = issued(world, replace(DOCUMENT, tasks=(weekly, monthly)))
    assert due_days(world, directive) == ["27/11", "10/12"]
    for number in ("5", "6"):
        world.by(world.chair, FinishTask, task_id=row(world, directive, number).id)
    for _ in range(19):
        world.later(timedelta(days=1))
        world.do(ChaseTasks())
    assert due_days(world, directive) == ["18/12", "10/01"]
    assert [part.done_at for line in card(world, world.chair, directive).tasks for part in line.parts] == [None, None]
    done = [each.turn for each in world.session.query(Assignment) if each.done_at and each.unit_id == world.commune.id]
    assert done == [0, 0]


def due_days(world: World, directive: Directive) -> list[str]:
    lines = card(world, world.chair, directive).tasks
    return [f"{line.due_at + timedelta(hours=7):%d/%m}" for line in lines]


def test_nothing_leaves_and_nothing_counts_after_a_withdrawal(world: World) -> None:
    directive = issued(world)
    world.by(world.commander, WithdrawDirective, directive_id=directive.id)
    world.later(timedelta(days=2))
    world.do(ChaseTasks())
    assert not chased(world, world.chair)
    assert not told_on(world, world.commander)
    world.by(world.chair, FinishTask, task_id=row(world, directive, "8").id)
    assert world.told(world.chair)[-1] == DirectiveNotThus(directive.code, DirectiveState.WITHDRAWN)
    assert board(world, directive).tasks[1].done == 0


def test_a_daily_task_is_done_anew_each_day_with_its_own_mark(world: World) -> None:
    directive = issued(world, replace(DOCUMENT, tasks=(DAILY,)))
    daily = row(world, directive, "3")
    (line,) = card(world, world.chair, directive).tasks
    assert (line.every, line.due_at) == (Every.DAY, datetime(2026, 11, 23, 10, 0, tzinfo=UTC))
    world.by(world.chair, FinishTask, task_id=daily.id)
    for _ in range(24):
        world.later(timedelta(hours=1))
        world.do(ChaseTasks())
    (line,) = card(world, world.chair, directive).tasks
    assert line.due_at == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    assert [part.done_at for part in line.parts] == [None]
    world.by(world.chair, FinishTask, task_id=daily.id)
    done = [each.turn for each in world.session.query(Assignment) if each.done_at]
    assert sorted(done) == [0, 1]
    assert told_on(world, world.commander)[0].tasks[0].parts[0].who == "Xã Mẫu Hai"


def test_residents_read_a_few_plain_words_where_the_commander_chooses_so(world: World) -> None:
    directive = read(world)
    world.by(world.commander, NoteForResidents, directive_id=directive.id, words="Bà con đi tiêm. " * 30)
    assert world.told(world.commander)[-1] == NoteTooLong(directive.code)
    world.by(world.commander, NoteForResidents, directive_id=directive.id, words="Bà con nhớ đi tiêm đủ mũi.")
    world.by(world.commander, SendDirective, directive_id=directive.id)
    in_group = card(world, world.group_of(world.community), directive)
    assert (in_group.words, in_group.document, in_group.tasks) == ("Bà con nhớ đi tiêm đủ mũi.", None, ())
    assert not [each for each in world.told(world.group_of(world.community)) if isinstance(each, OrderPassed)]


def test_the_matrix_is_made_apart_for_whoever_follows(world: World) -> None:
    directive = issued(world)
    world.by(world.chair, AskForMatrix, directive_id=directive.id)
    assert isinstance(world.told(world.chair)[-1], DirectingRefused)
    world.by(world.clerk, AskForMatrix, directive_id=directive.id)
    assert [errand.kind for errand in world.session.query(Errand)][-1] == "make-matrix"
    world.do(HandMatrix(account_id=world.account(world.clerk), directive_id=directive.id, content=b"xlsx"))
    assert isinstance(world.told(world.clerk)[-1], MatrixHanded)


def found(world: World, who: Person, words: str) -> list[str]:
    world.by(who, ListDocuments, words=words)
    listed = world.told(who)[-1]
    assert isinstance(listed, DocumentsListed)
    return [each.document.sign for each in listed.documents]


def test_documents_are_found_by_number_words_issuer_date_and_what_is_open(world: World) -> None:
    directive = issued(world)
    read(world, replace(DOCUMENT, number=99))  # never sent
    for words in ("33/cv-ttch", "tiem vac xin", "Trung tâm Chỉ huy", "23/11/2026", "", "chưa xong", "33 chưa xong"):
        assert found(world, world.chair, words) == ["33/CV-TTCH"], words
    assert found(world, world.chair, "lũ lụt") == found(world, world.chair, "đã xong") == []
    for no in ("2", "8"):
        for person in (world.chair, world.other_chair, world.district_officer):
            world.by(person, FinishTask, task_id=row(world, directive, no).id)
    assert found(world, world.chair, "đã xong") == ["33/CV-TTCH"]


def test_documents_are_found_by_a_unit_they_went_to_and_by_what_is_open_there(world: World) -> None:
    directive = issued(world, replace(DOCUMENT, tasks=(HEALTH, COMMUNES)))
    other = replace(DOCUMENT, number=34, tasks=(replace(COMMUNES, assignees=("UBND Xã Mẫu Hai",)),))
    issued(world, other)
    assert found(world, world.commander, "Xã Mẫu Một") == ["33/CV-TTCH"]
    assert found(world, world.commander, "mẫu hai") == ["34/CV-TTCH", "33/CV-TTCH"]
    assert found(world, world.commander, "Xã Mẫu Hai tiêm vắc xin 34") == ["34/CV-TTCH"]
    assert found(world, world.commander, "Trung tâm Y tế") == ["33/CV-TTCH"]
    world.by(world.chair, FinishTask, task_id=row(world, directive, "8").id)
    assert found(world, world.commander, "xã mẫu một chưa xong") == []
    assert found(world, world.commander, "đã xong Xã Mẫu Một") == ["33/CV-TTCH"]
    assert found(world, world.commander, "xã mẫu hai chưa xong") == ["34/CV-TTCH", "33/CV-TTCH"]


def test_what_is_passed_on_is_found_once(world: World) -> None:
    above = read(world)
    world.by(world.commander, ChooseRelay, directive_id=above.id, by_tier=True)
    world.by(world.commander, SendDirective, directive_id=above.id)
    world.by(world.chair, PassOnDirective, directive_id=above.id)
    directive = newest(world)
    world.by(world.chair, SendDirective, directive_id=directive.id)
    for someone in (world.commander, world.chair, world.member):
        assert found(world, someone, "33") == ["33/CV-TTCH"]


def test_a_document_is_found_where_it_went_and_nowhere_else(world: World) -> None:
    issued(world)
    assert found(world, world.member, "") == []
    world.by(world.resident, ListDocuments, words="")
    assert isinstance(world.told(world.resident)[-1], DirectingRefused)


def test_citing_documents_are_linked_and_a_replaced_one_says_so(world: World) -> None:
    issued(world)
    cites = (Reference(type=Type.LETTER, number=33, symbol="CV-TTCH", date=None),)
    text = "Công văn này thay thế Công văn số 33/CV-TTCH ngày 23/11/2026."
    issued(world, replace(DOCUMENT, number=40, references=cites), text)
    world.by(world.chair, ListDocuments, words="33/cv-ttch")
    listed = world.told(world.chair)[-1]
    assert isinstance(listed, DocumentsListed)
    assert [each.replaced_by for each in listed.documents] == ["40/CV-TTCH"]
    world.by(world.chair, ShowDocument, document_id=listed.documents[0].document_id)
    shown = world.told(world.chair)[-1]
    assert isinstance(shown, DocumentShown)
    assert [each.document.sign for each in shown.cited_by] == ["40/CV-TTCH"]
    assert shown.cited_elsewhere == ("3375/UBND-VX",)


def test_what_takes_the_place_of_another_says_so_before_it_leaves_and_marks_every_card_of_the_other(
    world: World,
) -> None:
    old = issued(world)
    cites = (Reference(type=Type.LETTER, number=33, symbol="CV-TTCH", date=None),)
    text = "Công văn này thay thế Công văn số 33/CV-TTCH ngày 23/11/2026."
    new = read(world, replace(DOCUMENT, number=40, references=cites), text)
    assert preview(world, new).replaces == ("33/CV-TTCH",)
    assert (card(world, world.chair, old).replaced_by, board(world, old).replaced_by) == ("", "")
    world.by(world.commander, SendDirective, directive_id=new.id)
    assert (card(world, world.chair, old).replaced_by, board(world, old).replaced_by) == ("40/CV-TTCH", "40/CV-TTCH")
    world.by(world.commander, WithdrawDirective, directive_id=new.id)
    assert (card(world, world.chair, old).replaced_by, board(world, old).replaced_by) == ("", "")


def test_a_document_that_only_cites_another_takes_nobodys_place(world: World) -> None:
    issued(world)
    cites = (Reference(type=Type.LETTER, number=33, symbol="CV-TTCH", date=None),)
    new = read(world, replace(DOCUMENT, number=40, references=cites), "Thực hiện Công văn số 33/CV-TTCH")
    assert preview(world, new).replaces == ()


def test_how_far_the_reading_of_a_long_document_has_come_is_shown(world: World) -> None:
    directive = draft(world, "", ORDER)
    assert preview(world, directive).being_read
    world.do(ShowReadSoFar(directive_id=directive.id, page=3, of=20))
    assert preview(world, directive).read_so_far == PagesRead(3, 20)
    assert "trang 3/20" in text_of(world, preview(world, directive))
    world.do(TakeReading(directive_id=directive.id, document=to_json(DOCUMENT)))
    world.do(ShowReadSoFar(directive_id=directive.id, page=4, of=20))
    assert (preview(world, directive).being_read, preview(world, directive).read_so_far) == (False, None)


def test_a_file_that_a_commander_forwards_is_drafted_without_a_command(world: World) -> None:
    world.by(world.commander, HearMessage, words="", enclosures=(ORDER,), was_forwarded=True)
    directive = newest(world)
    assert preview(world, directive).file_name == ORDER.name
    world.by(world.commander, HearMessage, words="Gấp", enclosures=(ORDER,), was_edited=True)
    assert newest(world) is directive
    world.by(world.member, HearMessage, words="", enclosures=(ORDER,))
    assert the_report(world).sender_id == world.member.id


def test_a_text_too_long_for_one_message_is_read_as_one_document(world: World) -> None:
    first, rest = "Số: 33/CV-TTCH\nKính gửi: UBND các xã\n" + "Rà soát. " * 400, "8. UBND các xã\n- Lập danh sách"
    world.by(world.commander, HearMessage, words="Dạ")  # nothing is asked yet
    world.by(world.commander, DraftDirective, words=first)
    directive = newest(world)
    world.by(world.commander, HearMessage, words=rest)
    assert directive.words == f"{first}\n{rest}"
    world.do(TakeReading(directive_id=directive.id, document=to_json(DOCUMENT), text=first))
    assert preview(world, directive).document is None
    read_of_all = replace(DOCUMENT, number=34)
    world.do(TakeReading(directive_id=directive.id, document=to_json(read_of_all), text=directive.words))
    shown = preview(world, directive)
    assert shown.document is not None
    assert shown.document.sign == "34/CV-TTCH"
    assert not world.session.query(Report).all()


def test_every_field_a_document_lacks_can_be_filled_in(world: World) -> None:
    lacking = replace(DOCUMENT, type=None, place=None, addressees=(), recipients=(), signer=None, missing=FILLABLE)
    directive = read(world, lacking)
    typed = {
        "type": "chỉ thị", "number": "12", "symbol": "CT-UBND", "issuer": "UBND huyện Mẫu", "place": "Huyện Mẫu",
        "date": "2/11/2026", "subject": "Rà soát người về", "addressees": "Các phòng, ban\nUBND các xã",
        "recipients": "Như trên; Lưu: VT", "signer": "Sùng Lữ Mẫu, Chủ tịch",
    }  # fmt: skip
    for field in FILLABLE:
        world.by(world.commander, AskForField, directive_id=directive.id, field=field)
        world.by(world.commander, HearMessage, words=typed[field])
    kept = world.work().tasks.document_of(directive.id)
    assert kept is not None
    document = world.work().tasks.read(kept)
    assert (document.type, document.missing) == (Type.INSTRUCTION, ())
    assert (document.addressees, document.recipients) == (("Các phòng, ban", "UBND các xã"), ("Như trên", "Lưu: VT"))
    assert document.signer == Signer(name="Sùng Lữ Mẫu", title="Chủ tịch", authority=None)


def test_a_task_that_was_not_read_is_added_in_plain_words(world: World) -> None:
    directive = read(world)
    world.by(world.commander, AskForTask, directive_id=directive.id)
    world.by(world.commander, HearMessage, words="UBND các xã: lập danh sách người về, gửi trước 16 giờ ngày 26/11")
    added = preview(world, directive).tasks[-1]
    assert (added.no, added.to) == ("3", ("Xã Mẫu Một", "Xã Mẫu Hai"))
    assert added.due_at == datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


def test_the_preview_shows_everything_that_was_read_and_what_is_doubtful(world: World) -> None:
    over = Deadline(text="trước ngày 1/11/2026", date=PartialDate(2026, 11, 1), before=True)
    told = replace(COMMUNES, items=("Lập danh sách", "Gửi Trung tâm Y tế"), tiers=(Tier.COMMUNE,), deadlines=(over,))
    directive = read(world, replace(DOCUMENT, tasks=(told,), missing=("number",)))
    text = text_of(world, preview(world, directive))
    for shown in (
        "Công văn số 33/CV-TTCH ngày 23/11/2026 của Trung tâm Chỉ huy huyện Mẫu",
        "Kính gửi: UBND các xã, thị trấn",
        "Mục 8. Lập danh sách tiêm vắc xin",
        "- Gửi Trung tâm Y tế",
        "→ Xã Mẫu Một, Xã Mẫu Hai (cấp xã)",
        "⚠ Hạn chưa rõ hoặc đã qua: “trước ngày 1/11/2026”",
        "⚠ Chưa rõ, xin bổ sung: số",
    ):
        assert shown in text


def test_a_document_copied_for_other_channels_says_what_it_asks_of_the_reader(world: World) -> None:
    directive = issued(world, replace(DOCUMENT, tasks=(HEALTH, COMMUNES)))
    world.by(world.chair, CopyDirective, directive_id=directive.id, channel=Channel.ZALO)
    pasted = text_of(world, world.told(world.chair)[-1])
    assert "Công văn số 33/CV-TTCH" in pasted
    assert "Mục 8. Lập danh sách tiêm vắc xin" in pasted
    assert "Mục 2." not in pasted
    world.by(world.chair, CopyDirective, directive_id=directive.id, channel=Channel.LOUDSPEAKER)
    assert "Phòng, chống dịch trong tình hình mới" in text_of(world, world.told(world.chair)[-1])


def test_a_line_of_a_task_names_everybody_who_has_it(world: World) -> None:
    directive = issued(world)
    (line,) = work_lines(world, directive, "8")
    assert [part.who for part in line.parts] == ["Xã Mẫu Một", "Xã Mẫu Hai"]


def work_lines(world: World, directive: Directive, no: str) -> list[TaskLine]:
    assignments = world.work().assignments
    return [line for line in assignments.lines(assignments.of(directive.id)) if line.no == no]
