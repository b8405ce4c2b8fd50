"""Records and events for the tests of this folder."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import orjson

from schemas import examples
from schemas.envelope import STRUCTURED_CONTENT_TYPE
from schemas.record import Headers, RawRecord
from schemas.topics import CALLS


def registered(**changes: Any) -> dict[str, Any]:
    """The contract's example; a keyword changes the attribute or field of `data` of that name, ... takes it out."""
    event = deepcopy(examples.REGISTERED)
    for name, value in changes.items():
        place = event if name in event else event["data"]
        if value is ...:
            del place[name]
        else:
            place[name] = value
    return event


def record(value: bytes | None, headers: Headers = (), topic: str = CALLS) -> RawRecord:
    """A raw record as it might be read from a topic."""
    return RawRecord(topic, 2, 1041, 1_781_970_245_412, b"key", value, headers)


def structured_record(event: Any) -> RawRecord:
    """The event in structured content mode."""
    return record(orjson.dumps(event), (("content-type", STRUCTURED_CONTENT_TYPE.encode()),))


def binary_record(event: dict[str, Any]) -> RawRecord:
    """The event in binary content mode."""
    attributes = {name: value for name, value in event.items() if name not in ("data", "datacontenttype")}
    headers = [(f"ce_{name}", str(value).encode()) for name, value in attributes.items()]
    headers.append(("content-type", b"application/json"))
    return record(orjson.dumps(event["data"]), tuple(headers))
