"""The methods the sandbox knows, with every parameter Telegram documents for each, and what it returns.

A field without a default is required. Stricter than Telegram, which passes over what it does not know, the
sandbox refuses an unknown parameter: a misspelt one would otherwise go unnoticed until the day it matters.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.sandbox.methods.parameters.base import (
    Parameters,
)
from bot.sandbox.methods.parameters.chats import (
    BanChatMember,
    CreateChatInviteLink,
    DeleteMessage,
    DeleteMessages,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    ExportChatInviteLink,
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    LeaveChat,
    PinChatMessage,
    SendChatAction,
    SetMessageReaction,
    UnbanChatMember,
    UnpinAllChatMessages,
    UnpinChatMessage,
)
from bot.sandbox.methods.parameters.connection import (
    AnswerCallbackQuery,
    Close,
    DeleteMyCommands,
    DeleteWebhook,
    GetFile,
    GetMe,
    GetMyCommands,
    GetUpdates,
    GetWebhookInfo,
    LogOut,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
    SetWebhook,
)
from bot.sandbox.methods.parameters.sends import (
    CopyMessage,
    CopyMessages,
    ForwardMessage,
    ForwardMessages,
    SendAnimation,
    SendAudio,
    SendContact,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendSticker,
    SendVenue,
    SendVideo,
    SendVideoNote,
    SendVoice,
)


class Method(NamedTuple):
    """One row of the table."""

    name: str
    parameters: type[Parameters]
    returns: str  #: In the words of Telegram's documentation.
    paced: bool  #: Whether it counts against the limits.


def _rows(returns: str, *kinds: type[Parameters], paced: bool = False) -> list[Method]:
    return [Method(kind.__name__[0].lower() + kind.__name__[1:], kind, returns, paced) for kind in kinds]


_SENDS = (SendMessage, SendPhoto, SendDocument, SendVoice, SendAudio, SendVideo, SendVideoNote, SendAnimation)
_SENDS_OTHER = (SendSticker, SendLocation, SendVenue, SendContact, ForwardMessage)
_EDITS = (EditMessageText, EditMessageCaption, EditMessageReplyMarkup, EditMessageMedia)
_TIDYING = (DeleteMessage, DeleteMessages, PinChatMessage, UnpinChatMessage, UnpinAllChatMessages)
_CHANGES = (BanChatMember, UnbanChatMember, LeaveChat, SetChatMenuButton, SetMessageReaction, SendChatAction)
_PROFILE = (SetMyCommands, DeleteMyCommands, SetMyName, SetMyDescription, SetMyShortDescription)
_CONNECTION = (SetWebhook, DeleteWebhook, LogOut, Close, AnswerCallbackQuery)

#: Every method by its name in lower case: Telegram does not mind how a name is written.
METHODS: dict[str, Method] = {
    row.name.lower(): row
    for row in [
        *_rows("Message", *_SENDS, *_SENDS_OTHER, paced=True),
        *_rows("Array of Message", SendMediaGroup, paced=True),
        *_rows("MessageId", CopyMessage, paced=True),
        *_rows("Array of MessageId", CopyMessages, ForwardMessages, paced=True),
        *_rows("Message or Boolean", *_EDITS, paced=True),
        *_rows("Boolean", *_TIDYING, paced=True),
        *_rows("Boolean", *_CHANGES, *_PROFILE, *_CONNECTION),
        *_rows("User", GetMe),
        *_rows("Array of Update", GetUpdates),
        *_rows("WebhookInfo", GetWebhookInfo),
        *_rows("ChatFullInfo", GetChat),
        *_rows("ChatMember", GetChatMember),
        *_rows("Array of ChatMember", GetChatAdministrators),
        *_rows("Integer", GetChatMemberCount),
        *_rows("Array of BotCommand", GetMyCommands),
        *_rows("File", GetFile),
        *_rows("String", ExportChatInviteLink),
        *_rows("ChatInviteLink", CreateChatInviteLink),
    ]
}
