"""A secret that is made once and kept in a file only its owner can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def load_or_make_secret(path: Path) -> bytes:
    """The secret in `path`, 32 random bytes as hex; made at the first call. Several processes may call at once."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_bytes(secrets.token_hex(32).encode())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_bytes()
