"""The published JSON Schemas (2020-12), made from the models."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel

from schemas import examples
from schemas.complaint import ComplaintRegistered
from schemas.enriched import ComplaintEnriched
from schemas.envelope import (
    COMPLAINT_ENRICHED,
    COMPLAINT_REGISTERED,
    COMPLAINT_STATUS,
    NETWORK_EVENT,
    OUTAGE_STATE,
    StructuredEvent,
)
from schemas.network import NetworkEvent, NetworkEventAccepted
from schemas.outage import OutageStateChanged
from schemas.status import StatusAccepted, StatusChanged
from schemas.vocabulary import DeadLetterStage, RefusalReason

Document = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DEAD_LETTER_HEADERS: Final = "complaints.deadletters.v1.headers"
STATUS_ACCEPTED: Final = "complaints.status.accepted.v1"
NETWORK_EVENTS_ACCEPTED: Final = "network.events.accepted.v1"


class Direction(StrEnum):
    """Who writes by a schema: others to us (`input`), or we to others (`output`)."""

    INPUT = "input"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Published:
    """One schema file: `name` is its file name without `.json`."""

    name: str
    direction: Direction
    document: Document


def data_name(event_type: str) -> str:
    """The name of the schema of an event's `data`."""
    return f"{event_type}.data"


def event_name(event_type: str) -> str:
    """The name of the schema of the whole structured-mode event."""
    return f"{event_type}.event"


_SAYS_SOMETHING: Final = {
    "anyOf": [
        {"required": [name], "properties": {name: {"type": "string", "pattern": r"\S"}}}
        for name in ("text", "category")
    ]
}
_NAMES_A_COMPLAINT: Final = {
    "anyOf": [
        {"required": ["complaint_id"], "properties": {"complaint_id": {"type": "string"}}},
        {"required": ["complaint"], "properties": {"complaint": {"type": "object"}}},
    ]
}
_INPUTS: Final[tuple[tuple[str, type[BaseModel], Document, Document], ...]] = (
    (COMPLAINT_REGISTERED, ComplaintRegistered, _SAYS_SOMETHING, examples.REGISTERED),
    (COMPLAINT_STATUS, StatusChanged, _NAMES_A_COMPLAINT, examples.STATUS),
    (NETWORK_EVENT, NetworkEvent, {}, examples.NETWORK),
)
"""Event type, model of its `data`, the rule over several fields that the model holds in code, an example."""

_OUTPUTS: Final[tuple[tuple[str, type[BaseModel], Document], ...]] = (
    (data_name(COMPLAINT_ENRICHED), ComplaintEnriched, examples.ENRICHED),
    (data_name(OUTAGE_STATE), OutageStateChanged, examples.OUTAGE),
    (STATUS_ACCEPTED, StatusAccepted, examples.STATUS_ACCEPTED),
    (NETWORK_EVENTS_ACCEPTED, NetworkEventAccepted, examples.NETWORK_ACCEPTED),
)


def published_schemas() -> list[Published]:
    """Every schema file, in the order of the events' way through the pipeline."""
    found = []
    for event_type, model, rule, example in _INPUTS:
        data = _plain(model.model_json_schema(mode="validation")) | rule
        found.append(_published(data_name(event_type), Direction.INPUT, data, example["data"]))
        found.append(_published(event_name(event_type), Direction.INPUT, _whole_event(event_type, data), example))
    for name, output, example in _OUTPUTS:
        data = _plain(output.model_json_schema(mode="serialization"))
        # Fields may be added within a version, so a reader must not be told that there are no others.
        data.pop("additionalProperties")
        found.append(_published(name, Direction.OUTPUT, data, example))
    headers = _dead_letter_headers()
    found.append(_published(DEAD_LETTER_HEADERS, Direction.OUTPUT, headers, examples.DEAD_LETTER_HEADERS))
    return found


def _published(name: str, direction: Direction, body: Document, example: Document) -> Published:
    return Published(name, direction, {"$schema": DIALECT, "$id": f"{name}.json", **body, "examples": [example]})


def _whole_event(event_type: str, data: Document) -> Document:
    body = _plain(StructuredEvent.model_json_schema(mode="validation"))
    inner = deepcopy(data)
    definitions = inner.pop("$defs", {})
    body["properties"]["type"] = {"const": event_type, "type": "string"}
    body["properties"]["data"] = inner
    body["required"].append("data")
    return {"$defs": definitions, **body} if definitions else body


def _dead_letter_headers() -> Document:
    number = {"type": "string", "pattern": "^[0-9]+$"}
    properties: Document = {
        "dl.topic": {"type": "string", "description": "topic of the refused record"},
        "dl.partition": {**number, "description": "its partition"},
        "dl.offset": {**number, "description": "its offset"},
        "dl.stage": {"enum": [*map(str, DeadLetterStage)], "type": "string", "description": "who refused it"},
        "dl.reason": {"enum": [*map(str, RefusalReason)], "type": "string", "description": "why, from a closed list"},
        "dl.field": {"type": "string", "description": "path of the offending field; empty: the whole record"},
        "dl.first_seen": {"type": "string", "format": "date-time", "description": "broker time of the refused record"},
        "dl.attempts": {**number, "description": "how often it was tried"},
    }
    return {
        "title": "DeadLetterHeaders",
        "description": "Headers of a dead letter, each as UTF-8 text, beside the record's own; the value is untouched.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }


def _plain(schema: Document) -> Document:
    """The schema without the titles that only repeat the field's name."""
    for inner in (schema, *schema.get("$defs", {}).values()):
        for field in inner.get("properties", {}).values():
            field.pop("title", None)
    return schema
