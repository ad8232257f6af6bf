"""Every question about finding official documents again, and about those they cite."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.notices.tasks import DocumentLine
from models.records import Assignment, Directive, DirectivePlace, DocumentReference, OfficialDocument
from models.rules.directives import DirectiveState
from models.rules.documents.searching import Search
from models.store.missing import NotThere
from models.store.replaced import REPLACEMENTS, carries_newer, carries_older, newer, older
from models.store.tasks import Tasks

#: What people may look up: what has left, whether it was withdrawn later or not.
_LEFT = (DirectiveState.SENT, DirectiveState.WITHDRAWN)


class Documents:
    """What was sent as an official document."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require(self, document_id: int) -> OfficialDocument:
        """The document. Raises NotThere when there is none."""
        kept = self._session.get(OfficialDocument, document_id)
        if kept is None:
            raise NotThere(f"no document {document_id}")
        return kept

    def search(self, wanted: Search, unit_ids: Collection[int], most: int) -> Sequence[OfficialDocument]:
        """What is looked for among those that reached or left one of these units, the newest first."""
        query = _seen_by(unit_ids).where(*_having(wanted))
        return self._session.scalars(query.order_by(OfficialDocument.id.desc()).limit(most)).all()

    def count(self, wanted: Search, unit_ids: Collection[int]) -> int:
        """How many there are of these."""
        query = _seen_by(unit_ids).where(*_having(wanted))
        return self._session.scalar(select(func.count()).select_from(query.subquery())) or 0

    def reaches(self, kept: OfficialDocument, unit_ids: Collection[int]) -> bool:
        """Whether it reached or left one of these units."""
        return self._session.scalar(_seen_by(unit_ids).where(OfficialDocument.id == kept.id)) is not None

    def cited_by(self, kept: OfficialDocument, unit_ids: Collection[int]) -> tuple[list[OfficialDocument], list[str]]:
        """The documents it cites that these units may see, and the signs of the others."""
        signs = select(DocumentReference.sign).where(DocumentReference.document_id == kept.id)
        cited = list(self._session.scalars(signs.order_by(DocumentReference.id)))
        known = self._session.scalars(_seen_by(unit_ids).where(OfficialDocument.sign.in_(cited))).all()
        by_sign = {each.sign: each for each in known}
        return list(by_sign.values()), [sign for sign in cited if sign not in by_sign]

    def citing(self, kept: OfficialDocument, unit_ids: Collection[int]) -> Sequence[OfficialDocument]:
        """The documents these units may see that cite it."""
        if not kept.sign:
            return []
        citing = select(DocumentReference.document_id).where(DocumentReference.sign == kept.sign)
        query = _seen_by(unit_ids).where(OfficialDocument.id.in_(citing), OfficialDocument.id != kept.id)
        return self._session.scalars(query.order_by(OfficialDocument.id)).all()

    def replaced_by(self, kept: OfficialDocument) -> Sequence[OfficialDocument]:
        """The documents that were sent here and whose place this one says it takes, as far as its issuer may."""
        of_this = (newer.id == kept.id, carries_older.state.in_(_LEFT), carries_older.passes_on_id.is_(None))
        query = REPLACEMENTS.where(*of_this).with_only_columns(older, maintain_column_froms=True)
        return self._session.scalars(query.order_by(older.id)).all()

    def replacing(self, kept: OfficialDocument) -> OfficialDocument | None:
        """The newest document that has taken the place of this one."""
        of_this = (older.id == kept.id, carries_newer.state == DirectiveState.SENT)
        return self._session.scalar(REPLACEMENTS.where(*of_this).order_by(newer.id.desc()).limit(1))

    def sign_replacing(self, directive: Directive) -> str:
        """The sign of the document that has taken the place of this directive's own; "" while that stands."""
        tasks = Tasks(self._session)
        kept = tasks.document_of(directive.id)
        replacing = self.replacing(kept) if kept is not None else None
        return DocumentLine.of(tasks.read(replacing)).sign if replacing is not None else ""


def _seen_by(unit_ids: Collection[int]) -> Select[OfficialDocument]:
    """Those that reached or left one of these units; passed on within them, once, as it came from above."""
    above = aliased(Directive)
    came_from_within = select(above.id).where(
        above.id == Directive.passes_on_id, or_(above.unit_id.in_(unit_ids), above.id.in_(_reaching(unit_ids)))
    )
    return (
        select(OfficialDocument)
        .join(Directive, Directive.id == OfficialDocument.directive_id)
        .where(
            Directive.state.in_(_LEFT),
            or_(Directive.unit_id.in_(unit_ids), Directive.id.in_(_reaching(unit_ids))),
            ~came_from_within.exists(),
        )
    )


def _reaching(unit_ids: Collection[int]) -> Select[int]:
    """The directives that are for one of these units."""
    return select(DirectivePlace.directive_id).where(DirectivePlace.unit_id.in_(unit_ids))


def _having(wanted: Search) -> list[ColumnElement[bool]]:
    """One condition for all words, one for the place, one for how far its tasks are, there or everywhere."""
    having = [_says(word) for word in wanted.words]
    if wanted.place_ids:
        went_there = or_(Directive.unit_id.in_(wanted.place_ids), Directive.id.in_(_reaching(wanted.place_ids)))
        having.append(or_(_says(wanted.place), went_there))
    if wanted.is_done is not None:
        undone = select(Assignment.id).where(
            Assignment.directive_id == OfficialDocument.directive_id,
            Assignment.is_current.is_(True),
            Assignment.done_at.is_(None),
        )
        if wanted.place_ids:
            undone = undone.where(Assignment.unit_id.in_(wanted.place_ids))
        having.append(~undone.exists() if wanted.is_done else undone.exists())
    return having


def _says(words: str) -> ColumnElement[bool]:
    return OfficialDocument.searched.contains(words, autoescape=True)
