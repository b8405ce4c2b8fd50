"""docs/hotspots.md shows the figures of the last whole run, and no others."""

from __future__ import annotations

from typing import Any, Final

import orjson
import pytest

from benchmarks.hotspots.__main__ import BEGIN, END, PAGE, RESULT, SCENARIOS, SEEDS
from benchmarks.hotspots.cases import METHODS

_TEXT: Final = PAGE.read_text(encoding="utf-8")
_RESULT: Final[dict[str, Any]] = orjson.loads(RESULT.read_bytes())


@pytest.mark.parametrize("method", METHODS)
def test_each_table_is_that_of_the_result(method: str) -> None:
    assert _TEXT.count(BEGIN) == _TEXT.count(END) == 1
    table = _TEXT.partition(BEGIN)[2].partition(END)[0].partition(f"### {method[0].upper()}{method[1:]}\n")[2]
    rows = [line.split(" | ") for line in table.partition("###")[0].splitlines() if line.startswith("| ")]
    assert rows[0][1:] == [*SCENARIOS[:-1], f"{SCENARIOS[-1]} |"]
    shown = {row[0].removeprefix("| "): row[1:] for row in rows}
    for name, figure in (
        ("recall, near", "recall_near"),
        ("recall, exact", "recall_exact"),
        ("precision, near", "precision_near"),
        ("precision, exact", "precision_exact"),
    ):
        wanted = [f"{_RESULT['scenarios'][scenario][method][figure]:.3f}" for scenario in SCENARIOS]
        assert [cell.split()[0] for cell in shown[name]] == wanted
    assert all(_RESULT["scenarios"][scenario]["seeds"] == list(SEEDS) for scenario in SCENARIOS)


def test_the_likelihoods_were_those_of_scipy() -> None:
    assert {check["what"] for check in _RESULT["beside_scipy"] if check["difference"] < 1e-10} == {
        "negative binomial",
        "transformers",
        "nodes",
        "trips",
    }
