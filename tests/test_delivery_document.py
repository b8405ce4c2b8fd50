"""docs/delivery.md names the place in the code that answers for each row: it must be there."""

from __future__ import annotations

import re
from typing import Final

import pytest

from runtime.settings import PROJECT_DIR

_PLACE: Final = re.compile(r"`([a-z_/0-9]+\.(?:py|sql)): (\w+)`")
_TEXT: Final = (PROJECT_DIR / "docs" / "delivery.md").read_text(encoding="utf-8")


def test_every_row_of_the_failure_tables_names_one() -> None:
    section = _TEXT.partition("## What happens when")[2].partition("\n## ")[0]
    rows = [
        line for line in section.splitlines() if line.startswith("| ") and not line.startswith(("| event |", "| ---"))
    ]
    assert len(rows) > 30
    assert [row for row in rows if not _PLACE.search(row)] == []


@pytest.mark.parametrize(("path", "name"), sorted(set(_PLACE.findall(_TEXT))), ids=str)
def test_the_place_is_there(path: str, name: str) -> None:
    text = (PROJECT_DIR / path).read_text(encoding="utf-8")
    assert re.search(rf"(?m)^\s*(?:async )?(?:def|class) {name}\b|^{name}\b|\b{name}\(", text)
