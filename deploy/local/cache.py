"""The per-user folder of downloads: one writer at a time, scratch space inside it, nothing half-done visible."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deploy.local.errors import Progress
from deploy.local.files import locked
from deploy.local.machine import require_space

_PREFIX = ".partial-"
"""A new name each time: a download command whose parent was killed may write on for a while."""


@contextmanager
def scratch(cache_dir: Path, needed_bytes: int, progress: Progress) -> Iterator[Path]:
    """Hold the cache's lock and give an empty folder inside the cache that is removed afterwards.

    What is ready is renamed from the scratch folder to its place, so that it is there whole or not at all. Leftovers
    of a killed download are removed first. Look again whether the thing is still missing once inside: another process
    may have fetched it meanwhile.

    Raises LocalError when the disk has less than `needed_bytes` free.
    """
    with locked(cache_dir / ".lock", lambda: progress("another process is downloading; waiting for it", 0, 0)):
        for left in cache_dir.glob(f"{_PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        require_space(cache_dir, needed_bytes)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=cache_dir))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def run_in(folder: Path, command: list[str], log: Path, while_waiting: Callable[[], None]) -> int:
    """Run a download command in a scratch folder, temporary files included, with its output in `log`.

    Calls `while_waiting` twice a second; returns the exit status. The command ends when this process is interrupted.
    """
    environment = {**os.environ, "TMPDIR": str(folder)}
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            while True:
                try:
                    return process.wait(timeout=0.5)
                except subprocess.TimeoutExpired:
                    while_waiting()
        except BaseException:
            process.kill()
            raise


def size_of(folder: Path) -> int:
    """Return the bytes of all files below `folder`, which may change meanwhile."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += (Path(parent) / name).lstat().st_size
    return total
