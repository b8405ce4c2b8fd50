"""Pipes whose workers never outlive their test."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Servers
from tests.stream_processors.pipes import Pipe


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
