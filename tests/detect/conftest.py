"""Twelve minutes of River Town through a running pipeline at 60 times their speed; a detector is killed in them."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import orjson
import psutil
import pytest

from deploy.local.ports import free_port
from tests.conftest import BASE
from tests.detect.town import BEGIN, END, drama, larger_town
from tests.pipeline.running import WAIT_SECONDS, Pipeline, get

_SESSION: Final = {"COMPLAINTS_DETECTOR_SESSION_SECONDS": "6"}
_T = TypeVar("_T")


def awaited(question: Callable[[], _T | None], what: str) -> _T:
    """The answer to a question as soon as there is one."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (answer := question()) is None:
        assert time.monotonic() < deadline, f"did not happen: {what}"
        time.sleep(0.1)
    return answer


class Detectors:
    """The one that `up` started, which a supervisor starts again, and one more."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._port = free_port(set())
        self._second = pipeline.start("detect", env={**_SESSION, "COMPLAINTS_METRICS_PORT": str(self._port)})

    def __enter__(self) -> Detectors:
        awaited(lambda: True if self._answer(self._port, "readyz") == "ok\n" else None, "the second one is in line")
        return self

    def __exit__(self, *_: object) -> None:
        self._second.terminate()
        self._second.communicate(timeout=30)

    def at_work(self) -> int | None:
        """The process that is at work."""
        for port, pid in self._all():
            if "complaints_detector_active 1.0" in self._answer(port, "metrics").splitlines():
                return pid
        return None

    def metric(self, name: str) -> float | None:
        """A sample of the one that is at work; None while there is none."""
        found = None
        for port, _ in self._all():
            lines = self._answer(port, "metrics").splitlines()
            if "complaints_detector_active 1.0" in lines:
                found = next((float(line.split()[-1]) for line in lines if line.startswith(f"{name} ")), None)
        return found

    def log(self) -> str:
        """What the one that `up` started said last."""
        return self._pipeline.status("detect").log.read_text()[-5000:]

    def await_clock(self, at: float) -> None:
        """Wait until a step was at or after a time."""
        name = "complaints_detector_clock_timestamp_seconds"
        awaited(lambda: True if (self.metric(name) or 0) >= at else None, "the clock goes on")

    def _all(self) -> list[tuple[int, int]]:
        first = orjson.loads((self._pipeline.data_dir / "metrics_ports.json").read_bytes())["detect"]
        return [(first, self._pipeline.status("detect").pid), (self._port, self._second.pid)]

    def _answer(self, port: int, path: str) -> str:
        try:
            return get(port, path)
        except OSError:
            return ""


@dataclass(frozen=True)
class Played:
    """The pipeline afterwards. `at_work`: the processes that were at work, in turn; the last one still is."""

    pipeline: Pipeline
    detectors: Detectors
    at_work: tuple[int, ...]


@pytest.fixture(scope="session")
def played() -> Iterator[Played]:
    """The drama is over: the detector that was at work first was killed in it."""
    pipeline = Pipeline(BASE / "detect")
    pack = larger_town(BASE / "detect-pack")
    try:
        pipeline.complaints("up", env={"COMPLAINTS_REFERENCE_DIR": str(pack), **_SESSION})
        with Detectors(pipeline) as detectors:
            yield Played(pipeline, detectors, _play(pipeline, detectors))
    finally:
        pipeline.complaints("down")


def _play(pipeline: Pipeline, detectors: Detectors) -> tuple[int, ...]:
    awaited(detectors.at_work, "one detector is at work")
    publishing = threading.Thread(target=pipeline.publish, args=(drama(), "--speed", "60", "--clock", "file"))
    publishing.start()
    detectors.await_clock(BEGIN.timestamp() + 60)
    first = awaited(detectors.at_work, "one is at work still")
    assert psutil.pid_exists(first), f"the detector ended by itself: {detectors.log()}"
    os.kill(first, signal.SIGKILL)
    second = awaited(lambda: pid if (pid := detectors.at_work()) not in (None, first) else None, "another takes over")
    publishing.join()
    detectors.await_clock(END.timestamp())
    return first, second
