"""A day as people type it when they look for one: `22/11`, `22-11-2021`, `hôm nay`, `hôm qua`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from models.rules.words import fold

_DAY = re.compile(r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?:[/-](?P<year>\d{4}))?")
_NAMED = {"hom nay": 0, "today": 0, "hom qua": 1, "yesterday": 1, "hom kia": 2}


def day_in(words: str, today: date) -> date | None:
    """The past day these words name, the last one where they name no year; None when they name none."""
    folded = fold(words).strip()
    if folded in _NAMED:
        return today - timedelta(days=_NAMED[folded])
    named = _DAY.fullmatch(folded)
    if named is None:
        return None
    try:
        day = date(int(named["year"] or today.year), int(named["month"]), int(named["day"]))
        return day.replace(year=day.year - 1) if day > today and not named["year"] else day
    except ValueError:
        return None
