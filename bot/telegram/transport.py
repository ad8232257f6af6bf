"""The library's HTTP over aiohttp: less work for each message, and no doubt about what never left."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import msgspec
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import BadRequest, NetworkError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

TOKEN = re.compile(r"/bot\d+:[\w-]+")
IDLE = 15.0  #: Seconds an unused connection is kept: well below the patience of servers and proxies.
TOO_LARGE = 413
SERVER_ERROR = 500


class NeverLeft(NetworkError):
    """No connection was to be had: the request has surely not arrived."""


class MayHaveArrived(NetworkError):
    """The request had left, or part of it, and no answer of Telegram's came back."""


class NotTelegram(NetworkError):
    """Something on the way refused the request, a proxy or a wrong address: it has surely not arrived."""


class ProxyUnsupported(ValueError):
    """The proxy's kind is not spoken here."""


class AiohttpRequest(BaseRequest):
    """What the library sends through. All times are in seconds.

    `connections` bounds the requests under way at once; a further one waits up to `pool_timeout` for its turn
    and then raises `NeverLeft`. `proxy` is an http:// or https:// URL, with user and password if needed.
    """

    def __init__(
        self,
        *,
        connections: int = 40,
        proxy: str | None = None,
        connect_timeout: float = 5.0,
        pool_timeout: float = 5.0,
        write_timeout: float = 10.0,
        upload_timeout: float = 60.0,
        read_timeout: float = 15.0,
    ) -> None:
        self._connections = connections
        self._proxy = require_known_proxy(proxy) if proxy else None
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._write_timeout = write_timeout
        self._upload_timeout = upload_timeout
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take where the caller does not say."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool of connections; nothing happens while it is open."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=IDLE)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Ask Telegram; return the status and the body of its answer.

        Raises `NeverLeft`, `MayHaveArrived` or `NotTelegram` when no answer of Telegram's came.
        """
        if self._session is None:
            raise RuntimeError("The connections are not open yet: await initialize() first.")
        files = request_data.multipart_data if request_data and request_data.contains_files else None
        fields = request_data.json_parameters if request_data else {}
        timeout = _timeout(
            waiting=_chosen(pool_timeout, self._pool_timeout),
            connecting=_chosen(connect_timeout, self._connect_timeout),
            writing=_chosen(write_timeout, self._upload_timeout if files else self._write_timeout),
            reading=_chosen(read_timeout, self._read_timeout),
        )
        try:
            # A redirect would turn the POST into a GET, and whoever sends one is not Telegram.
            async with self._session.request(
                method,
                url,
                data=_body(fields, files),
                timeout=timeout,
                headers=_headers(files),
                allow_redirects=False,
            ) as answer:
                status, body = answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _lost(error) from None  # aiohttp's own words contain the URL, and with it the token.
        require_telegram(method, status, body)
        return status, body


class Listed(msgspec.Struct):
    """An answer that lists things, each as the service wrote it."""

    result: list[msgspec.Raw]


class Unread(BaseRequest):
    """Mixed into a request, lets it list things unread, as bytes: whoever they are for reads them once and no more."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; a refusal, and whatever else lists nothing, as the library reads it."""
        try:
            return {"result": [bytes(each) for each in _LISTED.decode(payload).result]}
        except (msgspec.DecodeError, RecursionError):
            # Half a letter, too, which this reader refuses and the library's takes.
            answer = BaseRequest.parse_json_payload(payload)
        listed = answer.get("result")
        return {**answer, "result": [json.dumps(each).encode() for each in listed]} if listed else answer


_LISTED = msgspec.json.Decoder(Listed)


class UnreadAiohttpRequest(Unread, AiohttpRequest):
    """What updates are fetched through."""


class RawApi:
    """The Bot API without the library's objects: parameters in, JSON out."""

    def __init__(self, request: Unread, base_url: str, token: str) -> None:
        self._request = request
        self._url = f"{base_url.rstrip('/')}/bot{token}"

    async def call(self, method: str, params: Mapping[str, object], read_timeout: float) -> Sequence[bytes]:
        """What one call lists, as it came; refusals are raised as the library's errors.

        `read_timeout` is in seconds and must exceed the `timeout` of a long poll.
        """
        data = RequestData([RequestParameter.from_input(name, value) for name, value in params.items()])
        listed: Any = await self._request.post(f"{self._url}/{method}", data, read_timeout=read_timeout)
        return list(listed)


def require_known_proxy(url: str) -> str:
    """The URL of a proxy; raises `ProxyUnsupported` unless it is an HTTP proxy with a host."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        kind = parts.scheme or "none"
        raise ProxyUnsupported(f"Proxy kind {kind!r} is not supported: use an http:// or https:// proxy.")
    return url


def _chosen(given: ODVInput[float], default: float) -> float | None:
    return default if isinstance(given, DefaultValue) else given


def _timeout(
    *, waiting: float | None, connecting: float | None, writing: float | None, reading: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp bounds no write by itself, so the whole is bounded by the sum of its parts."""
    parts = [waiting, connecting, writing, reading]
    total = None if None in parts else sum(part for part in parts if part is not None)
    connect = None if waiting is None or connecting is None else waiting + connecting
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_connect=connecting, sock_read=reading)


def _headers(files: Mapping[str, Any] | None) -> dict[str, str]:
    return {} if files else {"Content-Type": "application/x-www-form-urlencoded"}


def _body(fields: Mapping[str, str], files: Mapping[str, Any] | None) -> bytes | aiohttp.MultipartWriter:
    if not files:
        return urlencode(fields).encode()
    form = aiohttp.MultipartWriter("form-data")
    for name, value in fields.items():
        form.append(value).set_content_disposition("form-data", quote_fields=False, name=name)
    for name, (filename, content, kind) in files.items():
        part = form.append(content, {"Content-Type": kind})
        part.set_content_disposition("form-data", quote_fields=False, name=name, filename=filename)
    return form


def _lost(error: Exception) -> NetworkError:
    """The error to raise for a request without an answer."""
    said = TOKEN.sub("/bot…", f"{type(error).__name__}: {error}")
    before_sending = (
        aiohttp.ConnectionTimeoutError,  # no free connection, or none in time
        aiohttp.ClientConnectorError,  # name, route, certificate or proxy
        aiohttp.ClientHttpProxyError,  # the proxy would not open the tunnel
        aiohttp.InvalidURL,
    )
    return NeverLeft(said) if isinstance(error, before_sending) else MayHaveArrived(said)


def require_telegram(method: str, status: int, body: bytes) -> None:
    """Return if Telegram has answered; raise what an answer by anybody else, or a failing server, means."""
    if status == TOO_LARGE:
        raise BadRequest("File is too big")
    if status >= SERVER_ERROR:
        raise MayHaveArrived(f"the server failed with status {status}")
    is_json = body.lstrip()[:1] == b"{"
    if is_json or (method == "GET" and status < 300):
        return  # Files are fetched with GET.
    if status < 300:
        raise MayHaveArrived(f"the answer with status {status} is not Telegram's")
    raise NotTelegram(f"something that is not Telegram refused the request with status {status}")
