"""Every refusal Telegram is known to give, in its own words, and what the bot takes it to mean."""

from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import EndPointNotFound, NetworkError, TelegramError, TimedOut

from bot.telegram import failures
from bot.telegram.failures import (
    Ambiguous,
    ChatUnknown,
    EditGone,
    Failure,
    Fatal,
    GroupLost,
    Hold,
    Loss,
    Mistake,
    Moved,
    Muted,
    OurMistake,
    PersonUnreachable,
    ReplyGone,
    Retry,
    RightMissing,
    Stop,
    TooLate,
    TopicGone,
    Unchanged,
    Unreachable,
)
from bot.telegram.transport import AiohttpRequest, MayHaveArrived, NeverLeft, NotTelegram
from tests.telegram.test_transport import telegram

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
TAKEN_AS: list[tuple[int, str, Failure]] = [
    (403, "Forbidden: bot was blocked by the user", PersonUnreachable(Unreachable.BLOCKED)),
    (403, "Forbidden: user is deactivated", PersonUnreachable(Unreachable.DEACTIVATED)),
    (
        403,
        "Forbidden: bot can't initiate conversation with a user",
        PersonUnreachable(Unreachable.NEVER_STARTED),
    ),
    (403, "Forbidden: bot can't send messages to bots", PersonUnreachable(Unreachable.NEVER_STARTED)),
    (403, "Forbidden: bot was kicked from the group chat", GroupLost(Loss.KICKED)),
    (403, "Forbidden: bot was kicked from the supergroup chat", GroupLost(Loss.KICKED)),
    (403, "Forbidden: bot is not a member of the group chat", GroupLost(Loss.NOT_MEMBER)),
    (403, "Forbidden: bot is not a member of the supergroup chat", GroupLost(Loss.NOT_MEMBER)),
    (400, "Bad Request: CHANNEL_PRIVATE", GroupLost(Loss.NOT_MEMBER)),
    (403, "Forbidden: the group chat was deleted", GroupLost(Loss.DELETED)),
    (400, "Bad Request: chat not found", ChatUnknown()),
    (400, "Bad Request: private chat not found", ChatUnknown()),
    (400, "Bad Request: PEER_ID_INVALID", ChatUnknown()),
    (400, "Bad Request: not enough rights to send text messages to the chat", Muted()),
    (400, "Bad Request: not enough rights to send photos to the chat", Muted()),
    (400, "Bad Request: have no rights to send a message", Muted()),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Muted()),
    (400, "Bad Request: CHAT_RESTRICTED", Muted()),
    (400, "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN", Muted()),
    (400, "Bad Request: not enough rights to manage pinned messages in the chat", RightMissing()),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", RightMissing()),
    (400, f"Bad Request: {NOT_MODIFIED}", Unchanged()),
    (400, "Bad Request: message to delete not found", Unchanged()),
    (400, "Bad Request: message to edit not found", EditGone()),
    (400, "Bad Request: message can't be edited", EditGone()),
    (400, "Bad Request: there is no text in the message to edit", EditGone()),
    (400, "Bad Request: MESSAGE_ID_INVALID", EditGone()),
    (400, "Bad Request: message can't be deleted for everyone", EditGone()),
    (400, "Bad Request: message to be replied not found", ReplyGone()),
    (400, "Bad Request: reply message not found", ReplyGone()),
    (400, "Bad Request: message thread not found", TopicGone()),
    (400, "Bad Request: TOPIC_CLOSED", TopicGone()),
    (400, "Bad Request: TOPIC_DELETED", TopicGone()),
    (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", TooLate()),
]
MISTAKEN_AS: list[tuple[int, str, Mistake]] = [
    (400, 'Bad Request: can\'t parse entities: Unsupported start tag "hộ" at byte offset 3', Mistake.MARKUP),
    (400, "Bad Request: message is too long", Mistake.TOO_LONG),
    (400, "Bad Request: message caption is too long", Mistake.TOO_LONG),
    (400, "Bad Request: message text is empty", Mistake.EMPTY),
    (400, "Bad Request: BUTTON_DATA_INVALID", Mistake.BUTTONS),
    (400, "Bad Request: reply markup is too long", Mistake.BUTTONS),
    (400, "Bad Request: wrong file identifier/HTTP URL specified", Mistake.FILE),
    (400, "Bad Request: wrong file_id or the file is temporarily unavailable", Mistake.FILE),
    (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", Mistake.FILE),
    (413, "Request Entity Too Large", Mistake.FILE),
    (400, "Bad Request: a sentence nobody has seen yet", Mistake.OTHER),
    (404, "Not Found: method not found", Mistake.OTHER),
]
STOPPED_BY: list[tuple[int, str, Stop]] = [
    (401, "Unauthorized", Stop.UNKNOWN_BOT),
    (404, "Not Found", Stop.UNKNOWN_BOT),
    (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        Stop.OTHER_POLLER,
    ),
    (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first",
        Stop.WEBHOOK_SET,
    ),
    (409, "Conflict: terminated by setWebhook request", Stop.WEBHOOK_SET),
]


async def meaning_of(status: int, description: str, **parameters: object) -> Failure:
    """What is made of one answer, all the way from the wire."""
    body = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    async with telegram(answer) as root, AiohttpRequest() as request:
        bot = Bot("123:token", base_url=f"{root}/bot", request=request)
        with pytest.raises(TelegramError) as raised:
            await bot.send_message(7, "Xin chào")
    return failures.from_error(raised.value)


@pytest.mark.parametrize(("status", "said", "meaning"), TAKEN_AS)
async def test_telegrams_refusals_are_understood(status: int, said: str, meaning: Failure) -> None:
    assert await meaning_of(status, said) == meaning


@pytest.mark.parametrize(("status", "said", "kind"), MISTAKEN_AS)
async def test_our_own_mistakes_are_told_apart_and_keep_telegrams_words(status: int, said: str, kind: Mistake) -> None:
    meaning = await meaning_of(status, said)
    assert isinstance(meaning, OurMistake)
    assert meaning.kind == kind
    assert meaning.said


@pytest.mark.parametrize(("status", "said", "why"), STOPPED_BY)
async def test_what_only_a_person_can_put_right_stops_the_bot_and_says_why(status: int, said: str, why: Stop) -> None:
    meaning = await meaning_of(status, said)
    assert isinstance(meaning, Fatal)
    assert meaning.why == why


async def test_too_fast_means_waiting_exactly_as_long_as_told() -> None:
    meaning = await meaning_of(429, "Too Many Requests: retry after 35", retry_after=35)
    assert meaning == Hold(timedelta(seconds=35))


async def test_a_group_that_became_a_supergroup_has_a_new_number() -> None:
    said = "Bad Request: group chat was upgraded to a supergroup chat"
    assert await meaning_of(400, said, migrate_to_chat_id=-1001234567890) == Moved(-1001234567890)


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_message_to_a_failing_server_may_have_arrived(status: int) -> None:
    assert isinstance(await meaning_of(status, "Internal Server Error: restart"), Ambiguous)


@pytest.mark.parametrize("error", [NeverLeft("no connection"), NotTelegram("a proxy refused")])
def test_what_surely_did_not_arrive_is_simply_sent_again(error: TelegramError) -> None:
    assert isinstance(failures.from_error(error), Retry)


@pytest.mark.parametrize(
    "error",
    [
        MayHaveArrived("no answer"),
        TimedOut(),
        NetworkError("httpx.ReadError: "),
        TelegramError("Invalid server response"),
        KeyError("result"),
    ],
)
def test_whatever_is_unknown_counts_as_perhaps_arrived(error: Exception) -> None:
    assert isinstance(failures.from_error(error), Ambiguous)


def test_a_method_telegram_does_not_know_is_our_mistake_and_not_a_wrong_token() -> None:
    error = EndPointNotFound("Endpoint 'sendTelepathy' not found in Bot API")
    assert isinstance(failures.from_error(error), OurMistake)
