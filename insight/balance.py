"""The balance: for each hour and raw topic, records in = stored + repeats + dead letters; what is left is missing.

The broker says how many records there are, since offsets have no gaps. The ledger says what became of each of them. A
record that is in the ledger counts as stored only while its row still stands in its table.

A record belongs to the hour that its partition had reached by then: the latest time of a record up to it. That cuts
every partition into pieces without overlap, also where a file's own clock goes back and forth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from clickhouse_driver import Client

from insight.broker import Broker, Extent, Partition
from insight.letters import explained, refused_again
from schemas.topics import NETWORK_EVENTS, RAW_TOPICS, STATUS

EXAMINED: Final = 1_000
"""Most records without an entry in the ledger that are looked at one by one in a check; more than that are missing."""

_HOUR_MS: Final = 3_600_000

_TABLES: Final = {
    STATUS: ("complaint_status", "sipHash64(complaint_id, source, source_id)", "received_at"),
    NETWORK_EVENTS: ("network_events", "sipHash64(node_id, source, source_id)", "received_at"),
}
_COMPLAINTS: Final = ("complaints", "sipHash64(complaint_id)", "event_version")
"""A topic's table, the hash of the key under which it merges repeats, and which row of a key stays (the greatest)."""

_HOURS: Final = """
SELECT DISTINCT toUnixTimestamp64Milli(toDateTime64(toStartOfHour(received_at), 3)) AS hour FROM ledger
WHERE kafka_topic = %(topic)s AND kind != 'start' AND received_at >= fromUnixTimestamp64Milli(%(since_ms)s)
ORDER BY hour DESC LIMIT %(limit)s
"""

_STARTS: Final = """
SELECT kafka_topic, kafka_partition, max(kafka_offset) FROM ledger WHERE kind = 'start' GROUP BY ALL
"""

_PLACES: Final = """
SELECT
    l.kafka_partition AS kafka_partition,
    l.kafka_offset AS kafka_offset,
    multiIf(
        event AND s.place = (%(topic)s, l.kafka_partition, l.kafka_offset), 'stored',
        event AND s.place.1 != '', 'repeat',
        letter, 'dead_letter',
        'gone'
    ) AS fate
FROM
(
    SELECT kafka_partition, kafka_offset, max(identity) AS identity, max(kind = 'event') AS event,
        max(kind = 'dead_letter') AS letter
    FROM ledger
    WHERE kafka_topic = %(topic)s AND kind != 'start' AND ({within})
    GROUP BY kafka_partition, kafka_offset
) AS l
LEFT JOIN
(
    SELECT {identity} AS identity,
        argMax(
            (toString(kafka_topic), kafka_partition, kafka_offset),
            ({version}, kafka_topic, kafka_partition, kafka_offset)
        ) AS place
    FROM {table}
    WHERE {identity} IN (
        SELECT identity FROM ledger WHERE kafka_topic = %(topic)s AND kind = 'event' AND ({within})
    )
    GROUP BY identity
) AS s ON l.identity = s.identity
"""

_COUNTS: Final = """
SELECT kafka_partition, arrayMax(arrayFilter(cut -> cut <= kafka_offset, %(cuts)s[kafka_partition + 1])) AS piece, fate,
    count()
FROM ({places}) GROUP BY ALL
"""

_GONE: Final = """
SELECT kafka_partition, kafka_offset FROM ({places}) WHERE fate = 'gone' AND ({within}) ORDER BY ALL LIMIT %(limit)s
"""

_WITHOUT_ENTRY: Final = """
SELECT arrayJoin(range(%(first)s, %(end)s)) AS place
WHERE place NOT IN (
    SELECT kafka_offset FROM ledger
    WHERE kafka_topic = %(topic)s AND kafka_partition = %(partition)s AND kind != 'start'
        AND kafka_offset >= %(first)s AND kafka_offset < %(end)s
)
ORDER BY place LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One hour of one topic. `records_in` is the sum of the five others; `waiting` is still on its way."""

    hour: datetime
    topic: str
    records_in: int
    stored: int
    repeats: int
    dead_letters: int
    waiting: int
    missing: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a record stands in Kafka."""

    topic: str
    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class Balance:
    """One check. `lines` by topic and hour; `missing`: the first places; `decided`: the sink had stored everything."""

    lines: tuple[Line, ...]
    missing: tuple[Place, ...]
    checked_at: datetime
    decided: bool

    def missing_by_topic(self) -> dict[str, int]:
        """How many records are missing, for every raw topic."""
        found = dict.fromkeys(RAW_TOPICS, 0)
        for line in self.lines:
            found[line.topic] += line.missing
        return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """Offsets `first` to `end` of a partition that fall into one hour; those from `handled` on are on their way."""

    first: int
    handled: int
    end: int


def check(
    client: Client, broker: Broker, *, since: datetime | None, hours: int, places: int, patience_seconds: float
) -> Balance:
    """Balance the latest `hours` hours of each topic that have records, not before `since`; name so many places.

    The latest hour reaches to the end of its topic. Reads only. Raises KafkaUnavailableError or an error of the driver.
    """
    survey = broker.survey(patience_seconds)
    starts = {(topic, number): first for topic, number, first in client.execute(_STARTS)}
    lines: list[Line] = []
    missing: list[Place] = []
    for topic in RAW_TOPICS:
        extents = {each: extent for each, extent in survey.extents.items() if each[0] == topic}
        cut = _cut(client, broker, topic, extents, starts, since, hours)
        found = _Topic(client, broker, topic, cut, survey.decided)
        lines += found.lines()
        missing += found.missing[: places - len(missing)]
    return Balance(tuple(lines), tuple(missing), datetime.now(UTC), survey.decided)


def store(writer: Client, balance: Balance) -> None:
    """Note the lines in `complaints.balance`; the latest check of an hour stays."""
    rows = [
        (
            line.hour,
            line.topic,
            line.records_in,
            line.stored,
            line.repeats,
            line.dead_letters,
            line.waiting,
            line.missing,
            balance.checked_at,
        )
        for line in balance.lines
    ]
    if rows:
        writer.execute(
            "INSERT INTO balance (hour, topic, records_in, stored, repeats, dead_letters, waiting, missing, checked_at)"
            " VALUES",
            rows,
        )


def _cut(
    client: Client,
    broker: Broker,
    topic: str,
    extents: Mapping[Partition, Extent],
    starts: Mapping[Partition, int],
    since: datetime | None,
    hours: int,
) -> dict[int, dict[int, _Piece]]:
    """Hour, as milliseconds since 1970, to partition to its piece."""
    since_ms = 0 if since is None else int(since.timestamp() * 1000)
    found = client.execute(_HOURS, {"topic": topic, "since_ms": since_ms, "limit": hours + 1})
    latest = sorted(hour for (hour,) in found)[-hours:]
    if not latest:
        latest = [since_ms or int(datetime.now(UTC).timestamp() * 1000) // _HOUR_MS * _HOUR_MS]
    firsts = [broker.first_at(hour, extents) for hour in latest]
    if since is None and len(found) <= hours:
        firsts[0] = {each: extent.low for each, extent in extents.items()}
    ends = [*firsts[1:], {each: extent.high for each, extent in extents.items()}]
    cut: dict[int, dict[int, _Piece]] = {}
    for hour, first, end in zip(latest, firsts, ends, strict=True):
        cut[hour] = {}
        for each, extent in extents.items():
            begin = max(first[each], extent.low, starts.get(each, 0))
            if begin < min(end[each], extent.high):
                last = min(end[each], extent.high)
                cut[hour][each[1]] = _Piece(begin, min(max(extent.handled, begin), last), last)
    return {hour: pieces for hour, pieces in cut.items() if pieces}


class _Topic:
    """One topic's account."""

    def __init__(
        self, client: Client, broker: Broker, topic: str, cut: Mapping[int, Mapping[int, _Piece]], decided: bool
    ) -> None:
        self._client = client
        self._topic = topic
        self._cut = cut
        self._decided = decided
        self._fates: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.missing: list[Place] = []
        if not cut:
            return
        self._count()
        if decided:
            self._examine(broker)

    def lines(self) -> list[Line]:
        """A line an hour."""
        lines = []
        for hour, pieces in self._cut.items():
            sums: dict[str, int] = defaultdict(int)
            for number, piece in pieces.items():
                for fate, count in self._fates[number, piece.first].items():
                    sums[fate] += count
                sums["in"] += piece.end - piece.first
            known = sums["stored"] + sums["repeat"] + sums["dead_letter"]
            missing = sums["missing"]
            at = datetime.fromtimestamp(hour / 1000, UTC)
            waiting = sums["in"] - known - missing
            lines.append(
                Line(at, self._topic, sums["in"], sums["stored"], sums["repeat"], sums["dead_letter"], waiting, missing)
            )
        return lines

    def _pieces(self) -> list[tuple[int, _Piece]]:
        return [(number, piece) for pieces in self._cut.values() for number, piece in pieces.items()]

    def _places(self) -> str:
        table, identity, version = _TABLES.get(self._topic, _COMPLAINTS)
        within = _within([(number, piece.first, piece.end) for number, piece in self._pieces()])
        return _PLACES.format(table=table, identity=identity, version=version, within=within)

    def _count(self) -> None:
        firsts: dict[int, list[int]] = defaultdict(list)
        for number, piece in self._pieces():
            firsts[number].append(piece.first)
        cuts = [sorted(firsts[number]) or [0] for number in range(max(firsts) + 1)]
        query = _COUNTS.format(places=self._places())
        for number, first, fate, count in self._client.execute(query, {"topic": self._topic, "cuts": cuts}):
            self._fates[number, first][fate] += count

    def _examine(self, broker: Broker) -> None:
        """Tell what is missing from what is explained by a letter that does not name its place."""
        left = EXAMINED
        for number, piece in self._pieces():
            fates = self._fates[number, piece.first]
            gone = self._gone(number, piece) if fates["gone"] else []
            without: list[int] = []
            letters: set[int] = set()
            entries = self._entries_below(number, piece)
            if entries < piece.handled - piece.first:
                again = refused_again(self._client, self._handled_part(number, piece))
                found = self._without_entry(number, piece, left + len(again))
                without = [offset for offset in found if offset not in again][:left]
                left -= len(without)
                letters = explained(self._client, broker, self._topic, number, without) | again
            fates["dead_letter"] += len(letters)
            fates["missing"] = piece.handled - piece.first - entries - len(letters) + len(gone)
            lost = sorted({*gone, *without} - letters)
            self.missing += [Place(self._topic, number, offset) for offset in lost]

    def _entries_below(self, number: int, piece: _Piece) -> int:
        [(count,)] = self._client.execute(
            "SELECT uniqExact(kafka_offset) FROM ledger WHERE kafka_topic = %(topic)s AND kind != 'start' AND "
            + _within([(number, piece.first, piece.handled)]),
            {"topic": self._topic},
        )
        return int(count)

    def _gone(self, number: int, piece: _Piece) -> Sequence[int]:
        within = _within([(number, piece.first, piece.handled)])
        query = _GONE.format(places=self._places(), within=within)
        rows: list[tuple[int, int]] = self._client.execute(query, {"topic": self._topic, "limit": 1_000_000})
        return [offset for _, offset in rows]

    def _without_entry(self, number: int, piece: _Piece, limit: int) -> list[int]:
        parameters = {**self._handled_part(number, piece), "limit": limit}
        return [offset for (offset,) in self._client.execute(_WITHOUT_ENTRY, parameters)]

    def _handled_part(self, number: int, piece: _Piece) -> dict[str, Any]:
        return {"topic": self._topic, "partition": number, "first": piece.first, "end": piece.handled}


def _within(pieces: Sequence[tuple[int, int, int]]) -> str:
    return " OR ".join(
        f"(kafka_partition = {number} AND kafka_offset >= {first} AND kafka_offset < {end})"
        for number, first, end in pieces
    )
