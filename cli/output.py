"""How things are shown: tables on standard output, progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

_WIDTH_OF_A_PIPE: Final = 200
"""Where no terminal says how wide it is, tables are not folded."""

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _WIDTH_OF_A_PIPE)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Report = Callable[[str, int, int], None]
"""Told by long work what it is at: `report(message, done, total)`; both numbers 0 where nothing can be counted."""


@contextmanager
def progress() -> Iterator[Report]:
    """Progress of long work on standard error: a moving bar on a terminal, else a line at each new message."""
    if not err.is_terminal:
        yield _lines()
        return
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=False,
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def report(message: str, done: int, total: int) -> None:
            if message not in tasks:
                for task in tasks.values():
                    bars.update(task, total=1, completed=1)
                tasks[message] = bars.add_task(message, total=total or None)
            bars.update(tasks[message], total=total or None, completed=done)

        yield report
        for task in tasks.values():
            bars.update(task, total=1, completed=1)


def _lines() -> Report:
    said: set[str] = set()

    def report(message: str, _done: int, _total: int) -> None:
        if message not in said:
            said.add(message)
            err.print(f"{message} …")

    return report
