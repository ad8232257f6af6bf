"""What is said after the bot was away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Notice
from models.rules.mail import Priority
from models.rules.outages import Due


@dataclass(frozen=True, slots=True)
class Asked:
    """How many questions of one sort were put again."""

    due: Due
    n: int


@dataclass(frozen=True, slots=True)
class BackAgain(Notice):
    """How long the bot was away, what came late, and what it asks again."""

    began_at: datetime
    ended_at: datetime
    late: int  #: Messages said meanwhile, which have come in now.
    asked: tuple[Asked, ...]  #: What it has asked again; what nobody owed is left out.


@dataclass(frozen=True, slots=True)
class AskedAgain(Notice):
    """Under a question: who pressed a button in this time is asked to press it again."""

    priority: ClassVar[Priority] = Priority.CHECKIN

    due: Due
    began_at: datetime
    ended_at: datetime
