"""The days that are evaluated, worked off by several processes; what is done is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from benchmarks.hotspots.baseline import AT_ONCE, CHOSEN, baseline
from benchmarks.hotspots.bounds import Bounds, bounds
from benchmarks.hotspots.detect import run
from benchmarks.hotspots.kept import RESULT_CODE, code_key, keep, kept
from benchmarks.hotspots.matching import Detection, Tally, tally
from benchmarks.hotspots.replay import AS_IS, Day, Fault, Variant, day, days
from insight.detector import NORMAL, RuleSet

ALONE, WITH_TELEMETRY = "complaints alone", "with telemetry of 60 % of the switches"
FIXED_RULES: Final = {"the fixed rule at its best": CHOSEN, "the fixed rule, told at once": AT_ONCE}
METHODS: Final = (ALONE, WITH_TELEMETRY, *FIXED_RULES)
TRADE_OFFS: Final = {f"complaints alone, opening at {score:+g}": score for score in (-1.0, 1.0, 2.0)}
"""The detector with another score from which it opens an outage, by what is added to it."""


class Case(NamedTuple):
    """One day, and whether the detector alone is asked or all methods are."""

    scenario: str
    seed: int
    variant: Variant = AS_IS
    methods: tuple[str, ...] = (*METHODS, *TRADE_OFFS)

    @property
    def name(self) -> str:
        """Its name in messages and in the cache."""
        other = "" if self.variant == AS_IS else f"-{self.variant.name.replace(' ', '-')}"
        return f"result-{self.scenario}-{self.seed}{other}-{len(self.methods)}"


@dataclass(slots=True)
class Outcome:
    """What was found on a day. `wrong` and `missed`, of complaints alone, as node and minutes after the beginning."""

    tallies: dict[str, Tally]
    bounds: Bounds
    complaints: int
    cpu_seconds: list[float] = field(default_factory=list)
    wrong: list[tuple[str, float]] = field(default_factory=list)
    missed: list[tuple[str, float]] = field(default_factory=list)


def judged(played: Day, rules: RuleSet, methods: Sequence[str] = METHODS) -> Outcome:
    """Every method over a day. Telemetry is asked only where the day has any."""
    outcome = Outcome({}, bounds(played), played.complaints)
    for method in methods:
        if method in FIXED_RULES:
            outcome.tallies[method] = tally(played, baseline(played, FIXED_RULES[method]))[0]
        elif method in TRADE_OFFS:
            incomer, substation, feeder, transformer = (score + TRADE_OFFS[method] for score in rules.open_at)
            other = replace(rules, open_at=(incomer, substation, feeder, transformer))
            outcome.tallies[method] = tally(played, run(played, other, telemetry=False)[0])[0]
        elif method == ALONE or played.switches:
            found, seconds = run(played, rules, telemetry=method == WITH_TELEMETRY)
            outcome.tallies[method], wrong, missed = tally(played, found)
            if method == ALONE:
                outcome.cpu_seconds = seconds
                outcome.wrong = [_named(played, item) for item in wrong]
                outcome.missed = [_named(played, item) for item in missed]
    return outcome


def _named(played: Day, item: Detection | Fault) -> tuple[str, float]:
    at = item.at if isinstance(item, Detection) else item.started_at
    return played.tree.ids[item.node], round((at - played.begins) / 60, 1)


def _outcome(case: Case, rules: RuleSet) -> Outcome:
    key = code_key(RESULT_CODE)
    known = kept(case.name, key) if rules == NORMAL else None
    if isinstance(known, Outcome):
        return known
    made = judged(day(case.scenario, case.seed, case.variant), rules, case.methods)
    if rules == NORMAL:
        keep(case.name, key, made)
    return made


def outcomes(
    cases: Sequence[Case], rules: RuleSet, processes: int, told: Callable[[str, int, int], None]
) -> dict[Case, Outcome]:
    """What was found in each case. `told` hears what was done, and how many of how many pieces of work are."""
    key = code_key(RESULT_CODE)
    ready = [case for case in cases if rules == NORMAL and kept(case.name, key) is not None]
    by_seed: dict[int, list[Case]] = {}
    for case in cases:
        if case not in ready:
            by_seed.setdefault(case.seed, []).append(case)
    found: dict[Case, Outcome] = {}
    with ProcessPoolExecutor(processes) as pool:
        running: dict[Future[Any], tuple[str, Case | None, list[Case]]] = {}

        def judge(ready: Iterable[Case]) -> None:
            for each in ready:
                running[pool.submit(_outcome, each, rules)] = (f"{each.scenario}, seed {each.seed}", each, [])

        for seed, group in by_seed.items():
            wanted = [(case.scenario, case.variant) for case in group]
            running[pool.submit(days, seed, wanted)] = (f"days of seed {seed}", None, group)
        judge(ready)
        total, done = len(by_seed) + len(cases), 0
        try:
            while running:
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    name, judged_case, next_ones = running.pop(future)
                    result = future.result()
                    if judged_case is not None:
                        found[judged_case] = result
                    judge(next_ones)
                    done += 1
                    told(name, done, total)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return {case: found[case] for case in cases}
