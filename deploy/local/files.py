"""Files that are whole or absent, and locks between processes."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.errors import LocalError


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file's bytes in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_folder(path: Path) -> None:
    """Make a folder for its owner alone, with its parents, if it is not there. Raises LocalError when that can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise LocalError(f"can't make the folder {path} ({type(error).__name__}). Choose another.") from error


def write_atomically(path: Path, text: str) -> None:
    """Write `text` as UTF-8 so that a reader sees the old file or the new one; readable by the owner alone."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def locked(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold an exclusive lock on `path` between processes; call `on_wait` once when another process has it.

    The kernel frees the lock when its holder dies, so a lock file that is left behind means nothing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def last_line(path: Path, wanted: Callable[[str], bool] = bool, tail_bytes: int = 65536) -> str:
    """Return the last line of a log for which `wanted` holds (by default: that is not empty), or "" when none does.

    Only the last `tail_bytes` are looked at; a missing file has no lines.
    """
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - tail_bytes))
            lines = file.read().decode("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return next((line.strip() for line in reversed(lines) if wanted(line.strip())), "")
