"""The detector's likelihoods are SciPy's, which were recorded by `python -m benchmarks.hotspots.oracle --record`."""

from __future__ import annotations

from pathlib import Path

import orjson
from pydantic import TypeAdapter

from benchmarks.hotspots.oracle import answers, differences
from insight.detector import RuleSet

RECORDED = Path(__file__).parent / "likelihoods.json"


def test_they_are_what_scipy_says() -> None:
    recorded = orjson.loads(RECORDED.read_bytes())
    rules = TypeAdapter(RuleSet).validate_python(recorded["asked"]["rules"])
    checks = differences(answers(recorded["asked"], rules), recorded["scipy"])
    assert [check.what for check in checks if check.difference > 1e-10] == []
    assert sum(check.values for check in checks) > 500
