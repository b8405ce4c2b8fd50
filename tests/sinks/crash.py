"""Crash points: the process dies by SIGKILL, at once and without any clean-up, at a chosen call."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from sinks.inserter import Inserter
from sinks.letters import DeadLetterWriter
from sinks.source import Source
from tests.sinks.forgetful import ForgetfulProducer

VARIABLE = "TEST_CRASH_POINT"
"""`before` or `after`, a colon, the step, a colon and at which call of it: `after:insert:3`."""

STEPS: dict[str, tuple[type, str]] = {
    "insert": (Inserter, "insert"),
    "commit": (Source, "commit"),
    "decide": (ForgetfulProducer, "commit_transaction"),
    "letter": (DeadLetterWriter, "write"),
}


def arm_crash() -> None:
    """Wrap the step that the environment names, if any."""
    if point := os.environ.get(VARIABLE):
        when, step, count = point.split(":")
        owner, name = STEPS[step]
        setattr(owner, name, _dying(getattr(owner, name), when == "before", int(count)))


def _dying(real: Callable[..., Any], before: bool, count: int) -> Callable[..., Any]:
    calls = 0

    def step(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if before and calls == count:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if calls == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return step
