"""What is said of a document while it is read, of what could not be, and of one that another has replaced."""

from __future__ import annotations

from bot.telegram.render.base import Message, Reader, renders
from models.notices.documents import StillBeingRead
from models.notices.tasks import AlbumCutOff, DirectiveReplaced, DocumentNotRead, PagesNotRead


@renders(StillBeingRead)
def still_being_read(notice: StillBeingRead, reader: Reader) -> Message:
    return Message(reader.say("documents.still_being_read", code=notice.code))


@renders(DocumentNotRead)
def document_not_read(notice: DocumentNotRead, reader: Reader) -> Message:
    known = f"document.refused.{notice.reason}"
    sentence = known if reader.say.knows(known) else "document.refused.damaged"
    said = "documents.not_read" if notice.goes_along else "documents.not_passed_on"
    return Message(reader.say(said, code=notice.code, why=reader.say(sentence)))


@renders(DirectiveReplaced)
def directive_replaced(notice: DirectiveReplaced, reader: Reader) -> Message:
    return Message(reader.say("documents.replaced_now", code=notice.code, by=notice.by))


@renders(AlbumCutOff)
def album_cut_off(notice: AlbumCutOff, reader: Reader) -> Message:
    return Message(reader.say("documents.album_cut_off", code=notice.code))


@renders(PagesNotRead)
def pages_not_read(notice: PagesNotRead, reader: Reader) -> Message:
    pages = ", ".join(map(str, notice.pages))
    return Message(reader.say.count("documents.pages_not_read", len(notice.pages), code=notice.code, pages=pages))
