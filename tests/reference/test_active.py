"""A pack comes into use whole, without a restart, or not at all."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from reference.active import CHECK_SECONDS, KEPT_PACKS, ActiveReference, ReferenceMissing, activate, looked_at
from reference.lookup import Reference
from reference.maker import complete_pack
from reference.pack import read_pack
from reference.problems import PackInvalid
from tests.reference import KANPUR, RIVER_TOWN, ROOT
from tests.reference.editing import copy_of, edited

OPEN_SECONDS = 10
ACTIVATE = """
import sys
from pathlib import Path
from reference.active import activate
activate(*map(Path, sys.argv[1:]))
"""


def limited(to: Path, hours: int) -> Path:
    return edited(to, service_limits=("no_supply,urban,4", f"no_supply,urban,{hours}"))


def awaited(active: ActiveReference, version: str) -> Reference:
    end = time.monotonic() + OPEN_SECONDS
    while (reference := active.current()).version != version:
        assert time.monotonic() < end, "the new pack is not taken into use"
        time.sleep(CHECK_SECONDS / 20)
    return reference


def prepared(store: Path) -> list[Path]:
    return sorted((store / "packs").iterdir())


def test_a_new_pack_is_taken_without_a_restart_and_the_old_one_stays_usable(tmp_path: Path) -> None:
    first = activate(RIVER_TOWN, tmp_path / "store")
    active = ActiveReference(tmp_path / "store")
    before = active.current()
    assert before.version == first.version and first.changed
    moved = edited(tmp_path / "pack", consumers=("0000000003,00000005,+919876500000,t100", "0000000003,00000005,,t300"))
    second = activate(moved, tmp_path / "store")
    after = awaited(active, second.version)
    for reference, transformer in ((before, "t100"), (after, "t300")):
        consumer = reference.consumer_by_account("0000000003")
        assert consumer is not None and consumer.path.transformer_id == transformer


def test_a_pack_with_errors_leaves_the_one_in_use(tmp_path: Path) -> None:
    store = tmp_path / "store"
    version = activate(RIVER_TOWN, store).version
    broken = edited(tmp_path / "pack", feeders=("f30,Fire Brigade,,port-3", "f30,Fire Brigade,,port-4"))
    with pytest.raises(PackInvalid):
        activate(broken, store)
    assert ActiveReference(store).current().version == version
    assert len(prepared(store)) == 1


def test_the_same_pack_again_changes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    activate(RIVER_TOWN, store)
    files = {file: file.stat().st_mtime_ns for file in prepared(store)[0].iterdir()}
    again = activate(copy_of(RIVER_TOWN, tmp_path / "pack"), store)
    assert not again.changed
    assert files == {file: file.stat().st_mtime_ns for file in prepared(store)[0].iterdir()}


def test_the_last_packs_are_kept_and_older_ones_removed(tmp_path: Path) -> None:
    store = tmp_path / "store"
    versions = [activate(limited(tmp_path / str(hours), hours), store).version for hours in range(10, 15)]
    kept = {folder.name.partition("-")[0] for folder in prepared(store)}
    assert kept == set(versions[-KEPT_PACKS:])
    back = activate(tmp_path / "12", store)
    assert back.changed and ActiveReference(store).current().version == versions[2]


def test_a_pack_that_was_looked_at_is_not_in_use_and_takes_no_place_of_one_that_was(tmp_path: Path) -> None:
    store = tmp_path / "store"
    versions = [activate(limited(tmp_path / str(hours), hours), store).version for hours in (10, 11)]
    assert looked_at(limited(tmp_path / "12", 12), store).version not in versions
    assert ActiveReference(store).current().version == versions[-1]
    versions.append(activate(limited(tmp_path / "13", 13), store).version)
    assert {folder.name.partition("-")[0] for folder in prepared(store)} == set(versions)


def test_a_reader_of_a_removed_pack_goes_on(tmp_path: Path) -> None:
    store = tmp_path / "store"
    activate(RIVER_TOWN, store)
    reference = ActiveReference(store).current()
    for hours in range(10, 14):
        activate(limited(tmp_path / str(hours), hours), store)
    assert reference.version not in {folder.name.partition("-")[0] for folder in prepared(store)}
    assert reference.consumer_by_account("0000000003") is not None


def test_a_pack_that_nobody_uses_any_more_is_let_go(tmp_path: Path) -> None:
    store = tmp_path / "store"
    activate(RIVER_TOWN, store)
    active = ActiveReference(store)
    for hours in (10, 11):
        awaited(active, activate(limited(tmp_path / str(hours), hours), store).version)
    mapped = {line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if str(store) in line}
    assert len(mapped) == 1


def test_only_the_owner_may_read_what_holds_phones(tmp_path: Path) -> None:
    store = tmp_path / "store"
    activate(RIVER_TOWN, store)
    for path in store.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), f"{path.name} has mode {mode:o}"


def test_a_store_without_a_pack_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReferenceMissing, match="complaints reference load"):
        ActiveReference(tmp_path)


def test_an_unreadable_new_pack_leaves_the_reader_with_the_old_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = tmp_path / "store"
    version = activate(RIVER_TOWN, store).version
    active = ActiveReference(store)
    (store / "current").write_text("missing-1\n")
    end = time.monotonic() + OPEN_SECONDS
    while not caplog.records and time.monotonic() < end:
        assert active.current().version == version
        time.sleep(CHECK_SECONDS / 20)
    assert "the former stays" in caplog.text


def test_processes_at_once_agree(tmp_path: Path) -> None:
    store = tmp_path / "store"
    folders = [limited(tmp_path / str(hours), hours) for hours in (10, 10 + 1)]
    commands = [[sys.executable, "-c", ACTIVATE, str(folder), str(store)] for folder in folders * 2]
    processes = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    assert [process.wait(60) for process in processes] == [0] * len(commands)
    assert len(prepared(store)) == 2
    assert ActiveReference(store).current().consumer_by_account("0000000003") is not None


def test_a_process_killed_at_any_moment_leaves_a_whole_store(tmp_path: Path) -> None:
    store, pack = tmp_path / "store", tmp_path / "pack"
    version = activate(RIVER_TOWN, store).version
    complete_pack(KANPUR, pack, 1, 20_000, 1_000)
    for thousandths in (300, 400, 500, 600, 700, 800):
        process = subprocess.Popen([sys.executable, "-c", ACTIVATE, str(pack), str(store)], cwd=ROOT)
        try:
            process.wait(thousandths / 1000)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reference = ActiveReference(store).current()
        known = "0000000003" if reference.version == version else next(iter(read_pack(pack).consumers.accounts))
        assert reference.consumer_by_account(known) is not None
    assert activate(pack, store).version == ActiveReference(store).current().version
    assert not list((store / "packs").glob(".*"))


def test_threads_and_two_readers_in_one_process(tmp_path: Path) -> None:
    store = tmp_path / "store"
    activate(RIVER_TOWN, store)
    readers = [ActiveReference(store), ActiveReference(store)]
    numbers = [f"{7 * position + 3:010d}" for position in range(29)]
    found: list[int] = []

    def look_up(active: ActiveReference) -> None:
        found.append(sum(active.current().consumer_by_account(number) is not None for number in numbers * 100))

    threads = [Thread(target=look_up, args=(readers[at % 2],)) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [29 * 100] * 6
