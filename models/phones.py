"""Phone numbers: kept in E.164, shown the way people dial them."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

REGION = "VN"

#: Mobile numbers had eleven digits until 2018; their first four became three (DOMAIN.md, Vietnamese as typed).
_CHANGES = """
162→32 163→33 164→34 165→35 166→36 167→37 168→38 169→39
120→70 121→79 122→77 126→76 128→78
123→83 124→84 125→85 127→81 129→82
186→56 188→58 199→59
"""
_OLD_PREFIXES = dict(change.split("→") for change in _CHANGES.split())
_OLD_MOBILE = re.compile(r"1\d{9}")


class NotAPhone(ValueError):
    """No number anybody could be called at; write it like 0912 345 678."""


def in_e164(written: str) -> str:
    """The number as it is kept, "+84912345678"; raises `NotAPhone`.

    Old eleven-digit mobile numbers come out as what they became, and the leading zero may be missing, as
    spreadsheets leave it out.
    """
    try:
        number = phonenumbers.parse(written, REGION)
    except NumberParseException as error:
        raise NotAPhone(written) from error
    national = str(number.national_number)
    if number.country_code == 84 and _OLD_MOBILE.fullmatch(national):
        number.national_number = int(_OLD_PREFIXES.get(national[:3], national[:3]) + national[3:])
    if not phonenumbers.is_valid_number(number):
        raise NotAPhone(written)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def as_dialled(number: str) -> str:
    """A number kept in E.164 as people of the country dial it, "0912 345 678"; anything else as it is."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except NumberParseException:
        return number
    at_home = parsed.country_code == phonenumbers.country_code_for_region(REGION)
    return phonenumbers.format_number(
        parsed, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    )
