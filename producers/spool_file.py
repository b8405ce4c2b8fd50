"""The spool's file: made whole or not at all, opened by one process at a time, never written when it is not ours."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from pathlib import Path
from typing import Final

FILE_NAME: Final = "spool.sqlite"
PAGE_BYTES: Final = 4096

_MAGIC: Final = b"SQLite format 3\0"
_APPLICATION_ID: Final = 0x4B455343
_VERSION: Final = 1
_HEADER_BYTES: Final = 100
"""SQLite's file format, section 1.3: user_version lies at 60, application_id at 68, both big-endian."""

_SCHEMA: Final = f"""
PRAGMA page_size = {PAGE_BYTES};
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_VERSION};
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    key BLOB,
    value BLOB NOT NULL,
    headers BLOB NOT NULL,
    timestamp_ms INTEGER NOT NULL,
    checksum INTEGER NOT NULL
);
PRAGMA journal_mode = WAL;
"""


class SpoolError(Exception):
    """The spool cannot be used; the message says why and what to do. It holds no value of a record."""


class SpoolDamagedError(SpoolError):
    """The spool's file is damaged or is none; it was left as it is."""

    def __init__(self, file: Path, found: str) -> None:
        super().__init__(
            f"{file} {found}; it was not used. Move its folder away, keep it (docs/producers.md, "
            '"A damaged spool", says how to read it), and start again with an empty one.'
        )


def hold(folder: Path) -> int:
    """Take the spool's folder, made when there is none, for this one user; `os.close` of the answer gives it back.

    The system gives it back too when the process ends, however it ends. Raises SpoolError when another one has it, be
    it in this process, or when the folder cannot be used.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise _unusable(folder, error) from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        raise _in_use(folder) if isinstance(error, BlockingIOError) else _unusable(folder, error) from None
    return held


def connect(file: Path) -> sqlite3.Connection:
    """Open the spool's file in a folder that is held, and make it first when there is none.

    Any thread may use the connection, one at a time. Every commit is on the disk when it returns; what is deleted is
    overwritten with zeros. Raises SpoolDamagedError, and SpoolError when the file cannot be used.
    """
    try:
        if not file.exists():
            _make(file)
        _require_ours(file)
        file.chmod(0o600)
    except OSError as error:
        raise _unusable(file.parent, error) from None
    db = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
        db.execute("BEGIN IMMEDIATE")
        db.execute("COMMIT")
        ((verdict,), *_) = db.execute("PRAGMA quick_check(1)").fetchall()
        if verdict != "ok":
            raise SpoolDamagedError(file, "is damaged")
    except sqlite3.Error as error:
        db.close()
        raise told(file, error) from None
    except SpoolDamagedError:
        db.close()
        raise
    return db


def told(file: Path, error: sqlite3.Error) -> SpoolError:
    """What SQLite says, in words."""
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if name.startswith("SQLITE_BUSY"):
        return _in_use(file.parent)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")):
        return SpoolDamagedError(file, f"is damaged ({name})")
    return SpoolError(
        f"The spool {file.parent} cannot be read or written ({name}). Look at the disk: is there space, is it "
        "writable? What was accepted before is still there."
    )


def _make(file: Path) -> None:
    """Under another name first, so that a crash leaves a whole file or none."""
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    db = sqlite3.connect(new, isolation_level=None)
    try:
        db.executescript(_SCHEMA)
    except sqlite3.Error as error:
        raise told(file, error) from None
    finally:
        db.close()
    new.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _in_use(folder: Path) -> SpoolError:
    return SpoolError(
        f"The spool {folder} is in use by another process. Wait until that one has ended, or give this one a folder "
        "of its own (--spool-dir)."
    )


def _unusable(folder: Path, error: OSError) -> SpoolError:
    return SpoolError(
        f"The spool's folder {folder} cannot be used ({error.strerror}). Correct that, or name another one."
    )


def _require_ours(file: Path) -> None:
    with file.open("rb") as opened:
        header = opened.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise SpoolDamagedError(file, "is not a spool or is damaged")
    if int.from_bytes(header[68:72], "big") != _APPLICATION_ID:
        raise SpoolDamagedError(file, "is a database of something else")
    if int.from_bytes(header[60:64], "big") != _VERSION:
        raise SpoolDamagedError(file, "is a spool of another version of this program")
