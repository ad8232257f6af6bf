"""What a button carries and what it means: stateless, versioned data that names ids and claims nothing."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum

import msgspec

from handlers.commands import FromPerson, Place, Sender
from handlers.commands.enrolment import RefuseUnknown

#: The form of the data. Buttons live for years in people's chats: a later form must still read this one.
VERSION = "v1"
#: The service's limit, in bytes.
LONGEST = 64
#: Characters of one value: room for every id and word of ours, and for no number that a database cannot hold.
LONGEST_VALUE = 17

_COMMON = {field.name for field in fields(FromPerson)}


def to_data(command: type[FromPerson], **values: object) -> str:
    """The data of a button that gives this command with these values, such as "v1|take|12".

    Raises ValueError when a value is missing or the data would not fit the service's 64 bytes.
    """
    names = own_fields(command)
    if set(names) != set(values):
        raise ValueError(f"{command.__name__} wants {names}, not {sorted(values)}")
    data = "|".join([VERSION, command.verb, *(_plain(values[name]) for name in names)])
    if len(data.encode()) > LONGEST:
        raise ValueError(f"{data!r} is longer than {LONGEST} bytes")
    return data


def from_data(data: str, sender: Sender, place: Place, message_id: int | None) -> FromPerson:
    """The command a tap gives; `RefuseUnknown` for data this version cannot read, never an error."""
    common = {"sender": sender, "place": place, "message_id": message_id}
    version, _, rest = data.partition("|")
    verb, *values = rest.split("|")
    command = FromPerson.by_verb.get(verb)
    if version != VERSION or command is None or len(values) != len(own_fields(command)) or _is_made_up(values):
        return RefuseUnknown(sender=sender, place=place, message_id=message_id)
    own = dict(zip(own_fields(command), values, strict=True))
    try:
        return msgspec.convert({**common, **own}, command, strict=False)
    except (msgspec.ValidationError, UnicodeError):
        return RefuseUnknown(sender=sender, place=place, message_id=message_id)


def _is_made_up(values: list[str]) -> bool:
    """Whether no button of ours can have carried this: Telegram lets a tampered client send any data."""
    return any(len(value) > LONGEST_VALUE for value in values)


def own_fields(command: type[FromPerson]) -> list[str]:
    """The fields a button carries for this command, in their order."""
    return [field.name for field in fields(command) if field.name not in _COMMON]


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value.value if isinstance(value, Enum) else value)
