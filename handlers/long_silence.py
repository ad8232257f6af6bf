"""Homes nobody has heard of in several rounds running: the commune is told, with whom to ask about them."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.called_homes import RaiseSilent
from models.notices.call_lists import LongSilent, SilentHome
from models.rules.roles import Role
from models.rules.rounds import SILENT_TOO_LONG
from models.store.people import contacts
from models.store.silences import Silence
from models.work import Work

#: Who looks into it at the commune.
_TOLD = (Role.OFFICER, Role.HEALTH, Role.COMMANDER)


def raise_silent(command: RaiseSilent, work: Work) -> None:
    """Show the commune the homes silent for too long; it rings only when one more has become so."""
    round_ = work.checkins.require_round(command.round_id)
    unit = work.units.require(round_.unit_id)
    silent = work.silences.of_unit(unit.id, round_.day)
    subject = f"long-silent:{unit.id}"
    if unit.parent_id is None or not (silent or work.outbox.cards_about(subject)):
        return
    told = LongSilent(
        unit=unit.name,
        homes=tuple(map(_home, silent)),
        callers=contacts(work.checkins.callers_of(unit)),
    )
    has_new = any(each.rounds == SILENT_TOO_LONG for each in silent)
    work.show_each(work.people.holding(unit.parent_id, _TOLD), subject, told, afresh=has_new)


def _home(silence: Silence) -> SilentHome:
    home = silence.home
    return SilentHome(home.number, home.head, home.phone, silence.since, silence.is_tried)


STORIES: Stories = {RaiseSilent: raise_silent}
