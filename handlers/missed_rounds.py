"""A round that an outage swallowed whole: those who look after its homes are told that nobody asked them."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.checkins import TellMissed
from models.notices.call_lists import RoundMissed
from models.work import Work


def tell(command: TellMissed, work: Work) -> None:
    """Ask team and village head to look after the homes, and say when the next round opens; quietly by night."""
    round_ = work.checkins.require_round(command.round_id)
    unit = work.units.require(round_.unit_id)
    missed = RoundMissed(unit=unit.name, day=round_.day, opens_at=work.checkins.opens_next_at(unit.id))
    callers = work.checkins.callers_of(unit, with_heads=True)
    is_night = work.policy.quiet.is_quiet(work.now, work.policy.timezone)
    key = f"{round_.subject}:missed"
    work.tell_each(callers, missed, subject=round_.subject, key=key, silent=is_night or None)


STORIES: Stories = {TellMissed: tell}
