"""The detector over a whole day: the steps of the live one and of the backtest, at the same times."""

from __future__ import annotations

import time
from typing import Final

from benchmarks.hotspots.matching import Detection
from benchmarks.hotspots.replay import Day
from insight.detection.inputs import Known
from insight.detection.walk import Walk, on_grid
from insight.detector import Detector, RuleSet
from schemas.vocabulary import OutageState

STEP_SECONDS: Final = 10


def run(played: Day, rules: RuleSet, *, telemetry: bool) -> tuple[list[Detection], list[float]]:
    """Every outage the detector opened, those it took back among them, and the CPU seconds of each step."""
    walk = Walk(Detector(played.tree, rules, played.shutdowns), STEP_SECONDS, on_grid(played.begins, STEP_SECONDS))
    walk.waiting.add(Known(*each) for each in played.reports)
    if telemetry:
        walk.waiting.add(Known(*each) for each in played.switches)
    seen: set[str] = set()
    found: list[Detection] = []
    seconds: list[float] = []
    steps = walk.advance(played.ends + STEP_SECONDS)
    while True:
        began = time.process_time()
        step = next(steps, None)
        if step is None:
            return found, seconds
        seconds.append(time.process_time() - began)
        at, changes = step
        for change in changes:
            if change.outage_id not in seen and change.state is not OutageState.RESTORED:
                seen.add(change.outage_id)
                found.append(Detection(played.tree.number[change.node_id], at))
