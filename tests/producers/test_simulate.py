"""The simulated evening: the same bytes from a seed, a truth that fits its pack, events that the pipeline takes."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from producers.routing import route
from producers.simulate import Simulated, simulate
from producers.simulate.city import read_city, read_customers
from producers.simulate.dice import Dice
from producers.simulate.sentences import PlaceNames, Sentences
from reference.pack import read_pack
from schemas.complaint import ComplaintEvent, complaint_event
from schemas.envelope import COMPLAINT_REGISTERED, COMPLAINT_STATUS, Envelope, structured
from schemas.identity import complaint_id
from schemas.network import NetworkEvent, network_event
from schemas.refusal import Refusal
from schemas.status import status_changed
from schemas.vocabulary import Category, Channel, NodeKind
from tests.producers.conftest import RIVER_TOWN

Row = dict[str, Any]


def rows(file: Path) -> list[Row]:
    return [orjson.loads(line) for line in file.read_bytes().splitlines()]


def read(event: Row) -> ComplaintEvent | NetworkEvent | tuple[object, object]:
    """The event as the pipeline reads it; raises Refusal."""
    envelope: Envelope = structured(orjson.dumps(event))
    if envelope.type == COMPLAINT_REGISTERED:
        return complaint_event(envelope, None)
    return status_changed(envelope) if envelope.type == COMPLAINT_STATUS else network_event(envelope)


def small(out_dir: Path, **options: Any) -> Simulated:
    return simulate(out_dir, RIVER_TOWN, **{"consumers": 2000, "everyday_per_hour": 60, **options})


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        small(tmp_path / name, seed=seed, refused=5)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    first, other = content(tmp_path / "a"), content(tmp_path / "c")
    assert first.keys() == other.keys()
    assert first["events.jsonl"] != other["events.jsonl"]


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    small(tmp_path)
    before = content(tmp_path)
    with pytest.raises(FileExistsError):
        small(tmp_path, seed=2)
    assert content(tmp_path) == before


def test_the_pipeline_takes_every_event_in_any_pack(tmp_path: Path, evening: Simulated) -> None:
    for made in (evening, small(tmp_path)):
        events = rows(made.events_file)
        assert len(events) == made.complaints + made.status_events + made.network_events
        for event in events:
            read(event)
        assert len({(event["source"], event["id"]) for event in events}) == len(events)
        assert [event["time"] for event in events] == sorted(event["time"] for event in events)


def test_refused_events_reach_a_topic_and_are_refused_there(tmp_path: Path) -> None:
    made = small(tmp_path, refused=20)
    reasons: Counter[str] = Counter()
    for event in rows(made.events_file):
        route(orjson.dumps(event))
        try:
            read(event)
        except Refusal as refusal:
            reasons[str(refusal)] += 1
    assert reasons.total() == made.refused == 20
    assert len(reasons) == 9


def test_truth_fits_the_pack_and_the_reported_day(evening: Simulated) -> None:
    truth = rows(evening.truth_file)
    assert len(truth) == evening.outages
    tables = read_pack(evening.reference_dir).tables
    city = read_city(evening.reference_dir)
    for outage in truth:
        node = city.nodes[outage["node_id"]]
        assert outage["node_kind"] == node.kind
        assert outage["customers"] == node.consumers > 0
        assert outage["started_at"] < outage["ended_at"]
    named = {city.nodes[outage["node_id"]].name: outage for outage in truth}
    minutes = {"Dalmandi": 540, "Kachchi Basti": 150, "Sundar Nagar": 180, "Green Park": 100, "Devki Nagar": 180}
    for name, length in minutes.items():
        started, ended = (datetime.fromisoformat(named[name][side]) for side in ("started_at", "ended_at"))
        assert (ended - started).total_seconds() == length * 60
        assert "2026-06-20T18" <= started.isoformat() < "2026-06-20T23"
    planned = named["Devki Nagar"]
    assert [outage["planned"] for outage in truth].count(True) == 1
    assert any(
        row.node_id == planned["node_id"]
        and row.starts_at == datetime.fromisoformat(planned["started_at"])
        and row.ends_at == datetime.fromisoformat(planned["ended_at"])
        for row in tables.planned_outages
    )
    dark = [below for outage in truth for below in city.transformers_below[outage["node_id"]]]
    assert len(dark) == len(set(dark))


def test_another_pack_gets_the_faults_on_its_own_nodes(tmp_path: Path) -> None:
    made = small(tmp_path)
    truth = rows(made.truth_file)
    city = read_city(made.reference_dir)
    assert {outage["node_kind"] for outage in truth} >= {NodeKind.SUBSTATION, NodeKind.FEEDER}
    assert all(outage["node_id"] in city.nodes for outage in truth)
    assert city.consumers == 2000


def test_another_day(tmp_path: Path) -> None:
    made = small(tmp_path, day=date(2031, 1, 2))
    assert {event["time"][:10] for event in rows(made.events_file)} == {"2031-01-02"}


def test_who_calls_and_how(evening: Simulated) -> None:
    city = read_city(evening.reference_dir)
    complaints = [event for event in rows(evening.events_file) if event["type"] == COMPLAINT_REGISTERED]
    channels = Counter(event["data"]["channel"] for event in complaints)
    assert 0.5 < channels[Channel.CALL] / len(complaints) < 0.85
    assert 0.1 < channels[Channel.WEB] / len(complaints) < 0.35
    assert channels[Channel.HELPDESK] > 0
    desks = {row.substation_id for row in city.tables.substations if row.help_desk}
    for event in complaints:
        if event["data"]["channel"] == Channel.HELPDESK:
            assert event["data"]["help_desk"]["substation_id"] in desks
            assert event["time"] >= (event["data"]["reported_at"] or "")

    def share(field: str) -> float:
        return sum(event["data"][field] is not None for event in complaints) / len(complaints)

    assert 0.5 < share("account_no") < 0.8
    assert 0.85 < share("phone") < 0.98
    assert 0.2 < share("neighbours_out") < 0.5
    assert share("text") > 0.9
    texts = " ".join(event["data"]["text"] or "" for event in complaints)
    assert 0.1 < sum("ऀ" <= letter <= "ॿ" for letter in texts) / len(texts) < 0.5


def test_a_small_varying_share_of_those_in_the_dark_complains(evening: Simulated) -> None:
    city = read_city(evening.reference_dir)
    complaints = [event["data"] for event in rows(evening.events_file) if event["type"] == COMPLAINT_REGISTERED]
    accounts = {data["account_no"] for data in complaints}
    shares = []
    for outage in rows(evening.truth_file):
        below = city.transformers_below[outage["node_id"]]
        here = [one for rows_ in read_customers(city, below, ()).by_transformer.values() for one in rows_]
        if len(here) >= 40 and not outage["planned"]:
            known = sum(bool({one.account_no, one.old_account_no} & accounts) for one in here)
            shares.append(known / len(here))
    assert len(shares) >= 4
    assert all(share < 0.3 for share in shares)
    assert max(shares) > 2 * min(shares)


def test_some_accounts_are_wrong_and_some_phones_are_nobodys(evening: Simulated) -> None:
    city = read_city(evening.reference_dir)
    everybody = read_customers(city, [row.transformer_id for row in city.tables.transformers], ()).by_transformer
    known = {one.account_no for below in everybody.values() for one in below}
    known |= {one.old_account_no for below in everybody.values() for one in below}
    phones = {one.phone[-10:] for below in everybody.values() for one in below}
    data = [event["data"] for event in rows(evening.events_file) if event["type"] == COMPLAINT_REGISTERED]
    given = [row["account_no"] for row in data if row["account_no"]]
    assert 0.01 < sum(number not in known for number in given) / len(given) < 0.12
    assert {len(number) for number in given} == {8, 10}
    called = ["".join(filter(str.isdigit, row["phone"]))[-10:] for row in data if row["phone"]]
    assert 0.1 < sum(phone not in phones for phone in called) / len(called) < 0.45


def test_status_events_are_about_complaints_of_the_evening(evening: Simulated) -> None:
    events = rows(evening.events_file)
    known = {complaint_id(e["source"], e["id"]) for e in events if e["type"] == COMPLAINT_REGISTERED}
    named = [status_changed(structured(orjson.dumps(e)))[0] for e in events if e["type"] == COMPLAINT_STATUS]
    assert set(named) <= known
    assert len(set(named)) > len(known) / 10


def test_a_small_switchboard_loses_calls(tmp_path: Path) -> None:
    wide = small(tmp_path / "wide", everyday_per_hour=300)
    narrow = small(tmp_path / "narrow", everyday_per_hour=300, lines=2)
    assert wide.lost_calls == 0
    assert narrow.lost_calls > 0
    assert narrow.complaints < wide.complaints
    waits = [
        event["data"]["call"]["queue_seconds"]
        for event in rows(narrow.events_file)
        if event["data"].get("channel") == Channel.CALL
    ]
    assert max(waits) > 60


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("several", [False, True])
def test_there_is_something_to_say_in_every_case(category: Category, several: bool) -> None:
    sentences, dice = Sentences(), Dice(1, "test")
    for place in (PlaceNames((), ()), PlaceNames(("Juhi",), ("जूही",))):
        for _ in range(60):
            text = sentences.say(category, place, 3, several, dice)
            assert text.strip()
            assert "{" not in text
