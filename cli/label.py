"""`complaints label add` and `export`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Final, NamedTuple
from uuid import UUID

import click
from clickhouse_driver import Client

from cli.migrate import admin
from cli.output import err, out
from cli.pipeline import reference_store
from insight.labels import COLUMNS, Enriched, Label, add_labels, count_labels, stored_complaints, training_rows
from reference.active import ActiveReference
from runtime.clickhouse import connect
from runtime.settings import load_settings
from schemas.vocabulary import HAZARD_CATEGORIES, SUPPLY_CATEGORIES, Category, Extent

_FILE_COLUMNS: Final = ("complaint_id", "category", "hazard", "extent", "place")
_FLAGS: Final = {"": None, "0": False, "1": True, "false": False, "true": True, "no": False, "yes": True}
_NO_PLACE: Final = ("", "-", "?")


class _Said(NamedTuple):
    """A correction as somebody wrote it; None is not said. `where` tells him which one is meant."""

    where: str
    complaint_id: UUID
    category: Category | None
    hazard: bool | None
    extent: Extent | None
    place: str


@click.group()
def label() -> None:
    """What complaints were really about, said by people who know: keep it, and export it to train and measure with.

    Reads texts and writes as the administrator of ClickHouse (COMPLAINTS_CLICKHOUSE_ADMIN_USER).
    """


@label.command()
@click.option("--complaint-id", type=click.UUID, help="The complaint.")
@click.option(
    "--category",
    type=click.Choice([each.value for each in Category]),
    metavar="CATEGORY",
    help="One of docs/enrichment.md, e.g. no_supply.",
)
@click.option("--hazard/--no-hazard", default=None, help="Is it a present danger?")
@click.option("--extent", type=click.Choice([each.value for each in Extent]), help="How far the trouble reaches.")
@click.option(
    "--place", default="", help="The locality that the text names; - for none, ? for one that the pack lacks."
)
@click.option(
    "--file",
    "file",
    type=click.File(encoding="utf-8-sig"),
    help="Many corrections: TSV with the columns complaint_id, category, hazard, extent, place (- is standard input).",
)
def add(
    complaint_id: UUID | None,
    category: str | None,
    hazard: bool | None,
    extent: str | None,
    place: str,
    file: IO[str] | None,
) -> None:
    """Keep a correction; what is not said stays as enrichment had it. A later one of the same complaint replaces it.

    All or none of a file is taken; every error is listed. Exit status 1 when there is one.
    """
    if (complaint_id is None) == (file is None):
        raise click.UsageError("give --complaint-id or --file")
    said, errors = _read(file) if file else ([], [])
    if complaint_id is not None:
        one = _Said(
            "",
            complaint_id,
            Category(category) if category else None,
            hazard,
            Extent(extent) if extent else None,
            place.strip(),
        )
        said = [one]
    with _connected() as client:
        known = stored_complaints(client, [each.complaint_id for each in said])
        names = _localities()
        labels: list[Label] = []
        for each in said:
            made = _checked(each, known.get(each.complaint_id), names)
            if isinstance(made, Label):
                labels.append(made)
            else:
                errors.append(f"{each.where}{made}")
        for error in errors:
            err.print(error)
        if errors:
            sys.exit(1)
        add_labels(client, labels, datetime.now(UTC))
    out.print(f"{len(labels)} label(s) kept.")


@label.command(short_help="Print every label as training data (TSV).")
def export() -> None:
    """Print every label as a row of the training data (TSV), with the text as it is stored, masked once more.

    A label whose text is gone (COMPLAINTS_TEXT_RETENTION_DAYS) is left out and counted on standard error.
    """
    with _connected() as client:
        labels = count_labels(client)
        writer = csv.writer(
            sys.stdout, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, escapechar=None, lineterminator="\n"
        )
        writer.writerow(COLUMNS)
        given = 0
        for row in training_rows(client):
            writer.writerow(row)
            given += 1
        without = labels - given
    err.print(f"{given} row(s)" + (f"; {without} label(s) have no text any more" if without else ""))


@contextmanager
def _connected() -> Iterator[Client]:
    client = connect(admin(load_settings()), client_name="complaints-label")
    try:
        yield client
    finally:
        client.disconnect()


def _localities() -> frozenset[str]:
    tables = ActiveReference(reference_store(load_settings())).current().tables
    return frozenset(row.locality for row in tables.localities)


def _read(file: IO[str]) -> tuple[list[_Said], list[str]]:
    """The corrections of a file and what is wrong with its cells; no error shows a cell."""
    rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    if missing := {"complaint_id", "category"} - set(rows.fieldnames or ()):
        raise click.UsageError(f"the file lacks the column(s) {', '.join(sorted(missing))}")
    said: list[_Said] = []
    errors: list[str] = []
    for number, row in enumerate(rows, 2):
        cells = {name: (row.get(name) or "").strip() for name in _FILE_COLUMNS}
        where = f"row {number}: "
        if wrong := list(_wrong(cells)):
            errors += (f"{where}{each}" for each in wrong)
            continue
        said.append(
            _Said(
                where,
                UUID(cells["complaint_id"]),
                Category(cells["category"]) if cells["category"] else None,
                _FLAGS[cells["hazard"].lower()],
                Extent(cells["extent"]) if cells["extent"] else None,
                cells["place"],
            )
        )
    return said, errors


def _wrong(cells: dict[str, str]) -> Iterator[str]:
    """What is wrong with each cell of a row."""
    if not _is_uuid(cells["complaint_id"]):
        yield "complaint_id must be the id of a complaint (a UUID)"
    if cells["category"] and cells["category"] not in set(Category):
        yield "category must be one of docs/enrichment.md, or empty"
    if cells["hazard"].lower() not in _FLAGS:
        yield "hazard must be 0 or 1, or empty"
    if cells["extent"] and cells["extent"] not in set(Extent):
        yield "extent must be single, area or unknown, or empty"


def _is_uuid(cell: str) -> bool:
    try:
        UUID(cell)
    except ValueError:
        return False
    return True


def _checked(said: _Said, stored: Enriched | None, localities: frozenset[str]) -> Label | str:
    """The whole label, or what is wrong with it."""
    if stored is None:
        return "no complaint with this id is stored"
    if not stored.has_text:
        return "the complaint has no text, or not any more: nothing can be learnt from it"
    category = said.category or stored.category
    hazard = said.hazard
    if hazard is None:
        hazard = stored.hazard if said.category is None else category in HAZARD_CATEGORIES
    if category in HAZARD_CATEGORIES and not hazard:
        return f"{category} is a present danger by its meaning: choose another category"
    extent = said.extent or stored.extent
    if category not in SUPPLY_CATEGORIES:
        extent = Extent.UNKNOWN
    if said.place not in _NO_PLACE and said.place not in localities:
        return "the place is no locality of the pack in use: give its name in localities.csv, - or ?"
    return Label(said.complaint_id, category, hazard, extent, said.place)
