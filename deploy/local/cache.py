"""The per-user folder of downloads: one writer at a time, scratch space inside it, nothing half-done visible."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.errors import LocalError, Progress
from deploy.local.files import locked


@contextmanager
def scratch(cache_dir: Path, needed_bytes: int, progress: Progress) -> Iterator[Path]:
    """Hold the cache's lock and give an empty folder inside the cache that is removed afterwards.

    What is ready is renamed from the scratch folder to its place, so that it is there whole or not at all. Leftovers
    of a killed download are removed first. Look again whether the thing is still missing once inside: another process
    may have fetched it meanwhile.

    Raises LocalError when the disk has less than `needed_bytes` free.
    """
    with locked(cache_dir / ".lock", lambda: progress("another process is downloading; waiting for it", 0, 0)):
        folder = cache_dir / ".partial"
        shutil.rmtree(folder, ignore_errors=True)
        free = shutil.disk_usage(cache_dir).free
        if free < needed_bytes:
            raise LocalError(
                f"not enough disk space below {cache_dir}: {free >> 20} MiB free, {needed_bytes >> 20} MiB needed. "
                "Free some, or choose another cache folder."
            )
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def size_of(folder: Path) -> int:
    """Return the bytes of all files below `folder`, which may change meanwhile."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() and not path.is_symlink() else 0
        except OSError:
            continue
    return total
