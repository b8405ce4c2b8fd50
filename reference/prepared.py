"""A pack in the form in which workers open it: a folder, written once, named after its content."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from reference.consumers import ConsumerStore, write_consumers
from reference.lookup import Reference
from reference.network import nodes_of
from reference.pack import Pack
from schemas.reference import Tables

FORMAT: Final = 1
"""Of the prepared folder; a change of the files within needs a new number."""

_TABLES_FILE: Final = "tables.json"
_CONSUMERS_FILE: Final = "consumers.lmdb"
_FOLDER_MODE: Final = 0o700
_FILE_MODE: Final = 0o600


@dataclass(frozen=True, slots=True)
class _Content:
    """What `tables.json` holds."""

    version: str
    tables: Tables
    localities: list[str]
    pincodes: list[str]
    kinds: list[str]


_CONTENT: Final = TypeAdapter(_Content)


def folder_name(version: str) -> str:
    """The name of the prepared folder of a reference version."""
    return f"{version}-{FORMAT}"


def prepare(pack: Pack, parent: Path) -> Path:
    """Write `pack` below `parent` and give the folder; nothing is written when it is there already.

    The folder appears whole or not at all, readable by its owner alone (it holds phone numbers), and durable on return.
    """
    target = parent / folder_name(pack.version)
    if target.is_dir():
        return target
    parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix=".new-", dir=parent))
    try:
        table = pack.consumers
        write_consumers(workspace / _CONSUMERS_FILE, table, [node.path for node in nodes_of(pack.tables).values()])
        content = _Content(pack.version, pack.tables, table.localities, table.pincodes, table.kinds)
        write_durably(workspace / _TABLES_FILE, _CONTENT.dump_json(content))
        workspace.rename(target)
        sync_folder(parent)
    except OSError:
        if not target.is_dir():  # else another process was faster, with the same content
            raise
    finally:
        shutil.rmtree(workspace, ignore_errors=True)
    return target


def open_prepared(folder: Path) -> Reference:
    """The reference data in a prepared folder. Raises OSError or lmdb.Error when it is not whole."""
    content = _CONTENT.validate_json((folder / _TABLES_FILE).read_bytes())
    nodes = nodes_of(content.tables)
    paths = [node.path for node in nodes.values()]
    store = ConsumerStore(folder / _CONSUMERS_FILE, paths, content.localities, content.pincodes, content.kinds)
    return Reference(content.version, content.tables, nodes, store)


def write_durably(file: Path, data: bytes) -> None:
    """Write a new file that only its owner may read, and see it on the disk."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def sync_folder(folder: Path) -> None:
    """See the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
