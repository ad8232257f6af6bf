"""Which document has taken the place of which: it says so, was sent, and comes from the same unit or one above."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from models.records import Directive, DocumentReference, OfficialDocument, Unit
from models.rules.directives import DirectiveState

newer, older = aliased(OfficialDocument), aliased(OfficialDocument)
carries_newer, carries_older = aliased(Directive), aliased(Directive)
_issuer_of_newer, _issuer_of_older = aliased(Unit), aliased(Unit)

#: Each `newer` document with each `older` one that it says it replaces and may, and the directives that carry them.
REPLACEMENTS = (
    select(newer)
    .select_from(newer)
    .join(DocumentReference, DocumentReference.document_id == newer.id)
    .join(older, older.sign == DocumentReference.sign)
    .join(carries_newer, carries_newer.id == newer.directive_id)
    .join(carries_older, carries_older.id == older.directive_id)
    .join(_issuer_of_newer, _issuer_of_newer.id == carries_newer.unit_id)
    .join(_issuer_of_older, _issuer_of_older.id == carries_older.unit_id)
    .where(
        DocumentReference.replaces.is_(True),
        older.sign != "",
        older.id != newer.id,
        _issuer_of_older.path.startswith(_issuer_of_newer.path),
    )
)

#: Whether a `Directive` of the query is replaced, as long as what replaces it is not withdrawn.
IS_REPLACED: ColumnElement[bool] = (
    REPLACEMENTS.where(carries_newer.state == DirectiveState.SENT, carries_older.id == Directive.id)
    .with_only_columns(newer.id)
    .correlate(Directive)
    .exists()
)
