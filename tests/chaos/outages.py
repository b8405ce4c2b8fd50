"""What befalls a server: each is started by a function that returns what ends it."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cli.pipeline import password
from deploy.clickhouse.passwords import ROLES, USERS_XML, password_environment
from deploy.local import LocalError, LocalInstance
from schemas.clickhouse.tables import TABLES
from tests.chaos.nursery import ANSWER_SECONDS
from tests.chaos.plant import Plant
from tests.conftest import silent

Heal = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Outage:
    """`strike` begins it; what that returns ends it `seconds` later."""

    strike: Callable[[Plant], Heal]
    seconds: float


def _pid(plant: Plant, server: str) -> int:
    return next(row.pid for row in plant.instance.status() if row.name == server)


def _killed(server: str) -> Callable[[Plant], Heal]:
    """The supervisor starts it again at once."""

    def strike(plant: Plant) -> Heal:
        if pid := _pid(plant, server):
            os.kill(pid, signal.SIGKILL)
        return lambda: None

    return strike


def _hangs(plant: Plant) -> Heal:
    """An INSERT under way is given up by the sink, and done by the server afterwards."""
    pid = _pid(plant, "clickhouse")
    os.kill(pid, signal.SIGSTOP)
    return lambda: os.kill(pid, signal.SIGCONT)


def _set(setting: str, value: int) -> Callable[[Plant], Heal]:
    def strike(plant: Plant) -> Heal:
        for table in TABLES:
            plant.query(f"ALTER TABLE complaints.{table.name} MODIFY SETTING {setting} = {value}")

        def heal() -> None:
            for table in TABLES:
                plant.query(f"ALTER TABLE complaints.{table.name} RESET SETTING {setting}")

        return heal

    return strike


def _refuses_login(plant: Plant) -> Heal:
    """The server is started with another password for the sink. The embedded one ends at each login that it refuses."""
    passwords = {role: password(plant.settings, role) for role in ROLES}

    def restart(writer: str) -> None:
        environment = password_environment(**{**passwords, "writer": writer})
        given = plant.settings
        with contextlib.suppress(LocalError):  # it may end while its start is awaited
            LocalInstance(given.data_dir, given.cache_dir, USERS_XML, environment).start_servers(silent)

    restart("another password")
    return lambda: restart(passwords["writer"])


def _one_of_three(plant: Plant) -> Heal:
    cluster = plant.cluster
    assert cluster is not None
    node = cluster.next_victim()
    cluster.kill(node)
    return lambda: cluster.start(node)


OUTAGES: Final[Mapping[str, Outage]] = {
    "Kafka killed": Outage(_killed("kafka"), 12.0),
    "one of three brokers killed": Outage(_one_of_three, 8.0),
    "ClickHouse killed": Outage(_killed("clickhouse"), 5.0),
    "ClickHouse hangs": Outage(_hangs, ANSWER_SECONDS + 2.0),
    "ClickHouse read-only": Outage(_set("table_readonly", 1), 4.0),
    "ClickHouse's disk full": Outage(_set("min_free_disk_bytes_to_perform_insert", 1 << 60), 4.0),
    "ClickHouse refuses the login": Outage(_refuses_login, 4.0),
}
