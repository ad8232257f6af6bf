"""A district's official document, small and plainly synthetic, as it would have been read."""

from __future__ import annotations

from handlers.commands.directives import SendDirective
from handlers.commands.tasks import ListAgencies, TakeReading
from models.records import Directive, DirectiveTask, Person
from models.rules.documents.as_json import to_json
from models.rules.documents.document import Deadline, Document, Every, PartialDate, Reference, Signer, Task, Type
from models.store.tasks import task_of
from tests.stories.directive_day import ORDER, draft
from tests.stories.world import World


def task(no: str, *assignees: str, text: str = "Rà soát người về", deadlines: tuple[Deadline, ...] = ()) -> Task:
    return Task(no=no, text=text, assignees=assignees, tiers=(), items=(), deadlines=deadlines)


HEALTH = task("2", "Trung tâm Y tế huyện", text="Duy trì xét nghiệm")
COMMUNES = task("8", "UBND các xã, thị trấn", text="Lập danh sách tiêm vắc xin")
VILLAGES = task("9", "Các thôn, bản", text="Báo người về")
DAILY = task("3", "UBND các xã", deadlines=(Deadline(text="hằng ngày trước 16h", every=Every.DAY, part="chieu"),))
DOCUMENT = Document(
    type=Type.LETTER,
    number=33,
    symbol="CV-TTCH",
    issuer="Trung tâm Chỉ huy huyện Mẫu",
    place="Huyện Mẫu",
    date=PartialDate(2026, 11, 23),
    subject="Phòng, chống dịch trong tình hình mới",
    addressees=("UBND các xã, thị trấn",),
    references=(Reference(type=Type.LETTER, number=3375, symbol="UBND-VX", date=None),),
    tasks=(HEALTH, COMMUNES),
    recipients=(),
    signer=Signer(name="Sùng Lữ Mẫu", title="CHỈ HUY TRƯỞNG", authority=None),
    missing=(),
)


def knows_health_centre(world: World, phone: str = "0912 345 678") -> None:
    """The district knows its health centre, and who answers there."""
    world.by(world.commander, ListAgencies, words=f"Trung tâm Y tế | TTYT | Bs. Lò Văn Mẫu {phone}")


def read(world: World, document: Document = DOCUMENT, text: str = "", by: Person | None = None) -> Directive:
    """A commander has sent a file, and it was read."""
    directive = draft(world, "", ORDER, by=by)
    world.do(TakeReading(directive_id=directive.id, document=to_json(document), text=text))
    return directive


def issued(world: World, document: Document = DOCUMENT, text: str = "") -> Directive:
    """The document has left."""
    directive = read(world, document, text)
    world.by(world.commander, SendDirective, directive_id=directive.id)
    return directive


def row(world: World, directive: Directive, no: str) -> DirectiveTask:
    """The task of this number."""
    return next(each for each in world.work().tasks.rows_of(directive.id) if task_of(each).no == no)
