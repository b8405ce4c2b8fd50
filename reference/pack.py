"""Reading and checking a whole reference pack: a folder of CSV files in, a Pack or every error out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reference.consumers import RECORD, ConsumerTable
from reference.consumers_file import parse_consumers
from reference.problems import Problems
from reference.tables import (
    DEFAULT_POINTS,
    FEEDERS,
    INCOMERS,
    LOCALITIES,
    NODE_FILES,
    PLANNED_OUTAGES,
    SERVICE_LIMITS,
    SUBSTATIONS,
    TABLE_FILES,
    TRANSFORMERS,
    Parsed,
    TableFile,
    parse_table,
    read_bytes,
)
from schemas.reference import ANY_AREA, FeederKind, Tables

CONSUMERS: Final = "consumers.csv"
CONSUMERS_PACKED: Final = "consumers.csv.gz"
_REQUIRED: Final = (INCOMERS, SUBSTATIONS, FEEDERS)
_PARENTS: Final = ((SUBSTATIONS, INCOMERS), (FEEDERS, SUBSTATIONS), (TRANSFORMERS, FEEDERS))
_VERSION_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack without errors. `version` names its content; `notes` say what is odd but allowed."""

    version: str
    tables: Tables
    consumers: ConsumerTable
    notes: tuple[str, ...]


def read_pack(folder: Path) -> Pack:
    """The pack in `folder`. Raises PackInvalid with every error."""
    return checked(pack_files(folder))


def pack_files(folder: Path) -> dict[str, bytes]:
    """The content of the pack's files by name, unpacked and without byte order marks. Other files are left out.

    Raises PackInvalid when a file cannot be read or must be there and is not; then with every error of the others.
    `transformers.csv` must be there when there are consumers.
    """
    problems = Problems()
    if not folder.is_dir():
        problems.error(str(folder), 0, "", "must be a folder")
        problems.raise_if_any()
    files: dict[str, bytes] = {}
    names = [table.file for table in TABLE_FILES] + [CONSUMERS, CONSUMERS_PACKED]
    for file in [folder / name for name in names if (folder / name).exists()]:
        if (data := read_bytes(file, problems)) is not None:
            files[file.name] = data
    problems.raise_if_any()
    for table in _REQUIRED:
        if table.file not in files:
            problems.error(table.file, 0, "", "file is missing")
    if CONSUMERS in files and CONSUMERS_PACKED in files:
        problems.error(CONSUMERS, 0, "", f"must not stand beside {CONSUMERS_PACKED}")
    if CONSUMERS_PACKED in files:
        files[CONSUMERS] = files.pop(CONSUMERS_PACKED)
    if CONSUMERS in files and TRANSFORMERS.file not in files:
        problems.error(TRANSFORMERS.file, 0, "", f"file is missing, and {CONSUMERS} needs it")
    if problems.errors:
        _check(files, problems)
    problems.raise_if_any()
    return files


def pack_version(files: Mapping[str, bytes]) -> str:
    """Twelve hexadecimal digits that name the content: SHA-256 over file names, lengths and bytes, line ends as LF."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        content = data.replace(b"\r\n", b"\n")
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:_VERSION_DIGITS]


def checked(files: Mapping[str, bytes]) -> Pack:
    """The pack of these files. Raises PackInvalid with every error."""
    problems = Problems()
    parsed, consumers = _check(files, problems)
    problems.raise_if_any()
    rows = {table.file.removesuffix(".csv"): found.built() for table, found in parsed.items()}
    return Pack(pack_version(files), Tables(**rows), consumers, tuple(problems.notes))


def _check(files: Mapping[str, bytes], problems: Problems) -> tuple[dict[TableFile, Parsed], ConsumerTable]:
    parsed: dict[TableFile, Parsed] = {}
    for table in TABLE_FILES:
        if table.file in files:
            parsed[table] = parse_table(table, files[table.file], problems)
        elif table in _REQUIRED or (table is TRANSFORMERS and CONSUMERS in files):
            parsed[table] = Parsed(table, frozenset())
        else:
            parsed[table] = Parsed(table, frozenset(table.columns))
            if table is not DEFAULT_POINTS:
                problems.note(table.file, "is not there and counts as empty")
    _check_nodes(parsed, problems)
    _check_localities(parsed[LOCALITIES], problems)
    _check_planned(parsed[PLANNED_OUTAGES], problems)
    _check_limits(parsed[SERVICE_LIMITS], problems)
    return parsed, _consumers(files, parsed, problems)


def _consumers(files: Mapping[str, bytes], parsed: Mapping[TableFile, Parsed], problems: Problems) -> ConsumerTable:
    if CONSUMERS not in files:
        problems.note(CONSUMERS, "is not there and counts as empty")
        return ConsumerTable()
    above = sum(len(parsed[table].rows) for table in NODE_FILES[:-1])
    own = [row.get("transformer_id") for _, row in parsed[TRANSFORMERS].rows]
    known = {node_id: above + at for at, node_id in enumerate(own) if node_id}
    knowable = parsed[TRANSFORMERS].ids() is not None
    table = parse_consumers(CONSUMERS, files[CONSUMERS], known if knowable else None, problems)
    if not problems.errors:
        _note_counts(table, above, parsed[TRANSFORMERS], problems)
    return table


def _note_counts(table: ConsumerTable, above: int, transformers: Parsed, problems: Problems) -> None:
    """A note when transformers state another number of consumers than the file has."""
    found = Counter(record[1] - above for record in RECORD.iter_unpack(table.records))
    wrong = sum(stated not in (0, found[at]) for at, (_, stated) in enumerate(transformers.values("consumers")))
    if wrong:
        problems.note(TRANSFORMERS.file, f"{wrong} row(s) state another number of consumers than {CONSUMERS} has")


def _check_nodes(parsed: Mapping[TableFile, Parsed], problems: Problems) -> None:
    seen: set[str] = set()
    for table in NODE_FILES:
        column = next(iter(table.columns))
        for number, node_id in parsed[table].values(column):
            if node_id in seen:
                problems.error(table.file, number, column, f"must be unique over all nodes ({node_id} is not)")
            seen.add(node_id)
    for table in _REQUIRED:
        if parsed[table].columns and not parsed[table].rows:
            problems.error(table.file, 0, "", "must have at least one row")
    for child, parent in _PARENTS:
        column = next(iter(parent.columns))
        ids = parsed[parent].ids()
        for number, node_id in parsed[child].values(column):
            if ids is not None and node_id not in ids:
                problems.error(child.file, number, column, f"must be in {parent.file} ({node_id} is not)")
    every = [parsed[table].ids() for table in NODE_FILES]
    if None not in every:
        for table, column in ((LOCALITIES, "node_ids"), (PLANNED_OUTAGES, "node_id")):
            for number, node_id in _single(parsed[table], column):
                if node_id not in seen:
                    problems.error(table.file, number, column, f"must be a node of this pack ({node_id} is not)")
    for table in (SUBSTATIONS, TRANSFORMERS):
        for number, row in parsed[table].rows:
            if "latitude" in row and "longitude" in row and (row["latitude"] is None) != (row["longitude"] is None):
                problems.error(table.file, number, "latitude", "must be given together with longitude, or neither")
    _check_topic_names(parsed[SUBSTATIONS], problems)


def _single(parsed: Parsed, column: str) -> Iterator[tuple[int, str]]:
    for number, value in parsed.values(column):
        for node_id in (value,) if isinstance(value, str) else value:
            yield number, node_id


def _check_topic_names(substations: Parsed, problems: Problems) -> None:
    """Kafka refuses two topics whose names differ in `.` and `_` only, since its metric names would be the same."""
    taken: dict[str, str] = {}
    for number, own_id in substations.values("substation_id"):
        other = taken.setdefault(own_id.replace(".", "_"), own_id)
        if other != own_id:
            rule = f"must differ from {other} in more than . and _ since both become topic names"
            problems.error(SUBSTATIONS.file, number, "substation_id", rule)


def _check_localities(localities: Parsed, problems: Problems) -> None:
    without = sum(not ids for _, ids in localities.values("node_ids"))
    if without:
        problems.note(LOCALITIES.file, f"{without} row(s) name no node that feeds the place")
    names = Counter(name.casefold() for _, name in localities.values("locality"))
    if repeated := sum(count > 1 for count in names.values()):
        problems.note(LOCALITIES.file, f"{repeated} name(s) stand in several rows; their nodes count together")


def _check_planned(planned: Parsed, problems: Problems) -> None:
    seen: set[str] = set()
    for number, planned_id in planned.values("planned_id"):
        if planned_id in seen:
            problems.error(PLANNED_OUTAGES.file, number, "planned_id", "must be unique")
        seen.add(planned_id)
    for number, row in planned.rows:
        if "starts_at" in row and "ends_at" in row and row["ends_at"] <= row["starts_at"]:
            problems.error(PLANNED_OUTAGES.file, number, "ends_at", "must be later than starts_at")


def _check_limits(limits: Parsed, problems: Problems) -> None:
    seen: set[tuple[str, str]] = set()
    for number, row in limits.rows:
        if "category" in row and "area_class" in row:
            place = (row["category"], row["area_class"])
            if place in seen:
                problems.error(SERVICE_LIMITS.file, number, "area_class", "must be there once for each category")
            seen.add(place)
    known = {*FeederKind, ANY_AREA}
    if unknown := sum(area not in known for _, area in limits.values("area_class")):
        problems.note(
            SERVICE_LIMITS.file, f"{unknown} row(s) have an area_class that is none of {', '.join(sorted(known))}"
        )
