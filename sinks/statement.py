"""The INSERT that takes Kafka's values as they are: ClickHouse reads the JSON, and refuses what it cannot read.

JSONExtract turns what it cannot read into a default and says nothing. So every field is read as Nullable. A null in a
column that must have a value is refused by the INSERT itself (insert_null_as_default = 0); for an optional one a guard
throws when the field is there and unreadable. The guard stands in WHERE: an expression that nothing uses is optimised
away.

Fields are taken out of the tuple by number: by name, planning one INSERT took 40 ms and not 15.
"""

from __future__ import annotations

from typing import Any, Final

from runtime.clickhouse import DATABASE
from schemas.clickhouse.tables import Column, Origin, Table

_RECORD_TYPES: Final = {"kafka_partition": "Int32", "kafka_offset": "Int64"}


def insert_statement(table: Table, stored_at_ms: int) -> str:
    """The statement; its data are the payloads and `record_columns`, `stored_at_ms` is milliseconds since 1970."""
    fields = table.of_origin(Origin.VALUE)
    read = {column.name: f"tupleElement(r, {place})" for place, column in enumerate(fields, start=1)}
    names = ", ".join(column.name for column in table.columns)
    values = ", ".join(_value(column, read.get(column.name, column.name), stored_at_ms) for column in table.columns)
    types = ", ".join(f"{column.name} {_read_as(column)}" for column in fields)
    own = "".join(f", {name}" for name in record_columns(table))
    inputs = ", ".join(["payload String", *(f"{name} {_RECORD_TYPES[name]}" for name in record_columns(table))])
    guards = " OR ".join(_unreadable(column, read[column.name]) for column in fields if _may_be_null(column))
    where = f" WHERE NOT throwIf({guards}, 'unreadable record')" if guards else ""
    return (
        f"INSERT INTO {DATABASE}.{table.name} ({names}) SELECT {values} FROM "
        f"(SELECT JSONExtract(payload, {_quoted(f'Tuple({types})')}) AS r{own} FROM input({_quoted(inputs)}))"
        f"{where} FORMAT Native"
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
        "insert_null_as_default": 0,
        "max_insert_threads": 1,
        "max_partitions_per_insert_block": 0,
        "calculate_text_stack_trace": 0,
        "strings_as_bytes": True,
    }


def _value(column: Column, read: str, stored_at_ms: int) -> str:
    if column.origin is Origin.STORED_AT:
        return f"fromUnixTimestamp64Milli(toInt64({stored_at_ms}))"
    if not _may_be_null(column):
        return read
    value = _read_optional(column, read)
    return value if column.nullable else f"ifNull({value}, defaultValueOfTypeName({_quoted(column.type)}))"


def _may_be_null(column: Column) -> bool:
    return column.nullable or column.optional


def _read_as(column: Column) -> str:
    """The type a field is extracted as. Optional ones come as text, so that null and unreadable stay two things."""
    kind = column.type.replace("LowCardinality(String)", "String")
    if column.is_list:
        return kind
    return "Nullable(String)" if _may_be_null(column) else f"Nullable({kind})"


def _read_optional(column: Column, read: str) -> str:
    inner = column.type.removeprefix("Nullable(").removesuffix(")") if column.nullable else column.type
    if "String" in inner:
        return read
    if inner.startswith("DateTime64"):
        return f"parseDateTime64BestEffortOrNull({read}, 3)"
    return f"accurateCastOrNull({read}, {_quoted(inner)})"


def _unreadable(column: Column, read: str) -> str:
    return f"(isNotNull({read}) AND isNull({_read_optional(column, read)}))"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
