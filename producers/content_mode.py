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
    attributes = {name: value for name, value in event.items() if name != "data"}
    data = event.get("data")
    content_type = attributes.pop("datacontenttype", JSON_CONTENT_TYPE)
    if content_type != JSON_CONTENT_TYPE or not isinstance(data, dict) or "data_base64" in attributes:
        return None
    if any(name not in attributes for name in _NEEDED):
        return None
    if not all(_ATTRIBUTE_NAME.fullmatch(name) and isinstance(value, str) for name, value in attributes.items()):
        return None
    headers = [(f"ce_{name}", value.encode()) for name, value in attributes.items()]
    return orjson.dumps(data), [*headers, ("content-type", JSON_CONTENT_TYPE.encode())]
