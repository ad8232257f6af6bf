"""Every question about documents that came as an album: one message for each page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from models.records import Directive, DirectivePage


class DirectivePages:
    """The files of a directive, in their order."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, directive: Directive) -> Sequence[DirectivePage]:
        """Every page in its order; none of what came as a single file."""
        return self._session.scalars(
            select(DirectivePage)
            .where(DirectivePage.directive_id == directive.id)
            .order_by(DirectivePage.message_id, DirectivePage.id)
        ).all()

    def files(self, directive: Directive) -> list[tuple[str, str]]:
        """What is passed on as it is, in order: the kind of each file and the service's id of it."""
        pages = [(page.media, page.file_id) for page in self.of(directive)]
        single = [(directive.file_kind, directive.file_id)] if directive.file_id else []
        return pages or single

    def find_drafted(self, album: str, person_id: int) -> Directive | None:
        """The newest directive this person drafted with this album."""
        return self._session.scalar(
            select(Directive)
            .join(DirectivePage, DirectivePage.directive_id == Directive.id)
            .where(
                DirectivePage.album == album,
                Directive.passes_on_id.is_(None),
                or_(Directive.issuer_id == person_id, Directive.drafted_by_id == person_id),
            )
            .order_by(Directive.id.desc())
            .limit(1)
        )

    def add(self, directive: Directive, page: DirectivePage) -> bool:
        """Whether the page is new. The directive's own file is the first of them, in whatever order they come."""
        known = {each.message_id for each in self.of(directive)}
        if page.message_id in known:
            return False
        page.directive_id = directive.id
        self._session.add(page)
        self._session.flush()
        first = self.of(directive)[0]
        directive.file_id, directive.file_kind, directive.file_name = first.file_id, first.media, first.name
        return True

    def copy(self, above: Directive, directive: Directive) -> None:
        """Let what passes a directive on carry the same pages."""
        self._session.add_all(
            DirectivePage(
                directive_id=directive.id,
                message_id=page.message_id,
                album=page.album,
                media=page.media,
                file_id=page.file_id,
                name=page.name,
            )
            for page in self.of(above)
        )

    def drop(self, directive: Directive) -> None:
        """Let none of its files go along."""
        directive.file_id = directive.file_kind = directive.file_name = ""
        self._session.execute(delete(DirectivePage).where(DirectivePage.directive_id == directive.id))
