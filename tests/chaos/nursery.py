"""Starts processes of a stage quickly: everything is imported once, each process is a fork. `python -m …nursery STAGE`.

A line of JSON on standard input is an order, a line on standard output the answer: `{"start": …}` gives a pid,
`{"look": pid}` gives `running`, `stopped` or `ended`.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any, Final

import sinks.errors
import sinks.inserter
import sinks.main
import sinks.source
import stream_processors.main
from runtime.logs import configure_logs
from runtime.settings import Settings
from stream_processors.app import WorkerSettings
from tests.chaos.faults import arm, break_sink

SESSION_SECONDS: Final = 2.0
ANSWER_SECONDS: Final = 3.0
LONG_BACK_OFF_SECONDS: Final = 2.0
SECRET: Final = b"a secret of tests only"


def main() -> None:
    stage = sys.argv[1]
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "look" in order:
            answer = _look(order["look"], children)
        else:
            pid = os.fork()
            if pid == 0:
                _live(stage, order["start"])
            children.add(pid)
            answer = str(pid)
        print(answer, flush=True)
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _look(pid: int, children: set[int]) -> str:
    found, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
    if not found:
        return "running"
    if os.WIFSTOPPED(status):
        return "stopped"
    children.discard(pid)
    return "ended"


def _live(stage: str, order: dict[str, Any]) -> None:
    code = 1
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        settings = Settings(_env_file=None, **order["settings"])
        configure_logs("INFO", "json")
        _shorten_times()
        if stage == "sink":
            break_sink(order["broken"])
        if order["fault"]:
            arm(stage, order["fault"], order["fired"])
        if stage == "sink":
            code = sinks.main.run_sink(settings)
        else:
            code = stream_processors.main.run(settings, Path(order["reference"]), SECRET)
    except BaseException:  # noqa: BLE001 - a fork must never return into its parent's code
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _shorten_times() -> None:
    """So that a stopped process has lost its session soon, and a server that is well again is tried again soon."""
    config = sinks.source._config
    milliseconds = int(SESSION_SECONDS * 1000)

    def short(*args: str) -> dict[str, Any]:
        return {**config(*args), "session.timeout.ms": milliseconds, "heartbeat.interval.ms": milliseconds // 4}

    replaced: tuple[tuple[Any, str, Any], ...] = (
        (sinks.source, "_config", short),
        (sinks.inserter, "ANSWER_SECONDS", ANSWER_SECONDS),
        (sinks.errors, "LONG_BACK_OFF_SECONDS", LONG_BACK_OFF_SECONDS),
        (stream_processors.main, "WorkerSettings", functools.partial(WorkerSettings, session_seconds=SESSION_SECONDS)),
    )
    for owner, name, value in replaced:
        assert hasattr(owner, name), name
        setattr(owner, name, value)


if __name__ == "__main__":
    main()
