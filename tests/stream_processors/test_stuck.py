"""A worker that is stuck says so; one that is slow, idle or without Kafka does not."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable

import psutil
from confluent_kafka import Producer

from tests.conftest import Servers
from tests.stream_processors.pipes import Pipe, answer, end, until
from tests.stream_processors.worker_process import HANG, SLOW

STUCK_SECONDS = 4.0
MakePipe = Callable[..., Pipe]


def start(pipe: Pipe, port: int) -> subprocess.Popen[str]:
    worker = pipe.start(port=port, stuck_seconds=STUCK_SECONDS, shutdown_seconds=2.0)
    until(lambda: answer(port, "/readyz")[0] == 200)
    return worker


def listening(port: int) -> psutil.Process:
    """The process that listens on a port."""
    found = {each.pid for each in psutil.net_connections("tcp") if each.status == "LISTEN" and port in each.laddr}
    (pid,) = found
    assert pid is not None
    return psutil.Process(pid)


def stays_live(port: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert answer(port, "/livez") == (200, "ok\n")
        time.sleep(0.2)


def test_a_worker_that_hangs_is_not_live_and_tells_once_where(make_pipe: MakePipe, free_port: int) -> None:
    pipe = make_pipe(partitions=1)
    worker = start(pipe, free_port)
    pipe.send([b"1", HANG])
    status, why = until(lambda: (found := answer(free_port, "/livez"))[0] == 503 and found) or (0, "")
    assert status == 503
    assert "2 records wait in this worker's partitions" in why
    time.sleep(1.0)  # more looks of the detector
    _, log = end(worker)
    stuck, _, stopped = log.partition("the stop took longer")
    assert stuck.count("stuck: nothing got done") == 1
    assert stuck.count("in handle\n") == 1
    assert stopped


def test_a_slow_worker_and_an_idle_one_are_live(make_pipe: MakePipe, free_port: int) -> None:
    pipe = make_pipe(partitions=1)
    worker = start(pipe, free_port)
    sent = pipe.send([SLOW] * 24)
    stays_live(free_port, STUCK_SECONDS + 1.5)
    until(lambda: sum(pipe.committed().values()) == sent)
    producer = Producer({"bootstrap.servers": pipe.bootstrap_servers, "transactional.id": pipe.group})
    producer.init_transactions(30)
    producer.begin_transaction()
    producer.produce(pipe.inputs[0], b"with a marker behind it, that is an offset but no record")
    producer.commit_transaction(30)
    until(lambda: sum(pipe.committed().values()) >= sent + 1)
    stays_live(free_port, STUCK_SECONDS + 1.5)
    assert end(worker)[0] == 0


def test_without_kafka_a_worker_is_live_but_not_ready(make_pipe: MakePipe, servers: Servers, free_port: int) -> None:
    port = int(servers.kafka.rpartition(":")[2])
    broker = listening(port)
    pipe = make_pipe(partitions=1)
    worker = start(pipe, free_port)
    sent = pipe.send([SLOW] * 12)
    until(lambda: answer(free_port, "/livez")[0])
    broker.send_signal(signal.SIGSTOP)
    try:
        stays_live(free_port, STUCK_SECONDS + 4.0)
        assert answer(free_port, "/readyz") == (503, "Kafka does not answer\n")
    finally:
        broker.send_signal(signal.SIGCONT)
    until(lambda: sum(pipe.committed().values()) == sent)
    until(lambda: answer(free_port, "/readyz")[0] == 200)
    assert end(worker)[0] == 0
