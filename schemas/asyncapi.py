"""The AsyncAPI 3.0 document: every topic, who writes what to it, in which form and under which key."""

from __future__ import annotations

from typing import Any, Final

from schemas import examples
from schemas.envelope import (
    COMPLAINT_ENRICHED,
    COMPLAINT_REGISTERED,
    COMPLAINT_STATUS,
    JSON_CONTENT_TYPE,
    NETWORK_EVENT,
    OUTAGE_STATE,
    STRUCTURED_CONTENT_TYPE,
)
from schemas.json_schemas import (
    DEAD_LETTER_HEADERS,
    NETWORK_EVENTS_ACCEPTED,
    STATUS_ACCEPTED,
    Document,
    data_name,
    event_name,
)
from schemas.topics import (
    CATALOGUE,
    COMPLAINT_TOPICS,
    DEADLETTERS,
    DETECTOR_CLOCK,
    ENRICHED,
    NETWORK_EVENTS,
    OUTAGES,
    RAW_TOPICS,
    SINK_INTENTS,
    STATUS,
    Topic,
    desk_topic,
)
from schemas.topics import NETWORK_EVENTS_ACCEPTED as NETWORK_EVENTS_ACCEPTED_TOPIC
from schemas.topics import STATUS_ACCEPTED as STATUS_ACCEPTED_TOPIC

_BINDING: Final = "0.5.0"
_DESKS: Final = desk_topic("{substation_id}")

_RAW_EVENTS: Final = {
    **dict.fromkeys(COMPLAINT_TOPICS, (COMPLAINT_REGISTERED, examples.REGISTERED)),
    STATUS: (COMPLAINT_STATUS, examples.STATUS),
    NETWORK_EVENTS: (NETWORK_EVENT, examples.NETWORK),
}
"""What outsiders write: topic, event type, example."""

_OWN_EVENTS: Final[dict[str, tuple[str, str, Document]]] = {
    ENRICHED: (COMPLAINT_ENRICHED, data_name(COMPLAINT_ENRICHED), examples.ENRICHED),
    _DESKS: (COMPLAINT_ENRICHED, data_name(COMPLAINT_ENRICHED), examples.ENRICHED),
    OUTAGES: (OUTAGE_STATE, data_name(OUTAGE_STATE), examples.OUTAGE),
    STATUS_ACCEPTED_TOPIC: (COMPLAINT_STATUS, STATUS_ACCEPTED, examples.STATUS_ACCEPTED),
    NETWORK_EVENTS_ACCEPTED_TOPIC: (NETWORK_EVENT, NETWORK_EVENTS_ACCEPTED, examples.NETWORK_ACCEPTED),
}
"""What the pipeline writes: topic, event type, schema of the value, example."""


def asyncapi_document() -> Document:
    """The whole document. Payloads are references to the JSON Schema files that stand beside it."""
    topics = [*CATALOGUE, _desk_topic()]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Electricity complaints of a city",
            "version": "1.0.0",
            "description": (
                "Complaints come in by phone, web and help desk as CloudEvents 1.0; the pipeline enriches them, routes "
                "them to their substation's desk and tells the outages. Topics that outsiders write to take structured "
                "and binary content mode (CloudEvents Kafka protocol binding 1.0.2); the pipeline writes binary mode."
            ),
        },
        "defaultContentType": JSON_CONTENT_TYPE,
        "channels": {topic.name.replace("{substation_id}", "desk"): _channel(topic) for topic in topics},
        "operations": {_operation_name(topic): _operation(topic) for topic in topics},
        "components": {"messages": _messages()},
    }


def _desk_topic() -> Topic:
    enriched = next(topic for topic in CATALOGUE if topic.name == ENRICHED)
    return Topic(
        _DESKS, "substation_id", 1, enriched.retention_ms, "Enriched complaints of one help desk's substation."
    )


def _channel(topic: Topic) -> Document:
    channel: Document = {
        "address": topic.name,
        "title": topic.name,
        "description": f"{topic.meaning} Key: {topic.key}.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in _message_names(topic.name)},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    "cleanup.policy": topic.cleanup.split(","),
                    "retention.ms": topic.retention_ms,
                    "max.message.bytes": topic.max_message_bytes,
                },
                "bindingVersion": _BINDING,
            }
        },
    }
    if topic.name == _DESKS:
        channel["parameters"] = {
            "substation_id": {"description": "A substation of the reference pack with a help desk."}
        }
    return channel


def _operation_name(topic: Topic) -> str:
    verb = "receive" if topic.name in RAW_TOPICS else "send"
    return f"{verb}.{topic.name.replace('{substation_id}', 'desk')}"


def _operation(topic: Topic) -> Document:
    channel = topic.name.replace("{substation_id}", "desk")
    return {
        "action": "receive" if topic.name in RAW_TOPICS else "send",
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": topic.meaning,
    }


def _message_names(topic: str) -> list[str]:
    if topic in _RAW_EVENTS:
        event_type = _RAW_EVENTS[topic][0]
        return [f"{event_type}.structured", f"{event_type}.binary"]
    return [topic if topic in (DEADLETTERS, SINK_INTENTS, DETECTOR_CLOCK) else _OWN_EVENTS[topic][1]]


def _messages() -> Document:
    keys = {topic.name: topic.key for topic in [*CATALOGUE, _desk_topic()]}
    messages: Document = {}
    for topic, (event_type, example) in _RAW_EVENTS.items():
        messages[f"{event_type}.structured"] = _message(
            event_name(event_type), keys[topic], STRUCTURED_CONTENT_TYPE, _structured_headers(), {}, example
        )
        messages[f"{event_type}.binary"] = _message(
            data_name(event_type),
            keys[topic],
            JSON_CONTENT_TYPE,
            _binary_headers(event_type),
            {f"ce_{name}": value for name, value in example.items() if name not in ("data", "datacontenttype")},
            example["data"],
        )
    for topic, (event_type, schema, example) in _OWN_EVENTS.items():
        messages.setdefault(
            schema, _message(schema, keys[topic], JSON_CONTENT_TYPE, _binary_headers(event_type), {}, example)
        )
    messages[DEADLETTERS] = {
        "summary": "The refused record, its bytes and headers untouched.",
        "contentType": "application/octet-stream",
        "headers": {"$ref": f"./{DEAD_LETTER_HEADERS}.json"},
        "payload": {"description": "The bytes of the refused record."},
        "bindings": _key_binding(keys[DEADLETTERS]),
        "examples": [{"headers": examples.DEAD_LETTER_HEADERS, "payload": "{not JSON"}],
    }
    messages[SINK_INTENTS] = {
        "summary": "The sink's own: a batch that is about to be stored, first offset, last offset, salt of its token.",
        "contentType": "text/plain",
        "payload": {"type": "string", "pattern": r"^\d+\|v1\|\d+\|[A-Za-z0-9-]+$"},
        "bindings": _key_binding(keys[SINK_INTENTS]),
        "examples": [{"payload": "1200|v1|1399|1-5f0c2a9be1d4"}],
    }
    messages[DETECTOR_CLOCK] = {
        "summary": "The detector's own: when its last step was, Unix seconds.",
        "contentType": "text/plain",
        "payload": {"type": "string", "pattern": r"^\d+$"},
        "bindings": _key_binding(keys[DETECTOR_CLOCK]),
        "examples": [{"payload": "1781970240"}],
    }
    return messages


def _message(
    schema: str, key: str, content_type: str, headers: Document, sample_headers: dict[str, Any], example: Document
) -> Document:
    return {
        "contentType": content_type,
        "headers": headers,
        "payload": {"$ref": f"./{schema}.json"},
        "bindings": _key_binding(key),
        "examples": [{"headers": {"content-type": content_type, **sample_headers}, "payload": example}],
    }


def _key_binding(key: str) -> Document:
    return {"kafka": {"key": {"type": "string", "description": key}, "bindingVersion": _BINDING}}


def _structured_headers() -> Document:
    return {
        "type": "object",
        "properties": {"content-type": {"type": "string", "const": STRUCTURED_CONTENT_TYPE}},
        "required": ["content-type"],
    }


def _binary_headers(event_type: str) -> Document:
    properties = {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "minLength": 1},
        "ce_source": {"type": "string", "minLength": 1},
        "ce_type": {"type": "string", "const": event_type},
        "ce_time": {"type": "string", "format": "date-time"},
        "content-type": {"type": "string", "const": JSON_CONTENT_TYPE},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": ["ce_specversion", "ce_id", "ce_source", "ce_type"],
    }
