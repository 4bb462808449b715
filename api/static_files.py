"""Files that do not change while the service runs: pictures, the sheet, the built map page."""

from __future__ import annotations

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

#: A script that works beside the page obeys the rules of its own file, not those of the page.
WORKER_SECURITY = "default-src 'none'; script-src 'self'; connect-src 'self'"

#: The names of built files change with their content.
_FOREVER = "public, max-age=31536000, immutable"


class Files(StaticFiles):
    """Serves the files, and lets the map page's own ones ask the service and be kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        if path.startswith("map/assets/") and response.status_code < 400:
            response.headers["content-security-policy"] = WORKER_SECURITY
            response.headers["cache-control"] = _FOREVER
        return response
