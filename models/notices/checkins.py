"""What is said to households about check-ins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from models.notices.base import Contact, IfUnsure, Notice
from models.rules.checkins import Answer, Asking
from models.rules.mail import Priority


@dataclass(frozen=True, slots=True)
class RoundOpened(Notice):
    """The board of a round in the community's group: how many homes answered, never how many are ill."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN
    # However many homes tap, the board takes at most fifteen of the twenty messages its group may get in a minute.
    rest: ClassVar[timedelta] = timedelta(seconds=4)

    round_id: int
    unit_id: int
    answered: int
    expected: int
    closes_at: datetime
    question: str = ""  #: What the plan asks beside.


@dataclass(frozen=True, slots=True)
class RoundClosed(Notice):
    """The board once its round is over."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    silent: ClassVar[bool] = True

    day: dt.date
    answered: int
    expected: int


@dataclass(frozen=True, slots=True)
class RoundReminded(Notice):
    """One line under the board: some homes have not answered."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    if_unsure: ClassVar[IfUnsure] = IfUnsure.LEAVE

    waiting_for: int  #: Homes without an answer.
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class HomePrompted(Notice):
    """A home is asked in private."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN
    protected: ClassVar[bool] = True

    round_id: int
    household_id: int
    number: str
    closes_at: datetime
    again: bool = False  #: It was asked before and has not answered.
    question: str = ""  #: What the plan asks beside.


@dataclass(frozen=True, slots=True)
class HomeShown(HomePrompted):
    """The same question, because somebody asked for it and is looking at the screen."""

    priority: ClassVar[Priority] = Priority.REPLY


@dataclass(frozen=True, slots=True)
class LeftInPeace(Notice):
    """In place of a question: nobody asks the home now. It does not say why, since whoever reads it knows."""

    priority: ClassVar[Priority] = Priority.CHECKIN
    silent: ClassVar[bool] = True
    protected: ClassVar[bool] = True

    contacts: tuple[Contact, ...]  #: Whom to call all the same.


@dataclass(frozen=True, slots=True)
class AnswerKept(Notice):
    """The home's answer as it stands, with the buttons to change it."""

    protected: ClassVar[bool] = True
    silent: ClassVar[bool] = True

    round_id: int
    household_id: int
    number: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class AnswerStood(Notice):
    """A better answer came after a worse one: it is kept, and the team calls to be sure."""

    protected: ClassVar[bool] = True

    number: str


@dataclass(frozen=True, slots=True)
class RoundOver(Notice):
    """The button belonged to a round that takes no more answers."""

    opens_at: datetime | None  #: When the next one opens; None when none is planned.
    is_reported: bool = False  #: Someone was ill: that went to the team at once.


@dataclass(frozen=True, slots=True)
class NothingOpen(Notice):
    """No round is open for this community now."""

    unit: str
    opens_at: datetime | None


@dataclass(frozen=True, slots=True)
class HomeUnknown(Notice):
    """The bot does not know where this person lives."""


@dataclass(frozen=True, slots=True)
class StrangerPrompted(Notice):
    """Someone without a known home came from a community's board: the same question, the home comes after."""

    round_id: int
    unit: str


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """A home to choose: its number only, which tells a stranger nothing."""

    household_id: int
    number: str


@dataclass(frozen=True, slots=True)
class HomeAsked(Notice):
    """Which home the tap was for."""

    if_unsure: ClassVar[IfUnsure] = IfUnsure.ASK_AGAIN

    round_id: int
    answer: Answer
    homes: tuple[HomeChoice, ...]
    page: int
    pages: int
    are_own: bool  #: They are the account's confirmed homes; otherwise the team must confirm the choice.
    are_others: bool = False  #: Whoever chooses has homes of their own, and means another.


@dataclass(frozen=True, slots=True)
class HomeProposed(Notice):
    """The choice was taken and waits for the team."""

    number: str


@dataclass(frozen=True, slots=True)
class HomeClaimed(Notice):
    """The team is asked whether an account speaks for a home; what it answered is not shown."""

    protected: ClassVar[bool] = True

    round_id: int
    household_id: int
    person_id: int
    answer: Answer  #: Carried by the buttons, never said.
    name: str
    number: str
    head: str
    unit: str


@dataclass(frozen=True, slots=True)
class HomeClaimSettled(Notice):
    """Somebody of the team has decided."""

    protected: ClassVar[bool] = True
    silent: ClassVar[bool] = True

    name: str
    number: str
    by: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class HomeLinked(Notice):
    """The team confirmed the home; from now on one tap is enough."""

    number: str


@dataclass(frozen=True, slots=True)
class HomeNotLinked(Notice):
    """The team could not confirm the home."""

    number: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class ClaimsPaused(Notice):
    """The account said of many homes today that it lives there: its team is called instead."""

    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class TeamTapNoted(Notice):
    """Someone of the team without a home there tapped the board."""

    round_id: int


@dataclass(frozen=True, slots=True)
class HowAsked(Notice):
    """How does the home want to be asked?"""

    household_id: int
    number: str
    asking: Asking  #: As it is now.


@dataclass(frozen=True, slots=True)
class HowKept(Notice):
    """The home is asked that way from now on."""

    number: str
    asking: Asking
