"""Each bad record becomes a dead letter with its reason and its bytes; the good ones around it are stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import orjson

from schemas.record import Headers
from schemas.topics import CALLS, DEADLETTERS, NETWORK_EVENTS, STATUS, WEB
from tests.pipeline.events import complaint, network, status
from tests.pipeline.running import Pipeline

PRIVATE: Final = "9876500001"


def without(event: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != name}


def bad_records(source: str) -> list[tuple[str, bytes, str, str]]:
    """Topic, value, and the reason and field that it must be refused with."""
    good = complaint(source, "bad", phone=PRIVATE, text=f"mera number {PRIVATE} hai")

    def changed(**data: Any) -> bytes:
        return orjson.dumps({**good, "data": {**good["data"], **data}})

    return [
        (CALLS, f"this is not JSON, {PRIVATE}".encode(), "not_json", ""),
        (CALLS, orjson.dumps(without(good, "type")), "missing_field", "type"),
        (WEB, orjson.dumps(good), "wrong_channel", "data.channel"),
        (CALLS, changed(text=None), "missing_field", "data.text"),
        (CALLS, changed(text=PRIVATE * 500), "too_long", "data.text"),
        (CALLS, orjson.dumps(good).replace(b"mera", b"\xff\xfe"), "not_utf8", ""),
        (CALLS, changed(reported_at="1970-01-01T05:30:00+05:30"), "time_out_of_range", "data.reported_at"),
        (CALLS, orjson.dumps({**good, "time": "2090-06-20T21:14:05+05:30"}), "time_out_of_range", "time"),
        (CALLS, b"\0\0\0" + orjson.dumps(good), "not_json", ""),
        (CALLS, orjson.dumps({**good, "id": "a\0b"}), "not_allowed", "id"),
        (CALLS, changed(padding="x" * 2_000_000), "too_large", ""),
        (CALLS, orjson.dumps([good]), "not_an_object", ""),
        (CALLS, b"", "empty_value", ""),
        (STATUS, orjson.dumps(status(source, "x", status="restored")), "missing_field", "data.complaint_id"),
        (
            NETWORK_EVENTS,
            orjson.dumps(network(source, "x", node_id="f10", state="off", reported_by="crew")),
            "not_allowed",
            "data.state",
        ),
    ]


def test_bad_records_are_dead_letters_and_the_good_around_them_are_stored(pipeline: Pipeline, source: str) -> None:
    mark: Headers = (("test", source.encode()),)
    bad = bad_records(source)
    for number, (topic, value, _, _) in enumerate(bad):
        pipeline.send(CALLS, orjson.dumps(complaint(source, f"before-{number}")), key=source.encode())
        pipeline.send(topic, value, mark, key=source.encode())
        pipeline.send(CALLS, orjson.dumps(complaint(source, f"after-{number}")), key=source.encode())
    pipeline.await_rows(
        "SELECT uniqExact(source_id) FROM complaints_current WHERE source = %(source)s",
        [(2 * len(bad),)],
        {"source": source},
    )
    letters = [letter for letter in pipeline.records(DEADLETTERS) if mark[0] in letter.headers()]
    told = {
        (dict(letter.headers())["dl.topic"].decode(), letter.value() or b""): (
            dict(letter.headers())["dl.reason"].decode(),
            dict(letter.headers())["dl.field"].decode(),
        )
        for letter in letters
    }
    assert told == {(topic, value): (reason, field) for topic, value, reason, field in bad}
    assert len(letters) == len(bad)
    for letter in letters:
        assert letter.key() == source.encode()
        assert not any(PRIVATE.encode() in value for name, value in letter.headers() if name.startswith("dl."))
    places = [
        (headers["dl.topic"].decode(), int(headers["dl.partition"]), int(headers["dl.offset"]))
        for headers in (dict(letter.headers()) for letter in letters)
    ]
    stored = (
        "SELECT count(), uniqExact(kafka_topic, kafka_partition, kafka_offset) FROM dead_letters"
        " WHERE (kafka_topic, kafka_partition, kafka_offset) IN %(places)s"
    )
    pipeline.await_rows(stored, [(len(bad), len(bad))], {"places": places})
    for log in (pipeline.data_dir / "logs").glob("*.log"):
        assert PRIVATE not in log.read_text(errors="replace"), f"a phone number stands in {log.name}"


def test_what_is_odd_but_no_reason_to_refuse_is_kept_and_noted(pipeline: Pipeline, source: str) -> None:
    odd = complaint(
        source, "1", account_no="12AB5678", phone="call me", neighbours_out="many", location={"latitude": 900}
    )
    nulls = complaint(source, "2", text="light\0 nahi hai")
    pipeline.publish([odd, nulls])
    pipeline.await_rows(
        "SELECT source_id, category, arraySort(notes) FROM complaints_current WHERE source = %(source)s ORDER BY 1",
        [
            (
                "1",
                "no_supply_area",
                [
                    "account_no:not_8_or_10_digits",
                    "location.latitude:not_allowed",
                    "neighbours_out:wrong_type",
                    "phone:not_e164",
                ],
            ),
            ("2", "no_supply", []),
        ],
        {"source": source},
    )


def test_a_file_with_lines_that_cannot_be_sent_says_which(pipeline: Pipeline, source: str, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    lines = [
        orjson.dumps(complaint(source, "1")),
        f"not JSON {PRIVATE}".encode(),
        orjson.dumps(complaint(source, "2", channel="fax")),
    ]
    file.write_bytes(b"\n".join(lines))
    told = pipeline.complaints("publish", str(file), exit_code=1)
    assert "1 accepted, 2 not accepted." in told
    assert "line 2: not_json" in told
    assert "line 3: not_allowed (data.channel)" in told
    assert PRIVATE not in told
    pipeline.await_rows("SELECT count() FROM complaints_current WHERE source = %(source)s", [(1,)], {"source": source})
