"""Passwords: Argon2id hashes, the rule they must follow, and generated ones."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mealsvc.access.errors import UnusablePassword

#: Shortest and longest password, in characters. Length is what protects; the upper end keeps
#: hashing cheap.
MIN_LENGTH, MAX_LENGTH = 10, 200

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that reads like something else
_HASHER = PasswordHasher()


def check_password(password: str, username: str) -> None:
    """Refuse a password that is too short, too long, one repeated character, or the user's name.

    Raises
    ------
    UnusablePassword
        Saying which rule is broken.
    """
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise UnusablePassword(
            f"the password has {len(password)} characters; use {MIN_LENGTH} to {MAX_LENGTH}",
            f"密码有{len(password)}个字符，应为{MIN_LENGTH}至{MAX_LENGTH}个",
        )
    folded = password.casefold()
    if len(set(folded)) < 4 or username.casefold() in {folded, folded[::-1]}:
        raise UnusablePassword(
            "the password is too easy to guess; use several words or --generate",
            "密码太容易被猜到，请换一个",
        )


def generate_password() -> str:
    """Return a random password of four groups of five letters and digits (99 bits)."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password, with its own salt and parameters."""
    return _HASHER.hash(_normal(password))


def verify_password(password: str, stored: str | None) -> bool:
    """Return whether a password fits a stored hash.

    Parameters
    ----------
    password
        What was typed.
    stored
        The stored hash; ``None`` (no such user) takes as long as a wrong password, so that the
        time tells nobody which names exist.
    """
    try:
        fits = _HASHER.verify(stored or _nobodys_hash(), _normal(password)[: MAX_LENGTH * 4])
    except (VerificationError, InvalidHashError):
        return False
    return fits and stored is not None


@cache
def _nobodys_hash() -> str:
    return hash_password(secrets.token_urlsafe(16))


def _normal(password: str) -> str:
    # One keyboard's é is another's e + ´; both must open the door.
    return unicodedata.normalize("NFKC", password)
