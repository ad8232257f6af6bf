"""Parameters of the methods about the bot itself: who it is, how updates reach it, its menus and words."""

from __future__ import annotations

from bot.sandbox.methods.parameters.base import Json, Parameters
from bot.sandbox.shapes import BotCommand


class GetMe(Parameters, kw_only=True):
    pass


class LogOut(Parameters, kw_only=True):
    pass


class Close(Parameters, kw_only=True):
    pass


class GetUpdates(Parameters, kw_only=True):
    offset: int | None = None
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] | None = None


class SetWebhook(Parameters, kw_only=True):
    url: str
    certificate: str | None = None
    ip_address: str | None = None
    max_connections: int = 40
    allowed_updates: list[str] | None = None
    drop_pending_updates: bool = False
    secret_token: str = ""


class DeleteWebhook(Parameters, kw_only=True):
    drop_pending_updates: bool = False


class GetWebhookInfo(Parameters, kw_only=True):
    pass


class AnswerCallbackQuery(Parameters, kw_only=True):
    callback_query_id: str
    text: str = ""
    show_alert: bool = False
    url: str = ""
    cache_time: int = 0


class MyCommands(Parameters, kw_only=True):
    """A command menu: for whom, in which language."""

    scope: Json | None = None
    language_code: str = ""


class SetMyCommands(MyCommands, kw_only=True):
    commands: list[BotCommand]


class DeleteMyCommands(MyCommands, kw_only=True):
    pass


class GetMyCommands(MyCommands, kw_only=True):
    pass


class SetMyName(Parameters, kw_only=True):
    name: str = ""
    language_code: str = ""


class SetMyDescription(Parameters, kw_only=True):
    description: str = ""
    language_code: str = ""


class SetMyShortDescription(Parameters, kw_only=True):
    short_description: str = ""
    language_code: str = ""


class GetFile(Parameters, kw_only=True):
    file_id: str


class SetChatMenuButton(Parameters, kw_only=True):
    chat_id: int | None = None
    menu_button: Json | None = None
