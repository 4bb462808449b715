"""Files as answers: their kinds, and names that survive every browser."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.responses import Response

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


def file_response(content: bytes, media_type: str, name: str) -> Response:
    """Return a file to be saved under a name (RFC 6266, any script)."""
    ascii_name = name.encode("ascii", "ignore").decode().strip() or "file"
    disposition = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=media_type, headers={"content-disposition": disposition})


def file_answer(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of a route that answers with a file."""
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "The file", "content": dict.fromkeys(media_types, schema)}}
