"""The installation's own secret, from which couriers' links are derived.

A link that is printed twice should be one link, but the database holds only hashes and cannot give
it back. So a link's token is a keyed hash of what it opens, and the key lies beside the database,
never in it: who reads the database alone can make no link. A backup leaves the key out; where it is
lost, new links are made and the printed ones keep working.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from mealsvc.errors import StorageFailure

#: File under the installation's home.
FILE = "link-secret"

_BYTES = 32


def derived_token(home: Path, *parts: object) -> str:
    """Return the token of 256 bits that belongs to a list of values, always the same one.

    Parameters
    ----------
    home
        The installation's home; the secret is made there when it is first needed.
    parts
        What the token stands for; their text must not contain line breaks.

    Raises
    ------
    StorageFailure
        If the secret cannot be read or written.
    """
    message = "\n".join(["mealsvc link", *map(str, parts)])
    digest = hmac.new(_secret(home), message.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _secret(home: Path) -> bytes:
    path = home / FILE
    try:
        if not path.exists():
            _make(path)
        content = path.read_bytes()
    except OSError as error:
        raise StorageFailure(
            f"the secret of couriers' links, {path}, cannot be used: {error.strerror or error}",
            f"送餐员链接的密钥文件 {path} 无法读写，请联系管理员",
        ) from error
    if len(content) != _BYTES:
        raise StorageFailure(
            f"{path} is damaged; delete it, a new one is made and printed links keep working",
            f"密钥文件 {path} 已损坏；删除后会自动重建，已打印的链接仍然有效",
        )
    return content


def _make(path: Path) -> None:
    """Write the secret whole or not at all; of several processes the first one's counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        os.link(name, path)
    except FileExistsError:
        return
    finally:
        Path(name).unlink()
