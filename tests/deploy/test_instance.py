"""Kafka, ClickHouse and services under the supervisor: started, crashed, stopped."""

import os
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from clickhouse_driver import Client
from confluent_kafka import OFFSET_BEGINNING, Consumer, Message, Producer, TopicPartition
from confluent_kafka.cimpl import NewTopic

from deploy.local import Endpoints, LocalError, LocalInstance, Ports, Service
from deploy.local.http import answers
from deploy.local.ports import ADDRESS, choose_ports
from deploy.local.supervision import socket_path
from runtime.kafka import admin_client
from tests.deploy.conftest import (
    CACHE_DIR,
    PASSWORD,
    USERS,
    make_instance,
    must_become_true,
    pid_of,
    processes_of,
    silent,
)

SERVICE = Path(__file__).with_name("service.py")


def query(endpoints: Endpoints, text: str) -> list[tuple[object, ...]]:
    with Client(
        endpoints.clickhouse_host,
        endpoints.clickhouse_native_port,
        user="test_admin",
        password="pw",
        database="complaints",
        connect_timeout=5,
    ) as client:
        rows: list[tuple[object, ...]] = client.execute(text)
        return rows


def ping(endpoints: Endpoints) -> bool:
    return answers(f"http://{endpoints.clickhouse_host}:{endpoints.clickhouse_http_port}/ping")


def listening(data_dir: Path) -> set[str]:
    return {
        connection.laddr.ip
        for process in processes_of(data_dir)
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }


def service(name: str, port: int, folder: Path, word: str = "", manner: str = "", stop_seconds: int = 5) -> Service:
    argv = (sys.executable, str(SERVICE), str(port), word or name, str(folder / "journal"), *filter(None, [manner]))
    return Service(name, argv, {"COMPLAINTS_WORD": word}, f"http://{ADDRESS}:{port}/", stop_seconds)


def test_both_servers_answer_on_the_loopback_address_alone(endpoints: Endpoints, data_dir: Path) -> None:
    admin = admin_client(endpoints.kafka_bootstrap)
    assert len(admin.list_topics(timeout=10).brokers) == 1
    assert query(endpoints, "SELECT currentDatabase(), timezone()") == [("complaints", "Asia/Kolkata")]
    assert answers(f"http://{ADDRESS}:{endpoints.clickhouse_http_port}/metrics")
    assert listening(data_dir) == {ADDRESS}


def test_a_second_start_is_quick_and_leaves_them_alone(
    instance: LocalInstance, endpoints: Endpoints, data_dir: Path
) -> None:
    before = [(row.name, row.state, row.pid) for row in instance.status()]
    started = time.monotonic()
    assert make_instance(data_dir).start_servers(silent) == endpoints
    assert time.monotonic() - started < 3
    assert [(row.name, row.state, row.pid) for row in instance.status()] == before
    assert [name for name, _, _ in before] == ["kafka", "clickhouse"]


def test_secrets_are_in_no_command_line_and_no_open_file(endpoints: Endpoints, data_dir: Path) -> None:
    assert endpoints
    assert not [process for process in processes_of(data_dir) if "pw" in process.cmdline()]
    files = [path for path in (data_dir / "run").iterdir() if path.suffix in (".json", ".conf")]
    assert files
    assert [path for path in files if path.stat().st_mode & 0o077] == []


def test_clickhouse_comes_back_from_kill_9_with_its_rows(instance: LocalInstance, endpoints: Endpoints) -> None:
    query(endpoints, "CREATE TABLE IF NOT EXISTS kept (number UInt64) ENGINE = MergeTree ORDER BY number")
    query(endpoints, "TRUNCATE TABLE kept")
    query(endpoints, "INSERT INTO kept SELECT number FROM numbers(1000)")
    before = pid_of(instance, "clickhouse")
    os.kill(before, signal.SIGKILL)
    must_become_true(lambda: ping(endpoints), 10)
    assert pid_of(instance, "clickhouse") != before
    assert query(endpoints, "SELECT count() FROM kept") == [(1000,)]


def test_clickhouse_comes_back_after_a_failed_login(endpoints: Endpoints) -> None:
    with (
        pytest.raises(Exception, match=r".+"),
        Client(ADDRESS, endpoints.clickhouse_native_port, user="nobody") as client,
    ):
        client.execute("SELECT 1")
    must_become_true(lambda: ping(endpoints), 10)


def test_kafka_comes_back_from_kill_9_with_its_records(instance: LocalInstance, endpoints: Endpoints) -> None:
    admin = admin_client(endpoints.kafka_bootstrap)
    admin.create_topics([NewTopic("kept", 1, 1)])["kept"].result(10)
    producer = Producer({"bootstrap.servers": endpoints.kafka_bootstrap, "acks": "all", "log_level": 0})
    for number in range(1000):
        producer.produce("kept", str(number).encode())
    assert producer.flush(10) == 0
    before = pid_of(instance, "kafka")
    os.kill(before, signal.SIGKILL)
    must_become_true(lambda: pid_of(instance, "kafka") not in (0, before), 5)
    assert instance.start_servers(silent) == endpoints
    consumer = Consumer({"bootstrap.servers": endpoints.kafka_bootstrap, "group.id": "test", "log_level": 0})
    consumer.assign([TopicPartition("kept", 0, OFFSET_BEGINNING)])
    records: list[Message] = []
    until = time.monotonic() + 20
    while len(records) < 1000 and time.monotonic() < until:
        records += consumer.consume(1000, 1)
    consumer.close()
    assert [record.value() for record in records] == [str(number).encode() for number in range(1000)]


def test_services_are_started_changed_and_taken_away(
    instance: LocalInstance, endpoints: Endpoints, tmp_path: Path
) -> None:
    assert endpoints
    ports = choose_ports(Ports(), kept=None, held=None)
    one, two = service("one", ports.kafka, tmp_path), service("two", ports.clickhouse_http, tmp_path)
    instance.start_services([one, two], silent)
    assert answers(one.ready_url or "")
    assert answers(two.ready_url or "")
    assert [row.name for row in instance.status()] == ["kafka", "clickhouse", "one", "two"]
    before = {row.name: row.pid for row in instance.status()}

    instance.start_services([one, service("two", ports.clickhouse_http, tmp_path, "changed")], silent)
    instance.start_servers(silent)
    after = {row.name: row.pid for row in instance.status()}
    assert [name for name in before if before[name] != after[name]] == ["two"]

    os.kill(after["one"], signal.SIGKILL)
    must_become_true(lambda: pid_of(instance, "one") not in (0, after["one"]), 5)
    instance.start_services([one], silent)
    assert not answers(two.ready_url or "")
    assert [row.name for row in instance.status()] == ["kafka", "clickhouse", "one"]
    instance.start_services([], silent)
    assert (tmp_path / "journal").read_text().split() == ["two", "changed", "one"]


def test_a_service_that_fails_names_its_log_and_its_last_error(
    instance: LocalInstance, endpoints: Endpoints, data_dir: Path
) -> None:
    assert endpoints
    failing = Service("failing", (sys.executable, "-c", "raise OSError('no such thing')"), {}, None, 1)
    with pytest.raises(LocalError, match=r"ended 3 times .*failing\.log says: OSError: no such thing") as failure:
        instance.start_services([failing], silent)
    assert str(data_dir / "logs" / "failing.log") in str(failure.value)
    instance.start_services([], silent)


def test_services_stop_before_the_servers_in_reverse_and_a_stubborn_one_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)  # too long for a socket below it
    instance = make_instance(folder)
    instance.start_servers(silent)
    try:
        ports = choose_ports(Ports(), kept=None, held=None)
        services = [
            service("first", ports.kafka, tmp_path),
            service("second", ports.clickhouse_http, tmp_path, manner="stubborn", stop_seconds=1),
        ]
        instance.start_services(services, silent)
        assert len(processes_of(folder)) == 5
    finally:
        told: list[str] = []
        instance.stop(lambda message, _done, _total: told.append(message))
    assert told == ["stopping second", "stopping first", "stopping clickhouse", "stopping kafka"]
    assert (tmp_path / "journal").read_text().split() == ["second", "first"]
    assert processes_of(folder) == []
    assert {row.state for row in instance.status()} == {"STOPPED"}
    assert not socket_path(folder / "run").parent.exists()
    instance.stop(silent)


def test_two_instances_side_by_side(endpoints: Endpoints, data_dir: Path, tmp_path: Path) -> None:
    other = make_instance(tmp_path)
    threads_endpoints: list[Endpoints] = []
    threads = [
        threading.Thread(target=lambda: threads_endpoints.append(make_instance(tmp_path).start_servers(silent)))
        for _ in range(2)
    ]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        first, second = threads_endpoints
        assert first == second
        assert first.kafka_bootstrap != endpoints.kafka_bootstrap
        query(first, "CREATE TABLE only_here (number UInt64) ENGINE = MergeTree ORDER BY number")
        assert query(endpoints, "EXISTS TABLE only_here") == [(0,)]
    finally:
        other.stop(silent)
    assert processes_of(tmp_path) == []
    assert ping(endpoints)
    assert len(processes_of(data_dir)) == 3


def test_kill_9_of_the_supervisor_leaves_nothing_and_the_next_start_is_as_before(
    instance: LocalInstance, endpoints: Endpoints, data_dir: Path
) -> None:
    supervisor = int((data_dir / "run" / "supervisord.pid").read_text())
    os.kill(supervisor, signal.SIGKILL)
    must_become_true(lambda: processes_of(data_dir) == [], 5)
    assert {row.state for row in instance.status()} == {"STOPPED"}
    assert instance.start_servers(silent) == endpoints


def test_a_changed_users_file_restarts_clickhouse_alone(
    tmp_path: Path, instance: LocalInstance, data_dir: Path
) -> None:
    users = tmp_path / "users.xml"
    users.write_text(USERS.read_text())
    changed = LocalInstance(data_dir, CACHE_DIR, users, PASSWORD)
    endpoints = changed.start_servers(silent)
    before = {row.name: row.pid for row in instance.status()}
    users.with_name("users.d").mkdir()
    (users.with_name("users.d") / "more.xml").write_text(USERS.read_text().replace("test_admin", "other_admin"))
    changed.start_servers(silent)
    after = {row.name: row.pid for row in instance.status()}
    assert [name for name in before if before[name] != after[name]] == ["clickhouse"]
    for user in ("test_admin", "other_admin"):
        with Client(ADDRESS, endpoints.clickhouse_native_port, user=user, password="pw") as client:
            assert client.execute("SELECT 1") == [(1,)]


def test_a_taken_port_is_named_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.create_server((ADDRESS, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LocalError, match=rf"port {port} \(kafka\) is taken by another program"):
            make_instance(tmp_path, Ports(kafka=port)).start_servers(silent)
    assert processes_of(tmp_path) == []


def test_a_start_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(message: str, _done: int, _total: int) -> None:
        if message == "clickhouse is ready":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_instance(tmp_path).start_servers(interrupt)
    assert processes_of(tmp_path) == []


def test_a_missing_users_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match=r"users file .*missing\.xml can't be read"):
        LocalInstance(tmp_path, CACHE_DIR, tmp_path / "missing.xml", PASSWORD).start_servers(silent)


def test_a_missing_password_is_named_and_nothing_is_started(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match=r"needs COMPLAINTS_TEST_PASSWORD"):
        LocalInstance(tmp_path, CACHE_DIR, USERS, {}).start_servers(silent)
    assert processes_of(tmp_path) == []


def test_services_need_the_servers(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="start the servers first"):
        make_instance(tmp_path).start_services([], silent)


def test_stop_leaves_no_process_and_the_data_stay(
    instance: LocalInstance, endpoints: Endpoints, data_dir: Path
) -> None:
    query(endpoints, "CREATE TABLE stays (number UInt64) ENGINE = MergeTree ORDER BY number")
    instance.stop(silent)
    assert processes_of(data_dir) == []
    assert not [path for path in data_dir.rglob("*") if path.is_socket()]
    assert instance.start_servers(silent) == endpoints
    assert query(endpoints, "EXISTS TABLE stays") == [(1,)]
    instance.stop(silent)
    shutil.rmtree(data_dir)
