"""The spool on disk: a queue that survives a crash, keeps its bound, and never touches what is not its own."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from producers.spool import MIN_BYTES, WINDOW_ENTRIES, Entry, Spool
from producers.spool_file import FILE_NAME, SpoolDamagedError, SpoolError
from tests.conftest import BASE

ENTRIES: Final = st.builds(
    Entry,
    topic=st.text(min_size=1, max_size=20),
    key=st.none() | st.binary(max_size=40),
    value=st.binary(max_size=9000),
    headers=st.lists(st.tuples(st.text(max_size=10), st.none() | st.text(max_size=10).map(str.encode)), max_size=3),
    timestamp_ms=st.integers(0, 1 << 45),
)


def entry(number: int, size: int = 1000) -> Entry:
    return Entry("t", b"k", f"{number} 9812345678 ".encode().ljust(size, b"."), [("a", b"b")], number)


def on_disk(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


class Queue(RuleBasedStateMachine):
    """Appends, removals and crashes in any order, against a list."""

    def __init__(self) -> None:
        super().__init__()
        self.root = BASE / f"queue-{id(self)}"
        self.crashes = 0
        self.model: list[Entry] = []
        self.spool = Spool(self.root / "0", MIN_BYTES)

    @rule(entries=st.lists(ENTRIES, max_size=8))
    def append(self, entries: list[Entry]) -> None:
        assert self.spool.append(entries) == len(entries)
        self.model += entries

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        found = self.spool.first()
        count = data.draw(st.integers(1, len(found)))
        self.spool.remove(found[count - 1][0])
        del self.model[:count]

    @rule()
    def crash(self) -> None:
        """What a killed process leaves: the files as they are."""
        self.crashes += 1
        left = self.root / str(self.crashes)
        shutil.copytree(self.spool.folder, left)
        self.spool.close()
        self.spool = Spool(left, MIN_BYTES)

    @rule()
    def reopen(self) -> None:
        self.spool.close()
        self.spool = Spool(self.spool.folder, MIN_BYTES)

    @invariant()
    def holds_what_was_appended_in_order(self) -> None:
        found = self.spool.first()
        assert [entry for _, entry in found] == self.model
        assert len(self.spool) == len(self.model)
        assert sorted({seq for seq, _ in found}) == [seq for seq, _ in found]

    def teardown(self) -> None:
        self.spool.close()
        shutil.rmtree(self.root)


TestQueue = Queue.TestCase
TestQueue.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)


@contextmanager
def watched(folder: Path) -> Iterator[list[int]]:
    """The most bytes that the folder takes meanwhile, seen every few milliseconds."""
    done, most = threading.Event(), [0]

    def watch() -> None:
        while not done.wait(0.003):
            most[0] = max(most[0], on_disk(folder))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize("size", [600, 2_100, 1_500_000])
def test_the_bound_holds_on_disk_and_a_full_spool_drains(tmp_path: Path, size: int) -> None:
    spool = Spool(tmp_path, MIN_BYTES)
    stored, seen = 0, 0
    several = min(WINDOW_ENTRIES, 1 + (8 << 20) // size)
    with watched(tmp_path) as most:
        while taken := spool.append([entry(number, size) for number in range(stored, stored + several)]):
            stored += taken
        assert stored * size > 16 << 20
        while window := spool.first():
            assert [found.timestamp_ms for _, found in window] == list(range(seen, seen + len(window)))
            assert len(window) <= WINDOW_ENTRIES
            seen += len(window)
            spool.remove(window[-1][0])
    assert seen == stored
    assert most[0] <= MIN_BYTES
    assert on_disk(tmp_path) < 64 << 10
    assert spool.append([entry(0)]) == 1
    spool.close()


@pytest.mark.parametrize("count", [1, 300, 3_000])
def test_nothing_removed_can_be_read_from_the_disk_and_nobody_else_may_read_it(tmp_path: Path, count: int) -> None:
    spool = Spool(tmp_path / "s", MIN_BYTES)
    spool.append([entry(number) for number in range(count)])
    files = list((tmp_path / "s").iterdir())
    assert any(b"9812345678" in file.read_bytes() for file in files)
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o700
    while window := spool.first():
        spool.remove(window[-1][0])
    assert not any(b"9812345678" in file.read_bytes() for file in (tmp_path / "s").iterdir())
    spool.close()


def a_text(file: Path) -> None:
    file.write_bytes(b"somebody's notes\n" * 20)


def an_empty_file(file: Path) -> None:
    file.touch()


def another_database(file: Path) -> None:
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE entries (seq)")
    db.close()


def cut(file: Path) -> None:
    filled(file)
    os.truncate(file, file.stat().st_size // 2)


def overwritten(file: Path) -> None:
    filled(file)
    with file.open("r+b") as opened:
        opened.seek(8192)
        opened.write(os.urandom(16384))


def filled(file: Path) -> None:
    spool = Spool(file.parent, MIN_BYTES)
    spool.append([entry(number) for number in range(500)])
    spool.close()


@pytest.mark.parametrize("damage", [a_text, an_empty_file, another_database, cut, overwritten])
def test_a_damaged_or_foreign_file_is_told_and_left_as_it_is(tmp_path: Path, damage: object) -> None:
    file = tmp_path / FILE_NAME
    assert callable(damage)
    damage(file)
    before = file.read_bytes()
    with pytest.raises(SpoolDamagedError, match="it was not used"):
        Spool(tmp_path, MIN_BYTES)
    assert file.read_bytes() == before
    assert [left.name for left in tmp_path.iterdir()] == [FILE_NAME]


def test_a_single_wrong_byte_in_an_entry_is_seen(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    filled(file)
    file.write_bytes(file.read_bytes().replace(b"77 9812345678", b"77 9812345679", 1))
    spool = Spool(tmp_path, MIN_BYTES)
    with pytest.raises(SpoolDamagedError) as caught:
        spool.first()
    assert "98123" not in str(caught.value)
    spool.close()


def test_a_second_process_is_refused_and_may_come_when_the_first_has_ended(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from producers.spool import *\n"
        "Spool(Path(sys.argv[1]), MIN_BYTES).append([Entry('t', None, b'x', [], 1)]); print('open', flush=True)\n"
        "sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(SpoolError, match="in use by another process"):
            Spool(tmp_path, MIN_BYTES)
        other.kill()
    spool = Spool(tmp_path, MIN_BYTES)
    assert len(spool) == 1
    spool.close()


def test_a_second_one_in_the_same_process_is_refused_and_leaves_the_first_protected(tmp_path: Path) -> None:
    spool = Spool(tmp_path, MIN_BYTES)
    for _ in range(2):
        with pytest.raises(SpoolError, match="in use"):
            Spool(tmp_path, MIN_BYTES)
    tried = [
        sys.executable,
        "-c",
        "import sys; from pathlib import Path; from producers.spool import *\nSpool(Path(sys.argv[1]), MIN_BYTES)",
        str(tmp_path),
    ]
    refused = subprocess.run(tried, capture_output=True, check=False)
    assert b"in use by another process" in refused.stderr
    spool.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SpoolError, match="cannot be used"):
        Spool(tmp_path / "file" / "spool", MIN_BYTES)
