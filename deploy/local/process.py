"""A process that can be recognised later: after a reboot or a reuse of its number it is not taken for another."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True)
class ProcessId:
    """A process: its number, when it started in clock ticks since boot, and the boot it lives in."""

    pid: int
    start_ticks: int
    boot_id: str

    @property
    def alive(self) -> bool:
        """Whether this very process runs; one that has ended but was not collected by its parent does not."""
        return process_of(self.pid) == self

    def kill(self) -> None:
        """End it with SIGKILL; does nothing when it has ended."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def process_of(pid: int) -> ProcessId | None:
    """Return the running process with this number, or None when there is none (fields: proc_pid_stat(5))."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        boot_id = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return None
    state, *rest = stat.rpartition(")")[2].split()  # the name before it may hold anything, even ")"
    return None if state in "ZX" else ProcessId(pid, int(rest[18]), boot_id)


def await_true(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask `condition` ten times a second until it holds or the time is over; return whether it held."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
