"""Judge the detector on simulated days, beside a fixed rule: `make evaluate-hotspots`.

Four scenarios with five seeds each at the size of Kanpur, then more days under other conditions. Tables go to
docs/hotspots.md, all figures to benchmarks/hotspots/result.json. Days and results are kept in .data/hotspots by the
hash of the code that decides them: a run that was ended goes on where it was.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import orjson

from benchmarks.hotspots.cases import ALONE, METHODS, Case, Outcome, judged, outcomes
from benchmarks.hotspots.detect import run
from benchmarks.hotspots.load import measured
from benchmarks.hotspots.oracle import compared
from benchmarks.hotspots.replay import AS_IS, Variant, read_day
from benchmarks.hotspots.tables import as_json, report_lines, result_lines
from insight.detector import NORMAL, RULE_SETS, RuleSet
from reference.problems import PackInvalid
from runtime.settings import PROJECT_DIR

__all__ = ["main", "run"]

SCENARIOS: Final = ("calm", "evening", "storm", "crisis")
SEEDS: Final = (1, 2, 3, 4, 5)
OTHER_SCENARIOS: Final = ("evening", "storm")
OTHER_SEEDS: Final = (31,)
VARIANTS: Final = (
    AS_IS,
    Variant("half the everyday trouble", noise=0.5),
    Variant("twice the everyday trouble", noise=2.0),
    Variant("half as ready to complain", complainers=0.5),
    Variant("twice as ready to complain", complainers=2.0),
    Variant("nobody is asked about neighbours", neighbours=False),
)
RESULT: Final = Path(__file__).parent / "result.json"
PAGE: Final = PROJECT_DIR / "docs" / "hotspots.md"
BEGIN: Final = "<!-- make evaluate-hotspots writes from here -->"
END: Final = "<!-- to here -->"


def main() -> None:
    """Run, print, and write when everything was asked for. Exit status 2 for wrong arguments or a folder unread."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hotspots", description=__doc__)
    parser.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=SCENARIOS, metavar="NAME")
    parser.add_argument("--seeds", nargs="+", type=int, default=SEEDS, metavar="N")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="at the same time (2)")
    parser.add_argument(
        "--day", type=Path, metavar="DIR", help="judge a folder of `complaints simulate`, or of its form"
    )
    parser.add_argument("--reference", type=Path, metavar="DIR", help="pack of that day, where it is not DIR/reference")
    parser.add_argument("--rules", choices=sorted(RULE_SETS), default=NORMAL.name, help="rule set (normal)")
    parser.add_argument("--set", nargs="+", default=[], metavar="NAME=JSON", help="change a number of the rule set")
    parser.add_argument("--verbose", action="store_true", help="name what was missed and what was false")
    arguments = parser.parse_args()
    rules = _rules(parser, arguments.rules, arguments.set)
    if arguments.day:
        _one_day(arguments.day, arguments.reference, rules, verbose=arguments.verbose)
        return
    scenarios, seeds = tuple(arguments.scenarios), tuple(arguments.seeds)
    cases = [Case(scenario, seed) for scenario in scenarios for seed in seeds]
    whole = scenarios == SCENARIOS and seeds == SEEDS and rules == NORMAL
    others = [
        Case(scenario, seed, variant, (ALONE,))
        for variant in VARIANTS
        for scenario in OTHER_SCENARIOS
        for seed in OTHER_SEEDS
    ]
    try:
        found = outcomes([*others, *cases] if whole else cases, rules, arguments.processes, _Progress())
    except KeyboardInterrupt:
        print("\nended; what was done is kept, the same command goes on from there", file=sys.stderr)
        sys.exit(130)
    ours = {case: found[case] for case in cases}
    print("\n".join(result_lines(ours)))
    if arguments.verbose:
        for case, outcome in ours.items():
            print(f"\n{case.scenario}, seed {case.seed}")
            _name(outcome)
    if whole:
        _write(ours, {case: found[case] for case in others})


def _write(ours: dict[Case, Outcome], others: dict[Case, Outcome]) -> None:
    print("comparing the likelihoods with scipy, and measuring a full window", file=sys.stderr)
    checks, load = compared(), measured()
    RESULT.write_bytes(orjson.dumps(as_json(ours, others, checks, load), option=orjson.OPT_INDENT_2) + b"\n")
    before, _, rest = PAGE.read_text().partition(BEGIN)
    text = "\n".join(report_lines(ours, others, checks, load))
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}")
    print(f"written: {PAGE.relative_to(PROJECT_DIR)}, {RESULT.relative_to(PROJECT_DIR)}", file=sys.stderr)


def _one_day(folder: Path, pack: Path | None, rules: RuleSet, *, verbose: bool) -> None:
    try:
        played = read_day(folder, pack)
    except (OSError, PackInvalid) as error:
        print(f"{folder}: {error}", file=sys.stderr)
        sys.exit(2)
    outcome = judged(played, rules, METHODS)
    print("\n".join(result_lines({Case(folder.name, 0): outcome})))
    if verbose:
        _name(outcome)


def _name(outcome: Outcome) -> None:
    for node, minutes in outcome.wrong:
        print(f"  false   {minutes:7.1f} min  {node}")
    for node, minutes in outcome.missed:
        print(f"  missed  {minutes:7.1f} min  {node}")


class _Progress:
    """One line for each piece of work."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, name: str, done: int, total: int) -> None:
        minutes = (time.monotonic() - self._began) / 60
        left = minutes / done * (total - done)
        print(f"{done:3} of {total}: {name} ({minutes:.1f} min, about {left:.0f} left)", file=sys.stderr, flush=True)


def _rules(parser: argparse.ArgumentParser, name: str, changes: Sequence[str]) -> RuleSet:
    changed: dict[str, Any] = {}
    for change in changes:
        field, _, text = change.partition("=")
        if field not in RuleSet.__dataclass_fields__:
            parser.error(f"a rule set has no {field}")
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            parser.error(f"{field}: not JSON")
        changed[field] = tuple(value) if isinstance(value, list) else value
    return replace(RULE_SETS[name], **changed)


if __name__ == "__main__":
    main()
