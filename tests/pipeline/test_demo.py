"""`complaints demo`, as a newcomer runs it."""

from __future__ import annotations

import re

import pytest

from tests.conftest import BASE
from tests.pipeline.running import Pipeline

FEEDERS = ("F-PARAG-DAIRY-KACHCHI-BASTI", "F-B-BLOCK-PANKI-SUNDAR-NAGAR", "F-RPH-OLD-GREEN-PARK")
"""Three of the printed faults."""


@pytest.mark.timeout(300)
def test_the_demo_accounts_for_every_event_and_names_the_faults() -> None:
    demo = Pipeline(BASE / "demo")
    try:
        told = demo.complaints("demo")
        again = demo.complaints("demo")
    finally:
        demo.complaints("down")
    for run in (told, again):
        published, total = (
            int(re.search(rf"{words} +([\d,]+)", run)[1].replace(",", ""))  # type: ignore[index]
            for words in ("published, confirmed by Kafka", r"stored \+ dead letters")
        )
        assert published == total > 5_000
        assert "nothing lost, nothing twice" in run
        rows = re.search(r"outages found.*?\n(.*?)\nOf", run, re.DOTALL)[1].splitlines()  # type: ignore[index]
        assert "SS-DALMANDI" in rows[0]
        for node in ("SS-DALMANDI", *FEEDERS):
            [row] = [row for row in rows if row.split()[0] == node]
            assert "fault from" in row
        assert "planned" not in run
        assert re.search(r"raw -> stored +\d+\.\d{3} +\d+\.\d{3}", run)
        assert "clickhouse-client" in run
