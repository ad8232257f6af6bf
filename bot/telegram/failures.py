"""What went wrong when Telegram was asked for something, in words the rest of the bot can act upon."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.telegram.transport import NeverLeft, NotTelegram


@dataclass(frozen=True, slots=True)
class Retry:
    """It has surely not arrived: send it again, backing off."""

    reason: str  #: For the log.


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It may have arrived: what to do depends on what was sent."""

    reason: str  #: For the log.


@dataclass(frozen=True, slots=True)
class Hold:
    """We were too fast: wait so long, then send it again. It has not arrived."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup: this is its number now, for this message and everything stored."""

    chat_id: int


class Unreachable(Enum):
    """Why a person cannot be written to."""

    BLOCKED = "blocked"  #: They blocked the bot; /start revives the chat.
    DEACTIVATED = "deactivated"  #: Their account is gone.
    NEVER_STARTED = "never_started"  #: They must press /start first; the deep link is what to offer.


@dataclass(frozen=True, slots=True)
class PersonUnreachable:
    """A private chat is dead until the person revives it."""

    why: Unreachable


class Loss(Enum):
    """How a group was lost."""

    KICKED = "kicked"  #: Someone removed the bot.
    NOT_MEMBER = "not_member"  #: The bot is not in it, or no longer.
    DELETED = "deleted"  #: The group itself is gone.


@dataclass(frozen=True, slots=True)
class GroupLost:
    """The bot is no longer in the group."""

    why: Loss


@dataclass(frozen=True, slots=True)
class ChatUnknown:
    """Telegram knows no such chat; the number is wrong if it says so again and again."""


@dataclass(frozen=True, slots=True)
class Muted:
    """The bot is in the chat but may not write there until an administrator of the chat lets it."""


@dataclass(frozen=True, slots=True)
class RightMissing:
    """The bot may write in the chat but not do this one thing, such as pinning."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The message already is, or already is not, what was asked for: success."""


@dataclass(frozen=True, slots=True)
class EditGone:
    """The message is gone, too old to edit or not the one we took it for: send a fresh one and forget the old."""


@dataclass(frozen=True, slots=True)
class ReplyGone:
    """The message replied to was deleted: send without the reply."""


@dataclass(frozen=True, slots=True)
class TopicGone:
    """The topic is closed or deleted: send to the group's General topic."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """The press can no longer be answered with a toast; what it asked for still counts."""


class Mistake(Enum):
    """What was wrong with what we asked."""

    MARKUP = "markup"  #: Text that Telegram cannot parse: send it plain.
    TOO_LONG = "too_long"  #: Text or caption over the limit: split it.
    EMPTY = "empty"  #: Nothing to say.
    BUTTONS = "buttons"  #: Buttons Telegram refuses: send without them.
    FILE = "file"  #: A file Telegram no longer has, cannot fetch or finds too big: say it in words.
    OTHER = "other"  #: A refusal that means none of the above.


@dataclass(frozen=True, slots=True)
class OurMistake:
    """Telegram refuses the content; asking again unchanged is useless."""

    kind: Mistake
    said: str  #: Telegram's words, for the log.


class Stop(Enum):
    """Why the bot cannot go on at all."""

    UNKNOWN_BOT = "unknown_bot"  #: The token is wrong or was revoked.
    OTHER_POLLER = "other_poller"  #: Another process asks for this bot's updates.
    WEBHOOK_SET = "webhook_set"  #: A webhook was left behind or has just been set, so nobody may poll.


@dataclass(frozen=True, slots=True)
class Fatal:
    """Something a person has to put right before any message can pass."""

    why: Stop
    said: str  #: Telegram's words, for the log.


Failure = (
    Retry
    | Ambiguous
    | Hold
    | Moved
    | PersonUnreachable
    | GroupLost
    | ChatUnknown
    | Muted
    | RightMissing
    | Unchanged
    | EditGone
    | ReplyGone
    | TopicGone
    | TooLate
    | OurMistake
    | Fatal
)

# Telegram's words, folded to lower case, in the order in which they are looked for. The library strips
# "Bad Request: " and capitalises what follows, and Telegram itself writes some refusals as constants.
MEANINGS: tuple[tuple[Failure, tuple[str, ...]], ...] = (
    (
        Unchanged(),
        (
            "message is not modified",
            "message_not_modified",
            "message to delete not found",
            "message to unpin not found",
            "chat_not_modified",
        ),
    ),
    (
        EditGone(),
        (
            "message to edit not found",
            "message can't be edited",
            "there is no text in the message to edit",
            "message_id_invalid",
            "message_edit_time_expired",
            "message can't be deleted",
            "message to pin not found",
        ),
    ),
    (
        ReplyGone(),
        ("message to be replied not found", "reply message not found", "replied message not found"),
    ),
    (TopicGone(), ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")),
    (TooLate(), ("query is too old", "query id is invalid", "query_id_invalid")),
    (PersonUnreachable(Unreachable.BLOCKED), ("bot was blocked by the user", "user_is_blocked")),
    (
        PersonUnreachable(Unreachable.DEACTIVATED),
        ("user is deactivated", "input_user_deactivated", "user_deactivated"),
    ),
    (
        PersonUnreachable(Unreachable.NEVER_STARTED),
        (
            "bot can't initiate conversation with a user",
            "bot can't send messages to the user",
            "can't send messages to bots",
        ),
    ),
    (GroupLost(Loss.KICKED), ("bot was kicked from",)),
    (GroupLost(Loss.DELETED), ("the group chat was deleted", "group chat was deactivated")),
    (
        GroupLost(Loss.NOT_MEMBER),
        ("bot is not a member of", "channel_private", "user_not_participant", "bot is not a participant"),
    ),
    (ChatUnknown(), ("chat not found", "peer_id_invalid", "user not found", "chat_id_invalid")),
    (
        Muted(),
        (
            "not enough rights to send",
            "have no rights to send",
            "chat_write_forbidden",
            "chat_restricted",
            "chat_send_",
            "need administrator rights in the channel chat",
        ),
    ),
    (RightMissing(), ("not enough rights", "chat_admin_required", "need administrator rights")),
)

MISTAKES: tuple[tuple[Mistake, tuple[str, ...]], ...] = (
    (Mistake.MARKUP, ("can't parse entities", "can't parse messageentity", "entity_bounds_invalid")),
    (Mistake.BUTTONS, ("reply markup is too long", "button_", "can't parse reply", "inline keyboard")),
    (
        Mistake.TOO_LONG,
        (
            "message is too long",
            "caption is too long",
            "message_too_long",
            "media_caption_too_long",
            "text is too long",
        ),
    ),
    (Mistake.EMPTY, ("text is empty", "message must be non-empty", "message_empty")),
    (Mistake.FILE, ("file", "photo_", "photo must", "http url", "media_")),
)


def from_error(error: BaseException) -> Failure:
    """What an exception raised by a call to Telegram means; whatever is unknown counts as ambiguous."""
    match error:
        case RetryAfter():
            return Hold(_wait_of(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case NeverLeft() | NotTelegram():
            return Retry(str(error))
        case Conflict():
            return Fatal(_conflict_of(error.message), error.message)
        case EndPointNotFound():
            return OurMistake(Mistake.OTHER, error.message)
        case InvalidToken() if "method not found" in error.message.casefold():
            return OurMistake(Mistake.OTHER, error.message)
        case InvalidToken():
            return Fatal(Stop.UNKNOWN_BOT, error.message)
        # BadRequest is a NetworkError to the library, yet nothing is surer than that it did not arrive.
        case BadRequest() | Forbidden():
            return _refusal_of(error.message)
        case TelegramError():
            return Ambiguous(error.message)
        case _:
            return Ambiguous(type(error).__name__)


def _refusal_of(message: str) -> Failure:
    said = message.casefold()
    for meaning, phrases in MEANINGS:
        if any(phrase in said for phrase in phrases):
            return meaning
    for mistake, phrases in MISTAKES:
        if any(phrase in said for phrase in phrases):
            return OurMistake(mistake, message)
    return OurMistake(Mistake.OTHER, message)


def _wait_of(error: RetryAfter) -> timedelta:
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _conflict_of(message: str) -> Stop:
    return Stop.WEBHOOK_SET if "webhook" in message.casefold() else Stop.OTHER_POLLER
