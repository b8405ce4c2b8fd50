"""Each table the sink writes: its columns, their types, and where in a record they come from. The only such place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schemas import topics

TIME: Final = "DateTime64(3, 'Asia/Kolkata')"
_WORD: Final = "LowCardinality(String)"

MAPPER_VERSION: Final = 1
"""Part of every deduplication token. To be raised when the same record would give another row."""


class Origin(StrEnum):
    """Where the sink takes a column's value from."""

    VALUE = "value"
    """The field of that name in the record's JSON object."""
    RECORD = "record"
    """The record's own place in Kafka."""
    STORED_AT = "stored_at"
    """The moment the batch was cut, one value a batch."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` as ClickHouse's `system.columns` states it."""

    name: str
    type: str
    origin: Origin = Origin.VALUE
    optional: bool = False
    """May the field be missing, as in records of a writer that did not know it; the type's default stands then."""

    @property
    def nullable(self) -> bool:
        """May the value be null."""
        return self.type.startswith("Nullable(")

    @property
    def is_list(self) -> bool:
        """Is the value a list."""
        return self.type.startswith("Array(")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of database `complaints`, and the topic whose records are its rows."""

    name: str
    topic: str
    columns: tuple[Column, ...]

    def of_origin(self, origin: Origin) -> tuple[Column, ...]:
        """The columns that come from there, in the table's order."""
        return tuple(column for column in self.columns if column.origin is origin)


def _columns(*lines: str) -> tuple[Column, ...]:
    """Columns from `name type` lines; `!` before the name: of the record itself; `?`: optional."""
    found = []
    for line in lines:
        name, _, kind = line.partition(" ")
        origin = Origin.RECORD if name.startswith("!") else Origin(name) if name == "stored_at" else Origin.VALUE
        kind = kind.replace("TIME", TIME).replace("WORD", _WORD)
        found.append(Column(name.lstrip("!?"), kind, origin, name.startswith("?")))
    return tuple(found)


COMPLAINTS: Final = Table(
    "complaints",
    topics.ENRICHED,
    _columns(
        "complaint_id UUID",
        "source WORD",
        "source_id String",
        "channel WORD",
        "reported_at TIME",
        "received_at TIME",
        "enriched_at TIME",
        "stored_at TIME",
        "customer_key String",
        "phone_last3 WORD",
        "text String",
        "language WORD",
        "category WORD",
        "category_confidence Float32",
        "hazard Bool",
        "extent WORD",
        "neighbours_out Nullable(Bool)",
        "priority UInt8",
        "special_need WORD",
        "incomer_id WORD",
        "substation_id WORD",
        "feeder_id WORD",
        "transformer_id WORD",
        "routed_by WORD",
        "routing_confidence Float32",
        "locality WORD",
        "pincode WORD",
        "planned Bool",
        "due_at Nullable(TIME)",
        "queue_seconds Nullable(UInt32)",
        "notes Array(WORD)",
        "event_version UInt64",
        "enricher_version WORD",
        "reference_version WORD",
        "kafka_topic WORD",
        "kafka_partition Int32",
        "kafka_offset Int64",
    ),
)

COMPLAINT_STATUS: Final = Table(
    "complaint_status",
    topics.STATUS_ACCEPTED,
    _columns(
        "complaint_id UUID",
        "status WORD",
        "at TIME",
        "substation_id WORD",
        "crew WORD",
        "cause WORD",
        "estimated_restoration_at Nullable(TIME)",
        "note String",
        "source WORD",
        "source_id String",
        "received_at TIME",
        "stored_at TIME",
        "kafka_topic WORD",
        "kafka_partition Int32",
        "kafka_offset Int64",
    ),
)

NETWORK_EVENTS: Final = Table(
    "network_events",
    topics.NETWORK_EVENTS_ACCEPTED,
    _columns(
        "node_id WORD",
        "state WORD",
        "at TIME",
        "reported_by WORD",
        "note String",
        "source WORD",
        "source_id String",
        "received_at TIME",
        "stored_at TIME",
        "kafka_topic WORD",
        "kafka_partition Int32",
        "kafka_offset Int64",
    ),
)

OUTAGES: Final = Table(
    "outages",
    topics.OUTAGES,
    _columns(
        "outage_id String",
        "node_id WORD",
        "node_kind WORD",
        "state WORD",
        "at TIME",
        "started_at TIME",
        "detected_at TIME",
        "customers_reporting UInt32",
        "customers_affected UInt32",
        "score Float64",
        "rule_set WORD",
        "planned Bool",
        "parent_outage_id String",
        "?confidence Float64",
        "?children UInt32",
        "?children_reporting UInt32",
        "?reason WORD",
        "?restored_at Nullable(TIME)",
        "?decided_at TIME",
        "stored_at TIME",
        "!kafka_partition Int32",
        "!kafka_offset Int64",
    ),
)

DEAD_LETTERS: Final = Table(
    "dead_letters",
    topics.DEADLETTERS,
    _columns(
        "kafka_topic WORD",
        "kafka_partition Int32",
        "kafka_offset Int64",
        "stage WORD",
        "reason WORD",
        "field WORD",
        "first_seen_at TIME",
        "attempts UInt32",
        "value_bytes UInt32",
        "refused_at TIME",
        "stored_at TIME",
        "dead_letter_partition Int32",
        "dead_letter_offset Int64",
    ),
)

TABLES: Final = (COMPLAINTS, COMPLAINT_STATUS, NETWORK_EVENTS, OUTAGES, DEAD_LETTERS)
TABLE_BY_TOPIC: Final = {table.topic: table for table in TABLES}

FILLED_BY_VIEWS: Final = ("complaints_by_time", "status_by_time")
"""Tables that an insert into another one fills as well; who empties that one must empty these too."""
