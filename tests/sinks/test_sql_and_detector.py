"""On a simulated evening the view `hotspots` and the detector, over the same stored rows, name the same nodes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.kanpur import SHIPPED_PACK
from insight.detection.backtest import backtest
from insight.detection.network import network_of
from insight.detector import NORMAL, Outage, Tree
from insight.reference_rows import store_reference
from producers.simulate import Scenario, simulate
from reference.pack import read_pack
from reference.prepared import open_prepared, prepare
from runtime.clickhouse import ClickHouseAddress
from schemas.clickhouse.tables import COMPLAINTS, NETWORK_EVENTS
from schemas.envelope import COMPLAINT_REGISTERED, NETWORK_EVENT, structured
from schemas.record import RawRecord
from schemas.topics import NETWORK_EVENTS as NETWORK_TOPIC
from schemas.topics import TOPIC_OF_CHANNEL
from sinks.inserter import Inserter
from sinks.rows import Row
from stream_processors.enrichment import Pseudonymiser
from stream_processors.handle import make_handle
from tests.sinks.conftest import Backends
from tests.sinks.stage import PASSWORDS, Stage

AT = datetime.fromisoformat("2026-06-20T21:00:00+05:30")
WINDOW_MINUTES = 90
STEP_SECONDS = 30
SEEN_FROM = 5
"""Customers without whom the detector goes by what they say of their neighbours, who asks when it comes back, and
who calls again: the view reads none of it."""
DIFFER = 0.1
"""Share of the nodes that one of the two may place two levels from where the other does, or leave out."""
CLEAR_SCORE = 5.0
"""Log odds from which a node is high in the view: some 150 to 1."""


@pytest.fixture
def evening(backends: Backends, stage: Stage, tmp_path: Path) -> tuple[Tree, list[Outage]]:
    """A tenth of Kanpur in a crisis, enriched and stored; the tree, and the detector's open outages at AT."""
    simulate(tmp_path / "day", SHIPPED_PACK, scenario=Scenario.CRISIS, seed=7, consumers=70_000, transformers=700)
    prepared = prepare(read_pack(tmp_path / "day" / "reference"), tmp_path / "prepared")
    reference = open_prepared(prepared)
    handle = make_handle(reference, Pseudonymiser(b"evening"))
    known = 0.0
    rows: dict[str, list[Row]] = {COMPLAINTS.name: [], NETWORK_EVENTS.name: []}
    topics = {channel.value: topic for channel, topic in TOPIC_OF_CHANNEL.items()}
    for number, line in enumerate((tmp_path / "day" / "events.jsonl").read_bytes().splitlines()):
        envelope = structured(line)
        known = max(known, envelope.time.timestamp() if envelope.time else known)
        if envelope.type == COMPLAINT_REGISTERED:
            topic, table = topics[str(envelope.data["channel"])], COMPLAINTS.name
        elif envelope.type == NETWORK_EVENT:
            topic, table = NETWORK_TOPIC, NETWORK_EVENTS.name
        else:
            continue
        record = RawRecord(topic, 0, number, int(known * 1000), None, line)
        handled = handle(record, datetime.fromtimestamp(known, UTC))
        if handled.refusal is None:
            rows[table].append(Row(number, 0, handled.records[0].value, "", 0.0, None))
    address = ClickHouseAddress(
        backends.endpoints.clickhouse_host,
        backends.endpoints.clickhouse_native_port,
        "complaints_writer",
        PASSWORDS["writer"],
    )
    inserter = Inserter(address)
    for into in (COMPLAINTS, NETWORK_EVENTS):
        if rows[into.name]:
            inserter.insert(into, 0, rows[into.name], f"{stage.prefix}{into.name}")
    inserter.close()
    store_reference(stage.admin, reference, datetime.now(UTC))
    tree, shutdowns = network_of(reference)
    end = AT.timestamp()
    result = backtest(stage.admin, tree, NORMAL, shutdowns, begin=end - 6 * 3600, end=end, step_seconds=STEP_SECONDS)
    return tree, [each.last for each in result.found if each.last.is_open]


def all_of(tree: Tree, node_id: str) -> int:
    """The highest node with the same customers: in a tenth of Kanpur most feeders have one transformer."""
    node = tree.number[node_id]
    while tree.parent[node] >= 0 and len(tree.children[tree.parent[node]]) == 1:
        node = tree.parent[node]
    return node


def near(tree: Tree, one: str, other: str) -> bool:
    """The same customers, or one the parent of the other."""
    a, b = all_of(tree, one), all_of(tree, other)
    return a == b or tree.parent[a] == b or tree.parent[b] == a


def test_the_view_and_the_detector_name_the_same_nodes(stage: Stage, evening: tuple[Tree, list[Outage]]) -> None:
    tree, outages = evening
    rows = stage.query(
        "SELECT node_id, score, leads, customers FROM complaints.hotspots("
        f"as_of = fromUnixTimestamp({int(AT.timestamp())}), window_minutes = {WINDOW_MINUTES}) ORDER BY score DESC"
    )
    leading = [(node, score) for node, score, leads, _ in rows if leads]
    customers = {node: known for node, _, _, known in rows}
    recent = [
        outage.node_id
        for outage in outages
        if outage.started_at > AT.timestamp() - 60 * WINDOW_MINUTES and customers[outage.node_id] >= SEEN_FROM
    ]
    clear = [node for node, score in leading if score > CLEAR_SCORE]
    assert min(len(recent), len(clear)) >= 8
    unseen = [node for node in recent if not any(near(tree, node, led) for led, _ in leading)]
    unopened = [node for node in clear if not any(near(tree, node, outage.node_id) for outage in outages)]
    assert len(unseen) <= DIFFER * len(recent), unseen
    assert len(unopened) <= DIFFER * len(clear), unopened
