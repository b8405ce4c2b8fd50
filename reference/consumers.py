"""The consumers of a prepared pack in one LMDB file: by account number, old or new, and by phone.

The file is written once and never changed, so readers take no lock and any number of processes may share it. A record
is 25 bytes: the account number and the positions of node, locality, pincode, special need and kind in short lists that
are kept in memory. Three sub-databases: `records` (position -> record), `accounts` (number -> position) and `phones`
(E.164 -> position, or for a phone of several consumers -> their number and the node that they share).
"""

from __future__ import annotations

import struct
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

import lmdb

from reference.network import NOWHERE, NodePath, common_path
from schemas.vocabulary import SpecialNeed

RECORD: Final = struct.Struct(">10sIIIHB")
"""Account number (NUL-padded), node, locality, pincode, kind, special need."""

ACCOUNT_DIGITS: Final = (8, 10)
"""Old account numbers have 8 digits, new ones 10 (KESCO, rms.kesco.co.in/FAQ.aspx; jagran.com 23677162)."""

SPECIAL_NEEDS: Final = tuple(SpecialNeed)
_POSITION: Final = struct.Struct(">I")
_SHARED: Final = struct.Struct(">II")
_NO_NODE: Final = 0xFFFF_FFFF
_SUBDATABASES: Final = (b"records", b"accounts", b"phones")
_BYTES_PER_CONSUMER: Final = 512
"""Room for the records and keys of one consumer, several times what they take; the file is cut to what is used."""
_BASE_BYTES: Final = 16 << 20
_FILE_MODE: Final = 0o600


class KnownConsumer(NamedTuple):
    """A connection of the pack. `path` leads down to its transformer."""

    account_no: str
    path: NodePath
    locality: str
    pincode: str
    special_need: SpecialNeed
    kind: str


class SharedPhone(NamedTuple):
    """A phone that `consumers` connections have in common: nobody can say whose complaint it is.

    `path` leads to the deepest node that feeds all of them, NOWHERE when they share none.
    """

    consumers: int
    path: NodePath


@dataclass(slots=True)
class ConsumerTable:
    """All consumers of a valid pack in compact form; positions count from 0 in the order of the file.

    `records` holds RECORD by RECORD; `accounts` maps every number, new and old, to a position, `phones` every E.164
    phone to the positions of its consumers. The lists give the words that a record names by position.
    """

    records: bytearray = field(default_factory=bytearray)
    accounts: dict[str, int] = field(default_factory=dict)
    phones: dict[str, int | list[int]] = field(default_factory=dict)
    localities: list[str] = field(default_factory=list)
    pincodes: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.records) // RECORD.size

    def node(self, position: int) -> int:
        """The position of the node (in the order of `network.nodes_of`) that feeds the consumer at `position`."""
        return int(RECORD.unpack_from(self.records, position * RECORD.size)[1])


def write_consumers(file: Path, table: ConsumerTable, paths: Sequence[NodePath]) -> None:
    """Write `table` to the new LMDB file `file` (mode 0600), durable on return; `paths` are those of all nodes."""
    order = {path.node_id: position for position, path in enumerate(paths)}
    room = _BASE_BYTES + len(table) * _BYTES_PER_CONSUMER
    with lmdb.open(
        str(file), subdir=False, map_size=room, max_dbs=len(_SUBDATABASES), mode=_FILE_MODE, lock=False, sync=False
    ) as environment:
        records, accounts, phones = (environment.open_db(name) for name in _SUBDATABASES)
        for database, items in (
            (records, _records(table)),
            (accounts, ((number.encode(), _POSITION.pack(at)) for number, at in sorted(table.accounts.items()))),
            (phones, _phones(table, paths, order)),
        ):
            with environment.begin(db=database, write=True) as transaction, transaction.cursor() as cursor:
                cursor.putmulti(items, append=True)
        environment.sync(True)


def _records(table: ConsumerTable) -> Iterator[tuple[bytes, bytes]]:
    for position in range(len(table)):
        start = position * RECORD.size
        yield _POSITION.pack(position), bytes(table.records[start : start + RECORD.size])


def _phones(table: ConsumerTable, paths: Sequence[NodePath], order: dict[str, int]) -> Iterator[tuple[bytes, bytes]]:
    for phone, owner in sorted(table.phones.items()):
        if isinstance(owner, int):
            yield phone.encode(), _POSITION.pack(owner)
        else:
            shared = common_path(paths[table.node(position)] for position in owner)
            yield phone.encode(), _SHARED.pack(len(owner), order.get(shared.node_id, _NO_NODE))


class ConsumerStore:
    """Lookups in a file of `write_consumers`. Safe to use from several threads; open it after a fork, not before."""

    def __init__(
        self, file: Path, paths: Sequence[NodePath], localities: list[str], pincodes: list[str], kinds: list[str]
    ) -> None:
        self._paths, self._localities, self._pincodes, self._kinds = paths, localities, pincodes, kinds
        self._environment = _opened(file)
        self._records, self._accounts, self._phones = (
            self._environment.open_db(name, create=False) for name in _SUBDATABASES
        )

    def by_account(self, account_no: str) -> KnownConsumer | None:
        """The consumer whose new or old account number is `account_no`, or None."""
        if len(account_no) not in ACCOUNT_DIGITS or not account_no.isascii():
            return None
        with self._environment.begin() as transaction:
            position = transaction.get(account_no.encode(), db=self._accounts)
            return None if position is None else self._consumer(transaction.get(position, b"", db=self._records))

    def by_phone(self, phone: str) -> KnownConsumer | SharedPhone | None:
        """The consumer with this E.164 phone; SharedPhone when several have it; None when nobody has."""
        if not phone.startswith("+") or len(phone) > 16 or not phone.isascii():
            return None
        with self._environment.begin() as transaction:
            owner = transaction.get(phone.encode(), db=self._phones)
            if owner is None:
                return None
            if len(owner) == _SHARED.size:
                consumers, node = _SHARED.unpack(owner)
                return SharedPhone(consumers, NOWHERE if node == _NO_NODE else self._paths[node])
            return self._consumer(transaction.get(owner, b"", db=self._records))

    def _consumer(self, record: bytes) -> KnownConsumer:
        account, node, locality, pincode, kind, need = RECORD.unpack(record)
        return KnownConsumer(
            account.rstrip(b"\0").decode(),
            self._paths[node],
            self._localities[locality],
            self._pincodes[pincode],
            SPECIAL_NEEDS[need],
            self._kinds[kind],
        )


_environments: weakref.WeakValueDictionary[Path, lmdb.Environment] = weakref.WeakValueDictionary()
_environments_lock = Lock()


def _opened(file: Path) -> lmdb.Environment:
    """The open environment of `file`: LMDB forbids to open one file twice in a process."""
    file = file.resolve()
    with _environments_lock:
        environment = _environments.get(file)
        if environment is None:
            environment = lmdb.open(
                str(file), subdir=False, readonly=True, lock=False, max_dbs=len(_SUBDATABASES), max_spare_txns=4
            )
            _environments[file] = environment
        return environment
