"""Which kind of mail has the next turn: the most urgent that waits, but none without its share."""

from collections.abc import Collection

from models.rules.mail import Priority

WHOLE = 200  #: Departures of which the shares are parts; alarms are not counted among them.

#: How many of those a kind of mail surely has while it waits. What is left goes to the most urgent: answers to people,
#: who keep more than a quarter even then. An order's 1,400 groups need seven in ten: half of them have it within 40 s
#: however many answers wait. The others' share only says that nothing waits for ever.
SHARES = {Priority.DIRECTIVE: 140, Priority.DESK: 1, Priority.CHECKIN: 1, Priority.BULK: 1}

#: The most departures, alarms aside, between two turns of a kind of mail that waits: about seven seconds at full pace.
#: Once somebody is owed a turn every departure pays a debt, and all debts together never reach five turns.
LONGEST_WAIT = WHOLE + 5 * WHOLE // (WHOLE - sum(SHARES.values()))


_BELOW_ALARMS = tuple(priority for priority in Priority if priority != Priority.ALARM)


class Shares:
    """What each kind of mail is owed, in parts of a departure."""

    def __init__(self) -> None:
        self._owed = dict.fromkeys(SHARES, 0)
        #: Alarms, then whoever is owed a whole departure, then by urgency; those owed one come twice.
        self.order: tuple[Priority, ...] = tuple(Priority)

    def departed(self, taken: Priority, waiting: Collection[Priority]) -> None:
        """One of `taken` has left; of those that have a share, all of `waiting` had something that could leave."""
        if taken == Priority.ALARM:
            return
        for priority, share in SHARES.items():
            self._owed[priority] = self._owed[priority] + share if priority in waiting else 0
        if taken in self._owed:
            self._owed[taken] = max(0, self._owed[taken] - WHOLE)
        creditors = (priority for priority, owed in self._owed.items() if owed >= WHOLE)
        self.order = (Priority.ALARM, *creditors, *_BELOW_ALARMS)
