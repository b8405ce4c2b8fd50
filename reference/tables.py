"""Reading one CSV file of a pack: header, cells, rows; everything that is wrong with them is gathered."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reference import cells
from reference.problems import Problems
from schemas.reference import (
    DefaultPoint,
    Feeder,
    FeederKind,
    Incomer,
    LimitPer,
    Locality,
    PlannedOutage,
    ServiceLimit,
    Substation,
    Transformer,
)
from schemas.vocabulary import Category

Cell = Callable[[str], Any]
_BOM: Final = b"\xef\xbb\xbf"
_REPLACED: Final = "\ufffd"


@dataclass(frozen=True, slots=True, eq=False)
class TableFile:
    """A file of the pack: its rows' type and the rule of each column."""

    file: str
    row_type: type[Any]
    columns: Mapping[str, Cell]


INCOMERS: Final = TableFile(
    "incomers.csv", Incomer, {"incomer_id": cells.node_id, "name": cells.text, "grid_substation": cells.text}
)
SUBSTATIONS: Final = TableFile(
    "substations.csv",
    Substation,
    {
        "substation_id": cells.substation_id,
        "name_en": cells.name,
        "name_hi": cells.text,
        "aliases": cells.texts,
        "circle": cells.text,
        "division": cells.text,
        "incomer_id": cells.node_id,
        "latitude": cells.degrees(90),
        "longitude": cells.degrees(180),
        "help_desk": cells.flag,
        "consumers": cells.count,
    },
)
FEEDERS: Final = TableFile(
    "feeders.csv",
    Feeder,
    {
        "feeder_id": cells.node_id,
        "name": cells.name,
        "aliases": cells.texts,
        "substation_id": cells.substation_id,
        "kind": cells.one_of(FeederKind),
        "consumers": cells.count,
    },
)
TRANSFORMERS: Final = TableFile(
    "transformers.csv",
    Transformer,
    {
        "transformer_id": cells.node_id,
        "feeder_id": cells.node_id,
        "name": cells.text,
        "capacity_kva": cells.positive_or_empty,
        "latitude": cells.degrees(90),
        "longitude": cells.degrees(180),
        "consumers": cells.count,
    },
)
LOCALITIES: Final = TableFile(
    "localities.csv",
    Locality,
    {
        "locality": cells.name,
        "aliases": cells.texts,
        "pincode": cells.pincode,
        "node_ids": cells.node_ids,
        "verified": cells.flag,
    },
)
PLANNED_OUTAGES: Final = TableFile(
    "planned_outages.csv",
    PlannedOutage,
    {
        "planned_id": cells.node_id,
        "node_id": cells.node_id,
        "starts_at": cells.time,
        "ends_at": cells.time,
        "reason": cells.text,
    },
)
SERVICE_LIMITS: Final = TableFile(
    "service_limits.csv",
    ServiceLimit,
    {
        "category": cells.one_of(Category),
        "area_class": cells.word,
        "limit_hours": cells.positive,
        "compensation_rs": cells.not_negative_or_empty,
        "per": cells.one_of(LimitPer),
        "source": cells.text,
        "verified": cells.flag,
    },
)
DEFAULT_POINTS: Final = TableFile(
    "default_points.csv",
    DefaultPoint,
    {"latitude": cells.known_degrees(90), "longitude": cells.known_degrees(180), "reason": cells.text},
)
NODE_FILES: Final = (INCOMERS, SUBSTATIONS, FEEDERS, TRANSFORMERS)
TABLE_FILES: Final = (*NODE_FILES, LOCALITIES, PLANNED_OUTAGES, SERVICE_LIMITS, DEFAULT_POINTS)


@dataclass(slots=True)
class Parsed:
    """What could be read of a file: for each row its number and the values of the cells that keep their rules.

    `columns` are those that the file has; a check that needs another one has nothing to say.
    """

    table: TableFile
    columns: frozenset[str]
    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def values(self, column: str) -> Iterator[tuple[int, Any]]:
        """Row number and value of every good cell of a column."""
        return ((number, row[column]) for number, row in self.rows if column in row)

    def ids(self) -> frozenset[str] | None:
        """The ids of the nodes in this file, or None when its first column is missing and nobody can tell."""
        column = next(iter(self.table.columns))
        return frozenset(value for _, value in self.values(column)) if column in self.columns else None

    def built(self) -> tuple[Any, ...]:
        """The rows as dataclasses; only for a file without errors."""
        return tuple(self.table.row_type(**row) for _, row in self.rows)


def read_bytes(file: Path, problems: Problems) -> bytes | None:
    """The content of a file, unpacked when it is a `.gz` and without a byte order mark; None after an error."""
    try:
        data = file.read_bytes()
        if file.suffix == ".gz":
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        problems.error(file.name, 0, "", f"cannot be read ({type(error).__name__})")
        return None
    return data.removeprefix(_BOM)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def csv_rows(file: str, data: bytes, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Number (as a spreadsheet counts, header = 1) and cells of every row in which a cell isn't empty.

    Rows that are not UTF-8 are errors; what is not CSV is one too, and ends the file.
    """
    number = 0
    broken = not _is_utf8(data)
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace", newline="")
    try:
        for number, row in enumerate(csv.reader(lines, strict=True), 1):
            if broken and any(_REPLACED in cell for cell in row):
                problems.error(file, number, "", "must be UTF-8")
            if any(row):
                yield number, row
    except csv.Error:
        problems.error(file, number + 1, "", "must be CSV (a quote is not closed, or a cell is too long)")


def header_of(
    file: str, rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...], problems: Problems
) -> list[str]:
    """The column names of the first row. Missing and repeated ones are errors, unknown ones a note."""
    found = [cell.strip() for cell in next(rows, (1, []))[1]]
    for column in columns:
        if column not in found:
            problems.error(file, 1, column, "column is missing")
        elif found.count(column) > 1:
            problems.error(file, 1, column, "column must be there once")
    if unknown := [column for column in found if column not in columns]:
        problems.note(file, f"{len(unknown)} column(s) that the pack does not know are left out")
    return found


def parse_table(table: TableFile, data: bytes, problems: Problems) -> Parsed:
    """Every row of a file, as far as its cells keep the rules of their columns."""
    rows = csv_rows(table.file, data, problems)
    header = header_of(table.file, rows, tuple(table.columns), problems)
    parsed = Parsed(table, frozenset(header) & table.columns.keys())
    for number, row in rows:
        if len(row) != len(header):
            problems.error(table.file, number, "", f"must have {len(header)} cells, as the header has")
            continue
        values: dict[str, Any] = {}
        for column, cell in zip(header, row, strict=True):
            if parse := table.columns.get(column):
                try:
                    values[column] = parse(cell.strip())
                except cells.BadCell as error:
                    problems.error(table.file, number, column, str(error))
        parsed.rows.append((number, values))
    return parsed
