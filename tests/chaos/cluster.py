"""Three Kafka nodes, of which one dies now and then: each record on all three, durable with two."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from confluent_kafka import KafkaException, Producer

from deploy.local import kafka
from deploy.local.jars import fetch_jars
from deploy.local.java import fetch_java
from deploy.local.ports import ADDRESS, ChosenPorts, free_port
from deploy.local.program import Program
from runtime.settings import Settings
from tests.conftest import silent
from tests.sinks.stage import await_that

NODES: Final = (1, 2, 3)
STOP_SECONDS: Final = 10.0
_CLUSTER_ID: Final = "-three-brokers-testing"
_OF_ALL: Final = "default.replication.factor offsets.topic.replication.factor transaction.state.log.replication.factor"
_OF_MOST: Final = "min.insync.replicas transaction.state.log.min.isr"


class Cluster:
    """The running nodes. `bootstrap` names all three."""

    def __init__(self, programs: dict[int, Program], ports: dict[int, ChosenPorts], folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._turns = 0
        self.bootstrap = ",".join(f"{ADDRESS}:{each.kafka}" for each in ports.values())

    def start(self, node: int) -> None:
        """Start a node that does not run."""
        program = self._programs[node]
        with (self._folder / f"node-{node}.log").open("ab") as log:
            self._processes[node] = subprocess.Popen(program.argv, cwd=program.folder, stdout=log, stderr=log)

    def kill(self, node: int) -> None:
        """End a node without any warning."""
        process = self._processes.pop(node)
        process.kill()
        process.wait()

    def next_victim(self) -> int:
        """The nodes in turn, each to be killed when it is its turn."""
        self._turns += 1
        return NODES[self._turns % len(NODES)]

    def brokers(self) -> int:
        """How many nodes are in the cluster."""
        client = Producer({"bootstrap.servers": self.bootstrap, "log_level": 0})
        try:
            return len(client.list_topics(timeout=2.0).brokers)
        except KafkaException:
            return 0

    def stop(self) -> None:
        """End all: one by one, and by force who waits for a quorum that is gone."""
        for process in self._processes.values():
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def running_cluster(folder: Path, settings: Settings) -> Iterator[Cluster]:
    """All three nodes answer when this begins, none runs when it ends."""
    java, jars = fetch_java(settings.cache_dir, silent), fetch_jars(settings.cache_dir, silent)
    ports: dict[int, ChosenPorts] = {}
    for node in NODES:
        taken = {port for each in ports.values() for port in (each.kafka, each.kafka_controller)}
        broker = free_port(taken)
        ports[node] = ChosenPorts(broker, free_port({*taken, broker}), 0, 0)
    voters = ",".join(f"{node}@{ADDRESS}:{each.kafka_controller}" for node, each in ports.items())
    programs = {}
    with pytest.MonkeyPatch.context() as patch:
        single = kafka._PROPERTIES
        patch.setattr(secrets, "token_urlsafe", lambda _size: _CLUSTER_ID)
        for node in NODES:
            patch.setattr(kafka, "_PROPERTIES", _properties(single, node, voters))
            programs[node] = kafka.prepare(folder / f"node-{node}", java, jars, ports[node], silent)
    cluster = Cluster(programs, ports, folder)
    try:
        for node in NODES:
            cluster.start(node)
        await_that(lambda: cluster.brokers() == len(NODES), "three brokers", 90.0)
        yield cluster
    finally:
        cluster.stop()


def _properties(single: str, node: int, voters: str) -> str:
    """The properties of the one node, as a node of three."""
    lines = dict(line.split("=", 1) for line in single.splitlines() if line and not line.startswith("#"))
    lines |= {"node.id": str(node), "controller.quorum.voters": voters, "group.min.session.timeout.ms": "1000"}
    lines |= dict.fromkeys(_OF_ALL.split(), str(len(NODES))) | dict.fromkeys(_OF_MOST.split(), str(len(NODES) - 1))
    return "".join(f"{name}={value}\n" for name, value in lines.items())
