"""The guide shows each query as its file is, with the answer that it gives."""

from __future__ import annotations

import os

from tests.analysts.conftest import Analyst
from tests.analysts.guide import GUIDE, filled, named_queries, query_names


def test_the_guide_shows_each_query_and_its_answer(analyst: Analyst) -> None:
    """`make guide` writes what this test expects; look at the difference before you commit it."""
    text = GUIDE.read_text(encoding="utf-8")
    assert named_queries(text) == query_names()
    expected = filled(text, analyst.ask)
    if os.environ.get("GUIDE") == "write":
        GUIDE.write_text(expected, encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == expected
