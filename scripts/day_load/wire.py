"""Requests as phones and consoles make them: each client its own connection, each answer timed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpx2

from scripts.day_load.tally import Asked

PATIENCE = 20.0
"""Seconds that a page waits for an answer."""


class UnreachableError(Exception):
    """No answer, or one that says "later"."""


class Wire:
    """One client's way to the service.

    Parameters
    ----------
    address
        Of the service.
    secret
        The bearer token; None before signing in.
    asked
        Where answered requests are noted, of all clients.
    """

    def __init__(self, address: str, secret: str | None, asked: list[Asked]) -> None:
        self.asked = asked
        self.client = httpx2.AsyncClient(
            base_url=f"{address}/api/v1",
            headers={"authorization": f"Bearer {secret}"} if secret else {},
            timeout=PATIENCE,
            trust_env=False,
            verify=False,  # plain HTTP on loopback: no certificates need be read
            limits=httpx2.Limits(keepalive_expiry=4),  # the server lets go after five
        )

    async def get(self, what: str, path: str) -> httpx2.Response:
        """Ask for something; raises UnreachableError where nothing can be known of it."""
        return await self._timed(what, "GET", path)

    async def post(self, what: str, path: str, body: Mapping[str, Any]) -> httpx2.Response:
        """Send something; raises UnreachableError where nothing can be known of it."""
        return await self._timed(what, "POST", path, json=body)

    async def _timed(self, what: str, method: str, path: str, **more: Any) -> httpx2.Response:  # noqa: ANN401
        began = time.monotonic()
        try:
            response = await self.client.request(method, path, **more)
        except httpx2.TransportError as error:
            raise UnreachableError(str(error)) from error
        if response.status_code >= 500:
            raise UnreachableError(f"{method} {path}: {response.status_code}")
        response.raise_for_status()
        self.asked.append(Asked(what, began, time.monotonic() - began))
        return response
