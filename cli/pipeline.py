"""The whole pipeline on this machine, put together from its stages."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cli.kanpur import kanpur_pack
from cli.migrate import deployment
from cli.output import Report
from deploy.clickhouse.passwords import ROLES, USERS_XML, password_environment
from deploy.local import Endpoints, LocalInstance, Ports, Service
from deploy.local.files import make_folder, write_atomically
from deploy.local.ports import ADDRESS, free_port, is_free
from insight.reference_rows import store_reference
from reference.active import ActiveReference, activate, looked_at
from reference.lookup import Reference
from runtime.clickhouse import ClickHouseAddress, connect
from runtime.kafka import ensure_topics
from runtime.secret import load_or_make_secret
from runtime.settings import INSTANCE_ENV_FILE, PREFIX, Settings
from schemas.topics import all_topics
from sinks import migrations

STAGES: Final = ("process", "sink", "detect", "balance")
_ARGUMENTS: Final = {"balance": ("--watch", "60")}
_HANDED_ON: Final = frozenset(
    {
        "cache_dir",
        "kafka_group_prefix",
        "customer_key_secret",
        "log_level",
        "log_format",
        "shutdown_seconds",
        "stuck_seconds",
        "sink_batch_rows",
        "sink_batch_bytes",
        "sink_buffer_bytes",
        "sink_batch_seconds",
        "sink_intent_store",
        "detector_session_seconds",
    }
)
"""Settings of `up` that its stages take over; addresses come from the servers, passwords from `instance.env`."""

_STOP_MARGIN_SECONDS: Final = 5
"""The stages end by themselves within `shutdown_seconds`; the supervisor waits a little longer before it kills."""


@dataclass(frozen=True, slots=True)
class Running:
    """A pipeline that was brought up."""

    endpoints: Endpoints
    metrics_ports: dict[str, int]
    reference_version: str


def local_instance(settings: Settings, ports: Ports = Ports()) -> LocalInstance:  # noqa: B008 - frozen
    """The servers and stages whose files are below the data folder."""
    passwords = password_environment(**{role: password(settings, role) for role in ROLES})
    return LocalInstance(settings.data_dir, settings.cache_dir, USERS_XML, passwords, ports)


def password(settings: Settings, role: str) -> str:
    """The password of a ClickHouse user of this machine's pipeline; made at the first call."""
    return load_or_make_secret(settings.data_dir / "secrets" / f"clickhouse_{role}").decode()


def customer_secret(settings: Settings) -> bytes:
    """The secret behind `customer_key`: the setting, else one that is made once below the data folder."""
    if settings.customer_key_secret is not None:
        return settings.customer_key_secret.get_secret_value().encode()
    return load_or_make_secret(settings.data_dir / "secrets" / "customer_key")


def reference_store(settings: Settings) -> Path:
    """Where the reference data in use lies."""
    return settings.data_dir / "reference"


def put_reference_into_use(settings: Settings, report: Report) -> None:
    """Put the pack of the settings into use; without one leave what is in use, and begin with Kanpur.

    Raises PackInvalid with every error of the pack.
    """
    store = reference_store(settings)
    if settings.reference_dir is not None:
        report("checking and preparing the reference pack", 0, 0)
        activate(settings.reference_dir, store)
    elif not (store / "current").exists():
        pack = kanpur_pack(settings.cache_dir, report)
        report("preparing the reference pack of Kanpur", 0, 0)
        activate(pack, store)


def reference_to_look_at(settings: Settings, report: Report) -> Reference:
    """The pack of the settings, else the one in use, else Kanpur's, for a command that changes nothing.

    What runs beside it keeps the pack in use. Raises PackInvalid with every error of the pack.
    """
    store = reference_store(settings)
    if settings.reference_dir is None:
        put_reference_into_use(settings, report)
        return ActiveReference(store).current()
    report("checking and preparing the reference pack", 0, 0)
    return looked_at(settings.reference_dir, store)


def bring_up(settings: Settings, report: Report, ports: Ports = Ports()) -> Running:  # noqa: B008 - frozen
    """Start what does not run yet: servers, schema, topics, stages; all are ready when this returns.

    Writes `instance.env`, from which every other command takes the addresses. Raises LocalError, PackInvalid,
    KafkaUnavailableError or MigrationError with a message that says what to do.
    """
    make_folder(settings.data_dir)
    instance = local_instance(settings, ports)
    put_reference_into_use(settings, report)
    endpoints = instance.start_servers(report)
    _write_environment(settings, endpoints)
    reference = ActiveReference(reference_store(settings)).current()
    report("making topics", 0, 0)
    desks = [desk.substation_id for desk in reference.help_desks()]
    ensure_topics(endpoints.kafka_bootstrap, all_topics(desks, by_size=True), settings.kafka_replication_factor)
    report("bringing the ClickHouse schema up to date", 0, 0)
    migrations.up(admin_address(settings, endpoints), deployment(settings))
    with connect(admin_address(settings, endpoints)) as client:
        store_reference(client, reference, datetime.now(UTC))
    metrics_ports = _metrics_ports(settings)
    services = [_service(settings, endpoints, stage, metrics_ports[stage]) for stage in STAGES]
    instance.start_services(services, report)
    return Running(endpoints, metrics_ports, reference.version)


def admin_address(settings: Settings, endpoints: Endpoints) -> ClickHouseAddress:
    """ClickHouse of this machine's pipeline, as the user who may change the schema."""
    return ClickHouseAddress(
        endpoints.clickhouse_host,
        endpoints.clickhouse_native_port,
        settings.clickhouse_admin_user,
        password(settings, "admin"),
    )


def _service(settings: Settings, endpoints: Endpoints, stage: str, metrics_port: int) -> Service:
    """A stage with the servers' addresses, so that it is restarted when they move."""
    env = {
        PREFIX + "DATA_DIR": str(settings.data_dir.absolute()),
        PREFIX + "METRICS_PORT": str(metrics_port),
        PREFIX + "KAFKA_BOOTSTRAP_SERVERS": endpoints.kafka_bootstrap,
        PREFIX + "CLICKHOUSE_HOST": endpoints.clickhouse_host,
        PREFIX + "CLICKHOUSE_PORT": str(endpoints.clickhouse_native_port),
    }
    for name in settings.model_fields_set & _HANDED_ON:
        value = getattr(settings, name)
        env[PREFIX + name.upper()] = value.get_secret_value() if hasattr(value, "get_secret_value") else str(value)
    return Service(
        name=stage,
        argv=(sys.executable, "-m", "cli.main", stage, *_ARGUMENTS.get(stage, ())),
        env=env,
        ready_url=f"http://{ADDRESS}:{metrics_port}/readyz",
        stop_seconds=int(settings.shutdown_seconds) + _STOP_MARGIN_SECONDS,
    )


def _metrics_ports(settings: Settings) -> dict[str, int]:
    """A port for each stage's /metrics, the same as last time."""
    path = settings.data_dir / "metrics_ports.json"
    kept: dict[str, int] = json.loads(path.read_text()) if path.exists() else {}
    running = {row.name for row in local_instance(settings).status() if row.pid}
    ports: dict[str, int] = {}
    for stage in STAGES:
        port = kept.get(stage)
        usable = port is not None and (stage in running or is_free(port))
        ports[stage] = port if port is not None and usable else free_port(set(ports.values()))
    write_atomically(path, json.dumps(ports))
    return ports


def _write_environment(settings: Settings, endpoints: Endpoints) -> None:
    """Write what was started; settings that somebody added to the file stay."""
    values = {
        "KAFKA_BOOTSTRAP_SERVERS": endpoints.kafka_bootstrap,
        "KAFKA_RETENTION": "size",
        "CLICKHOUSE_HOST": endpoints.clickhouse_host,
        "CLICKHOUSE_PORT": str(endpoints.clickhouse_native_port),
        "CLICKHOUSE_PASSWORD": password(settings, "writer"),
        "CLICKHOUSE_ADMIN_PASSWORD": password(settings, "admin"),
        "CLICKHOUSE_ANALYST_PASSWORD": password(settings, "analyst"),
        "CLICKHOUSE_DETECTOR_PASSWORD": password(settings, "detector"),
    }
    path = settings.data_dir / INSTANCE_ENV_FILE
    written = tuple(f"{PREFIX}{name}=" for name in values)
    kept = [line for line in path.read_text().splitlines() if not line.startswith(written)] if path.exists() else []
    lines = [*(f"{PREFIX}{name}={value}" for name, value in values.items()), *kept]
    write_atomically(path, "".join(f"{line}\n" for line in lines))
