"""Lists of homes: the form to fill in."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.imports import FileNotMade, HandTemplate, ImportList
from models.notices.imports import FileFailed, ImportRefused, TemplateHanded, TemplatePromised
from models.records import Person
from models.rules.roles import Role
from models.store.people import contacts
from models.work import Work

#: The errand that makes the form.
MAKE_TEMPLATE = "make-template"
TEMPLATE_NAME = "danh-sach-ho.xlsx"


def import_list(command: ImportList, work: Work) -> None:
    """Let the form be made for whoever may bring lists."""
    person = work.meet(command)
    if not work.registry.communities_listed_by(person.id, work.policy.tiers.community):
        _refuse(command, person, work)
        return
    work.errands.ask(MAKE_TEMPLATE, work.now, person_id=person.id, account_id=command.sender.account_id)
    work.tell(command.sender.account_id, TemplatePromised())


def hand_template(command: HandTemplate, work: Work) -> None:
    """Send the form that was made."""
    file = work.errands.keep_file(TEMPLATE_NAME, command.content, work.now)
    work.tell(command.account_id, TemplateHanded(file.id, command.homes))


def tell_not_made(command: FileNotMade, work: Work) -> None:
    """Let whoever waits know that they wait in vain."""
    work.tell(command.account_id, FileFailed())


def _refuse(command: ImportList, person: Person, work: Work) -> None:
    administrators = contacts(work.people.administrators(), Role.ADMINISTRATOR)
    work.refuse(command, person, "imports", ImportRefused(administrators))


STORIES: Stories = {
    ImportList: import_list,
    HandTemplate: hand_template,
    FileNotMade: tell_not_made,
}
