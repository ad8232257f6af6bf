"""A team's day as typed: `bc to 5: 42 ho 187 khau, k ai sot, 1 ng ve tu HN cl tai nha`.

Numbers stand before or after what they count; "nobody" is zero, and what is not said is not zero. What cannot be read
is given back as typed, and nothing counts before it was read back to whoever typed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.rules import triage
from models.rules.day_figures import DayFigures, Origin
from models.rules.origins import as_place
from models.rules.words import clean, fold

#: What is counted, as typed and folded; of several that fit, the one that stands first here is taken.
_COUNTED = {
    "unvaccinated": r"chua tiem(?: chung| vac ?xin| mui nao)*|unvaccinated",
    "relief": r"(?:ho |nha |nguoi |ng )?(?:dang )?(?:can|xin|de nghi)(?: duoc| dc)? "
    r"(?:ho tro|giup(?: do)?|cuu tro|luong thuc|thuc pham|gao|nhu yeu pham)(?: gao| luong thuc| thuc pham)?|"
    r"(?:ho|nha) kho khan|thieu (?:an|gao|doi)|(?:homes )?(?:in need|needs? help)",
    "no_answer": r"(?:ho |nha )?(?:vang(?: nha| mat| chu)?|(?:chua|khong|ko|k) (?:gap|lien lac)(?: duoc| dc)?|di vang|"
    r"dong cua|(?:chua|khong|ko|k) tra loi)|con sot|no answer|not reached",
    "ill": r"(?:ho|nha) co (?:nguoi|ng) (?:sot|om|benh|ho|trieu chung)|(?:co )?trieu chung|sot ho|ho sot|"
    r"(?:(?:nguoi|ng|ca) )?(?:bi )?(?:sot|om|benh|met moi|dau hong|kho tho|nghi nhiem)(?: cao| nhe)?(?: ho)?|"
    r"(?:nguoi|ng) ho|(?:people )?(?:ill|sick|with fever)",
    "isolating": r"(?:dang )?(?:tu )?(?:cach ly|cach li|cl)(?: tai (?:nha|gia)| y te| o nha)?|isolating(?: at home)?",
    "cases": r"(?:ca |nguoi |ng )?(?:f ?0|fo|duong tinh)(?: tai nha| dang dieu tri| dieu tri)*|positive",
    "breaches": r"(?:truong hop |ca |nguoi |ng )?(?:vi pham|bo tron|tron cach ly|tu tap|"
    r"(?:khong|ko|k) deo (?:khau trang|kt))(?: quy dinh)?|breach(?:es)?",
    "visited": r"(?:ho |nha )?da (?:den|di|ra soat|ra|kiem tra|gap|hoi tham|hoi|tham)(?: duoc| dc)?|"
    r"ra soat(?: duoc| dc)?|(?:ho |nha )?(?:da )?(?:duoc|dc) (?:hoi tham|kiem tra|ra soat|tham)|(?:homes )?visited",
    "returnees": r"(?:(?:nguoi|ng) )?(?:moi |vua )?(?:(?:di xa|di lam(?: an)?|ngoai tinh|vung dich) )?"
    r"(?<!bao )ve(?! sinh| viec| phan| van de)(?: que| ban| dia phuong| thon| nha)?|(?:nguoi|ng) moi (?:den|toi)|"
    r"(?:people )?(?:returned|came back)",
    "people": r"nhan khau|khau",
}
_COUNTS = "|".join(rf"(?P<{name}>{words})(?![a-z0-9])" for name, words in _COUNTED.items())
#: Words after which a place is over.
_PLACE_ENDS = (
    r"ve|cl|cach|da|chua|dang|hom|hnay|hqua|luc|sang|chieu|toi|deu|khai|va|co|k|ko|khong|ngay|nay|bi|duoc|dc|tai|o|ng|"
    r"nguoi|con|ca|vua|moi|tiem|f0|isolating|and"
)
_TOKEN = re.compile(
    r"(?P<met>\d{1,6}) ?/ ?(?P<of>\d{1,6}) (?:ho|nha|homes)(?![a-z])"
    r"|(?P<degrees>\d{2}(?:[.,]\d)? ?(?:do|°)(?![a-z]))"
    rf"|(?<![a-z])(?:tu|from) (?P<place>(?:(?!(?:{_PLACE_ENDS})(?![a-z]))[a-z]+\.?(?: |(?![a-z0-9]))){{1,4}})"
    rf"|(?<![a-z0-9])(?:{_COUNTS})"
    r"|(?P<nobody>(?<![a-z0-9])(?:khong|ko|kg|k|hok|khum|chua|nobody|no one|no)(?: (?:co|ai|ghi nhan|phat hien|"
    r"xuat hien|nguoi nao|nguoi|ng|ca nao|ca|ho nao|truong hop nao|truong hop|th))*(?![a-z0-9]))"
    r"|(?P<homes>(?<![a-z0-9])(?:ho dan|ho gia dinh|so ho|ho|nha|gia dinh|gd|homes|households)(?![a-z0-9]))"
    r"|(?P<some>(?<![a-z0-9])(?:nguoi|ng|people)(?![a-z0-9]))"
    r"|(?P<number>(?<![a-z0-9])\d{1,3}(?:\.\d{3})+(?![0-9])|(?<![a-z0-9])\d{1,6}(?![0-9a-z]))"
    r"|(?P<word>[^\s,:=()+-]+)"
)
#: Words that say nothing beside a figure.
_FILLERS = frozenset(
    "bc bao cao tong hop so lieu cua to hom nay hnay ngay la co tong cong duoc dc ca truong hop th trong do va deu cac "  # noqa: SIM905
    "em anh chi nhe a da r roi xong tat binh thuong bt on con lai moi nguoi mn gi khac tai nha an toan dang thi ai "
    "report team today and the we".split()
)
_TEAM = re.compile(r"(?<![a-z])(?:to|doi|team)(?: covid)?(?: so)? ?(?P<team>\d{1,3})(?![0-9a-z])")
_TIME = re.compile(r"(?<![a-z0-9])\d{1,2} ?(?:h|gio|g) ?(?:\d{2})?(?![0-9a-z])")
_DATE = re.compile(r"(?<![0-9])(?:ngay )?\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?(?! ?(?:ho|nha|homes))(?![0-9])")
_YESTERDAY = re.compile(r"(?<![a-z])(?:ngay )?(?:hom qua|hqua|yesterday)(?![a-z])")
_CALLED_REPORT = re.compile(r"(?<![a-z])(?:bc|bao cao|b/c|so lieu|tong hop|report)(?![a-z])")
#: Clauses end at commas, semicolons, lines, and full stops that part no thousands.
_CLAUSE = re.compile(r"[,;\n]|\.(?!\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class TypedFigures:
    """What a line says of a day."""

    figures: DayFigures
    team: str  #: The number of the team it names, "5"; empty: none.
    of_yesterday: bool
    unread: tuple[str, ...]  #: Parts that could not be read, as typed.


def read_figures(line: str) -> TypedFigures:
    """Return what the line counts, of which team and day, and the parts of it that could not be read."""
    written = clean(line)
    folded = fold(written)
    team = _TEAM.search(folded)
    for known in (_TEAM, _TIME, _DATE):
        folded = known.sub(lambda match: " " * len(match[0]), folded)
    # "Came back yesterday" is about them; what is said before the first figure is about all of it.
    of_yesterday = _YESTERDAY.search(re.split(r"\d", folded, maxsplit=1)[0]) is not None
    folded = _YESTERDAY.sub(lambda match: " " * len(match[0]), folded)
    reading = _Reading()
    for start, end in _clauses(folded):
        reading.take(written[start:end], folded[start:end])
    return TypedFigures(reading.figures(), team["team"] if team else "", of_yesterday, tuple(reading.unread))


def looks_like_figures(words: str) -> bool:
    """Whether a message counts homes and more, so that a team's day may be meant."""
    if "?" in words:
        return False
    typed = read_figures(words)
    given = typed.figures.given()
    says_so = bool(typed.team) or _CALLED_REPORT.search(fold(clean(words))) is not None
    return ("homes" in given or "people" in given) and len(given) >= (2 if says_so else 3)


def tells_of_danger(words: str) -> bool:
    """Whether any part of the words, taken for itself, tells of danger to a life: among figures it is easily lost."""
    written = clean(words)
    parts = [written, *(written[start:end] for start, end in _clauses(fold(written)))]
    return any(triage.read(part).urgency is triage.Urgency.P1 for part in parts)


def is_team(name: str, number: str) -> bool:
    """Whether a community's name says this number: "5" is said by "Tổ 5 bản Nà Tăm"."""
    said = re.search(r"\d+", name)
    return said is not None and int(said[0]) == int(number)


def _clauses(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _CLAUSE.finditer(folded):
        yield start, stop.start()
        start = stop.end()
    yield start, len(folded)


@dataclass(slots=True)
class _Reading:
    """What has been understood so far."""

    counts: dict[str, int] = field(default_factory=dict)
    origins: dict[str, int] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def take(self, written: str, folded: str) -> None:
        """Count what one clause says, and keep as typed what is left of it."""
        clause = _Clause(self)
        for match in _TOKEN.finditer(folded):
            clause.take(match, written[match.start() : match.end()])
        clause.end()
        self.unread.extend(written[start:end] for start, end in _joined(clause.lost, folded))

    def add(self, name: str, value: int) -> None:
        self.counts[name] = self.counts.get(name, 0) + value

    def figures(self) -> DayFigures:
        came = sum(self.origins.values())
        if came:
            self.counts["returnees"] = max(came, self.counts.get("returnees", 0))
        return DayFigures(**self.counts, origins=tuple(Origin(place, n) for place, n in self.origins.items()))


def _joined(lost: list[tuple[int, int]], folded: str) -> list[tuple[int, int]]:
    """What was lost, drawn together where nothing but fillers stands between."""
    runs: list[tuple[int, int]] = []
    for start, end in sorted(lost):
        between = re.findall(r"\w+", folded[runs[-1][1] : start]) if runs else []
        if runs and _FILLERS.issuperset(between):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


@dataclass(frozen=True, slots=True)
class _Held:
    """A part of a clause that waits for its other half."""

    said: str
    at: tuple[int, int]
    number: int = 0


@dataclass(slots=True)
class _Clause:
    """One clause on its way: numbers that wait for what they count, and the other way round."""

    reading: _Reading
    value: _Held | None = None  #: A number, or nobody's zero, that nothing has taken yet.
    waiting: _Held | None = None  #: What is counted, while its number is to come.
    place: _Held | None = None  #: Where from, while it is not known how many.
    came: int | None = None  #: How many the clause says came.
    is_people: bool = False  #: The number that waits was said of people.
    lost: list[tuple[int, int]] = field(default_factory=list)  #: What was not understood.

    def take(self, match: re.Match[str], written: str) -> None:
        kind, at = match.lastgroup or "", match.span()
        if kind == "of":
            self.reading.counts.setdefault("visited", int(match["met"]))
            self.reading.counts.setdefault("homes", int(match["of"]))
        elif kind == "number":
            self._number(_Held("", at, int(match["number"].replace(".", ""))))
        elif kind == "nobody":
            self._lose(self.value)
            self.value = _Held("", at)
        elif kind == "place":
            self._from(_Held(written.split(maxsplit=1)[1], at))
        elif kind == "homes":
            self._homes(_Held(written, at))
        elif kind == "some":
            self.is_people = self.value is not None
        elif kind in _COUNTED:
            self._counted(_Held(kind, at))
        elif kind == "degrees" or match[0] not in _FILLERS:
            self.lost.append(at)

    def end(self) -> None:
        """Let numbers nobody took, and counts without a number, be seen as not understood."""
        if self.value and self.value.number and self.is_people and "people" not in self.reading.counts:
            self.reading.add("people", self.value.number)
            self.value = None
        for held in (self.value, self.waiting, self.place):
            self._lose(held)

    def _lose(self, held: _Held | None) -> None:
        if held is not None:
            self.lost.append(held.at)

    def _number(self, number: _Held) -> None:
        if self.waiting:
            self._keep(self.waiting.said, number.number)
            self.waiting = None
            return
        if self.value:
            self.end()
        self.value, self.is_people = number, False

    def _counted(self, counted: _Held) -> None:
        if self.value is not None:
            self._keep(counted.said, self.value.number)
            self.value = None
        elif counted.said == "isolating" and self.came is not None:
            self._keep(counted.said, self.came)
        elif counted.said != "returnees" or self.came is None:
            self._lose(self.waiting)
            self.waiting = counted

    def _keep(self, name: str, value: int) -> None:
        self.reading.add(name, value)
        if name == "returnees":
            self.came = value
            if self.place:
                self._came_from(self.place, value)

    def _from(self, place: _Held) -> None:
        if self.value and self.value.number:
            self._came_from(place, self.value.number)
            self.came, self.value = self.value.number, None
        elif self.came:
            self._came_from(place, self.came)
        else:
            self.place = place

    def _came_from(self, typed: _Held, people: int) -> None:
        place = as_place(typed.said)
        self.reading.origins[place] = self.reading.origins.get(place, 0) + people
        self.place = None

    def _homes(self, homes: _Held) -> None:
        """Count homes; "ho" after "nobody" is a cough, and "at home" counts nothing."""
        if self.value and not self.value.number and fold(homes.said) == "ho" and homes.said.lower() != "hộ":
            self.reading.add("ill", 0)
            self.value = None
        elif self.value is not None and "homes" not in self.reading.counts:
            self.reading.counts["homes"] = self.value.number
            self.value = None
        elif self.value is not None:
            self.lost.append((self.value.at[0], homes.at[1]))
            self.value = None
        elif fold(homes.said) != "nha" and "homes" not in self.reading.counts:
            self.waiting = self.waiting or _Held("homes", homes.at)
