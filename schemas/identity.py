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


def complaint_key(source: str, event_id: str) -> bytes:
    """The text of `complaint_id`, as the key of its records; less than half the cost of making the UUID first."""
    digits = hashlib.sha1(_NAMESPACE_BYTES + f"{source}\n{event_id}".encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}".encode()
