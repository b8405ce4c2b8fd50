"""Rows of a pack as CSV text: the reverse of `tables`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from schemas.reference import columns_of


def csv_text(row_type: type[Any], rows: Iterable[Any]) -> str:
    """The header and `rows`, each a dataclass of `row_type`, lines ending in LF."""
    columns = columns_of(row_type)
    return csv_lines([columns, *([_cell(getattr(row, column)) for column in columns] for row in rows)])


def csv_lines(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as CSV, quoted where needed, lines ending in LF."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return "|".join(map(str, value))
        case datetime():
            return value.isoformat()
    return str(value)
