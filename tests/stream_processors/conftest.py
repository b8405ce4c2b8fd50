"""Reference packs in use, and pipes whose workers never outlive their test."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reference.active import ActiveReference, activate
from reference.lookup import Reference
from tests.conftest import Servers
from tests.reference import KANPUR, RIVER_TOWN
from tests.stream_processors.pipes import Pipe


def _in_use(pack: Path, store: Path) -> Reference:
    activate(pack, store)
    return ActiveReference(store).current()


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    return _in_use(RIVER_TOWN, tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def kanpur(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    return _in_use(KANPUR, tmp_path_factory.mktemp("kanpur"))


@pytest.fixture
def make_pipe(servers: Servers, tmp_path: Path) -> Iterator[Callable[..., Pipe]]:
    pipes: list[Pipe] = []

    def make(inputs: int = 1, partitions: int = 3) -> Pipe:
        pipes.append(Pipe.make(servers.kafka, tmp_path, inputs, partitions))
        return pipes[-1]

    yield make
    for pipe in pipes:
        pipe.close()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
