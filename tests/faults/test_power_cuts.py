"""When the power goes, nothing that was acknowledged is lost, and nothing is half there."""

from __future__ import annotations

from tests.faults.power_cuts import cut_power


def test_no_power_cut_loses_what_was_acknowledged() -> None:
    found = cut_power("FULL", cuts=300, seed=7)
    assert (found.acknowledged_lost, found.torn, found.corrupt) == (0, 0, 0)


def test_the_same_cuts_cost_something_where_commits_are_not_waited_for() -> None:
    assert cut_power("NORMAL", cuts=300, seed=7).acknowledged_lost > 0
