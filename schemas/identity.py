"""The identity of an event: `source` and `id` name it for ever, and `complaint_id` is made from them."""

from __future__ import annotations

import hashlib
from typing import Final
from uuid import UUID

COMPLAINT_NAMESPACE: Final = UUID("5b0f4a86-6a0e-5d0b-9a52-6b7f7c1e9d11")
"""The fixed UUIDv5 namespace of complaints. It must never change: every stored complaint_id hangs on it."""

_NAMESPACE_BYTES: Final = COMPLAINT_NAMESPACE.bytes


def complaint_id(source: str, event_id: str) -> UUID:
    """UUIDv5 (RFC 9562 section 5.5) of `source + "\\n" + id`; the same pair always gives the same UUID."""
    name = f"{source}\n{event_id}".encode()
    digest = hashlib.sha1(_NAMESPACE_BYTES + name, usedforsecurity=False).digest()
    return UUID(bytes=digest[:16], version=5)
