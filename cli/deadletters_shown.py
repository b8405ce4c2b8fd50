"""How dead letters are shown: where, when and why, and no value of a record unless it is asked for."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import click
import orjson
from rich.table import Table
from rich.text import Text

from cli.output import out
from insight.balance import Place
from insight.deadletter_replay import event_identity
from insight.deadletters import Letter, SummaryLine
from schemas.dead_letter import PREFIX
from schemas.record import RawRecord
from schemas.topics import RAW_TOPICS

_INDIA: Final = ZoneInfo("Asia/Kolkata")
_PLAIN: Final = re.compile(r"[A-Za-z0-9._\[\]-]{0,120}")
_NAMED_HEADERS: Final = ("ce_", "content-type")

Cells = dict[str, str | int | datetime | list[str]]
"""Names and values of one row."""


def letter_row(letter: Letter) -> Cells:
    """A letter as ClickHouse knows it."""
    return {
        "refused_at": letter.refused_at,
        "place": _place_text(letter.at),
        "stage": letter.stage,
        "reason": letter.reason,
        "field": _plain(letter.field),
        "attempts": letter.attempts,
        "bytes": letter.value_bytes,
        "first_seen_at": letter.first_seen_at,
        "state": letter.state.value,
        "why": letter.why,
    }


def summary_row(line: SummaryLine) -> Cells:
    """Letters that stand alike."""
    return {
        "letters": line.letters,
        "state": line.state.value,
        "reason": line.reason,
        "stage": line.stage,
        "field": _plain(line.field),
        "first_refused_at": line.first_at,
        "last_refused_at": line.last_at,
    }


def record_row(letter: Letter, record: RawRecord | None) -> Cells:
    """Where the bytes are, which event it is as far as its envelope is whole, and the headers' names: never a value."""
    cells: Cells = {"kept_at": _place_text(letter.kept_at)}
    if record is None:
        return cells
    if letter.at.topic in RAW_TOPICS:
        source, source_id = event_identity(letter, record)
        cells |= {"event_source": source, "event_id": source_id}
    names = [name for name, _ in record.headers if not name.startswith(PREFIX)]
    known = [name for name in names if name.lower().startswith(_NAMED_HEADERS) and _PLAIN.fullmatch(name)]
    others = [f"{len(names) - len(known)} others"] if len(known) < len(names) else []
    return cells | {"key_bytes": len(record.key or b""), "headers": known + others}


def _plain(text: str) -> str:
    """A word of a letter as it may be shown: whoever writes to the topic may have put anything there."""
    return text if _PLAIN.fullmatch(text) else "(not shown)"


def _place_text(place: Place) -> str:
    return f"{_plain(place.topic)}/{place.partition}/{place.offset}"


def cell(value: str | int | datetime | list[str]) -> Text:
    """A value in a table, without markup and control characters."""
    if isinstance(value, datetime):
        return Text(f"{value.astimezone(_INDIA):%Y-%m-%d %H:%M:%S}")
    if isinstance(value, list):
        return Text(", ".join(value))
    return Text(f"{value:,}" if isinstance(value, int) else "".join(filter(str.isprintable, value)))


def show_rows(rows: Sequence[Cells], as_json: bool) -> None:
    """A table, or one JSON object a line."""
    if as_json:
        for row in rows:
            click.echo(orjson.dumps(row))
        return
    if not rows:
        out.print("No dead letter.")
        return
    table = Table(*(name.replace("_", " ") for name in rows[0]), box=None)
    for row in rows:
        table.add_row(*map(cell, row.values()))
    out.print(table)


def print_value(value: bytes) -> None:
    """The bytes as they are; on a terminal control characters are escaped."""
    if sys.stdout.isatty():
        text = value.decode("utf-8", "backslashreplace")
        click.echo("".join(each if each.isprintable() or each == "\n" else ascii(each)[1:-1] for each in text))
    else:
        click.echo(value, nl=False)
