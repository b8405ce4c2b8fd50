"""`complaints enrich`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import orjson

from cli.explained import explanation
from cli.output import err, progress
from cli.pipeline import customer_secret, reference_to_look_at
from reference.lookup import Reference
from runtime.settings import load_settings
from schemas.complaint import complaint_event
from schemas.envelope import COMPLAINT_REGISTERED, COMPLAINT_STATUS, NETWORK_EVENT, structured
from schemas.record import RawRecord
from schemas.refusal import Refusal
from schemas.topics import CALLS, NETWORK_EVENTS, STATUS, TOPIC_OF_CHANNEL
from schemas.vocabulary import Channel
from stream_processors.enrichment.enrich import see
from stream_processors.enrichment.pseudonym import Pseudonymiser
from stream_processors.handle import make_handle
from stream_processors.handled import Handle

_REPORT_EVERY = 1_000


@click.command()
@click.argument("what", metavar="[FILE|TEXT]", default="-")
@click.option("--explain", is_flag=True, help="Say of one TEXT what is seen in it and why, in words.")
@click.option("--account-no", help="With --explain: the caller's account number, old or new. It is not shown.")
@click.option("--phone", help="With --explain: the caller's phone. Its last three digits are shown.")
@click.option("--locality", help="With --explain: the locality as a form gave it.")
@click.option("--address", help="With --explain: the address as a form gave it.")
@click.option("--pincode", help="With --explain: the PIN code.")
@click.option("--latitude", type=float, help="With --explain: degrees, with --longitude.")
@click.option("--longitude", type=float, help="With --explain: degrees, with --latitude.")
@click.option("--transformer-id", help="With --explain: a transformer of the pack.")
@click.option("--help-desk", metavar="SUBSTATION_ID", help="With --explain: the help desk that took it down.")
@click.option("--code", help="With --explain: the sender's own category.")
@click.option("--neighbours-out/--neighbours-on", default=None, help="With --explain: what was said of the neighbours.")
@click.option("--reported-at", metavar="TIME", help="With --explain: RFC 3339 with an offset. [default: now]")
def enrich(what: str, explain: bool, **given: Any) -> None:
    """Send the raw events of FILE, one JSON a line, through enrichment alone, without a server.

    For each line, in the same order, one JSON object on standard output: the enriched data, or why it is refused. The
    pack is that of COMPLAINTS_REFERENCE_DIR, else the one in use, else Kanpur's. - or nothing is standard input.

    With --explain: what enrichment sees in one TEXT (- is standard input), for a person to read. Exit status 2 when an
    option does not fit, 1 when the complaint would be refused.
    """
    if not explain and any(value is not None for value in given.values()):
        raise click.UsageError("these options need --explain")
    settings = load_settings()
    with progress() as report:
        reference = reference_to_look_at(settings, report)
        if explain:
            if what == "-" and sys.stdin.isatty():
                err.print("The text, then Ctrl-D:")
            _explain(sys.stdin.read() if what == "-" else what, given, reference)
            return
        if what != "-" and not Path(what).is_file():
            raise click.UsageError(f"there is no file {what}; for a text give --explain")
        handle = make_handle(reference, Pseudonymiser(customer_secret(settings)))
        with click.open_file(what, "rb") as lines:
            for number, line in enumerate(lines):
                sys.stdout.buffer.write(enriched_line(handle, line.rstrip(b"\r\n"), number) + b"\n")
                if number % _REPORT_EVERY == 0:
                    report("enriching", number, 0)
    sys.stdout.buffer.flush()


def _explain(text: str, given: dict[str, Any], reference: Reference) -> None:
    try:
        event = complaint_event(structured(orjson.dumps(_envelope(text, given))), None)
    except Refusal as refusal:
        raise click.ClickException(f"the complaint would be refused: {refusal.field} ({refusal.reason})") from None
    for line in explanation(see(event, reference), event, reference):
        click.echo(line)


def _envelope(text: str, given: dict[str, Any]) -> dict[str, Any]:
    """A raw event as the help desk or else the call centre would send it."""
    location = ("locality", "address", "pincode", "latitude", "longitude", "transformer_id")
    now = datetime.now(UTC).isoformat()
    desk = given["help_desk"]
    data: dict[str, Any] = {
        "channel": Channel.HELPDESK if desk else Channel.CALL,
        "text": text,
        "category": given["code"],
        "reported_at": given["reported_at"] or now,
        "account_no": given["account_no"],
        "phone": given["phone"],
        "neighbours_out": given["neighbours_out"],
        "location": {name: given[name] for name in location},
        "help_desk": {"substation_id": desk} if desk else None,
    }
    return {
        "specversion": "1.0",
        "id": "1",
        "source": "/explain",
        "type": COMPLAINT_REGISTERED,
        "time": now,
        "data": data,
    }


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
