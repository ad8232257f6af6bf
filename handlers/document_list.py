"""Documents are found again, with their links and how far their tasks are; a directive's as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import Stories
from handlers.commands.directives import RefuseDirecting
from handlers.commands.tasks import AskForMatrix, HandMatrix, ListDocuments, ShowDocument
from models.notices.documents import DocumentShown, DocumentsListed, FoundDocument
from models.notices.tasks import DocumentLine, MatrixHanded, MatrixPromised
from models.records import Directive, OfficialDocument, Person
from models.rules.documents.searching import sign_of, what_is_searched
from models.rules.roles import STAFF
from models.store.missing import NotThere
from models.work import Work

#: The errand that makes the spreadsheet.
MAKE_MATRIX = "make-matrix"
DOCUMENTS_LISTED = 10


def find(command: ListDocuments, work: Work) -> None:
    """List in private the documents that reached or left a unit of theirs, the newest first."""
    person = work.meet(command)
    units = _served(person, work)
    if not units:
        work.also(RefuseDirecting.of(command, None))
        return
    wanted = what_is_searched(command.words, ((unit.id, unit.name) for unit in work.units.all()))
    found = tuple(_found(each, work) for each in work.documents.search(wanted, units, DOCUMENTS_LISTED))
    more = work.documents.count(wanted, units) - len(found)
    work.tell(command.sender.account_id, DocumentsListed(command.words, found, max(0, more)))


def show(command: ShowDocument, work: Work) -> None:
    """Show one of those, with its links to others that may be seen as well."""
    person, kept = work.meet(command), work.documents.require(command.document_id)
    units = _served(person, work)
    if not work.documents.reaches(kept, units):
        raise NotThere(f"document {kept.id} reached none of their units")
    directive, document = work.directives.require(kept.directive_id), work.tasks.read(kept)
    known, elsewhere = work.documents.cited_by(kept, units)
    # Signs are kept as they are compared; people read them as the document writes them.
    written = {sign_of(each.number, each.symbol): f"{each.number}/{each.symbol}" for each in document.references}
    work.tell(
        command.sender.account_id,
        DocumentShown(
            found=_found(kept, work),
            directive_id=directive.id,
            steers=work.people.may_draft_for(person.id, work.units.require(directive.unit_id)),
            cites=tuple(_found(each, work) for each in known),
            cited_elsewhere=tuple(written.get(sign, sign) for sign in elsewhere),
            cited_by=tuple(_found(each, work) for each in work.documents.citing(kept, units)),
        ),
    )


def ask_for_matrix(command: AskForMatrix, work: Work) -> None:
    """Let the spreadsheet be made for whoever follows the directive."""
    person, directive = work.meet(command), work.directives.require(command.directive_id)
    if not work.people.may_draft_for(person.id, work.units.require(directive.unit_id)):
        work.also(RefuseDirecting.of(command, directive.unit_id))
        return
    account_id = command.sender.account_id
    work.errands.ask(MAKE_MATRIX, work.now, directive_id=directive.id, account_id=account_id, person_id=person.id)
    work.tell(account_id, MatrixPromised(directive.code))


def hand_matrix(command: HandMatrix, work: Work) -> None:
    """Send the spreadsheet that was made."""
    directive = work.directives.require(command.directive_id)
    file = work.errands.keep_file(f"{directive.code}.xlsx", command.content, work.now)
    work.tell(command.account_id, MatrixHanded(file.id, directive.code))


def _served(person: Person, work: Work) -> Sequence[int]:
    """The units where the person serves; what reached or left one of these is theirs to see."""
    return [g.unit_id for g in work.people.grants_of(person.id) if g.role in STAFF and g.unit_id is not None]


def _found(kept: OfficialDocument, work: Work) -> FoundDocument:
    directive: Directive = work.directives.require(kept.directive_id)
    progress = work.assignments.progress(directive.id, work.now)
    replacing = work.documents.replacing(kept)
    return FoundDocument(
        document_id=kept.id,
        code=directive.code,
        document=DocumentLine.of(work.tasks.read(kept)),
        done=sum(task.done for task in progress),
        total=sum(task.total for task in progress),
        replaced_by=DocumentLine.of(work.tasks.read(replacing)).sign if replacing else "",
    )


STORIES: Stories = {
    ListDocuments: find,
    ShowDocument: show,
    AskForMatrix: ask_for_matrix,
    HandMatrix: hand_matrix,
}
