"""`python -m benchmarks.hotspots`: the detector and the fixed rule over scenarios and seeds."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import orjson

from benchmarks.hotspots.baseline import baseline
from benchmarks.hotspots.matching import Detection, Tally, tally
from benchmarks.hotspots.replay import Day, Fault, day
from insight.detector import NORMAL, Detector, RuleSet
from schemas.vocabulary import OutageState

SCENARIOS: Final = ("calm", "evening", "storm", "crisis")
SEEDS: Final = (1, 2, 3, 4, 5)
STEP_SECONDS: Final = 10.0
RESULT: Final = Path(__file__).parent / "result.json"


def run(played: Day, rules: RuleSet, *, telemetry: bool) -> tuple[list[Detection], list[float]]:
    """Every outage the detector opened, and the CPU seconds of each step."""
    detector = Detector(played.tree, rules, played.shutdowns)
    seen: set[str] = set()
    found: list[Detection] = []
    seconds: list[float] = []
    reports, switches = played.reports, played.switches if telemetry else []
    at, report, switch = played.begins, 0, 0
    while at <= played.ends:
        first, first_switch = report, switch
        while report < len(reports) and reports[report][0] <= at:
            report += 1
        while switch < len(switches) and switches[switch][0] <= at:
            switch += 1
        began = time.process_time()
        changes = detector.step(
            at,
            [item for _, item in reports[first:report]],
            [item for _, item in switches[first_switch:switch]],
        )
        seconds.append(time.process_time() - began)
        for change in changes:
            if change.outage_id not in seen and change.state is not OutageState.RESTORED:
                seen.add(change.outage_id)
                found.append(Detection(played.tree.number[change.node_id], at))
        at += STEP_SECONDS
    return found, seconds


def main() -> None:
    """Print one line a scenario and method, and write them to result.json when all of them ran."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", nargs="+", default=SCENARIOS)
    parser.add_argument("--seeds", nargs="+", type=int, default=SEEDS)
    parser.add_argument("--telemetry", action="store_true", help="let the detector see the switch positions too")
    parser.add_argument("--verbose", action="store_true", help="name what was missed and what was false")
    parser.add_argument("--set", nargs="*", default=[], help="change a number of the rule set: name=json")
    arguments = parser.parse_args()
    changed: dict[str, Any] = {name: _value(text) for name, _, text in (item.partition("=") for item in arguments.set)}
    rules = replace(NORMAL, **changed)
    table: dict[str, dict[str, dict[str, float]]] = {}
    for scenario in arguments.scenarios:
        ours, fixed, steps = Tally(), Tally(), list[float]()
        for seed in arguments.seeds:
            played = day(scenario, seed)
            found, seconds = run(played, rules, telemetry=arguments.telemetry)
            steps += seconds
            counts, wrong, missed = tally(played, found)
            ours.add(counts)
            fixed.add(tally(played, baseline(played, STEP_SECONDS))[0])
            if arguments.verbose:
                _name(played, wrong, missed)
        steps.sort()
        cpu = {"cpu_ms_mean": 1000 * sum(steps) / len(steps), "cpu_ms_max": 1000 * steps[-1]}
        table[scenario] = {"detector": ours.row() | cpu, "fixed rule": fixed.row()}
        for method, row in table[scenario].items():
            print(
                f"{scenario:8} {method:10}", " ".join(f"{name}={value:.3g}" for name, value in row.items()), flush=True
            )
    if tuple(arguments.scenarios) == SCENARIOS and tuple(arguments.seeds) == SEEDS and not arguments.set:
        RESULT.write_bytes(orjson.dumps(table, option=orjson.OPT_INDENT_2))


def _value(text: str) -> Any:
    value = orjson.loads(text)
    return tuple(value) if isinstance(value, list) else value


def _name(played: Day, wrong: list[Detection], missed: list[Fault]) -> None:
    for item in wrong:
        print("  false", played.tree.ids[item.node], round((item.at - played.begins) / 60, 1))
    for fault in missed:
        print("  missed", played.tree.ids[fault.node], round((fault.started_at - played.begins) / 60, 1))


if __name__ == "__main__":
    main()
