"""What counts as an outage: only what can have cost somebody a press."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.outages import loses_presses

NOON = datetime(2021, 11, 3, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "lost"), [(0, False), (25, False), (150, False), (151, True), (86_400, True)])
def test_a_silence_matters_once_the_service_has_thrown_presses_away(seconds: int, lost: bool) -> None:
    assert loses_presses(NOON, NOON + timedelta(seconds=seconds)) is lost
