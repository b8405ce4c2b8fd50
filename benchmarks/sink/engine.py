"""ClickHouse's own Kafka engine with a materialized view that moves the rows into a table: at least once."""

from __future__ import annotations

from typing import Final

from clickhouse_driver import Client

from schemas.clickhouse.tables import COMPLAINTS, Origin
from schemas.topics import ENRICHED

BATCH_ROWS: Final = 20_000
_COLUMNS: Final = COMPLAINTS.of_origin(Origin.VALUE)


def start(client: Client, bootstrap_servers: str, group: str) -> None:
    """Make the reading table and the view into `complaints.kafka_engine`; reading begins at once."""
    columns = ", ".join(f"{column.name} {column.type}" for column in _COLUMNS)
    names = ", ".join(column.name for column in _COLUMNS)
    client.execute(
        f"CREATE TABLE complaints.kafka_queue ({columns}) ENGINE = Kafka SETTINGS "
        f"kafka_broker_list = '{bootstrap_servers}', kafka_topic_list = '{ENRICHED}', kafka_group_name = '{group}', "
        f"kafka_format = 'JSONEachRow', kafka_max_block_size = {BATCH_ROWS}, kafka_flush_interval_ms = 500, "
        "date_time_input_format = 'best_effort', input_format_skip_unknown_fields = 1"
    )
    client.execute(
        "CREATE MATERIALIZED VIEW complaints.kafka_mover TO complaints.kafka_engine AS "
        f"SELECT {names}, now64(3) AS stored_at FROM complaints.kafka_queue"
    )


def stop(client: Client) -> None:
    """Drop both."""
    client.execute("DROP VIEW IF EXISTS complaints.kafka_mover SYNC")
    client.execute("DROP TABLE IF EXISTS complaints.kafka_queue SYNC")
