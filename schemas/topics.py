"""The topic catalogue: every Kafka topic with its key, partitions, retention and cleanup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from schemas.vocabulary import Channel

CALLS: Final = "complaints.calls"
WEB: Final = "complaints.web"
HELPDESK: Final = "complaints.helpdesk"
STATUS: Final = "complaints.status"
NETWORK_EVENTS: Final = "network.events"
ENRICHED: Final = "complaints.enriched"
STATUS_ACCEPTED: Final = "complaints.status.accepted"
NETWORK_EVENTS_ACCEPTED: Final = "network.events.accepted"
OUTAGES: Final = "outages"
DEADLETTERS: Final = "complaints.deadletters"
SINK_INTENTS: Final = "complaints.sink.intents"
DETECTOR_CLOCK: Final = "complaints.detector.clock"
DESK_PREFIX: Final = "desks."

TOPIC_OF_CHANNEL: Final = {Channel.CALL: CALLS, Channel.WEB: WEB, Channel.HELPDESK: HELPDESK}
CHANNEL_OF_TOPIC: Final = {topic: channel for channel, topic in TOPIC_OF_CHANNEL.items()}
COMPLAINT_TOPICS: Final = (CALLS, WEB, HELPDESK)
RAW_TOPICS: Final = (*COMPLAINT_TOPICS, STATUS, NETWORK_EVENTS)

_DAY_MS: Final = 86_400_000
_HOUR_MS: Final = 3_600_000
_MIB: Final = 1 << 20
SIZE_BOUND_BYTES: Final = 1 << 30
"""About two million complaints a partition."""

_ANY_TIME_AHEAD_MS: Final = (1 << 63) - 1
"""A file's own clock may lie ahead of ours. The broker's default of one hour would refuse whole batches of it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `key` says in words what the key of a record is; sizes are bytes, times milliseconds.

    `retention_ms` counts from a record's own timestamp, `retention_bytes` is for a partition; -1: without a bound.
    """

    name: str
    key: str
    partitions: int
    retention_ms: int
    meaning: str
    max_message_bytes: int = 4 * _MIB
    cleanup: str = "delete"
    retention_bytes: int = -1

    def config(self) -> dict[str, str]:
        """The topic's settings in the broker's own names; a compacted one stays short, to be read from its start."""
        compaction = {
            "min.cleanable.dirty.ratio": "0.1",
            "segment.bytes": str(_MIB),
            "segment.ms": str(_HOUR_MS),
        }
        return {
            "cleanup.policy": self.cleanup,
            "retention.ms": str(self.retention_ms),
            "retention.bytes": str(self.retention_bytes),
            "max.message.bytes": str(self.max_message_bytes),
            "message.timestamp.type": "CreateTime",
            "message.timestamp.after.max.ms": str(_ANY_TIME_AHEAD_MS),
            **(compaction if self.cleanup == "compact" else {}),
        }


CATALOGUE: Final = (
    Topic(CALLS, "complaint_id", 6, 7 * _DAY_MS, "Complaints as the call centre registered them."),
    Topic(WEB, "complaint_id", 6, 7 * _DAY_MS, "Complaints as the web portal registered them."),
    Topic(HELPDESK, "complaint_id", 6, 7 * _DAY_MS, "Complaints as the help desks registered them."),
    Topic(STATUS, "complaint_id", 3, 7 * _DAY_MS, "What happened to complaints, as outsiders say it."),
    Topic(NETWORK_EVENTS, "node_id", 3, 7 * _DAY_MS, "What telemetry, crews and dispatchers say of a node."),
    Topic(ENRICHED, "substation_id or unrouted", 6, 7 * _DAY_MS, "Complaints with category, place and due time."),
    Topic(STATUS_ACCEPTED, "complaint_id", 3, 7 * _DAY_MS, "Status events that passed validation, flat."),
    Topic(NETWORK_EVENTS_ACCEPTED, "node_id", 3, 7 * _DAY_MS, "Network events that passed validation, flat."),
    Topic(OUTAGES, "outage_id", 3, 30 * _DAY_MS, "Every state of every outage."),
    Topic(
        DEADLETTERS,
        "the refused record's own",
        3,
        30 * _DAY_MS,
        "Records that could not be taken, bytes and headers untouched.",
        max_message_bytes=8 * _MIB,
    ),
    Topic(
        SINK_INTENTS,
        "group, topic and partition",
        1,
        -1,
        "What sinks are about to store, where Kafka keeps no metadata of commits.",
        cleanup="compact",
    ),
    Topic(
        DETECTOR_CLOCK,
        "group of the detectors",
        1,
        -1,
        "The last step of the detector at work; whoever holds its partition is the one at work.",
        cleanup="compact",
    ),
)

CATALOGUE_BY_NAME: Final = {topic.name: topic for topic in CATALOGUE}


def desk_topic(substation_id: str) -> str:
    """The name of a help desk's own topic."""
    return DESK_PREFIX + substation_id


def all_topics(help_desks: Iterable[str], *, by_size: bool = False) -> list[Topic]:
    """The catalogue and one topic for each help desk, given the ids of their substations.

    by_size: bound those that have a retention by SIZE_BOUND_BYTES a partition and not by time. Kafka counts time from
    the records' own timestamps, so under a time bound a file of old events, published under its own clock, may go
    before it is read.
    """
    desks = [
        Topic(desk_topic(desk), "substation_id", 1, 7 * _DAY_MS, "Enriched complaints of one help desk's substation.")
        for desk in sorted(help_desks)
    ]
    topics = [*CATALOGUE, *desks]
    if by_size:
        return [
            replace(topic, retention_ms=-1, retention_bytes=SIZE_BOUND_BYTES) if topic.retention_ms >= 0 else topic
            for topic in topics
        ]
    return topics
