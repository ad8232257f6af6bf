"""An official document becomes tasks: each reaches exactly those it names, and is answered one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from handlers.commands import Enclosure
from handlers.commands.directive_following import AcknowledgeDirective, WithdrawDirective
from handlers.commands.directives import SendDirective
from handlers.commands.tasks import (
    AcknowledgeTask,
    AskForField,
    AskForMatrix,
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
    TakeReading,
    ToggleTask,
)
from models.notices import Contact
from models.notices.base import Passed
from models.notices.directives import DirectingRefused, DirectiveNotThus, OrderPassed
from models.notices.tasks import (
    AgencyKept,
    AgencyLine,
    DocumentNotRead,
    DocumentRead,
    DocumentShown,
    DocumentsListed,
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
from models.records import Assignment, Directive, Errand, Person
from models.rules.directives import Audience, DirectiveState
from models.rules.documents.document import Every, PartialDate, Reference, Type
from tests.stories.directive_day import ORDER, board, card, draft, has_card, open_question, preview
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
)
from tests.stories.world import World


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


def test_each_unit_receives_one_card_with_its_tasks_alone_and_the_file_once(world: World) -> None:
    directive = issued(world, replace(DOCUMENT, tasks=(HEALTH, COMMUNES, VILLAGES)))
    assert tasks_on(world, world.group_of(world.commune), directive) == {"8": ["Xã Mẫu Một"]}
    assert tasks_on(world, world.chair, directive) == {"8": ["Xã Mẫu Một"]}
    assert tasks_on(world, world.village_head, directive) == {"9": ["Tổ 1 bản Mẫu", "Tổ 2 bản Mẫu"]}
    assert tasks_on(world, world.group_of(world.district), directive) == {"2": ["Trung tâm Y tế huyện"]}
    assert not has_card(world, world.group_of(world.community), directive)
    files = [each for each in world.told(world.chair) if isinstance(each, OrderPassed)]
    assert files == [OrderPassed("document", "file-1", about=directive.code)]


def test_an_agencys_task_goes_to_the_districts_group_naming_its_contact_and_to_nobody_else_there(world: World) -> None:
    knows_health_centre(world)
    kept = world.told(world.commander)[-1]
    contact = Contact("Bs. Lò Văn Mẫu", "+84912345678")
    assert kept == AgencyKept("Huyện Mẫu", AgencyLine("Trung tâm Y tế", ("TTYT",), contact))
    directive = issued(world)
    (line,) = card(world, world.group_of(world.district), directive).tasks
    assert line.parts == (Part("Trung tâm Y tế huyện", contact),)
    assert not has_card(world, world.district_officer, directive)


def test_an_agencys_contact_who_writes_to_the_bot_has_its_tasks_in_private_and_answers_them(world: World) -> None:
    doctor = world.person("Bs. Lò Văn Mẫu")
    knows_health_centre(world, doctor.phone)
    directive = issued(world)
    assert tasks_on(world, doctor, directive) == {"2": ["Trung tâm Y tế huyện"]}
    world.by(doctor, FinishTask, task_id=row(world, directive, "2").id)
    world.by(doctor, FinishTask, task_id=row(world, directive, "8").id)
    assert [(each.no, each.done, each.total) for each in board(world, directive).tasks] == [("2", 1, 1), ("8", 0, 2)]
    assert card(world, doctor, directive).tasks[0].parts[0].done_by == "Bs. Lò Văn Mẫu"


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
    assert world.told(world.chair)[-1] == EvidenceKept(directive.code, "8")
    assert board(world, directive).evidence == 1
    world.by(world.other_chair, ShowEvidence, directive_id=directive.id)
    assert isinstance(world.told(world.other_chair)[-1], DirectingRefused)
    world.by(world.commander, ShowEvidence, directive_id=directive.id)
    shown, passed = world.told(world.commander)[-2:]
    words, by = "Danh sách đã lập", "Chủ tịch Xã Một"
    assert shown == EvidenceShown(directive.code, "8", "Xã Mẫu Một", by, world.now, words)
    assert passed == Passed("photo", "photo-1", about=directive.code)


def test_the_board_puts_late_units_first(world: World) -> None:
    directive = issued(world)
    world.by(world.chair, FinishTask, task_id=row(world, directive, "8").id)
    world.later(timedelta(days=2))
    world.do(ChaseTasks())
    lines = [(line.unit, line.done, line.late) for line in board(world, directive).lines]
    assert lines == [("Huyện Mẫu", 0, 1), ("Xã Mẫu Hai", 0, 1), ("Xã Mẫu Một", 1, 0)]


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
    for task in ("2", "8"):
        for person in (world.chair, world.other_chair, world.district_officer):
            world.by(person, FinishTask, task_id=row(world, directive, task).id)
    assert found(world, world.chair, "đã xong") == ["33/CV-TTCH"]


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


def test_a_line_of_a_task_names_everybody_who_has_it(world: World) -> None:
    directive = issued(world)
    (line,) = work_lines(world, directive, "8")
    assert [part.who for part in line.parts] == ["Xã Mẫu Một", "Xã Mẫu Hai"]


def work_lines(world: World, directive: Directive, no: str) -> list[TaskLine]:
    assignments = world.work().assignments
    return [line for line in assignments.lines(assignments.of(directive.id)) if line.no == no]
