"""The reference data in use: put a pack into use without a restart, and read what is in use.

A store is a folder: `packs/` with prepared folders, and the file `current` with the name of one of them. Both appear by
rename, so that a reader sees the old or the new state and nothing between.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

import lmdb

from reference.lookup import Reference
from reference.pack import Pack, checked, pack_files, pack_version
from reference.prepared import folder_name, open_prepared, prepare, sync_folder, write_durably

KEPT_PACKS: Final = 3
"""Prepared packs that stay: the one in use and the two before it, for a way back. A reader that still has an older one
open keeps it until it turns to the new one, since the system keeps the bytes of an open file."""

CHECK_SECONDS: Final = 1.0
"""How often a reader looks whether another pack is in use."""

_log = logging.getLogger(__name__)


class ReferenceMissing(Exception):
    """No reference pack is in use in a store."""


@dataclass(frozen=True, slots=True)
class Activation:
    """What `activate` did: the version now in use, whether it is another than before, and the notes on the pack.

    Notes are given only when the pack had to be checked, which is not so when it was prepared before.
    """

    version: str
    changed: bool
    notes: tuple[str, ...]


def activate(pack_folder: Path, store_folder: Path) -> Activation:
    """Check the pack in `pack_folder`, prepare it in the store and put it into use.

    Raises PackInvalid with every error of the pack; the pack in use then stays in use. Safe to call from several
    processes at once.
    """
    files = pack_files(pack_folder)
    version = pack_version(files)
    with _locked(store_folder):
        packs = store_folder / "packs"
        prepared, pack = _prepared(files, version, packs)
        pointer = store_folder / "current"
        changed = not pointer.exists() or pointer.read_text().strip() != prepared.name
        os.utime(prepared)
        if changed:
            _point(pointer, prepared)
        _remove_old(packs, prepared)
    return Activation(version, changed, pack.notes if pack else ())


def looked_at(pack_folder: Path, store_folder: Path) -> Reference:
    """Check the pack in `pack_folder`, prepare it in the store and open it; what is in use stays in use.

    Raises PackInvalid with every error of the pack. A pack that was never in use is the first to be removed by the
    next `activate`.
    """
    files = pack_files(pack_folder)
    with _locked(store_folder):
        prepared, pack = _prepared(files, pack_version(files), store_folder / "packs")
        if pack:
            os.utime(prepared, (0, 0))
        return open_prepared(prepared)


def _prepared(files: Mapping[str, bytes], version: str, packs: Path) -> tuple[Path, Pack | None]:
    """Where the pack of these files is prepared, and the pack where it had to be checked and prepared for that."""
    prepared = packs / folder_name(version)
    if prepared.is_dir():
        return prepared, None
    pack = checked(files)
    return prepare(pack, packs), pack


@contextmanager
def _locked(store_folder: Path) -> Iterator[None]:
    store_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(store_folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _point(pointer: Path, prepared: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".current-", dir=prepared.parent) as workspace:
        new = Path(workspace, "current")
        write_durably(new, f"{prepared.name}\n".encode())
        new.replace(pointer)
    sync_folder(pointer.parent)


def _remove_old(packs: Path, current: Path) -> None:
    """Remove packs beyond KEPT_PACKS, and what a process that died has left; half a pack never bears a pack's name."""
    folders = [folder for folder in packs.iterdir() if folder != current and not folder.name.startswith(".")]
    folders.sort(key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
    for folder in folders[KEPT_PACKS - 1 :]:
        folder.rename(packs / f".old-{folder.name}")
    for folder in packs.glob(".*"):
        shutil.rmtree(folder, ignore_errors=True)


class ActiveReference:
    """The reference data in use in a store. Raises ReferenceMissing when there is none yet.

    One object a process; safe to use from several threads. What `current()` gave before a change stays usable.
    """

    def __init__(self, store_folder: Path) -> None:
        self._packs = store_folder / "packs"
        self._pointer = store_folder / "current"
        self._lock = Lock()
        self._next_check = time.monotonic() + CHECK_SECONDS
        self._name = self._pointed()
        self._reference = open_prepared(self._packs / self._name)

    def current(self) -> Reference:
        """The reference data in use; looks for a change at most once a second, and takes it at once when there is one.

        When the new data cannot be opened the old data is given, with a warning in the log.
        """
        if time.monotonic() >= self._next_check and self._lock.acquire(blocking=False):
            try:
                self._next_check = time.monotonic() + CHECK_SECONDS
                self._look()
            finally:
                self._lock.release()
        return self._reference

    def _look(self) -> None:
        try:
            name = self._pointed()
            if name != self._name:
                self._reference = open_prepared(self._packs / name)
                self._name = name
        except (OSError, ValueError, lmdb.Error, ReferenceMissing) as error:
            _log.warning("reference data in use cannot be opened, the former stays: %s", type(error).__name__)

    def _pointed(self) -> str:
        try:
            return self._pointer.read_text().strip()
        except FileNotFoundError:
            message = "no reference pack is in use; load one with: complaints reference load DIR"
            raise ReferenceMissing(message) from None
