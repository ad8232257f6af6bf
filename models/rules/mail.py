"""How urgent a piece of outgoing mail is."""

from enum import IntEnum


class Priority(IntEnum):
    """What leaves first when more is waiting than Telegram takes; the smaller goes ahead."""

    ALARM = 0  #: Someone may be in danger: an urgent report, an escalation, a failed delivery of either.
    REPLY = 1  #: A person has just acted and is looking at the screen.
    DESK = 2  #: What those see who work on reports: it is theirs for half an hour at least.
    DIRECTIVE = 3  #: Orders from above and the chasing of those who have not acknowledged them.
    CHECKIN = 4  #: Rounds asking after households, their boards and reminders.
    BULK = 5  #: Everything that may take all day.


#: The job of every answer to somebody nobody knows yet. A thousand of them who write at once are one long job together,
#: and let those pass who are known; while nobody else waits they lose nothing.
STRANGERS = "strangers"
