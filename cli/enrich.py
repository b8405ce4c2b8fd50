"""`complaints enrich`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import orjson

from cli.output import progress
from cli.pipeline import customer_secret, put_reference_into_use, reference_store
from reference.active import ActiveReference
from runtime.settings import load_settings
from schemas.envelope import COMPLAINT_STATUS, NETWORK_EVENT, structured
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.topics import CALLS, NETWORK_EVENTS, STATUS, TOPIC_OF_CHANNEL
from stream_processors.enrichment.pseudonym import Pseudonymiser
from stream_processors.handle import make_handle
from stream_processors.handled import Handle

_REPORT_EVERY = 1_000


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True, exists=True, dir_okay=False))
def enrich(file: Path) -> None:
    """Send the raw events of FILE (- is standard input), one JSON a line, through enrichment alone, without a server.

    For each line, in the same order, one JSON object on standard output: the enriched data, or why it is refused. The
    pack is that of COMPLAINTS_REFERENCE_DIR, else the one in use, else Kanpur's.
    """
    settings = load_settings()
    with progress() as report:
        put_reference_into_use(settings, report)
        reference = ActiveReference(reference_store(settings)).current()
        handle = make_handle(reference, Pseudonymiser(customer_secret(settings)))
        with click.open_file(str(file), "rb") as lines:
            for number, line in enumerate(lines):
                sys.stdout.buffer.write(enriched_line(handle, line.rstrip(b"\r\n"), number) + b"\n")
                if number % _REPORT_EVERY == 0:
                    report("enriching", number, 0)
    sys.stdout.buffer.flush()


def enriched_line(handle: Handle, line: bytes, number: int) -> bytes:
    """What the pipeline would make of one line, as JSON. Its `time` stands for when it became known."""
    now = datetime.now(UTC)
    topic, timestamp_ms = _place(line, now)
    handled = handle(RawRecord(topic, 0, number, timestamp_ms, None, line), now)
    if handled.refusal is None:
        return handled.records[0].value
    refusal = handled.refusal
    return orjson.dumps(
        {
            "refused": refusal.reason,
            "field": refusal.field,
            "source": refusal.source,
            "source_id": refusal.source_id,
        }
    )


def _place(line: bytes, now: datetime) -> tuple[str, int]:
    """The topic that the line would have been published to, and its time; for an unreadable line any will do."""
    try:
        envelope = structured(line)
    except Refusal:
        return CALLS, int(now.timestamp() * 1000)
    known_at = envelope.time or now
    topic = {COMPLAINT_STATUS: STATUS, NETWORK_EVENT: NETWORK_EVENTS}.get(envelope.type)
    if topic is None:
        channels = {channel.value: name for channel, name in TOPIC_OF_CHANNEL.items()}
        channel = envelope.data.get("channel")
        topic = channels.get(channel, CALLS) if isinstance(channel, str) else CALLS
    return topic, int(known_at.timestamp() * 1000)
