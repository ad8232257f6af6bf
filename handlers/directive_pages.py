"""A document photographed page by page comes as an album: one directive, whatever the service makes of it."""

from __future__ import annotations

from handlers import Stories, stands_in
from handlers.commands.directives import AddPage, PreviewDirective
from handlers.commands.tasks import ReadDocument
from models.notices.tasks import AlbumCutOff
from models.records import DirectivePage
from models.rules.directives import CHANGEABLE, READABLE
from models.work import Work


def add(command: AddPage, work: Work) -> None:
    """Put the page where it belongs in the draft, and let all of them be read anew; what has left stays as it was."""
    directive = work.directives.require(command.directive_id)
    file = next((each for each in command.enclosures if each.album and each.file_id), None)
    if file is None or command.message_id is None:
        return
    if not stands_in(CHANGEABLE, directive, command, work):
        return
    page = DirectivePage(
        message_id=command.message_id, album=file.album, media=file.media, file_id=file.file_id, name=file.name
    )
    if not work.directive_pages.add(directive, page):
        return
    work.tasks.forget(directive.id)
    if directive.file_kind in READABLE:
        work.also(ReadDocument(directive_id=directive.id))
    work.also(PreviewDirective(directive_id=directive.id))
    if not command.place.is_private:
        # There the bot hears the page with the command on it, and no other.
        work.tell(command.sender.account_id, AlbumCutOff(directive.code))


STORIES: Stories = {AddPage: add}
