"""Tells when work waits and none gets done, from a thread of its own, and then where every thread stands."""

from __future__ import annotations

import faulthandler
import logging
import sys
import time
from collections.abc import Callable
from typing import Final

from runtime.background import Background

_LOOKS: Final = 10
"""Looks within the time allowed."""

_log: Final = logging.getLogger(__name__)


def dump_stacks() -> None:
    """Write the stack of each thread to standard error, where the log goes: files, lines and names, never values."""
    faulthandler.dump_traceback(file=sys.stderr, all_threads=True)
    sys.stderr.flush()


class StuckDetector(Background):
    """A context manager around the work. An episode of being stuck is logged once, with all stacks.

    `moves` is a count that goes up whenever something gets done. `waiting` says in a few words what waits to be done,
    or nothing when nothing does or that is not known. Both are asked in the detector's thread and must not block.
    Stuck is: for `seconds`, something waited all the time and the count stayed.
    """

    def __init__(self, seconds: float, moves: Callable[[], int], waiting: Callable[[], str]) -> None:
        self._seconds = seconds
        self._moves = moves
        self._waiting = waiting
        self._problem = ""
        super().__init__("stuck")

    def live(self) -> tuple[bool, str]:
        """Is it not stuck, and in one line why it is. From any thread."""
        problem = self._problem
        return not problem, problem

    def _run(self) -> None:
        moves, since = self._moves(), time.monotonic()
        looked_at = since
        while not self._ended.wait(self._seconds / _LOOKS):
            now, waiting, moved = time.monotonic(), self._waiting(), self._moves()
            frozen = now - looked_at > self._seconds / 2  # the whole process was stopped, and may go on now
            if moved != moves or not waiting or frozen:
                if self._problem:
                    _log.warning("no longer stuck")
                moves, since, self._problem = moved, now, ""
            elif now - since >= self._seconds:
                stuck, self._problem = bool(self._problem), f"nothing got done for {now - since:.0f} s: {waiting}"
                if not stuck:
                    _log.critical("stuck: %s; the stacks of all threads follow", self._problem)
                    dump_stacks()
            looked_at = now
