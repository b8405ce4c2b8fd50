"""The metrics catalogue: every metric of every process, with its meaning. Base units; no label grows without bound."""

from __future__ import annotations

import sys
from importlib.metadata import version as package_version
from typing import Final

from prometheus_client import Counter, Gauge, Histogram, Info

_LATENCY: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 1800.0, 7200.0)
_SHORT: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
_ROWS: Final = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)

RECEIVED: Final = Counter("complaints_received_total", "Raw complaint records read, by channel.", ["channel"])
REFUSED: Final = Counter(
    "complaints_refused_total", "Raw records refused, by channel (or kind of event) and reason.", ["channel", "reason"]
)
ENRICHED: Final = Counter(
    "complaints_enriched_total", "Complaints enriched, by category and what routed them.", ["category", "routed_by"]
)
DEADLETTERS: Final = Counter(
    "complaints_deadletters_total", "Dead letters written, by stage and reason.", ["stage", "reason"]
)
STORED_ROWS: Final = Counter("complaints_stored_rows_total", "Rows durable in ClickHouse, by table.", ["table"])
INSERT_DURATION: Final = Histogram(
    "complaints_insert_duration_seconds", "Time of one INSERT.", ["table"], buckets=_SHORT
)
INSERT_ERRORS: Final = Counter(
    "complaints_insert_errors_total", "INSERTs that failed, by table and kind of error.", ["table", "kind"]
)
CLICKHOUSE_BREAKER_OPEN: Final = Gauge(
    "complaints_clickhouse_breaker_open", "1 while all INSERTs wait because ClickHouse takes nothing."
)
HELD_BYTES: Final = Gauge("complaints_held_bytes", "Bytes of records that the sink holds and has not stored yet.")
DEDUPLICATION_HEADROOM: Final = Gauge(
    "complaints_deduplication_headroom_ratio",
    "What is left of the deduplication window for the oldest declared batch, by table.",
    ["table"],
)
BATCH_ROWS: Final = Histogram("complaints_batch_rows", "Rows of one INSERT.", ["table"], buckets=_ROWS)
END_TO_END_LATENCY: Final = Histogram(
    "complaints_end_to_end_latency_seconds",
    "From the raw record's broker time to durable in ClickHouse.",
    ["channel"],
    buckets=_LATENCY,
)
STAGE_LATENCY: Final = Histogram(
    "complaints_stage_latency_seconds",
    "From a record's broker time to done in one stage: enrich, sink.",
    ["stage"],
    buckets=_LATENCY,
)
CONSUMER_LAG_RECORDS: Final = Gauge(
    "complaints_consumer_lag_records",
    "Records between the committed offset and the end.",
    ["group", "topic", "partition"],
)
CONSUMER_LAG_SECONDS: Final = Gauge(
    "complaints_consumer_lag_seconds", "Age of the oldest record not yet committed.", ["group", "topic", "partition"]
)
SOURCE_LAST_EVENT: Final = Gauge(
    "complaints_source_last_event_timestamp_seconds", "Newest event of a source, as time since 1970.", ["source"]
)
CALL_CAPACITY_RATIO: Final = Gauge(
    "complaints_call_capacity_ratio", "Calls in the last hour over the 5,500 that the helpline can take."
)
HOTSPOTS_OPEN: Final = Gauge(
    "complaints_hotspots_open", "Nodes that are dark now, by kind; of the detector at work alone.", ["node_kind"]
)
OUTAGE_CHANGES: Final = Counter("complaints_outage_changes_total", "Changes of outages written, by state.", ["state"])
DETECTOR_ACTIVE: Final = Gauge("complaints_detector_active", "1 for the detector at work, 0 for one in line.")
DETECTOR_CLOCK: Final = Gauge("complaints_detector_clock_timestamp_seconds", "When the last step was, since 1970.")
DETECTOR_BEHIND: Final = Gauge(
    "complaints_detector_behind_seconds", "How far the last step lies behind the newest complaints that can be seen."
)
DETECTOR_WAITS: Final = Gauge(
    "complaints_detector_waits_seconds", "For how long the detector has waited for what is in Kafka to be stored."
)
DETECTOR_STEP_DURATION: Final = Histogram(
    "complaints_detector_step_duration_seconds", "Time of one step of the detector.", buckets=_SHORT
)
DETECTOR_LATE: Final = Counter(
    "complaints_detector_late_total", "Reports and events that were seen after the step of their time."
)
BALANCE_MISSING: Final = Gauge(
    "complaints_balance_missing_records", "Raw records that are neither stored nor a dead letter; must be 0.", ["topic"]
)
BALANCE_CHECKED: Final = Gauge(
    "complaints_balance_checked_timestamp_seconds", "When the balance was last checked, as time since 1970."
)
REFERENCE_INFO: Final = Gauge("complaints_reference_info", "1 for the reference pack in use.", ["version"])
BUILD_INFO: Final = Info("complaints_build", "The version of this program.")


def publish_build_info() -> str:
    """Set `complaints_build_info`; returns the program's version."""
    version = package_version("kesco-complaints")
    BUILD_INFO.info({"version": version, "python": sys.version.split()[0]})
    return version
