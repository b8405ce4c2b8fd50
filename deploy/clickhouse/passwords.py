"""The environment that `users.xml` takes its passwords from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

USERS_XML: Final = Path(__file__).with_name("users.xml")
ROLES: Final = ("writer", "analyst", "detector", "admin")
"""Who has a password in it: each is the user `complaints_<role>`."""


def password_environment(*, writer: str, analyst: str, detector: str, admin: str) -> dict[str, str]:
    """The variables of ClickHouse's process for these passwords: their SHA-256, in hex."""
    passwords = {"WRITER": writer, "ANALYST": analyst, "DETECTOR": detector, "ADMIN": admin}
    return {f"CLICKHOUSE_{user}_PASSWORD_SHA256": sha256_hex(password) for user, password in passwords.items()}


def sha256_hex(password: str) -> str:
    """What ClickHouse calls `password_sha256_hex`."""
    return hashlib.sha256(password.encode()).hexdigest()
