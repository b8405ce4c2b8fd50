"""Dead letters that do not name the raw record they account for, found through the record itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import orjson
from clickhouse_driver import Client

from insight.broker import Broker
from runtime.kafka import headers_of
from schemas.dead_letter import DeadLetter
from schemas.topics import DEADLETTERS
from schemas.vocabulary import DeadLetterStage

_LATEST: Final = 10_000
"""Most letters of the sink that are looked at."""

_OF_THE_SINK: Final = """
SELECT dead_letter_partition, dead_letter_offset FROM dead_letters WHERE stage = %(stage)s
ORDER BY stored_at DESC LIMIT %(latest)s
"""

_LATER: Final = """
SELECT count() FROM dead_letters WHERE kafka_topic = %(topic)s AND kafka_partition = %(partition)s
    AND kafka_offset = %(offset)s AND attempts > %(attempts)s
"""

_REFUSED_AGAIN: Final = """
SELECT DISTINCT o.replayed_offset
FROM
(
    SELECT kafka_topic, kafka_partition, kafka_offset, attempts, replayed_offset FROM dead_letter_outcomes
    WHERE replayed_topic = %(topic)s AND replayed_partition = %(partition)s
        AND replayed_offset >= %(first)s AND replayed_offset < %(end)s
) AS o
INNER JOIN
(
    SELECT kafka_topic, kafka_partition, kafka_offset, max(attempts) AS tried FROM dead_letters GROUP BY ALL
) AS d
ON o.kafka_topic = d.kafka_topic AND o.kafka_partition = d.kafka_partition AND o.kafka_offset = d.kafka_offset
WHERE d.tried > o.attempts AND o.replayed_offset NOT IN (
    SELECT kafka_offset FROM ledger
    WHERE kafka_topic = %(topic)s AND kafka_partition = %(partition)s AND kind != 'start'
        AND kafka_offset >= %(first)s AND kafka_offset < %(end)s
)
"""


def refused_again(client: Client, part: Mapping[str, Any]) -> set[int]:
    """Raw records of a part that are not in the ledger: letters that were replayed, which was noted, and refused again.

    `part` has `topic`, `partition`, and the offsets `first` to before `end`.
    """
    return {offset for (offset,) in client.execute(_REFUSED_AGAIN, dict(part))}


def explained(client: Client, broker: Broker, topic: str, number: int, offsets: Sequence[int]) -> set[int]:
    """Which of these raw records, that are not in the ledger, ended as a dead letter all the same.

    Two kinds do: a record that was enriched and that the sink refused (its letter names the enriched record, whose
    value names the raw one), and a letter that was replayed and refused again (the letter names the first place). The
    latter are here those of which no note was kept; `refused_again` finds the others.
    """
    return _refused_again(client, broker, topic, number, offsets) | (
        _refused_by_sink(client, broker, topic, number) & set(offsets)
    )


def _refused_again(client: Client, broker: Broker, topic: str, number: int, offsets: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for record in broker.records(topic, number, offsets):
        with suppress(KeyError, ValueError):
            letter = DeadLetter.from_headers(headers_of(record) or ())
            [(later,)] = client.execute(
                _LATER,
                {
                    "topic": letter.topic,
                    "partition": letter.partition,
                    "offset": letter.offset,
                    "attempts": letter.attempts,
                },
            )
            if later:
                found.add(record.offset() or 0)
    return found


def _refused_by_sink(client: Client, broker: Broker, topic: str, number: int) -> set[int]:
    letters: dict[int, list[int]] = defaultdict(list)
    for partition, offset in client.execute(_OF_THE_SINK, {"stage": DeadLetterStage.SINK.value, "latest": _LATEST}):
        letters[partition].append(offset)
    found: set[int] = set()
    for partition, offsets in letters.items():
        for record in broker.records(DEADLETTERS, partition, sorted(set(offsets))):
            with suppress(ValueError):
                row = orjson.loads(record.value() or b"")
                if isinstance(row, dict) and (row.get("kafka_topic"), row.get("kafka_partition")) == (topic, number):
                    found.add(row.get("kafka_offset", -1))
    return found
