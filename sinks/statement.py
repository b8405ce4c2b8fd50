"""The INSERT that takes Kafka's values as they are: ClickHouse reads the JSON, and refuses what it cannot read.

JSONExtract turns what it cannot read into a default and says nothing. So every field is read as Nullable, and a guard
throws when a field that must be there is null, or when an optional one is there and unreadable. The guard stands in
WHERE: an expression that nothing uses is optimised away.
"""

from __future__ import annotations

from typing import Any, Final

from runtime.clickhouse import DATABASE
from schemas.clickhouse.tables import Column, Origin, Table

_RECORD_TYPES: Final = {"kafka_partition": "Int32", "kafka_offset": "Int64"}


def insert_statement(table: Table, stored_at_ms: int) -> str:
    """The statement; its data are the columns of `input_columns`, `stored_at_ms` is milliseconds since 1970."""
    names, values = [], []
    for column in table.columns:
        names.append(column.name)
        values.append(_value(column, stored_at_ms))
    fields = ", ".join(f"{column.name} {_read_as(column)}" for column in table.of_origin(Origin.VALUE))
    inputs = ", ".join(["payload String", *(f"{name} {_RECORD_TYPES[name]}" for name in record_columns(table))])
    outer = ", ".join(["r", *record_columns(table)])
    guard = " OR ".join(_unreadable(column) for column in table.of_origin(Origin.VALUE) if not column.is_list)
    return (
        f"INSERT INTO {DATABASE}.{table.name} ({', '.join(names)}) SELECT {', '.join(values)} "
        f"FROM (SELECT JSONExtract(payload, {_quoted(f'Tuple({fields})')}) AS r, {outer[3:] or '0'} "
        f"FROM input({_quoted(inputs)})) WHERE NOT throwIf({guard}, 'unreadable record') FORMAT Native"
    )


def record_columns(table: Table) -> tuple[str, ...]:
    """The columns that are sent beside the value, in order: the record's own place."""
    return tuple(column.name for column in table.of_origin(Origin.RECORD))


def insert_settings(token: str) -> dict[str, Any]:
    """Settings of one INSERT, stated and never inherited: what exactly-once rests on, and one block a batch."""
    return {
        "insert_deduplication_token": token,
        "insert_deduplicate": 1,
        "deduplicate_insert": "enable",
        "deduplicate_blocks_in_dependent_materialized_views": 1,
        "async_insert": 0,
        "max_insert_threads": 1,
        "max_partitions_per_insert_block": 0,
        "calculate_text_stack_trace": 0,
        "strings_as_bytes": True,
    }


def _value(column: Column, stored_at_ms: int) -> str:
    if column.origin is Origin.STORED_AT:
        return f"fromUnixTimestamp64Milli(toInt64({stored_at_ms}))"
    if column.origin is Origin.RECORD:
        return column.name
    field = f"r.{column.name}"
    if column.is_list:
        return field
    return _read_optional(column) if column.nullable else f"assumeNotNull({field})"


def _read_as(column: Column) -> str:
    """The type a field is extracted as. Optional ones come as text, so that null and unreadable stay two things."""
    kind = column.type.replace("LowCardinality(String)", "String")
    if column.is_list:
        return kind
    return "Nullable(String)" if column.nullable else f"Nullable({kind})"


def _read_optional(column: Column) -> str:
    inner = column.type.removeprefix("Nullable(").removesuffix(")")
    if inner.startswith("DateTime64"):
        return f"parseDateTime64BestEffortOrNull(r.{column.name}, 3)"
    return f"accurateCastOrNull(r.{column.name}, {_quoted(inner)})"


def _unreadable(column: Column) -> str:
    if column.nullable:
        return f"(isNotNull(r.{column.name}) AND isNull({_read_optional(column)}))"
    return f"isNull(r.{column.name})"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
