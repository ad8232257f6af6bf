"""What people write in the cells of a list: years of birth, yes and no, kinds of homes, languages, names."""

from __future__ import annotations

import re

from models.rules.households import HouseholdKind
from models.rules.words import clean, fold

_KINDS = {
    HouseholdKind.FAMILY: "family, ho gia dinh, gia dinh, ho dan, nha dan, ho",
    HouseholdKind.LODGING: "lodging, tro, nha tro, phong tro, khu tro, ho tro, nha nghi",
    HouseholdKind.CAMP: "camp, lan, lan trai, cong trinh, lan cong trinh, cong truong, work camp",
    HouseholdKind.OFFICE: "office, co quan, cong so, tru so, truong, truong hoc, cong ty, doanh nghiep, don vi",
}
_KIND_OF = {name.strip(): kind for kind, names in _KINDS.items() for name in names.split(",")}

#: Languages spoken in the district and beyond, by their code in ISO 639-3 where 639-1 has none.
_LANGUAGES = {
    "vi": "viet, tieng viet, kinh, pho thong, tieng pho thong",
    "en": "anh, tieng anh",
    "hmn": "mong, hmong, h mong, tieng mong, meo",
    "blt": "thai, thai den, thai trang, tieng thai",
    "ium": "dao, mien, tieng dao",
    "tyz": "tay, tieng tay",
    "nut": "nung, tieng nung",
    "lo": "lao, tieng lao",
    "khb": "lu, tieng lu",
    "pcc": "giay, tieng giay",
    "hni": "ha nhi, tieng ha nhi",
    "lhu": "la hu, tieng la hu",
    "mtq": "muong, tieng muong",
    "kjg": "kho mu, tieng kho mu",
}
_LANGUAGE_OF = {
    name.strip(): code for code, names in _LANGUAGES.items() for name in (code, *(each for each in names.split(",")))
}
#: Every language a home or a person may be said to speak.
LANGUAGES = tuple(_LANGUAGES)

_YES = frozenset({"x", "co", "yes", "y", "1", "true", "dung", "v"})
_NO = frozenset({"", "khong", "ko", "k", "no", "n", "0", "false", "-"})

_YEAR = re.compile(r"(?:.*\D)?((?:18|19|20)\d\d)(?:-\d{1,2}-\d{1,2}.*|\.0)?")
_SHORT_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-](\d\d)")
_OLDEST = 125
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


def birth_year(written: str, this_year: int) -> int | None:
    """The year in "1960", "5/3/1960", "03.1960", "1960-03-05" or "5/3/60"; None when nobody alive was born then."""
    found = _YEAR.fullmatch(written.strip())
    short = _SHORT_DATE.fullmatch(written.strip())
    if short is not None:
        year = 2000 + int(short[1])
        year -= 100 if year > this_year else 0
    elif found is not None:
        year = int(found[1])
    else:
        return None
    return year if this_year - _OLDEST <= year <= this_year else None


def yes_or_no(written: str) -> bool | None:
    """Whether a cell says yes: "x", "có"; None when it says neither."""
    said = fold(written).strip()
    if said in _YES:
        return True
    return False if said in _NO else None


def kind_of(written: str) -> HouseholdKind | None:
    """The kind of home meant by "nhà trọ" or "lán công trình"; None when none is."""
    return _KIND_OF.get(_plain(written))


def language_of(written: str) -> str | None:
    """The code of the language meant by "Mông", "H'Mông" or "hmn"; None when none is."""
    return _LANGUAGE_OF.get(_plain(written))


def as_name(written: str) -> str:
    """A name as people write it: "GIÀNG A PÁO" becomes "Giàng A Páo", "Giàng a Páo" stays."""
    name = " ".join(clean(written).split())
    if name != name.upper() or len(name) < 2:
        return name
    return " ".join(part[:1] + part[1:].lower() for part in name.split(" "))


def _plain(written: str) -> str:
    return _NOT_A_LETTER.sub(" ", fold(written)).strip()
