"""The life of dead letters on a pipeline of its own: listed, shown, replayed, refused again, dropped, expired."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import orjson
import pytest
from click.testing import CliRunner
from confluent_kafka import TopicPartition

from cli.deadletters import deadletters
from runtime.kafka import admin_client
from schemas.dead_letter import DeadLetter
from schemas.topics import CALLS, CATALOGUE_BY_NAME, DEADLETTERS, ENRICHED
from schemas.vocabulary import DeadLetterStage, RefusalReason
from tests.balance.test_balance import await_balanced
from tests.conftest import BASE
from tests.pipeline.events import complaint
from tests.pipeline.running import Pipeline, river_town

PRIVATE: Final = "9876500001"
SEEN_AT: Final = datetime.fromisoformat("2026-06-21T10:00:00.123+05:30")
STATES: Final = "SELECT state, attempts FROM dead_letters_current WHERE (kafka_topic, kafka_offset) = %(place)s"
ROWS: Final = "SELECT count(), uniqExact(source_id) FROM complaints_current WHERE source = %(source)s"


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Pipeline]:
    with river_town(BASE / "deadletters") as running:
        yield running


def write_letter(
    pipeline: Pipeline,
    value: bytes,
    offset: int,
    *,
    topic: str = CALLS,
    stage: DeadLetterStage = DeadLetterStage.PROCESS,
    reason: RefusalReason = RefusalReason.PROCESSING_ERROR,
) -> str:
    """A letter as an older program would have written it; the place of its record, which is nowhere else."""
    letter = DeadLetter(topic, 0, offset, stage, reason, "", SEEN_AT, 1)
    pipeline.send(DEADLETTERS, value, (("mine", b"kept"), *letter.headers()), key=b"a key")
    await_state(pipeline, topic, offset, "open", 1)
    return f"{topic}/0/{offset}"


def await_state(pipeline: Pipeline, topic: str, offset: int, state: str, attempts: int) -> None:
    pipeline.await_rows(STATES, [(state, attempts)], {"place": (topic, offset)})


def run(pipeline: Pipeline, *arguments: str, exit_code: int = 0) -> str:
    """`complaints deadletters` in this process; what it says, standard output alone where all went well."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        done = CliRunner().invoke(deadletters, arguments, env={"COMPLAINTS_DATA_DIR": str(pipeline.data_dir)})
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert done.exit_code == exit_code, done.output
    return done.output if exit_code else done.stdout


def listed(pipeline: Pipeline, *options: str) -> list[dict[str, Any]]:
    """`deadletters list --json`."""
    told = run(pipeline, "list", "--json", *options)
    return [orjson.loads(line) for line in told.splitlines()]


def balanced(pipeline: Pipeline) -> bool:
    """Is nothing missing and nothing on its way."""
    return {numbers[4:] for numbers in await_balanced(pipeline).values()} == {(0, 0)}


def test_a_letter_that_a_newer_program_takes_is_stored_once_however_often_it_is_sent(
    pipeline: Pipeline, source: str
) -> None:
    value = orjson.dumps(complaint(source, "1", phone=PRIVATE, text=f"light nahi hai, {PRIVATE}"))
    place = write_letter(pipeline, value, 900_001)
    [line] = listed(pipeline, "--place", place, "--topic", CALLS, "--since", "2026-06-21", "--until", "2069-01-01")
    assert (line["stage"], line["reason"], line["bytes"], line["state"]) == (
        "process",
        "processing_error",
        len(value),
        "open",
    )
    shown = run(pipeline, "show", "--place", place)
    assert source in shown
    assert PRIVATE not in shown
    assert run(pipeline, "show", "--place", place, "--value") == value.decode()

    before = len(pipeline.records(CALLS))
    told = run(pipeline, "replay", "--place", place, "--dry-run")
    assert "1 of 1 letters would be sent" in told
    assert len(pipeline.records(CALLS)) == before
    told = run(pipeline, "replay", "--place", place)
    assert "1 of 1 letters sent back" in told
    assert PRIVATE not in told
    await_state(pipeline, CALLS, 900_001, "stored", 1)
    [sent] = [record for record in pipeline.records(CALLS) if record.value() == value]
    assert (sent.key(), sent.timestamp()[1]) == (b"a key", int(SEEN_AT.timestamp() * 1000))
    headers = dict(sent.headers())
    assert (headers["mine"], headers["dl.attempts"], headers["dl.offset"]) == (b"kept", b"1", b"900001")
    assert pipeline.rows(
        "SELECT received_at FROM complaints_current WHERE source = %(source)s", {"source": source}
    ) == [(SEEN_AT,)]
    assert "No letter is selected" in run(pipeline, "replay", "--place", place)

    pipeline.rows("TRUNCATE TABLE dead_letter_outcomes")
    assert "1 of 1 letters sent back" in run(pipeline, "replay", "--place", place)
    await_state(pipeline, CALLS, 900_001, "stored", 1)
    assert pipeline.rows(ROWS, {"source": source}) == [(1, 1)]


def test_a_letter_that_is_refused_again_is_one_letter_and_is_left_alone_in_the_end(
    pipeline: Pipeline, source: str
) -> None:
    pipeline.send(CALLS, orjson.dumps(complaint(source, "good")))
    pipeline.send(CALLS, orjson.dumps(complaint(source, "bad", text=None, phone=PRIVATE)))
    pipeline.await_rows(
        "SELECT count() FROM dead_letters WHERE kafka_topic = %(topic)s AND field = 'data.text'",
        [(1,)],
        {"topic": CALLS},
    )
    [first] = listed(pipeline, "--field", "data.text", "--reason", "missing_field", "--stage", "validate")
    offset = int(first["place"].rpartition("/")[2])
    for attempts in (2, 3):
        told = run(pipeline, "replay", "--field", "data.text")
        assert "1 of 1 letters sent back" in told
        assert "1 missing_field" in told
        await_state(pipeline, CALLS, offset, "open", attempts)
    [again] = listed(pipeline, "--field", "data.text")
    assert (again["place"], again["attempts"]) == (first["place"], 3)
    pipeline.rows("TRUNCATE TABLE dead_letter_outcomes")
    assert balanced(pipeline)

    told = run(pipeline, "replay", "--field", "data.text")
    assert "1 letters were tried 3 times" in told
    assert "nothing was sent" in told
    run(pipeline, "replay", "--field", "data.text", "--again")
    await_state(pipeline, CALLS, offset, "open", 4)

    drop = ("drop", "--field", "data.text", "--why", "sender was told")
    assert "1 letters would be dropped" in run(pipeline, *drop, "--dry-run")
    assert "1 letters dropped" in run(pipeline, *drop)
    assert "No dead letter." in pipeline.complaints("deadletters", "list", "--field", "data.text")
    [settled] = listed(pipeline, "--field", "data.text", "--all")
    assert (settled["state"], settled["why"]) == ("dropped", "sender was told")


def test_many_letters_that_are_refused_again_leave_the_balance_green(pipeline: Pipeline) -> None:
    count = 1_100
    pipeline.send_all(CALLS, [b"no JSON %d" % number for number in range(count)])
    letters = (
        "SELECT count() FROM dead_letters_current WHERE reason = 'not_json' AND state = 'open' AND attempts = %(n)s"
    )
    pipeline.await_rows(letters, [(count,)], {"n": 1})
    [line] = listed(pipeline, "--summary", "--reason", "not_json")
    assert (line["letters"], line["stage"], line["state"]) == (count, "decode", "open")
    told = run(pipeline, "replay", "--reason", "not_json", "--limit", "1090")
    assert "1,090 of 1,090 letters sent back" in told
    assert "10 more are selected" in told
    pipeline.await_rows(letters, [(1090,)], {"n": 2})
    assert balanced(pipeline)


def test_a_row_that_the_sink_refused_goes_back_to_the_sink(pipeline: Pipeline, source: str) -> None:
    pipeline.send(CALLS, orjson.dumps(complaint(source, "1")))
    pipeline.await_rows(ROWS, [(1, 1)], {"source": source})
    [row] = [value for value in map(orjson.loads, values(pipeline, ENRICHED)) if value["source"] == source]
    other = orjson.dumps({**row, "complaint_id": "00000000-0000-5000-8000-000000000001", "source_id": "2"})
    good = write_letter(pipeline, other, 900_002, topic=ENRICHED, stage=DeadLetterStage.SINK)
    bad = write_letter(pipeline, b"{}", 900_003, topic=ENRICHED, stage=DeadLetterStage.SINK)
    told = run(pipeline, "replay", "--place", good, "--place", bad)
    assert "2 of 2 letters sent back" in told
    await_state(pipeline, ENRICHED, 900_002, "stored", 1)
    await_state(pipeline, ENRICHED, 900_003, "open", 2)
    assert pipeline.rows(ROWS, {"source": source}) == [(2, 2)]


def test_a_letter_gets_past_no_check_by_what_its_headers_say(pipeline: Pipeline) -> None:
    place = write_letter(pipeline, b"{}", 900_004, topic=ENRICHED, stage=DeadLetterStage.VALIDATE)
    odd = write_letter(pipeline, b"{}", 900_005, topic=f"\x1b[31m{PRIVATE} Ram")
    before = len(pipeline.records(ENRICHED))
    told = run(pipeline, "replay", "--place", place, "--place", odd, exit_code=1)
    assert "0 of 2 letters sent back" in told
    assert "2 not sent: they came from no topic that their stage reads" in told
    assert len(pipeline.records(ENRICHED)) == before
    told = run(pipeline, "list", "--reason", "processing_error")
    assert place in told
    assert "(not shown)/0/900005" in told
    assert PRIVATE not in told


def test_a_letter_of_a_record_too_large_to_keep_is_not_sent_without_it(pipeline: Pipeline) -> None:
    place = write_letter(pipeline, b"", 900_007, reason=RefusalReason.TOO_LARGE)
    assert "1 not sent: they were too large for a letter" in run(pipeline, "replay", "--place", place, exit_code=1)
    run(pipeline, "drop", "--place", place, "--why", "the sender was told")


def test_a_letter_whose_bytes_have_expired_is_told(pipeline: Pipeline) -> None:
    place = write_letter(pipeline, b"{}", 900_006)
    pipeline.send(DEADLETTERS, b"of nobody")
    pipeline.await_rows("SELECT count() FROM dead_letters WHERE field = 'headers'", [(1,)])
    [odd] = listed(pipeline, "--field", "headers")
    assert run(pipeline, "show", "--place", odd["place"], "--value") == "of nobody"
    ends = [TopicPartition(DEADLETTERS, number, -1) for number in range(CATALOGUE_BY_NAME[DEADLETTERS].partitions)]
    admin = admin_client(pipeline.settings.kafka_bootstrap_servers)
    for deleted in admin.delete_records(ends, operation_timeout=10).values():
        deleted.result(20)
    deadline = time.monotonic() + 20
    while pipeline.records(DEADLETTERS):
        assert time.monotonic() < deadline
    told = run(pipeline, "show", "--place", place, exit_code=1)
    assert "their bytes have expired" in told
    told = run(pipeline, "replay", "--place", place, exit_code=1)
    assert "1 not sent: their bytes have expired" in told


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (("list", "--place", "complaints.calls/0"), "must be like complaints.calls/0/1234"),
        (("list", "--since", "2026-06-21", "--until", "2026-06-21"), "--since must lie before --until"),
        (("drop", "--why", "sender was told"), "at least one filter"),
        (("drop", "--why", " ", "--reason", "not_json"), "must say the reason"),
    ],
)
def test_what_selects_nothing_for_sure_is_refused(arguments: tuple[str, ...], rule: str) -> None:
    refused = CliRunner().invoke(deadletters, arguments)
    assert refused.exit_code == 2
    assert rule in refused.output


def values(pipeline: Pipeline, topic: str) -> list[bytes]:
    return [record.value() for record in pipeline.records(topic)]
