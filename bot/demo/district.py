"""The demo's people and places. The names of the communes are real, everybody and everything else is made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, cycle

from models.rules.roles import Role

#: The communes of Tam Đường district in 2021.
COMMUNES = (
    "TT Tam Đường", "Thèn Sin", "Tả Lèng", "Giang Ma", "Hồ Thầu", "Bình Lư", "Sơn Bình",
    "Nùng Nàng", "Bản Giang", "Bản Hon", "Bản Bo", "Nà Tăm", "Khun Há",
)  # fmt: skip
COMMUNITIES_EACH = 3
#: The preset of tiers such a district has.
FIRST_TIERS = "2021"
#: One home for each community is the least there can be.
FEWEST_HOMES = len(COMMUNES) * COMMUNITIES_EACH
#: Homes in a community when nobody says otherwise.
HOMES_EACH = 40
#: The account of the first person made up; the others follow.
FIRST_ACCOUNT = 5_000_001

#: Which of a community's residents play the old one and the young one of the page, and one who never answers.
ELDER, YOUNG, SILENT = 2, 8, 9

_FAMILIES = ("Lò", "Vàng", "Sùng", "Giàng", "Tẩn", "Nguyễn", "Hoàng", "Phàn", "Lý", "Thào")


@dataclass(frozen=True, slots=True)
class Someone:
    """One made-up person with an account in the sandbox."""

    account: int
    name: str
    phone: str
    label: str  #: What the page calls them.


@dataclass(frozen=True, slots=True)
class Post:
    """A role somebody holds in one or several units."""

    who: Someone
    role: Role
    units: tuple[str, ...]  #: Codes; the administrator has none.


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift that comes round every day."""

    who: Someone
    unit: str  #: Its code.
    start: str  #: On the clock; one that ends before it begins ends the next day.
    end: str


@dataclass(frozen=True, slots=True)
class Home:
    """One household."""

    unit: str
    number: int
    head: str
    phone: str
    members: int
    accounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One unit with its group."""

    code: str
    name: str
    tier: str
    parent: str
    village: str
    chat: int

    def moved_to(self, chat: int) -> Place:
        """The same place, its group having another id."""
        return replace(self, chat=chat)


@dataclass(frozen=True, slots=True)
class Scenery:
    """Where the day is played, by the codes of units."""

    top: str
    commune: str
    community: str
    neighbours: str  #: Another community of the same commune.


@dataclass(slots=True)
class District:
    """Everything the demo begins with."""

    places: list[Place] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    residents: list[Someone] = field(default_factory=list)
    administrator: Someone = field(init=False)
    stranger: Someone = field(init=False)
    tiers: str = FIRST_TIERS  #: The names of its tiers, widest first, or of a preset.
    scenery: Scenery | None = None

    def people(self) -> Iterator[Someone]:
        """Everyone once, staff first."""
        seen: set[int] = set()
        staff = (post.who for post in self.posts)
        for someone in (*staff, self.administrator, self.stranger, *self.residents):
            if someone.account not in seen:
                seen.add(someone.account)
                yield someone

    def holding(self, role: Role, unit: str) -> list[Someone]:
        """Who holds the role in the unit, in the order of the list."""
        return [post.who for post in self.posts if post.role is role and unit in post.units]

    def cast(self) -> dict[str, Someone]:
        """Whom a visitor plays most, by their part; a part nobody can play is left out."""
        here = self.scenery
        if here is None:
            return {}
        parts = {
            "elder": self.living_in(here.community)[ELDER:][:1],
            "young": self.living_in(here.community)[YOUNG:][:1],
            "member": self.holding(Role.TEAM, here.community)[:1],
            "member_2": self.holding(Role.TEAM, here.community)[1:2],
            "head": self.holding(Role.VILLAGE_HEAD, here.community)[:1],
            "chair": self.holding(Role.COMMANDER, here.commune)[:1],
            "commander": self.holding(Role.COMMANDER, here.top)[:1],
            "stranger": [self.stranger],
            "administrator": [self.administrator],
        }
        return {part: someone for part, found in parts.items() for someone in found}

    @property
    def can_play_the_day(self) -> bool:
        """Whether the tours and the story find everybody they need."""
        here = self.scenery
        return here is not None and here.community != here.neighbours and len(self.living_in(here.community)) > SILENT

    def place(self, code: str) -> Place:
        return next(place for place in self.places if place.code == code)

    def living_in(self, unit: str) -> list[Someone]:
        """The residents with an account in a community, in the order of its list."""
        accounts = {account for home in self.homes if home.unit == unit for account in home.accounts}
        return [someone for someone in self.residents if someone.account in accounts]


class Register:
    """Hands out accounts, phones and names, each once."""

    def __init__(self) -> None:
        self._numbers = count()
        self._families = cycle(_FAMILIES)

    def someone(self, given: str, label: str) -> Someone:
        number = next(self._numbers)
        name = f"{next(self._families)} {given}"
        return Someone(FIRST_ACCOUNT + number, name, self.phone(number), label)

    def phone(self, number: int) -> str:
        return f"0900{number:06}"


def build(households: int, communes: Sequence[str] = COMMUNES, communities_each: int = COMMUNITIES_EACH) -> District:
    """A district with so many households in all, spread evenly over its communities."""
    district, register = District(scenery=Scenery("TD", "X06", "X06-1", "X06-2")), Register()
    communities = [
        (f"X{commune:02}", team, name)
        for commune, name in enumerate(communes, start=1)
        for team in range(1, communities_each + 1)
    ]
    chats = count(7001)
    district.places.append(Place("TD", "Huyện Tam Đường", "district", "", "", -next(chats)))
    staff_top(district, register)
    for number, name in enumerate(communes, start=1):
        full = name if name.startswith("TT") else f"Xã {name}"
        district.places.append(Place(f"X{number:02}", full, "commune", "TD", "", -next(chats)))
        staff_middle(district, register, f"X{number:02}", full)
    for index, (commune, team, commune_name) in enumerate(communities):
        homes = households // len(communities) + (index < households % len(communities))
        code, name = f"{commune}-{team}", f"Tổ {team} {commune_name}"
        place = Place(code, name, "community", commune, f"Bản Mẫu {team}", -next(chats))
        _add_community(district, register, place, homes)
    add_outsiders(district, register)
    return district


def add_outsiders(district: District, register: Register) -> None:
    """Add whoever stands beside the places: the one who installs, and one whom no list knows."""
    district.administrator = register.someone("Quản Trị", "Quản trị")
    district.posts.append(Post(district.administrator, Role.ADMINISTRATOR, ()))
    district.stranger = register.someone("Khách Lạ", "Người chưa có trong danh sách")


def staff_top(district: District, register: Register, code: str = "TD") -> None:
    """Put made-up people in charge of the whole."""
    for given, role, label in (
        ("Chỉ Huy", Role.COMMANDER, "Chỉ huy huyện"),
        ("Văn Thư", Role.CLERK, "Văn thư huyện"),
        ("Trực Ban", Role.OFFICER, "Cán bộ trực huyện"),
        ("Y Tế", Role.HEALTH, "Trung tâm Y tế huyện"),
        ("Thanh Tra", Role.READER, "Thanh tra huyện, đọc tin kín"),
        ("Kiểm Tra", Role.READER, "Ủy ban Kiểm tra huyện, đọc tin kín"),
        ("Phụ Nữ", Role.GUARDIAN, "Hội Phụ nữ huyện, bảo vệ gia đình"),
        ("Phát Ngôn", Role.SPOKESPERSON, "Người phát ngôn huyện"),
    ):
        district.posts.append(Post(register.someone(given, label), role, (code,)))
    _keep_watch(district, code)


def staff_middle(district: District, register: Register, code: str, name: str) -> None:
    """Put made-up people in charge of one place between the top and the homes."""
    for given, role, label in (
        ("Chủ Tịch", Role.COMMANDER, "Chủ tịch"),
        ("Cán Bộ", Role.OFFICER, "Cán bộ"),
        ("Trạm Y Tế", Role.HEALTH, "Trạm y tế"),
        ("Công An", Role.POLICE, "Công an"),
        ("Mặt Trận", Role.FRONT, "Mặt trận"),
    ):
        district.posts.append(Post(register.someone(given, f"{label} {name}"), role, (code,)))
    _keep_watch(district, code)


def _keep_watch(district: District, code: str) -> None:
    """Let an office be manned day and night: by its officer from seven to seven, by health staff until morning."""
    for role, start, end in ((Role.OFFICER, "07:00", "19:00"), (Role.HEALTH, "19:00", "07:00")):
        district.shifts.append(Shift(district.holding(role, code)[0], code, start, end))


def staff_community(district: District, register: Register, code: str, name: str) -> None:
    """Give one community a made-up team and two made-up heads."""
    for given in ("Một", "Hai", "Ba"):
        member = register.someone(f"Tổ Viên {given}", f"Tổ viên {name}")
        district.posts.append(Post(member, Role.TEAM, (code,)))
    for given in ("Trưởng Bản", "Phó Bản"):
        head = register.someone(given, f"{given} {name}")
        district.posts.append(Post(head, Role.VILLAGE_HEAD, (code,)))


def _add_community(district: District, register: Register, place: Place, homes: int) -> None:
    district.places.append(place)
    staff_community(district, register, place.code, place.name)
    for number in range(1, homes + 1):
        resident = register.someone(f"Mẫu {number}", f"Nhà số {number}, {place.name}")
        # The last home of every community has no phone: the team goes there.
        accounts = () if number == homes else (resident.account,)
        if accounts:
            district.residents.append(resident)
        district.homes.append(Home(place.code, number, resident.name, resident.phone, 2 + number % 5, accounts))
