"""The guide shows each query as its file is, with the answer that it gives, and names every column there is."""

from __future__ import annotations

import os
from typing import Final

from tests.analysts.conftest import Analyst
from tests.analysts.guide import GUIDE, documented_columns, filled, linked_files, named_queries, query_names

_AS_OF: Final = "as_of = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata')"
ARGUMENTS: Final = {
    "hotspots": f"{_AS_OF}, window_minutes = 60",
    "source_share": f"{_AS_OF}, window_minutes = 60",
    "silent_sources": _AS_OF,
    "complaints_as_of": f"{_AS_OF}, since = toDateTime64('2026-06-19 22:00:00', 3, 'Asia/Kolkata')",
    "service_levels": "from_day = '2026-06-14', to_day = '2026-06-20'",
}
"""Of the views that take any; the server lists no columns of those."""


def test_the_guide_shows_each_query_and_its_answer(analyst: Analyst) -> None:
    """`make guide` writes what this test expects; look at the difference before you commit it."""
    text = GUIDE.read_text(encoding="utf-8")
    assert named_queries(text) == query_names()
    expected = filled(text, analyst.ask)
    if os.environ.get("GUIDE") == "write":
        GUIDE.write_text(expected, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == expected


def test_the_guide_names_every_column_that_an_analyst_may_read_and_no_other(analyst: Analyst) -> None:
    _, rows = analyst.ask("SELECT table, name FROM system.columns WHERE database = 'complaints'")
    readable: dict[str, set[str]] = {}
    for table, column in rows:
        readable.setdefault(table, set()).add(column)
    for view, arguments in ARGUMENTS.items():
        names, _ = analyst.ask(f"SELECT * FROM complaints.{view}({arguments}) LIMIT 0")
        readable[view] = set(names)
    assert documented_columns(GUIDE.read_text(encoding="utf-8")) == readable


def test_what_the_guide_links_to_is_there() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [path for path in linked_files(text) if not (GUIDE.parent / path).exists()] == []
