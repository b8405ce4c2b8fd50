"""Dead letters as ClickHouse knows them: which there are, how each stands, and the note of what was done with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from clickhouse_driver import Client

from insight.balance import Place
from schemas.topics import DEADLETTERS

_LETTERS: Final = """
SELECT kafka_topic, kafka_partition, kafka_offset, stage, reason, field, first_seen_at, attempts, value_bytes,
    refused_at, dead_letter_partition, dead_letter_offset, state, why
FROM dead_letters_current WHERE {where}
ORDER BY refused_at {order}, kafka_topic, kafka_partition, kafka_offset LIMIT %(limit)s
"""

_SUMMARY: Final = """
SELECT state, reason, stage, field, count(), min(refused_at), max(refused_at)
FROM dead_letters_current WHERE {where}
GROUP BY state, reason, stage, field ORDER BY count() DESC, state, reason, stage, field
"""

_NOTE: Final = """
INSERT INTO dead_letter_outcomes (kafka_topic, kafka_partition, kafka_offset, attempts, outcome, why, source, source_id,
    replayed_topic, replayed_partition, replayed_offset, landing_topic, landing_partition, landing_offset, noted_at)
VALUES
"""


class State(StrEnum):
    """How a letter stands; the words of `dead_letters_current`."""

    OPEN = "open"
    REPLAYED = "replayed"
    """Sent back; neither stored nor refused again yet."""
    STORED = "stored"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Letter:
    """A refused record, as it was refused last. `at` is its own place, `kept_at` that of its letter with the bytes."""

    at: Place
    stage: str
    reason: str
    field: str
    first_seen_at: datetime
    attempts: int
    value_bytes: int
    refused_at: datetime
    kept_at: Place
    state: State
    why: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Which letters are meant; what is empty or None does not select. Times are those of the last refusal."""

    reasons: Sequence[str] = ()
    stages: Sequence[str] = ()
    topics: Sequence[str] = ()
    fields: Sequence[str] = ()
    places: Sequence[Place] = ()
    since: datetime | None = None
    until: datetime | None = None
    states: Sequence[State] = ()
    attempts_below: int | None = None

    def where(self) -> tuple[str, dict[str, Any]]:
        """The condition over `dead_letters_current`, and its parameters."""
        words = {
            "reason": self.reasons,
            "stage": self.stages,
            "kafka_topic": self.topics,
            "field": self.fields,
            "state": self.states,
        }
        conditions = ["1"]
        parameters: dict[str, Any] = {}
        for column, values in words.items():
            if values:
                conditions.append(f"{column} IN %({column})s")
                parameters[column] = tuple(str(value) for value in values)
        if self.places:
            conditions.append("(kafka_topic, kafka_partition, kafka_offset) IN %(places)s")
            parameters["places"] = tuple(_plain(each) for each in self.places)
        if self.attempts_below is not None:
            conditions.append("attempts < %(attempts_below)s")
            parameters["attempts_below"] = self.attempts_below
        for name, moment, sign in (("since_ms", self.since, ">="), ("until_ms", self.until, "<")):
            if moment is not None:
                conditions.append(f"refused_at {sign} fromUnixTimestamp64Milli(%({name})s)")
                parameters[name] = round(moment.timestamp() * 1000)
        return " AND ".join(conditions), parameters


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """How many letters stand alike, and when they were refused."""

    state: State
    reason: str
    stage: str
    field: str
    letters: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done with a letter: `replayed` and `landing` are given when it was sent back, `why` when it was dropped.

    `landing` is the place that its row will name once it is stored; None when that cannot be known.
    """

    letter: Letter
    state: State
    why: str = ""
    source: str = ""
    source_id: str = ""
    replayed: Place | None = None
    landing: Place | None = None


def select_letters(client: Client, selection: Selection, *, limit: int, latest_first: bool) -> list[Letter]:
    """The selected letters, at most `limit`, by the time of their last refusal. As the analyst."""
    where, parameters = selection.where()
    query = _LETTERS.format(where=where, order="DESC" if latest_first else "ASC")
    return [_letter(row) for row in client.execute(query, {**parameters, "limit": limit})]


def count_letters(client: Client, selection: Selection) -> int:
    """How many letters are selected. As the analyst."""
    where, parameters = selection.where()
    [(count,)] = client.execute(f"SELECT count() FROM dead_letters_current WHERE {where}", parameters)
    return int(count)


def summarise_letters(client: Client, selection: Selection) -> list[SummaryLine]:
    """The selected letters by state, reason, stage and field, the most frequent first. As the analyst."""
    where, parameters = selection.where()
    rows = client.execute(_SUMMARY.format(where=where), parameters)
    return [SummaryLine(State(state), *rest) for state, *rest in rows]


def note_outcomes(writer: Client, outcomes: Sequence[Outcome]) -> None:
    """Note what was done. As the writer."""
    if not outcomes:
        return
    now = datetime.now(UTC)
    nowhere = Place("", -1, -1)
    rows = []
    for each in outcomes:
        at, replayed, landing = each.letter.at, each.replayed or nowhere, each.landing or nowhere
        told = (each.letter.attempts, each.state.value, each.why, each.source, each.source_id)
        rows.append((*_plain(at), *told, *_plain(replayed), *_plain(landing), now))
    writer.execute(_NOTE, rows)


def _plain(place: Place) -> tuple[str, int, int]:
    return place.topic, place.partition, place.offset


def _letter(row: Sequence[Any]) -> Letter:
    (topic, partition, offset, stage, reason, field, first_seen_at, attempts, value_bytes, refused_at) = row[:10]
    kept_partition, kept_offset, state, why = row[10:]
    return Letter(
        Place(topic, partition, offset),
        stage,
        reason,
        field,
        first_seen_at,
        attempts,
        value_bytes,
        refused_at,
        Place(DEADLETTERS, kept_partition, kept_offset),
        State(state),
        why,
    )
