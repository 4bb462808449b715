"""The pages that the web app was built into: what each loads, and the rules for its scripts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from api.middleware import CONTENT_SECURITY
from mealsvc.errors import NotFound

BUILT = Path(__file__).parent / "static" / "map"

#: Pages of the web app run scripts: our own, from here; pictures in data: are the map library's
#: buttons.
SCRIPTS_SECURITY = CONTENT_SECURITY.replace(
    "img-src 'self'",
    "img-src 'self' data:; script-src 'self'; worker-src 'self'; connect-src 'self'",
)

_BASE = "/static/map/"


@dataclass(frozen=True)
class Assets:
    """Addresses of what a page loads: its script, the parts that this needs, its style sheets."""

    script: str
    parts: list[str]
    styles: list[str]


def is_built(built: Path) -> bool:
    """Return whether the web app was built into a folder."""
    return (built / "manifest.json").is_file()


def assets(built: Path, entry: str) -> Assets:
    """Return what a page of the web app loads; names change with the content.

    Parameters
    ----------
    built
        Folder of the built web app.
    entry
        The source that starts the page, such as ``src/main.tsx``.

    Raises
    ------
    NotFound
        If the web app was not built.
    """
    try:
        manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(
            "the map was not built with this installation; run: scripts/setup",
            "此安装没有地图页面，请管理员运行：scripts/setup",
        ) from error
    needed = _with_parts(manifest, entry)
    files = [_BASE + manifest[name]["file"] for name in needed]
    # A page's own sheet comes after those of what it builds on.
    styles = [_BASE + sheet for name in needed[::-1] for sheet in manifest[name].get("css", [])]
    return Assets(files[0], files[1:], styles)


def _with_parts(manifest: dict[str, dict[str, list[str]]], entry: str) -> list[str]:
    """Return an entry and all that it loads with itself, each once."""
    found: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += manifest[name].get("imports", [])
    return list(found)
