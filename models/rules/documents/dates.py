"""Dates as documents write them, as complete as they are written."""

from __future__ import annotations

from calendar import monthrange

from models.rules.documents.document import PartialDate
from models.rules.documents.grammar import Found

_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_LEAP_YEAR = 2000
_CENTURY = 2000


def date_of(found: Found) -> PartialDate | None:
    """The date that a phrase of the grammar names; None when it names none, or one that no calendar has."""
    quarter = found.values.get("quarter")
    if quarter:
        return PartialDate(_year(found), quarter=_QUARTERS.get(quarter) or int(quarter))
    year, month, day = _year(found), found.number("month"), found.number("day")
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and (month is None or not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]):
        return None
    return PartialDate(year, month, day) if year or month else None


def _year(found: Found) -> int | None:
    year = found.number("year")
    return _CENTURY + year if year is not None and year < 100 else year
