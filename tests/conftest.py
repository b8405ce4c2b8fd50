"""What every test may use: a folder inside the checkout for what tests write, and one Kafka with ClickHouse.

Nothing is left behind: the folder goes when the tests end, and a process that still runs from it fails the run.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import psutil
import pytest
from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from hypothesis import HealthCheck, settings

from cli.pipeline import local_instance
from runtime.kafka import ensure_topics
from runtime.settings import PROJECT_DIR, Settings
from schemas.topics import Topic

COORDINATOR_STARTS: Final = (
    KafkaError.NOT_COORDINATOR,
    KafkaError.COORDINATOR_NOT_AVAILABLE,
    KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
)
"""What a broker says to the first groups it hears of."""

settings.register_profile("busy machine", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("busy machine")

BASE: Final = PROJECT_DIR / ".data" / f"tests-{os.getpid()}"


def pytest_configure(config: pytest.Config) -> None:
    """Temporary folders lie inside the checkout."""
    BASE.mkdir(parents=True, exist_ok=True)
    config.option.basetemp = BASE / "tmp"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of several workers one does a whole folder, whose tests share their servers."""
    for item in items:
        folder = item.path.relative_to(PROJECT_DIR / "tests").parts[0]
        item.add_marker(pytest.mark.xdist_group(folder))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove what the tests wrote; fail when they left a process."""
    left = [process for process in psutil.process_iter() if _runs_from_base(process)]
    for process in left:
        process.kill()
    shutil.rmtree(BASE, ignore_errors=True)
    if left:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        raise pytest.UsageError(f"tests left {len(left)} processes running")


def _runs_from_base(process: psutil.Process) -> bool:
    try:
        return process.pid != os.getpid() and f"{BASE}/" in " ".join([f"{process.cwd()}/", *process.cmdline()])
    except psutil.Error:
        return False


@dataclass(frozen=True, slots=True)
class Servers:
    """One Kafka and one ClickHouse for the whole run; the latter has no schema unless a test makes it."""

    kafka: str
    clickhouse_host: str
    clickhouse_port: int
    settings: Settings

    def make_topics(self, *topics: Topic) -> None:
        """Make topics that are not there yet."""
        ensure_topics(self.kafka, topics)


def silent(_message: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def await_coordinator(bootstrap_servers: str) -> None:
    """Wait until the broker answers questions of consumer groups; a new one makes and loads their topic first."""
    deadline = time.monotonic() + 60.0
    for number in range(16):
        consumer = Consumer({"bootstrap.servers": bootstrap_servers, "group.id": f"group-{number}"})
        while not _knows_group(consumer):
            assert time.monotonic() < deadline, "the broker does not coordinate groups within a minute"
            time.sleep(0.1)
        consumer.close()


def _knows_group(consumer: Consumer) -> bool:
    try:
        consumer.committed([TopicPartition("none", 0)], timeout=10)
    except KafkaException as error:
        if error.args[0].code() in COORDINATOR_STARTS:
            return False
        raise
    return True


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """Started at the first test that asks for it."""
    settings = Settings(data_dir=BASE / "servers")
    instance = local_instance(settings)
    try:
        endpoints = instance.start_servers(silent)
        await_coordinator(endpoints.kafka_bootstrap)
        yield Servers(endpoints.kafka_bootstrap, endpoints.clickhouse_host, endpoints.clickhouse_native_port, settings)
    finally:
        instance.stop(silent)


@pytest.fixture
def source(request: pytest.FixtureRequest) -> str:
    """A CloudEvents source that no other test writes as."""
    return f"/test/{request.node.name}"
