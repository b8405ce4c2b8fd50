"""The analyst's guide as a text with holes: each `<!-- query NAME -->` is filled with the query and its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from runtime.settings import PROJECT_DIR

GUIDE: Final = PROJECT_DIR / "docs" / "analysts.md"
QUERIES: Final = PROJECT_DIR / "docs" / "queries"
UNKNOWN: Final = "–"
"""What NULL is shown as: not known, which is not zero."""

_SHOWN_ROWS: Final = 12
_BLOCK: Final = re.compile(r"<!-- query (\w+) -->\n.*?<!-- end -->", re.DOTALL)
_SECTION: Final = re.compile(r"^### `(\w+)`[^\n]*\n(.*?)(?=^#|\Z)", re.DOTALL | re.MULTILINE)
_LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
_ROW: Final = re.compile(r"^\| (?!column |---)([\w, ]+) \|", re.MULTILINE)

Answer = tuple[Sequence[str], Sequence[Sequence[Any]]]


def query_names() -> list[str]:
    """Every file of `docs/queries`, without `.sql`."""
    return sorted(path.stem for path in QUERIES.glob("*.sql"))


def query(name: str) -> str:
    """The text of a query."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def named_queries(text: str) -> list[str]:
    """The queries that the guide shows, in its order."""
    return [match[1] for match in _BLOCK.finditer(text)]


def filled(text: str, ask: Callable[[str], Answer]) -> str:
    """The guide with every hole filled anew."""

    def block(match: re.Match[str]) -> str:
        sql = query(match[1]).rstrip()
        return f"<!-- query {match[1]} -->\n```sql\n{sql}\n```\n```text\n{table(*ask(sql))}\n```\n<!-- end -->"

    return _BLOCK.sub(block, text)


def linked_files(text: str) -> list[str]:
    """The files that the guide links to or shows, beside itself."""
    return [target.partition("#")[0] for target in _LINK.findall(text) if not target.startswith("#")]


def documented_columns(text: str) -> dict[str, set[str]]:
    """What the guide says there is: each table or view with its columns."""
    return {match[1]: set(_columns(match[2])) for match in _SECTION.finditer(text)}


def _columns(section: str) -> Iterator[str]:
    for row in _ROW.finditer(section):
        yield from row[1].split(", ")


def table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Columns side by side, numbers to the right; no more than the first rows."""
    cells = [[_cell(value) for value in row] for row in rows[:_SHOWN_ROWS]]
    right = [any(isinstance(row[place], int | float) for row in rows) for place in range(len(names))]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in [names, *cells]
    ]
    if len(rows) > _SHOWN_ROWS:
        lines.append(f"({len(rows) - _SHOWN_ROWS} more)")
    return "\n".join(lines)


def _cell(value: Any) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_cell, value))
    return str(value)
