"""A desk that cannot be relied on is passed over, and those who can put people there are told."""

from __future__ import annotations

from handlers import Stories
from handlers.commands.reports import WarnOfDesk
from models.notices.desks import DeskNotReady
from models.rules.reports import Rung, Seat, Step
from models.work import Work


def warn_of_desk(command: WarnOfDesk, work: Work) -> None:
    """Keep that a desk was passed over, and tell once a day those who can put people there."""
    report = work.reports.require(command.report_id)
    work.reports.step(report, Step.PASSED_OVER, work.now, unit_id=command.unit_id)
    unit = work.units.require(command.unit_id)
    seat = Seat(unit.id, command.rung, work.policy.tiers.rank(unit.tier))
    if command.rung is Rung.VILLAGE_HEAD and not work.desks.people_at(seat):
        return
    reachable = work.desks.desk(seat).reachable
    notice = DeskNotReady(unit.name, seat.rung, reachable, work.policy.reachable_staff_for_a_ready_desk)
    told = {each.id: each for each in [*work.people.commanders_over(unit), *work.people.administrators()]}
    work.tell_each(told.values(), notice, key=f"unready:{unit.id}:{work.today}")


STORIES: Stories = {WarnOfDesk: warn_of_desk}
