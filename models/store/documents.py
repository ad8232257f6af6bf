"""Every question about finding official documents again, and about those they cite."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from models.records import Assignment, Directive, DirectivePlace, DocumentReference, OfficialDocument
from models.rules.assignments import searched_words
from models.rules.directives import DirectiveState
from models.store.missing import NotThere

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

    def search(self, words: str, unit_ids: Collection[int], most: int) -> Sequence[OfficialDocument]:
        """Those with all these words that reached or left one of these units, the newest first."""
        query = _seen_by(unit_ids).where(*_having(words))
        return self._session.scalars(query.order_by(OfficialDocument.id.desc()).limit(most)).all()

    def count(self, words: str, unit_ids: Collection[int]) -> int:
        """How many there are of these."""
        query = _seen_by(unit_ids).where(*_having(words))
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

    def replacing(self, kept: OfficialDocument) -> OfficialDocument | None:
        """The newest document that says it takes the place of this one."""
        if not kept.sign:
            return None
        return self._session.scalar(
            select(OfficialDocument)
            .join(DocumentReference, DocumentReference.document_id == OfficialDocument.id)
            .join(Directive, Directive.id == OfficialDocument.directive_id)
            .where(
                DocumentReference.sign == kept.sign,
                DocumentReference.replaces.is_(True),
                Directive.state == DirectiveState.SENT,
                OfficialDocument.id != kept.id,
            )
            .order_by(OfficialDocument.id.desc())
            .limit(1)
        )


def _seen_by(unit_ids: Collection[int]) -> Select[OfficialDocument]:
    reached = select(DirectivePlace.directive_id).where(DirectivePlace.unit_id.in_(unit_ids))
    return (
        select(OfficialDocument)
        .join(Directive, Directive.id == OfficialDocument.directive_id)
        .where(Directive.state.in_(_LEFT), or_(Directive.unit_id.in_(unit_ids), Directive.id.in_(reached)))
    )


def _having(words: str) -> list[ColumnElement[bool]]:
    """One condition a word; "xong" and "chưa xong" ask for those whose tasks are done, or open."""
    wanted, is_done = searched_words(words)
    is_open = select(Assignment.id).where(
        Assignment.directive_id == OfficialDocument.directive_id,
        Assignment.is_current.is_(True),
        Assignment.done_at.is_(None),
    )
    having: list[ColumnElement[bool]] = [OfficialDocument.searched.contains(word, autoescape=True) for word in wanted]
    if is_done is not None:
        having.append(~is_open.exists() if is_done else is_open.exists())
    return having
