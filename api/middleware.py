"""What every request passes before any route: host name, size, headers, a line in the log."""

from __future__ import annotations

import ipaddress
import logging
import secrets
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem_response
from mealsvc.settings import Settings

log = logging.getLogger("mealsvc.access_log")

#: Scripts do not run (but on the map), nothing is loaded from elsewhere, nobody may frame a page.
CONTENT_SECURITY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_HEADERS = {
    "content-security-policy": CONTENT_SECURITY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # "no-referrer" would make browsers send "Origin: null" with our own forms.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Checks the host name and the size of the body, adds headers, and writes one log line.

    The log line names the operation, not the address: a courier's link carries its secret there.

    Parameters
    ----------
    app
        What comes after.
    settings
        For the host names and the largest upload.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.hosts = _known_hosts(settings)
        self.largest = settings.upload_megabytes * 1_000_000
        self.https = settings.secure_cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(scope, message, request_id)
            await send(message)

        try:
            await self._answer(scope, receive, send_with_headers)
        finally:
            route = getattr(scope.get("route"), "name", None) or "-"
            milliseconds = 1000 * (time.perf_counter() - started)
            log.info(
                "%s %s %d %.0f ms %s", scope["method"], route, status, milliseconds, request_id
            )

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        request = Request(scope)
        if not self._knows(headers.get("host", "")):
            await problem_response(request, 421, slug="unknown-host")(scope, receive, send)
            return
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.largest:
            status = 413 if length.isdecimal() else 400
            await problem_response(request, status)(scope, receive, send)
            return
        await self.app(scope, _Counted(receive, self.largest), send)

    def _knows(self, host: str) -> bool:
        name = _host_name(host)
        if name is None:
            return False
        if name in self.hosts:
            return True
        try:  # A plain address cannot be somebody else's name for this machine.
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _add_headers(self, scope: Scope, message: Message, request_id: str) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        if not scope["path"].startswith("/static/"):
            headers.setdefault("cache-control", "no-store")
        if self.https:
            headers.setdefault("strict-transport-security", "max-age=31536000")
        headers["x-request-id"] = request_id


class _Counted:
    """Receives a body that did not say how long it is, up to the limit."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self.receive = receive
        self.left = largest

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise HTTPException(413)
        return message


def _known_hosts(settings: Settings) -> frozenset[str]:
    named = [name.strip().lower() for name in settings.allowed_hosts.split(",")]
    public = urlsplit(settings.public_url).hostname
    return frozenset(name for name in (*named, public, "localhost", settings.host.lower()) if name)


def _host_name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
