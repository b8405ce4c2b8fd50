"""Fault points of the stages: what is wrapped, and what happens there. Used in the processes of tests only."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from schemas.topics import DEADLETTERS

KILL: Final = "kill"
RAISE: Final = "raise"
STOP: Final = "stop"
"""SIGSTOP; whoever started the process sends SIGCONT when its session is over."""

NO_TOKEN: Final = "no token"
EARLY_COMMIT: Final = "early commit"

Arguments = tuple[Any, ...]


class InjectedError(RuntimeError):
    """The exception of a fault point."""


def _any(_args: Arguments) -> bool:
    return True


def _declares(args: Arguments) -> bool:
    return any(metadata for _, metadata in args[1].values())


def _acknowledges(args: Arguments) -> bool:
    return not _declares(args)


def _is_letter(args: Arguments) -> bool:
    return bool(args[1].topic == DEADLETTERS)


@dataclass(frozen=True, slots=True)
class Step:
    """Functions that are one step of a stage, as `module:name`; a call counts when `counts` says so of its arguments.

    The fault comes at a call drawn from 1 to `most`; `after_insert` counts only once something was stored.
    """

    targets: tuple[str, ...]
    most: int
    counts: Callable[[Arguments], bool] = _any
    after_insert: bool = False


_COMMIT: Final = ("sinks.source:Source.commit",)
_PRODUCE: Final = ("stream_processors.output:ConfirmedOutput._produce",)
_INSERT: Final = "sinks.inserter:Inserter.insert"

STEPS: Final[Mapping[str, Mapping[str, Step]]] = {
    "sink": {
        "intent": Step(_COMMIT, 3, _declares),
        "insert": Step((_INSERT,), 4),
        "next commit": Step(_COMMIT, 3, _declares, after_insert=True),
        "ack": Step(_COMMIT, 1, _acknowledges),
        "bisect": Step(("sinks.bisect:store_around", "sinks.sink:store_around"), 6),
        "letter": Step(("sinks.letters:DeadLetterWriter.write",), 2),
        "revoke": Step(("sinks.sink:Sink._given_up",), 1),
    },
    "process": {
        "produce": Step(_PRODUCE, 120),
        "report": Step(("stream_processors.output:ConfirmedOutput.confirm",), 4),
        "ack": Step(("stream_processors.transport:BatchConsumer.ack",), 4),
        "commit": Step(("stream_processors.transport:BatchConsumerThread._commit",), 2),
        "letter": Step(_PRODUCE, 2, _is_letter),
        "revoke": Step(("stream_processors.transport:BatchConsumer.on_partitions_revoked",), 1),
    },
}


class _Fault:
    """One fault of a process: due once, at call `at` or, when that one raised by itself, at the next that did not."""

    def __init__(self, step: Step, fault: Mapping[str, Any], fired: str) -> None:
        self._counts, self._at = step.counts, int(fault["at"])
        self._before, self._action, self._fired = fault["when"] == "before", fault["action"], fired
        self._calls, self._over = 0, False
        self.waits = step.after_insert

    def counted(self, args: Arguments) -> bool:
        """Note a call; should the fault come with it."""
        if self._over or self.waits or not self._counts(args):
            return False
        self._calls += 1
        return self._calls >= self._at

    def strike(self, *, before: bool) -> None:
        """Fail here, when this is the side of the call where it should be."""
        if before is not self._before or self._over:
            return
        self._over = True
        handle = os.open(self._fired, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(handle, b".")
        os.close(handle)
        if self._action == RAISE:
            raise InjectedError
        os.kill(os.getpid(), signal.SIGKILL if self._action == KILL else signal.SIGSTOP)


def arm(stage: str, fault: Mapping[str, Any], fired: str) -> None:
    """Wrap the step of `fault` (step, when, action, at) in this process; a byte in the file `fired` tells of it."""
    step = STEPS[stage][fault["step"]]
    armed = _Fault(step, fault, fired)
    if step.after_insert:
        _replace(_INSERT, lambda real: _freeing(real, armed))
    for target in step.targets:
        _replace(target, lambda real: _failing(real, armed))


def break_sink(how: str) -> None:
    """Make a sink that breaks its promise: without tokens, or acknowledging before it stores."""

    def insert(real: Callable[..., Any]) -> Callable[..., Any]:
        def broken(self: Any, table: Any, partition: int, rows: Any, token: str) -> Any:
            return real(self, table, partition, rows, f"{token}:{os.urandom(8).hex()}")

        return broken

    def commit(real: Callable[..., Any]) -> Callable[..., Any]:
        def broken(self: Any, places: Mapping[Any, tuple[int, str]]) -> Any:
            early = {
                place: (int(metadata.split("|")[1]) + 1 if metadata else offset, "")
                for place, (offset, metadata) in places.items()
            }
            return real(self, early)

        return broken

    if how == NO_TOKEN:
        _replace(_INSERT, insert)
    if how == EARLY_COMMIT:
        _replace(_COMMIT[0], commit)


def _replace(target: str, wrapped: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    module, _, path = target.partition(":")
    owner: Any = importlib.import_module(module)
    *parents, name = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    setattr(owner, name, wrapped(getattr(owner, name)))


def _freeing(real: Callable[..., Any], armed: _Fault) -> Callable[..., Any]:
    def step(*args: Any, **kwargs: Any) -> Any:
        result = real(*args, **kwargs)
        armed.waits = False
        return result

    return step


def _failing(real: Callable[..., Any], armed: _Fault) -> Callable[..., Any]:
    async def awaited(*args: Any, **kwargs: Any) -> Any:
        now = armed.counted(args)
        if now:
            armed.strike(before=True)
        result = await real(*args, **kwargs)
        if now:
            armed.strike(before=False)
        return result

    def called(*args: Any, **kwargs: Any) -> Any:
        now = armed.counted(args)
        if now:
            armed.strike(before=True)
        result = real(*args, **kwargs)
        if now:
            armed.strike(before=False)
        return result

    return awaited if asyncio.iscoroutinefunction(real) else called
