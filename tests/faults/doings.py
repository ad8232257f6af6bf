"""What people of a village do to a bot in any order, so that its sandbox makes the updates that stand for it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from bot.sandbox import CannotDo, Hands, Seen
from bot.telegram.form import ALLOWED_UPDATES
from tests.crash.village import BOT_ID, USERNAME, Village
from tests.documents.files import as_docx, as_pdf
from tests.importing.test_sheets import workbook

Raw = dict[str, Any]

WORDS = (
    "Nhà tôi hết gạo, xin tổ giúp", "Mẹ tôi khó thở, tím tái", "Bà tôi sốt 39 độ từ tối qua", "Dạ vâng", "👍",
    "Tổ trưởng ăn chặn gạo cứu trợ", "Chồng tôi đánh tôi bầm mặt", "42 hộ 187 khẩu, 1 ng về từ HN",
    "khoe 1-12 14, om 13",
    "SpO2 94 nhịp thở 22", "X1-1 nhà 3", "0912345678", "Lò Văn Páo tổ viên X1-1", "19/11/2021 8h",
    "hôm nay 17h", "ca đêm t2-t6",
)  # fmt: skip
COMMANDS = (
    "start", "baotin", "ghitin", "hoitham", "cachhoi", "tincuatoi", "tindangcho", "timtin", "nhachuabao", "nguoive",
    "solieu", "bieumau", "theodoi", "lichhoitham", "chidao", "vanban", "coquan", "dondoc", "ghiam", "gannhom", "donvi",
    "nha", "inthe", "nhapdanhsach", "phanquyen", "phancong", "nghenhom", "truc", "ngonngu", "help", "khongco",
)  # fmt: skip
PAYLOADS = ("baotin", "view-1", "moi-ABCDEFGH", "gan-ABCDEFGH", "nha-ABCDEFGH", "ngonngu", "hoitham", "x")
ORDER = """UBND HUYỆN MẪU
Số: 5/CV-UBND
Mẫu, ngày 02 tháng 11 năm 2021
V/v rà soát

Kính gửi: UBND các xã.

1. UBND các xã: Rà soát từng nhà, báo cáo trước 17 giờ ngày 05/11/2021.
2. Trạm Y tế xã: Theo dõi hằng ngày.
"""
BUTTONS: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "telegram" / "known_buttons.json").read_text("utf-8")
)


def sound_files() -> dict[str, tuple[str, str, bytes]]:
    """By kind: the command it comes with, its name, and its content."""
    rows: list[tuple[str | int, ...]] = [
        ("Mã tổ", "Số nhà", "Chủ hộ", "Điện thoại", "Ngày sinh"),
        ("X1-1", 41, "Giàng A Páo", "0912345678", "5/3/1960"),
    ]
    lines = "\n".join(";".join(map(str, row)) for row in rows)
    form = workbook(("Biểu", [("Chỉ tiêu", "Số"), ("Số hộ", "{households}"), ("Số khẩu", "")]))
    return {
        "csv": ("/nhapdanhsach", "ho.csv", lines.encode("utf-8-sig")),
        "xlsx": ("/nhapdanhsach", "ho.xlsx", workbook(("Tổ 1", rows), merged=("A1:A1",))),
        "form": ("/bieumau", "bieu.xlsx", form),
        "docx": ("/chidao", "cv.docx", as_docx(ORDER)),
        "pdf": ("/chidao", "cv.pdf", as_pdf(ORDER)),
        "txt": ("/chidao", "cv.txt", ORDER.encode()),
    }


class Doings:
    """A village whose people do something by chance; what the bot is told of it is taken from the sandbox's queue."""

    def __init__(self, village: Village, dice: random.Random) -> None:
        self.village = village
        self._dice = dice
        self._hands: Hands = village.hands
        self._account = village.sandbox.world.bots[BOT_ID]
        self._account.allowed_updates = list(ALLOWED_UPDATES)
        self.everybody = [*village.staff, village.administrator]
        self.everybody += [account for accounts in village.residents.values() for account in accounts]
        self._kinds: dict[str, Callable[[int], object]] = {
            "words": lambda who: self._hands.say(who, BOT_ID, self._words()),
            "reply": lambda who: self._hands.say(who, BOT_ID, self._words(), reply_to=self._seen(who, BOT_ID)),
            "command": lambda who: self._hands.say(who, self._chat(), self._command()),
            "in a group": lambda who: self._hands.say(who, self._group(), self._words()),
            "link": lambda who: self._hands.start(who, BOT_ID, dice.choice(PAYLOADS)),
            "press": self._press,
            "media": self._media,
            "edit": lambda who: self._hands.edit(who, self._seen(who, BOT_ID, mine=True), self._words()),
            "forward": lambda who: self._hands.forward(who, self._seen(who, self._group()), BOT_ID),
            "membership": self._membership,
            "migration": lambda who: self._hands.upgrade(who, self._group()),
        }

    @property
    def kinds(self) -> list[str]:
        return list(self._kinds)

    def ids(self) -> list[int]:
        """Numbers of people and chats that exist, and small ones such as messages and rows have."""
        return [*self.everybody, *self.village.groups.values(), BOT_ID, *range(1, 30)]

    def any(self, kind: str) -> list[Raw]:
        """Somebody does something of this kind; the updates it made, none where it could not be done."""
        with suppress(CannotDo, IndexError):
            self._kinds[kind](self._dice.choice(self.everybody))
        return self.take()

    def send(self, who: int, caption: str, name: str, content: bytes) -> list[Raw]:
        """Somebody sends the bot a file; the updates it made."""
        self._hands.send_document(who, BOT_ID, content, name, caption)
        return self.take()

    def take(self) -> list[Raw]:
        """The updates that wait, as the service would hand them out."""
        raw = [json.loads(msgspec.json.encode(queued.update)) for queued in self._account.queue]
        self._account.queue.clear()
        return raw

    def _words(self) -> str:
        return self._dice.choice(WORDS)

    def _group(self) -> int:
        return self._dice.choice([*self.village.groups.values()])

    def _chat(self) -> int:
        return self._dice.choice([BOT_ID, BOT_ID, self._group()])

    def _command(self) -> str:
        name = self._dice.choice(COMMANDS) + self._dice.choice(("", "", f"@{USERNAME}"))
        return f"/{name} {self._dice.choice(('', self._words(), *PAYLOADS))}".strip()

    def _seen(self, who: int, chat: int, *, mine: bool = False) -> Seen:
        return self._dice.choice([each for each in self._hands.read(who, chat, last=30) if each.mine or not mine])

    def _press(self, who: int) -> None:
        """Tap what stands there, or send what a button that once stood there would."""
        chat = self._chat()
        shown = [each for each in self._hands.read(who, chat, last=30) if each.by_bot]
        labelled = [(each, label) for each in shown for label in each.labels]
        if labelled and self._dice.random() < 0.6:
            self._hands.press(who, *self._dice.choice(labelled))
            return
        verb, fields = self._dice.choice(list(BUTTONS.items()))
        data = "|".join(["v1", verb, *(str(self._dice.randint(1, 20)) for _ in fields)])
        self._hands.press_data(who, self._dice.choice(shown), data)

    def _media(self, who: int) -> None:
        chat, hands, words = self._chat(), self._hands, self._words()
        ways: tuple[Callable[[], object], ...] = (
            lambda: hands.send_photo(who, chat, caption=words),
            lambda: hands.send_album(who, chat, [b"\x89PNG\r\n1", b"\x89PNG\r\n2"], caption=words),
            lambda: hands.send_voice(who, chat),
            lambda: hands.send_location(who, chat),
            lambda: hands.send_sticker(who, chat),
            lambda: hands.send_contact(who, chat, "0912345678"),
        )
        self._dice.choice(ways)()

    def _membership(self, who: int) -> None:
        group, other, hands = self._group(), self._dice.choice(self.everybody), self._hands
        ways: tuple[Callable[[], object], ...] = (
            lambda: hands.join(who, group),
            lambda: hands.leave(who, group),
            lambda: hands.add(who, group, other),
            lambda: hands.promote(who, group, other),
            lambda: hands.rename(who, group, "Nhóm mới"),
            lambda: hands.mute_bot(who, group, BOT_ID),
            lambda: hands.unmute_bot(who, group, BOT_ID),
            lambda: hands.block(who, BOT_ID),
            lambda: hands.unblock(who, BOT_ID),
        )
        self._dice.choice(ways)()
