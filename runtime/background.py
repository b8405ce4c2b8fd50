"""Work beside the main work: a thread that lives as long as a `with` block."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Background(ABC):
    """A context manager; `_run` goes on in a daemon thread called `name` until it sees that `_ended` is set.

    The end of the block sets `_ended` and does not wait for the thread.
    """

    def __init__(self, name: str) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()

    @abstractmethod
    def _run(self) -> None: ...
