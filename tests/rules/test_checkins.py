from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.checkins import Act, Answer, Skip, Tally, Wait, when_due, worst

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    """An instant given as Vietnam's clocks show it."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_what_an_outage_delayed_is_skipped_and_never_sent_late() -> None:
    due, grace = at("2021-11-03 05:30"), timedelta(minutes=30)
    assert when_due(due, at("2021-11-03 05:00"), grace) == Wait(timedelta(minutes=30))
    assert when_due(due, at("2021-11-03 05:59"), grace) == Act()
    assert when_due(due, at("2021-11-03 08:30"), grace) == Skip(timedelta(hours=3))


def test_the_worst_answer_of_a_home_stands() -> None:
    assert worst([Answer.ALL_WELL, Answer.SOMEONE_ILL, Answer.NEED_HELP]) is Answer.SOMEONE_ILL
    assert worst([Answer.ALL_WELL, Answer.NEED_HELP]) is Answer.NEED_HELP
    assert worst([]) is None


def test_figures_add_up_from_the_teams_to_the_district() -> None:
    one = Tally(expected=40, self_reported=20, on_behalf=10, unreachable=4, silent=6, ill=1, on_time=25)
    other = Tally(expected=10, self_reported=10, need_help=2, on_time=10)
    both = sum((one, other), Tally())
    assert both == Tally(50, 30, 10, 4, 6, 1, 2, 35)
    assert both.completeness == 0.8
    assert both.timeliness == 0.7


def test_a_unit_where_nobody_was_asked_has_no_completeness_rather_than_zero() -> None:
    assert Tally().completeness is None
    assert Tally().timeliness is None
