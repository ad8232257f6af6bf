"""Questions about a directive: put to its issuer, passed on, or stranded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from models.notices.base import Contact, Notice


@dataclass(frozen=True, slots=True)
class QuestionPut(Notice):
    """To the issuer: somebody who received the directive asks."""

    protected: ClassVar[bool] = True

    code: str
    asker: Contact
    words: str
    no: str = ""  #: The task of its document that it is about; empty: all of it.


@dataclass(frozen=True, slots=True)
class QuestionPassed(Notice):
    """To whoever asked: who has the question now."""

    code: str
    to: Contact


@dataclass(frozen=True, slots=True)
class QuestionStranded(Notice):
    """To whoever asked: the issuer cannot be written to; here is whom to call."""

    code: str
    commanders: tuple[Contact, ...]
