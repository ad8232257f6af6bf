"""The issuer's live boards: how far a directive has come, counted anew whenever something arrives or is answered."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.directive_following import CountProgress, PlaceBoard
from models.notices import Names
from models.notices.directive_boards import ProgressCounted, ProgressLine
from models.notices.tasks import DocumentLine
from models.records import Directive
from models.rules.directives import reaches_group
from models.work import Work


def count_progress(command: CountProgress, work: Work) -> None:
    """Let every board of the directive, and of what it passes on, show the newest counts."""
    directive = work.directives.require(command.directive_id)
    boards, counted = work.outbox.cards_about(directive.board_subject), _counted(directive, work)
    for card in boards:
        work.show(card.chat_id, directive.board_subject, counted)
    if directive.passes_on_id is not None:
        work.also(CountProgress(directive_id=directive.passes_on_id))


def place_board(command: PlaceBoard, work: Work) -> None:
    """Show the board at the bottom of the chat; it stays as live as the first one."""
    directive = work.directives.require(command.directive_id)
    work.show(command.chat_id, directive.board_subject, _counted(directive, work), afresh=True)


def _counted(directive: Directive, work: Work) -> ProgressCounted:
    progress = work.directives.progress(directive)
    tasks = work.assignments.progress(directive.id, work.now)
    lines = tuple(ProgressLine(line.unit, line.places, line.acknowledged, line.done) for line in progress)
    if tasks:
        # What is late stands first: it is what the issuer looks for.
        lines = tuple(
            ProgressLine(each.who, each.total, each.acknowledged, each.done, each.late)
            for each in work.assignments.by_holder(directive.id, work.now)
        )
    is_for_staff = not reaches_group(directive.audience, of_community=True)
    but_tier = work.policy.tiers.community if is_for_staff else ""
    without_group = work.directives.without_group(directive.id, but_tier=but_tier)
    replaced_by = work.documents.sign_replacing(directive)
    return ProgressCounted(
        directive_id=directive.id,
        code=directive.code,
        is_alarm=directive.is_alarm,
        words=directive.words,
        file_name=directive.file_name,
        deadline_at=directive.deadline_at,
        places=sum(line.places for line in progress),
        delivered=sum(line.delivered for line in progress),
        acknowledged=sum(line.acknowledged for line in progress),
        done=sum(line.done for line in progress),
        seen=work.directives.count_seen(directive.id),
        lines=lines,
        tasks=tasks,
        evidence=work.assignments.count_evidence(directive.id) if tasks else 0,
        document=_document_of(directive, work),
        replaced_by=replaced_by,
        without_group=Names.of(without_group),
        chases=directive.chases,
        chased_at=directive.chased_at,
        chase_at=None if replaced_by else directive.chase_at,
        told_on_at=directive.told_on_at,
        corrected_at=directive.corrected_at,
        withdrawn_at=directive.withdrawn_at,
    )


def _document_of(directive: Directive, work: Work) -> DocumentLine | None:
    kept = work.tasks.document_of(directive.id)
    return DocumentLine.of(work.tasks.read(kept)) if kept else None


STORIES: Stories = {CountProgress: count_progress, PlaceBoard: place_board}
