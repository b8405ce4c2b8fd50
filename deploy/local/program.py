"""What runs under the supervisor."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Program:
    """One supervised program.

    `folder` is its working folder; `env` is laid over the environment of the supervisor. One that ends within
    `start_seconds` has failed to start and is started again after a pause, which grows; one that ends later is started
    again at once. `stop_seconds` is how long it may take after SIGTERM before it gets SIGKILL. `inputs` is any text
    that, when it changes, means that the program must be restarted (such as its configuration).
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    folder: str
    start_seconds: int
    stop_seconds: int
    inputs: str = ""

    @property
    def digest(self) -> str:
        """A short hash of everything above: programs with the same digest need no restart."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class ProgramStatus:
    """What is known of a program. `state` is one of supervisord's words: STARTING RUNNING BACKOFF STOPPING EXITED FATAL
    STOPPED; `pid` and `uptime_seconds` are 0 when it does not run; `detail` says why it does not."""

    name: str
    state: str
    pid: int
    uptime_seconds: int
    detail: str
    log: Path


def to_json(programs: list[Program]) -> str:
    """Write programs down; they hold secrets in `env`, so the file must be the owner's alone."""
    return json.dumps([asdict(program) for program in programs], indent=1)


def from_json(text: str) -> list[Program]:
    """Read back what `to_json` wrote."""
    rows: list[dict[str, Any]] = json.loads(text)
    return [Program(**{**row, "argv": tuple(row["argv"])}) for row in rows]
