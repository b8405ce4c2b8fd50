"""Publishing through the spool on a real broker: away and back, killed at any moment, full, refused; nothing lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final

import pytest

from producers.publish_spooled import publish_spooled
from producers.spool import MIN_BYTES, Entry, Spool, SpoolFullError
from producers.spool_file import FILE_NAME
from producers.spooled import EntryTooLargeError, SpooledPublisher
from runtime.settings import PROJECT_DIR
from schemas.envelope import decode
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.topics import CALLS
from tests.producers.conftest import Broker
from tests.producers.events import complaint, line, new_source, status
from tests.producers.reading import Topics
from tests.producers.test_publish import free_port

KEYS: Final = 7
SEED: Final = 20_260_620
ADAPTER: Final = """
import sys
from pathlib import Path
from producers.spool import MIN_BYTES, Spool
from producers.spooled import SpooledPublisher

publisher = SpooledPublisher(Spool(Path(sys.argv[1]), MIN_BYTES), sys.argv[2])
for line in sys.stdin.buffer:
    publisher.accept(line)
    sys.stdout.buffer.write(line)
    sys.stdout.flush()
"""


def nth(source: str, number: int) -> dict[str, Any]:
    """Status events of a few complaints in turn, so that each key has an order."""
    return status(source, f"{number}", complaint={"source": source, "id": f"{number % KEYS}"})


def in_order(records: list[RawRecord], source: str) -> dict[int, list[int]]:
    """The numbers of each key as they first appear."""
    found: dict[int, list[int]] = {key: [] for key in range(KEYS)}
    for record in records:
        event = decode(record)
        number = int(event.id)
        if event.source == source and number not in found[number % KEYS]:
            found[number % KEYS].append(number)
    return found


def expected(count: int) -> dict[int, list[int]]:
    return {key: list(range(key, count, KEYS)) for key in range(KEYS)}


def test_what_is_accepted_while_kafka_is_away_arrives_in_order_with_the_time_of_acceptance(
    broker: Broker, topics: Topics, tmp_path: Path
) -> None:
    source, times = new_source(), []
    with closing(Spool(tmp_path, MIN_BYTES)) as spool, SpooledPublisher(spool, broker.bootstrap) as publisher:
        publisher.accept(nth(source, 0))
        assert publisher.drain(30)
        os.kill(broker.pid(), signal.SIGKILL)
        for number in range(1, 1000):
            began = time.time_ns() // 1_000_000
            publisher.accept(line(nth(source, number)))
            times.append((began, time.time_ns() // 1_000_000))
        assert publisher.kept == 999
        assert publisher.drain(120)
    assert (publisher.kept, publisher.confirmed, publisher.problem) == (0, 1000, None)
    records = topics.records()
    assert in_order(records, source) == expected(1000)
    for record in records:
        number = int(decode(record).id)
        if number:
            began, ended = times[number - 1]
            assert began <= record.timestamp_ms <= ended


def test_an_adapter_killed_at_any_moment_loses_nothing_it_accepted(
    broker: Broker, topics: Topics, tmp_path: Path
) -> None:
    source, chance = new_source(), random.Random(SEED)  # noqa: S311 - to be repeatable
    accepted = 0
    for away in (False, True, False, False, True, False):
        bootstrap = f"127.0.0.1:{free_port()}" if away else broker.bootstrap
        with subprocess.Popen(
            [sys.executable, "-c", ADAPTER, str(tmp_path), bootstrap],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=PROJECT_DIR,
        ) as adapter:
            assert adapter.stdin is not None
            assert adapter.stdout is not None
            for _ in range(chance.randrange(1, 500)):
                adapter.stdin.write(line(nth(source, accepted)) + b"\n")
                adapter.stdin.flush()
                assert adapter.stdout.readline()
                accepted += 1
            time.sleep(chance.random() / 20)
            adapter.kill()
    with closing(Spool(tmp_path, MIN_BYTES)) as spool, SpooledPublisher(spool, broker.bootstrap) as publisher:
        assert publisher.drain(60)
    assert in_order(topics.records(), source) == expected(accepted)


def test_a_full_spool_refuses_and_takes_again_once_kafka_is_back(
    broker: Broker, topics: Topics, tmp_path: Path
) -> None:
    source = new_source()
    large = "x" * 200_000
    lines = [line(complaint(source, f"{number}", text=large)) for number in range(400)]
    with (
        closing(Spool(tmp_path, MIN_BYTES)) as spool,
        SpooledPublisher(spool, f"127.0.0.1:{free_port()}") as publisher,
    ):
        report = publish_spooled([lines[:200], lines[200:]], publisher, patience_seconds=0.3)
        assert report.confirmed == 0
        assert 100 < report.kept < 400
        assert [failure.line for failure in report.failed] == list(range(report.kept + 1, 401))
        assert {failure.reason for failure in report.failed} == {"spool:full"}
        with pytest.raises(SpoolFullError):
            publisher.accept(lines[0])
    with closing(Spool(tmp_path, MIN_BYTES)) as spool, SpooledPublisher(spool, broker.bootstrap) as publisher:
        again = publish_spooled([lines[report.kept :]], publisher)
        assert (again.left_over, again.confirmed, again.kept, again.failed) == (report.kept, 400, 0, ())
    assert {decode(record).id for record in topics.records()} == {f"{number}" for number in range(400)}


def test_a_stop_ends_the_wait_for_kafka_and_keeps_everything(tmp_path: Path) -> None:
    asked = time.monotonic() + 0.5
    with (
        closing(Spool(tmp_path, MIN_BYTES)) as spool,
        SpooledPublisher(spool, f"127.0.0.1:{free_port()}") as publisher,
    ):
        lines = [line(nth("/s", number)) for number in range(10)]
        report = publish_spooled([lines], publisher, patience_seconds=600, stop=lambda: time.monotonic() > asked)
        assert (report.kept, report.confirmed, report.failed, report.interrupted) == (10, 0, (), True)


def test_nothing_overtakes_an_entry_that_kafka_refuses(broker: Broker, tmp_path: Path) -> None:
    def entry(number: int, value: bytes) -> Entry:
        return Entry(CALLS, b"k", value, [], number)

    refused = entry(2, os.urandom(3_000_000).hex().encode())
    with closing(Spool(tmp_path, MIN_BYTES)) as spool:
        assert spool.append([entry(1, b"1"), refused, entry(3, b"3")]) == 3
        with SpooledPublisher(spool, broker.bootstrap) as publisher:
            assert publisher.await_kafka(30, lambda: publisher.problem is not None, lambda: None)
        assert (publisher.confirmed, publisher.kept, publisher.problem) == (1, 2, "kafka:msg_size_too_large")
        assert [found.timestamp_ms for _, found in spool.first()] == [2, 3]


class FullDisk(Spool):
    """A spool whose disk has no room to remove in, the first time."""

    full = True

    def remove(self, through: int) -> None:
        if self.full:
            self.full = False
            raise SpoolFullError
        super().remove(through)


def test_a_full_disk_holds_the_spool_up_and_nothing_is_sent_twice(
    broker: Broker, topics: Topics, tmp_path: Path
) -> None:
    source = new_source()
    with closing(FullDisk(tmp_path, MIN_BYTES)) as spool, SpooledPublisher(spool, broker.bootstrap) as publisher:
        publisher.accept(nth(source, 0))
        assert publisher.await_kafka(30, lambda: publisher.problem == "spool:full", lambda: None)
        publisher.accept(nth(source, 1))
        assert publisher.drain(30)
    assert (publisher.confirmed, publisher.problem) == (2, None)
    assert sorted(decode(record).id for record in topics.records()) == ["0", "1"]


def test_what_can_never_be_sent_is_refused_at_once(tmp_path: Path) -> None:
    with (
        closing(Spool(tmp_path, MIN_BYTES)) as spool,
        SpooledPublisher(spool, f"127.0.0.1:{free_port()}") as publisher,
    ):
        with pytest.raises(Refusal, match="not_json"):
            publisher.accept(b"98123 nahi")
        for no_json in (complaint("/s", "1", text="light nahi \ud83d"), complaint("/s", "1", text={"a set"})):
            with pytest.raises(Refusal, match=r"^not_json$"):
                publisher.accept(no_json)
        with pytest.raises(Refusal, match=r"^not_utf8$"):
            publisher.accept('{"text": "light nahi \ud83d"}')
        with pytest.raises(EntryTooLargeError):
            publisher.accept(complaint("/s", "1", text="x" * 5_000_000))
        too_large = line(complaint("/s", "1", text="x" * 4_194_000))
        report = publish_spooled([[b"no", b"", too_large]], publisher, patience_seconds=0)
        assert [tuple(failure) for failure in report.failed] == [(1, "not_json"), (3, "spool:too_large")]
        assert (report.kept, report.confirmed) == (0, 0)


def test_an_event_may_be_a_mapping_or_its_json_as_text_or_bytes(tmp_path: Path) -> None:
    event = complaint("/s", "1")
    with (
        closing(Spool(tmp_path, MIN_BYTES)) as spool,
        SpooledPublisher(spool, f"127.0.0.1:{free_port()}") as publisher,
    ):
        for given in (event, MappingProxyType(event), line(event), line(event).decode()):
            publisher.accept(given)
        assert {entry.value for _seq, entry in spool.first()} == {line(event)}


def test_an_entry_damaged_on_disk_stops_the_drain_and_is_told(broker: Broker, tmp_path: Path) -> None:
    with closing(Spool(tmp_path, MIN_BYTES)) as spool:
        spool.append([Entry(CALLS, None, b"12345678", [], 1)])
    file = tmp_path / FILE_NAME
    file.write_bytes(file.read_bytes().replace(b"12345678", b"12345679"))
    with (
        closing(Spool(tmp_path, MIN_BYTES)) as spool,
        SpooledPublisher(spool, broker.bootstrap) as publisher,
        pytest.raises(Exception, match="not what was stored"),
    ):
        publisher.drain(30)


class Switch:
    """A call-centre switch as the documentation's example wants it."""

    def __init__(self, calls: list[Any]) -> None:
        self.given = calls
        self.acknowledged: list[Any] = []
        self.rejected: list[str] = []

    def calls(self) -> list[Any]:
        return [SimpleNamespace(as_event=lambda call=call: call) for call in self.given]

    def acknowledge(self, call: Any) -> None:
        self.acknowledged.append(call.as_event())

    def reject(self, _call: Any, reason: str) -> None:
        self.rejected.append(reason)


def test_the_adapter_of_the_documentation(broker: Broker, topics: Topics, tmp_path: Path) -> None:
    text = (PROJECT_DIR / "docs" / "producers.md").read_text()
    example = text.split("<!-- example: adapter -->\n```python\n")[1].split("```")[0]
    for written, here in (("/var/spool/complaints", str(tmp_path)), ("kafka:9092", broker.bootstrap)):
        assert written in example
        example = example.replace(written, here)
    source = new_source()
    events = [complaint(source, f"{number}") for number in range(10)]
    switch = Switch([*events, complaint(source, "x", "fax"), line(complaint(source, "10"))])
    exec(example, {"switch": switch})  # noqa: S102
    assert len(switch.acknowledged) == 11
    assert switch.rejected == ["not_allowed (data.channel)"]
    assert {decode(record).id for record in topics.records()} == {f"{number}" for number in range(11)}


def command(bootstrap: str, *arguments: str, given: bytes = b"") -> tuple[int, str]:
    environment = {**os.environ, "COMPLAINTS_KAFKA_BOOTSTRAP_SERVERS": bootstrap}
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "publish", *arguments],
        input=given,
        capture_output=True,
        cwd=PROJECT_DIR,
        env=environment,
        check=False,
    )
    return done.returncode, done.stderr.decode()


def test_the_command_keeps_drains_and_refuses(broker: Broker, topics: Topics, tmp_path: Path) -> None:
    source = new_source()
    spool, nowhere = ("--spool-dir", str(tmp_path / "s")), f"127.0.0.1:{free_port()}"
    lines = b"\n".join(line(nth(source, number)) for number in range(100))

    status, said = command(nowhere, "-", *spool, "--wait", "0.2", given=lines)
    assert status == 3
    assert "0 confirmed by Kafka, 100 kept in the spool, 0 not accepted." in said
    assert "complaints publish --drain" in said
    assert "FAIL" not in said

    with closing(Spool(tmp_path / "s", MIN_BYTES)):
        status, said = command(broker.bootstrap, "--drain", *spool)
    assert status == 1
    assert "in use by another process" in said

    status, said = command(broker.bootstrap, "--drain", *spool)
    assert status == 0
    assert "100 confirmed by Kafka, 0 kept" in said
    status, _ = command(broker.bootstrap, "-", *spool, given=line(nth(source, 100)) + b"\nno")
    assert status == 1
    assert in_order(topics.records(), source) == expected(101)

    (tmp_path / "s" / FILE_NAME).write_bytes(b"notes")
    status, said = command(broker.bootstrap, "--drain", *spool)
    assert status == 1
    assert "is not a spool or is damaged" in said
    assert (tmp_path / "s" / FILE_NAME).read_bytes() == b"notes"
