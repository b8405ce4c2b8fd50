"""`complaints deadletters list`, `show`, `replay` and `drop`."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any, Final

import click
from clickhouse_driver import Client
from clickhouse_driver.errors import Error
from pydantic import SecretStr
from rich.table import Table

from cli.deadletters_shown import cell, letter_row, print_value, record_row, show_rows, summary_row
from cli.moment import Moment
from cli.output import err, out, progress
from insight.balance import Place
from insight.deadletter_records import CLIENT_ID, read_records
from insight.deadletter_replay import GONE, ReplayReport, replay_letters
from insight.deadletters import (
    Outcome,
    Selection,
    State,
    count_letters,
    note_outcomes,
    select_letters,
    summarise_letters,
)
from runtime.clickhouse import address_of, connect
from runtime.settings import Settings, load_settings
from runtime.shutdown import StopRequest
from schemas.topics import CATALOGUE
from schemas.vocabulary import DeadLetterStage, RefusalReason

MOST_ATTEMPTS: Final = 3
"""A letter that was tried so often is not replayed unless asked for: it would be refused again."""

_NOTES_AT_ONCE: Final = 10_000


class _PlaceType(click.ParamType):
    """`topic/partition/offset`."""

    name = "topic/partition/offset"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        if isinstance(value, Place):
            return value
        topic, *numbers = str(value).split("/")
        if not topic or len(numbers) != 2 or not all(re.fullmatch(r"[0-9]{1,18}", each) for each in numbers):
            self.fail("must be like complaints.calls/0/1234.", param, ctx)
        partition, offset = map(int, numbers)
        if partition >= 1 << 31:
            self.fail("has a partition that cannot be.", param, ctx)
        return Place(topic, partition, offset)


def _choices(words: type[RefusalReason] | type[DeadLetterStage] | type[State]) -> click.Choice[str]:
    return click.Choice([word.value for word in words])


_FILTERS: Final = (
    click.option(
        "--reason",
        "reasons",
        multiple=True,
        type=_choices(RefusalReason),
        metavar="REASON",
        help="Refused for this reason, e.g. missing_field.",
    ),
    click.option("--stage", "stages", multiple=True, type=_choices(DeadLetterStage), help="Refused by this stage."),
    click.option(
        "--topic",
        "topics",
        multiple=True,
        type=click.Choice([topic.name for topic in CATALOGUE]),
        metavar="TOPIC",
        help="Came from this topic, e.g. complaints.calls.",
    ),
    click.option("--field", "fields", multiple=True, help="Refused for this field, e.g. data.text."),
    click.option("--place", "places", multiple=True, type=_PlaceType(), help="The refused record's own place."),
    click.option("--since", type=Moment(), help="Last refused at or after this time; without an offset India's."),
    click.option("--until", type=Moment(), help="Last refused before this time."),
)


def _filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filters, as one `selection`."""

    @wraps(command)
    def collected(
        *,
        reasons: Sequence[str],
        stages: Sequence[str],
        topics: Sequence[str],
        fields: Sequence[str],
        places: Sequence[Place],
        since: datetime | None,
        until: datetime | None,
        **options: Any,
    ) -> None:
        if since is not None and until is not None and since >= until:
            raise click.UsageError("--since must lie before --until.")
        command(selection=Selection(reasons, stages, topics, fields, places, since, until), **options)

    for option in reversed(_FILTERS):
        collected = option(collected)
    return collected


def _limit(default: int, meaning: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("--limit", type=click.IntRange(1, 100_000), default=default, show_default=True, help=meaning)


_dry_run: Final = click.option("--dry-run", is_flag=True, help="Only say what would be done.")


@click.group()
def deadletters() -> None:
    """What was refused: list it, look at one, send it back after a correction, or settle it.

    Filters of one kind may be repeated (either counts); filters of several kinds must all hold.
    """


@deadletters.command("list", short_help="List the open dead letters.")
@_filtered
@click.option("--state", "states", multiple=True, type=_choices(State), help="How it stands. Default: open.")
@click.option("--all", "everything", is_flag=True, help="Whatever its state.")
@click.option("--summary", is_flag=True, help="Count by reason, stage and field.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@_limit(50, "Most letters to list; the latest first.")
def list_(
    selection: Selection, states: Sequence[str], everything: bool, summary: bool, as_json: bool, limit: int
) -> None:
    """List the open dead letters, the latest refusal first.

    `place` is the refused record's own topic/partition/offset. States: open; replayed (sent back, neither stored nor
    refused again yet); stored; dropped. Exit status 0, also when there is none.
    """
    asked = () if everything else tuple(State(state) for state in states) or (State.OPEN,)
    selection = replace(selection, states=asked)
    with _reader(load_settings()) as client:
        if summary:
            lines = summarise_letters(client, selection)
            show_rows([summary_row(line) for line in lines], as_json)
            return
        letters = select_letters(client, selection, limit=limit, latest_first=True)
        show_rows([letter_row(letter) for letter in letters], as_json)
        total = len(letters) if len(letters) < limit else count_letters(client, selection)
        under_way = count_letters(client, Selection(states=(State.REPLAYED,))) if asked == (State.OPEN,) else 0
    if as_json:
        return
    if total > len(letters):
        out.print(f"{total:,} letters, of which {len(letters):,} are listed (--limit, --summary).")
    if under_way:
        out.print(
            f"{under_way:,} replayed letters are neither stored nor refused again yet: --state replayed lists them."
        )


@deadletters.command(short_help="Show one dead letter.")
@click.option("--place", type=_PlaceType(), required=True, help="The refused record's own place.")
@click.option("--value", "with_value", is_flag=True, help="Print the bytes to standard output; they are personal data.")
def show(place: Place, with_value: bool) -> None:
    """Show one dead letter: why it was refused, how it stands, its headers and its size.

    With --value the record's bytes go to standard output and everything else to standard error. On a terminal control
    characters are escaped. Exit status 1 when there is no such letter, or its bytes have expired.
    """
    settings = load_settings()
    with _reader(settings) as client:
        letters = select_letters(client, Selection(places=(place,)), limit=1, latest_first=True)
    if not letters:
        err.print("complaints: there is no dead letter of that place. complaints deadletters list --all")
        sys.exit(1)
    [(letter, record)] = read_records(settings.kafka_bootstrap_servers, letters)
    to = err if with_value else out
    table = Table(show_header=False, box=None)
    for name, value in {**letter_row(letter), **record_row(letter, record)}.items():
        table.add_row(name.replace("_", " "), cell(value))
    to.print(table)
    if record is None:
        err.print(f"complaints: of this letter, {GONE}.")
        sys.exit(1)
    if with_value:
        err.print("Careful: what follows holds personal data. Do not keep it, do not pass it on.")
        print_value(record.value or b"")


@deadletters.command("replay", short_help="Send open letters back to where they came from.")
@_filtered
@_limit(10_000, "Most letters to send; the oldest first.")
@click.option(
    "--again",
    is_flag=True,
    help=f"Also those tried {MOST_ATTEMPTS} times or more, and those replayed that are not stored.",
)
@_dry_run
def replay_(selection: Selection, limit: int, again: bool, dry_run: bool) -> None:
    """Send open letters back to the topics they came from, to be checked as any record.

    Key, bytes and headers are the original ones, the time is when the record was first seen. What is accepted now is
    stored once, also when a letter is sent twice; what is refused again is one letter with one more attempt. The
    processor and the sink should run.

    Exit status 0 when Kafka took every selected letter, also when none was selected; 1 when it did not take one, bytes
    have expired, or it was interrupted.
    """
    settings = load_settings()
    stop = StopRequest()
    stop.install()
    selection = replace(selection, states=(State.OPEN, State.REPLAYED) if again else (State.OPEN,))
    sent = selection if again else replace(selection, attempts_below=MOST_ATTEMPTS)
    with _reader(settings) as client:
        letters = select_letters(client, sent, limit=limit, latest_first=False)
        more = count_letters(client, sent) - len(letters)
        held = 0 if again else count_letters(client, selection) - count_letters(client, sent)
    if held > 0:
        out.print(f"{held:,} letters were tried {MOST_ATTEMPTS} times and are left alone (--again sends them).")
    if not letters:
        out.print("No letter is selected; nothing was sent.")
        return
    with _writer(settings) as writer, progress() as report:

        def tell(done: ReplayReport) -> None:
            report("looking at the letters" if dry_run else "sending", done.handled, len(letters))

        done = replay_letters(
            read_records(settings.kafka_bootstrap_servers, letters),
            bootstrap_servers=settings.kafka_bootstrap_servers,
            client_id=CLIENT_ID,
            note=_noting(writer),
            dry_run=dry_run,
            stop=stop.is_set,
            progress=tell,
        )
    _tell_replayed(done, len(letters), max(0, more), dry_run)
    if done.refused or done.interrupted or done.ended:
        sys.exit(1)


@deadletters.command(short_help="Settle letters that need nothing more.")
@_filtered
@_limit(10_000, "Most letters to settle; the oldest first.")
@click.option("--why", required=True, help="The reason, kept with the letter. No names, no numbers of customers.")
@_dry_run
def drop(selection: Selection, limit: int, why: str, dry_run: bool) -> None:
    """Settle letters that need nothing more, so that they are no longer listed. Their bytes stay until they expire.

    Open letters and those replayed without an end. At least one filter is needed. Exit status 0, also when none is
    selected.
    """
    if not why.strip() or len(why) > 500:
        raise click.UsageError("--why must say the reason in at most 500 characters.")
    if selection.where() == Selection().where():
        raise click.UsageError("name what to drop: at least one filter, e.g. --reason or --place.")
    settings = load_settings()
    selection = replace(selection, states=(State.OPEN, State.REPLAYED))
    with _reader(settings) as client:
        letters = select_letters(client, selection, limit=limit, latest_first=False)
        more = count_letters(client, selection) - len(letters)
    if not letters:
        out.print("No letter is selected; nothing was dropped.")
        return
    if not dry_run:
        with _writer(settings) as writer:
            for first in range(0, len(letters), _NOTES_AT_ONCE):
                dropped = letters[first : first + _NOTES_AT_ONCE]
                note_outcomes(writer, [Outcome(letter, State.DROPPED, why.strip()) for letter in dropped])
    out.print(f"{len(letters):,} letters {'would be dropped' if dry_run else 'dropped'}.")
    _tell_counts(Counter(letter.reason for letter in letters))
    if more > 0:
        out.print(f"{more:,} more are selected (--limit).")


def _tell_replayed(done: ReplayReport, selected: int, more: int, dry_run: bool) -> None:
    out.print(f"{done.accepted.total():,} of {selected:,} letters {'would be sent' if dry_run else 'sent back'}.")
    _tell_counts(done.accepted)
    for why, count in done.refused.most_common():
        out.print(f"[red]{count:,} not sent:[/] {why}.")
    if done.refused[GONE]:
        out.print("Ask the sender for those, then: complaints deadletters drop --why …")
    if done.ended:
        out.print(f"Kafka is away; {selected - done.handled:,} were not tried. complaints status, then run it again.")
    if done.interrupted:
        out.print(f"Interrupted; {selected - done.handled:,} were not tried. Run it again.")
    if more:
        out.print(f"{more:,} more are selected (--limit). Run it again.")


def _tell_counts(counts: Counter[str]) -> None:
    for reason, count in counts.most_common():
        out.print(f"  {count:,} {reason}")


def _noting(writer: Client) -> Callable[[Sequence[Outcome]], None]:
    def note(outcomes: Sequence[Outcome]) -> None:
        try:
            note_outcomes(writer, outcomes)
        except (Error, OSError, EOFError):
            err.print(
                f"{len(outcomes):,} letters were sent and could not be noted, so they are listed as open until they are"
                " sent again. That stores nothing twice."
            )
            raise

    return note


def _reader(settings: Settings) -> AbstractContextManager[Client]:
    return _client(settings, settings.clickhouse_analyst_user, settings.clickhouse_analyst_password)


def _writer(settings: Settings) -> AbstractContextManager[Client]:
    return _client(settings, settings.clickhouse_user, settings.clickhouse_password)


@contextmanager
def _client(settings: Settings, user: str, password: SecretStr) -> Iterator[Client]:
    client = connect(address_of(settings, user, password), client_name=CLIENT_ID)
    try:
        yield client
    finally:
        client.disconnect()
