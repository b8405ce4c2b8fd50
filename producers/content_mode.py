"""The two forms of an event on Kafka: structured and binary content mode. Pure."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, Final

import orjson

from schemas.envelope import JSON_CONTENT_TYPE, STRUCTURED_CONTENT_TYPE

HeaderList = list[tuple[str, str | bytes | None]]

_STRUCTURED_HEADERS: Final[HeaderList] = [("content-type", STRUCTURED_CONTENT_TYPE.encode())]
_ATTRIBUTE_NAME: Final = re.compile(r"[a-z0-9]{1,64}", re.ASCII)
_NO_HEADER: Final = frozenset({"data", "datacontenttype"})
_NEEDED: Final = ("specversion", "id", "source", "type")


class ContentMode(StrEnum):
    """The content modes of the CloudEvents Kafka protocol binding 1.0.2, section 3."""

    STRUCTURED = "structured"
    BINARY = "binary"


def in_mode(mode: ContentMode, line: bytes, event: dict[str, Any]) -> tuple[bytes, HeaderList]:
    """The record's value and headers. `event` is the parsed `line`.

    Structured: the line as it is, byte for byte. Binary: the attributes as `ce_…` headers and `data` as the value. An
    event that headers cannot carry unchanged (an attribute that is missing or no text, `data` that is no JSON object)
    goes out structured, so that the mode never changes what the pipeline makes of it.
    """
    if mode is ContentMode.BINARY:
        carried = _binary(event)
        if carried is not None:
            return carried
    return line, _STRUCTURED_HEADERS


def _binary(event: dict[str, Any]) -> tuple[bytes, HeaderList] | None:
    data = event.get("data")
    if not isinstance(data, dict) or "data_base64" in event or any(name not in event for name in _NEEDED):
        return None
    if event.get("datacontenttype", JSON_CONTENT_TYPE) != JSON_CONTENT_TYPE:
        return None
    headers: HeaderList = [("content-type", JSON_CONTENT_TYPE.encode())]
    for name, value in event.items():
        if name not in _NO_HEADER:
            if not isinstance(value, str) or not _ATTRIBUTE_NAME.fullmatch(name):
                return None
            headers.append((f"ce_{name}", value.encode()))
    return orjson.dumps(data), headers
