"""The ClickHouse schema: numbered migrations with checksums, applied once, and compared with what the sink writes.

A migration is `schemas/clickhouse/NNNN_name.sql`: statements that may be run twice, ended by `;` at a line's end, with
`${…}` for what differs between deployments. Its checksum is that of the file: a setting may change, a file may not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from string import Template
from typing import Final

from clickhouse_driver import Client
from clickhouse_driver.errors import ServerException

from runtime.clickhouse import DATABASE, ClickHouseAddress, connect
from schemas.clickhouse.tables import FILLED_BY_VIEWS, TABLES

DEDUPLICATION_WINDOW: Final = 10_000
"""Recent insert tokens that a table remembers. Without it ClickHouse ignores tokens, and says nothing."""

_FILE_NAME: Final = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_DESTRUCTIVE: Final = re.compile(
    r"\b(DROP|TRUNCATE|DELETE|DETACH|REPLACE|RENAME|EXCHANGE|UPDATE|CLEAR)\b", re.IGNORECASE
)
_ALLOWED: Final = "-- destructive: allowed"
_UNKNOWN_DATABASE: Final = 81
_UNKNOWN_TABLE: Final = 60
_LEDGER: Final = f"{DATABASE}.schema_migrations"
_TTL_TEXT: Final = {"complaints": "text", "complaint_status": "note", "network_events": "note"}
"""The column of each table in which people's own words stand."""


class MigrationError(Exception):
    """A migration cannot be applied; the message names the file and the rule."""


class State(StrEnum):
    """How a migration stands."""

    PENDING = "pending"
    APPLIED = "applied"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    """Applied once, and its file is not here: the program is older than the schema."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """What differs between deployments. `cluster`: None for one server, else the name of a cluster of replicas."""

    text_retention_days: int
    row_retention_months: int
    cluster: str | None = None

    def parameters(self) -> dict[str, str]:
        """The values of `${…}` in the migrations."""
        window = "replicated_deduplication_window" if self.cluster else "non_replicated_deduplication_window"
        return {
            "on_cluster": f"ON CLUSTER '{self.cluster}'" if self.cluster else "",
            "replicated": "Replicated" if self.cluster else "",
            "deduplication_window": f"{window} = {DEDUPLICATION_WINDOW}",
            "text_retention_days": str(self.text_retention_days),
            "row_retention_months": str(self.row_retention_months),
        }


@dataclass(frozen=True, slots=True)
class Migration:
    """One file."""

    version: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """The checksum of the file as it is, parameters not filled in."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def statements(self, parameters: Mapping[str, str]) -> Iterator[str]:
        """The statements without comments, parameters filled in. Raises MigrationError for an unknown parameter."""
        code = "\n".join(line for line in self.text.splitlines() if not line.lstrip().startswith("--"))
        try:
            filled = Template(code).substitute(parameters)
        except (KeyError, ValueError) as error:
            raise MigrationError(f"{self.name}: a parameter is unknown or malformed") from error
        yield from (part.strip() for part in re.split(r";[ \t]*(?:\n|$)", filled) if part.strip())


@dataclass(frozen=True, slots=True)
class MigrationStatus:
    """One line of `complaints migrate status`."""

    version: int
    name: str
    state: State


def load_migrations() -> list[Migration]:
    """The migrations that ship, in order. Raises MigrationError for a bad name or number, or a destructive one."""
    found = [
        Migration(int(match[1]), entry.name, entry.read_text("utf-8"))
        for entry in files("schemas.clickhouse").iterdir()
        if entry.name.endswith(".sql")
        for match in [_FILE_NAME.fullmatch(entry.name) or _refuse(entry.name, "must be named NNNN_name.sql")]
    ]
    return check_migrations(sorted(found, key=lambda migration: migration.name))


def check_migrations(migrations: Sequence[Migration]) -> list[Migration]:
    """The same migrations, when they are numbered from 1 without gaps and none destroys data unmarked.

    A destructive statement is taken only from a file with the line `-- destructive: allowed`. Raises MigrationError.
    """
    for expected, migration in enumerate(migrations, start=1):
        if migration.version != expected:
            _refuse(migration.name, f"must have the number {expected:04}: numbers have no gaps and none comes twice")
        code = "\n".join(line.partition("--")[0] for line in migration.text.splitlines())
        word = _DESTRUCTIVE.search(re.sub(r"'[^']*'|ReplacingMergeTree", "", code))
        if word and _ALLOWED not in migration.text.splitlines():
            _refuse(migration.name, f"has {word[0].upper()}, which destroys data: needs the line `{_ALLOWED}`")
    return list(migrations)


def status(address: ClickHouseAddress) -> list[MigrationStatus]:
    """Every migration that is here or was applied, and how it stands. Reads only."""
    client = _connect(address)
    try:
        return _status(load_migrations(), _applied(client))
    finally:
        client.disconnect()


def up(address: ClickHouseAddress, deployment: Deployment) -> list[str]:
    """Apply what is pending, in order, then move the lifetimes to the deployment's; returns what was done, a line each.

    May be run again after it broke off. Raises MigrationError, before anything is done, when an applied file was
    changed or is not here.
    """
    migrations = load_migrations()
    client = _connect(address)
    try:
        applied = _applied(client)
        for line in _status(migrations, applied):
            if line.state in (State.CHANGED, State.UNKNOWN):
                _refuse(line.name, f"is applied and {line.state}: write a new migration, never change an applied one")
        _make_ledger(client, deployment)
        done = []
        for migration in migrations:
            if migration.version not in applied:
                for statement in migration.statements(deployment.parameters()):
                    client.execute(statement)
                _note(client, migration)
                done.append(f"applied {migration.name}")
        return done + _move_lifetimes(client, deployment)
    finally:
        client.disconnect()


def verify(address: ClickHouseAddress, deployment: Deployment) -> list[str]:
    """What is wrong with the schema, a line each; empty when it is what the sink writes. Reads only.

    Looks at checksums, at each table's columns and types, at its deduplication window and at its lifetimes.
    """
    client = _connect(address)
    try:
        wrong = [
            f"migration {line.name} is {line.state}"
            for line in _status(load_migrations(), _applied(client))
            if line.state is not State.APPLIED
        ]
        return wrong + _wrong_columns(client) + _wrong_settings(client, deployment)
    finally:
        client.disconnect()


def _connect(address: ClickHouseAddress) -> Client:
    return connect(address, database="", client_name="complaints-migrate", send_receive_timeout_seconds=600)


def _refuse(name: str, rule: str) -> re.Match[str]:
    raise MigrationError(f"{name}: {rule}")


def _status(migrations: Sequence[Migration], applied: Mapping[int, tuple[str, str]]) -> list[MigrationStatus]:
    lines = {}
    for migration in migrations:
        known = applied.get(migration.version)
        state = State.PENDING if not known else State.APPLIED if known[1] == migration.sha256 else State.CHANGED
        lines[migration.version] = MigrationStatus(migration.version, migration.name, state)
    for version, (name, _) in applied.items():
        lines.setdefault(version, MigrationStatus(version, name, State.UNKNOWN))
    return [lines[version] for version in sorted(lines)]


def _applied(client: Client) -> dict[int, tuple[str, str]]:
    """Version to (name, checksum) of what was applied; empty on a server that has no schema yet."""
    try:
        rows = client.execute(
            f"SELECT version, argMax(name, applied_at), argMax(sha256, applied_at) FROM {_LEDGER} GROUP BY version"
        )
    except ServerException as error:
        if error.code in (_UNKNOWN_DATABASE, _UNKNOWN_TABLE):
            return {}
        raise
    return {version: (name, sha256) for version, name, sha256 in rows}


def _make_ledger(client: Client, deployment: Deployment) -> None:
    values = deployment.parameters()
    client.execute(f"CREATE DATABASE IF NOT EXISTS {DATABASE} {values['on_cluster']}")
    client.execute(
        f"CREATE TABLE IF NOT EXISTS {_LEDGER} {values['on_cluster']} "
        "(version UInt32, name String, sha256 String, applied_at DateTime64(3, 'UTC')) "
        f"ENGINE = {values['replicated']}MergeTree ORDER BY version"
    )


def _note(client: Client, migration: Migration) -> None:
    client.execute(
        f"INSERT INTO {_LEDGER} SELECT %(version)s, %(name)s, %(sha256)s, now64(3, 'UTC')",
        {"version": migration.version, "name": migration.name, "sha256": migration.sha256},
    )


def _lifetimes(deployment: Deployment) -> Iterator[tuple[str, str, str]]:
    """For each lifetime: the table, the words that its CREATE statement must have, the change that makes it so."""
    rows = f"TTL toDateTime(stored_at) + toIntervalMonth({deployment.row_retention_months})"
    text = f"TTL toDateTime(stored_at) + toIntervalDay({deployment.text_retention_days})"
    for filled in ("ledger", *FILLED_BY_VIEWS):
        yield filled, rows, f"MODIFY {rows}"
    noted = rows.replace("stored_at", "noted_at")
    yield "dead_letter_outcomes", noted, f"MODIFY {noted}"
    labelled = rows.replace("stored_at", "labelled_at")
    yield "complaint_labels", labelled, f"MODIFY {labelled}"
    for table in TABLES:
        yield table.name, rows, f"MODIFY {rows}"
        if column := _TTL_TEXT.get(table.name):
            yield table.name, text, f"MODIFY COLUMN {column} {text}"


def _created(client: Client) -> dict[str, str]:
    rows = client.execute(
        "SELECT name, create_table_query FROM system.tables WHERE database = %(database)s", {"database": DATABASE}
    )
    return dict(rows)


def _move_lifetimes(client: Client, deployment: Deployment) -> list[str]:
    created, done = _created(client), []
    for table, words, change in _lifetimes(deployment):
        if words not in created[table]:
            client.execute(f"ALTER TABLE {DATABASE}.{table} {deployment.parameters()['on_cluster']} {change}")
            done.append(f"changed a lifetime of {table}")
    return done


def _wrong_columns(client: Client) -> list[str]:
    rows = client.execute(
        "SELECT table, name, type FROM system.columns WHERE database = %(database)s ORDER BY table, position",
        {"database": DATABASE},
    )
    there: dict[str, dict[str, str]] = {}
    for table, name, kind in rows:
        there.setdefault(table, {})[name] = kind
    wrong = []
    for table in TABLES:
        wanted = {column.name: column.type for column in table.columns}
        found = there.get(table.name, {})
        wrong += [f"{table.name}.{name} is missing" for name in wanted if name not in found]
        wrong += [f"{table.name}.{name} is not written by the sink" for name in found if name not in wanted]
        wrong += [
            f"{table.name}.{name} is {found[name]}, the sink writes {kind}"
            for name, kind in wanted.items()
            if name in found and found[name] != kind
        ]
    return wrong


def _wrong_settings(client: Client, deployment: Deployment) -> list[str]:
    created, window = _created(client), deployment.parameters()["deduplication_window"]
    wrong = [
        f"{table.name} does not have {window}: a batch sent twice would be stored twice"
        for table in TABLES
        if window not in created.get(table.name, window)
    ]
    return wrong + [
        f"{table} has another lifetime than the settings say: run `complaints migrate up`"
        for table, words, _ in _lifetimes(deployment)
        if words not in created.get(table, words)
    ]
