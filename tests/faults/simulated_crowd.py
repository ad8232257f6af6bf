"""Who lives and works in a simulated district, what they have to say, and how anything comes to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from bot.demo.district import District
from bot.demo.stage import BOT_ID
from bot.sandbox import CannotDo, Hands, Sandbox, Seen
from models.rules.roles import Role
from tests.faults.virtual_time import VirtualTime

HOUR, DAY = 3_600.0, 86_400.0
#: From five in the morning, when a day begins here, until people sleep.
WAKING = 16 * HOUR

REPORTS = (
    "Nhà tôi hết gạo, xin tổ giúp",
    "Con tôi sốt cao từ hôm qua, xin thuốc",
    "Bố tôi khó thở, môi tím, cứu với",
    "Nhà bên tụ tập đông người ăn nhậu",
    "Tôi nghe nói mai phong tỏa cả xã, có đúng không",
    "Đường vào bản bị sạt, xe không vào được",
    "Chồng tôi say rượu đánh tôi, đừng nói với ai",
    "Trạm y tế không ai nghe máy",
    "Nhà tôi có người mới ở vùng dịch về",
    "Xin hỏi khi nào được đi lấy mẫu",
    "ok",
    "🙏",
    "gạo",
)
ORDERS = (
    "Rà soát từng nhà, báo người về từ vùng dịch",
    "Lấy mẫu tại nhà văn hóa, hạn 17h",
    "Phun khử khuẩn chợ, hạn 2 ngày",
    "Trực chốt đầu bản 24/24",
)
#: Commands people try, whether or not they may.
COMMANDS = (
    "baotin", "ghitin", "hoitham", "cachhoi", "tincuatoi", "tindangcho", "timtin gạo", "nhachuabao", "nguoive",
    "nguoive 2 người từ Bình Dương", "solieu", "solieu 3 f0 1", "theodoi", "lichhoitham", "lichhoitham khép 16h",
    "vanban", "coquan", "dondoc", "gannhom", "donvi", "nha 3", "phanquyen", "phancong", "nghenhom", "truc", "ngonngu",
    "help", "start", "start x", "chidao", "khongco",
)  # fmt: skip
#: What people type where a list of homes is asked for, and elsewhere.
LINES = ("khoe 1-5", "om 3", "kgd 2 4", "nuong 1, can 5", "36.8 97 80", "39.5", "14h", "2", "mai")
ANSWERS = ("Cả nhà khỏe", "Cả nhà khỏe", "Cả nhà khỏe", "Cả nhà khỏe", "Có người ốm", "Cần hỗ trợ")


@dataclass
class Deeds:
    """What was done, with marks by which its effects are found again."""

    #: Mark of a plain resident's report → who wrote it, and when by the service's clock, in Unix seconds.
    told: dict[str, tuple[int, float]] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)  #: Every mark anybody wrote.
    done: Counter[str] = field(default_factory=Counter)  #: How often what was done.


class Crowd:
    """Residents, teams, officers, commanders, and one whom no list knows."""

    def __init__(
        self, district: District, sandbox: Sandbox, time: VirtualTime, chance: Random, note: Callable[[str], None]
    ) -> None:
        self.deeds = Deeds()
        self.is_asleep = False  #: Nobody begins anything any more.
        self._district, self._sandbox, self._time, self._chance, self._note = district, sandbox, time, chance, note
        self._hands = Hands(sandbox)
        self._marks = count(1)
        self._staff = {post.who.account for post in district.posts}
        self._residents = [someone.account for someone in district.residents]
        #: They only report, answer boards and say whether they were helped: what they write must have its effect.
        self._plain = set(chance.sample(self._residents, len(self._residents) // 2))
        self._commanders = [post.who.account for post in district.posts if post.role is Role.COMMANDER]
        self._everybody = [someone.account for someone in district.people()]
        self._groups = {place.code: place.chat for place in district.places}

    def _some_time(self, act: Callable[[], object], what: str, within: float = WAKING) -> None:
        self._later(self._chance.uniform(0, within), act, what)

    def _later(self, seconds: float, act: Callable[[], object], what: str) -> None:
        def happen() -> None:
            if self.is_asleep:
                return
            try:
                act()
            except CannotDo:
                return  # As on a real telephone: it is not offered.
            self.deeds.done[what] += 1
            self._note(what)

        self._time.after(seconds, happen)

    def _mark(self) -> str:
        mark = f"#{next(self._marks):05}"
        self.deeds.marks.add(mark)
        return mark

    def _screen(self, who: int, chat: int = BOT_ID) -> Sequence[Seen]:
        return self._hands.read(who, chat, last=25)

    def _group_of(self, who: int) -> int:
        groups = self._sandbox.world.people[who].groups
        return groups[0] if groups else BOT_ID

    def _some_group(self) -> tuple[int, int]:
        group = self._chance.choice(list(self._groups.values()))
        owner = next(iter(self._sandbox.world.groups[group].members))
        return group, owner
