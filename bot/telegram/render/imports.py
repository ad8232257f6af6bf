"""How what is said about lists of homes reads."""

from __future__ import annotations

from bot.telegram.render.base import Message, Reader, renders
from bot.telegram.render.enrolment import named
from models.notices.imports import FileFailed, ImportRefused, TemplateHanded, TemplatePromised


@renders(TemplatePromised)
def template_promised(_notice: TemplatePromised, reader: Reader) -> Message:
    return Message(reader.say("imports.template_promised"))


@renders(TemplateHanded)
def template_handed(notice: TemplateHanded, reader: Reader) -> Message:
    if not notice.homes:
        return Message(reader.say("imports.template_empty"))
    return Message(reader.say.count("imports.template", notice.homes))


@renders(FileFailed)
def file_failed(_notice: FileFailed, reader: Reader) -> Message:
    return Message(reader.say("imports.file_failed"))


@renders(ImportRefused)
def import_refused(notice: ImportRefused, reader: Reader) -> Message:
    return Message(reader.say("imports.refused", people=named(notice.people)))
