"""Look for the best numbers of the fixed rule: `python -m benchmarks.hotspots.choose`, 20 minutes on one core.

On seeds that are neither reported nor used to tune the detector. The best has the highest mean over the scenarios of
the harmonic mean of exact recall and exact precision; `baseline.CHOSEN` holds it.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from itertools import product
from typing import Final

from benchmarks.hotspots.baseline import Setting, baseline
from benchmarks.hotspots.matching import Tally, tally
from benchmarks.hotspots.replay import AS_IS, days

SCENARIOS: Final = ("calm", "evening", "storm", "crisis")
SEEDS: Final = (41, 42)


def settings() -> list[Setting]:
    """All that are tried: a wide search, then a closer one around its best."""
    wide = product((2, 3, 4), (1, 2, 3), (0.2, 0.35, 0.5), (30.0, 60.0), (0.0, 5.0, 15.0), (45.0, 180.0))
    close = product((3,), (1,), (0.35, 0.5, 0.7), (20.0, 30.0, 60.0), (0.0, 5.0, 15.0), (30.0, 45.0, 90.0))
    found = [Setting(*each) for each in (*wide, *close)]
    return list(dict.fromkeys(each for each in found if each.calls_of_child <= each.calls))


def main() -> None:
    """Print every setting that is better than all before it, with its figures."""
    played = {
        scenario: [found[number] for found in made]
        for made in [[days(seed, [(scenario, AS_IS) for scenario in SCENARIOS]) for seed in SEEDS]]
        for number, scenario in enumerate(SCENARIOS)
    }
    best = 0.0
    for number, setting in enumerate(tried := settings(), 1):
        figures = {}
        for scenario in SCENARIOS:
            total = Tally()
            for each in played[scenario]:
                total.add(tally(each, baseline(each, setting))[0])
            figures[scenario] = total.row()
        value = sum(_harmonic(row["recall_exact"], row["precision_exact"]) for row in figures.values()) / len(figures)
        print(f"\r{number} of {len(tried)}", end="", file=sys.stderr, flush=True)
        if value > best:
            best = value
            print(f"\n{value:.3f} {asdict(setting)}")
            for scenario, row in figures.items():
                print(f"  {scenario:8} " + " ".join(f"{name}={each:.2f}" for name, each in row.items()), flush=True)


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


if __name__ == "__main__":
    main()
