"""How much CPU a step takes with 100,000 complaints in the window, at 7,000 transformers.

`python -m benchmarks.hotspots.load`: the busiest three hours of a simulated crisis happen at three places of the city
at once, and in each of them more customers complain than in the simulation, until the window is full. The detector
takes them in steps of a minute; then 60 steps of 10 s, while as many go on coming in, are measured.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from statistics import median
from typing import Final

import orjson

from benchmarks.hotspots.detect import STEP_SECONDS
from benchmarks.hotspots.replay import Day, day
from insight.detector import NORMAL, Detector, Report
from insight.detector.tree import TRANSFORMER

WINDOW_SECONDS: Final = NORMAL.keep_minutes * 60
COMPLAINTS: Final = 100_000
STEPS: Final = 60
SOURCE: Final = ("crisis", 1)
PLACES: Final = 3
_STRIDE: Final = 0.381966
"""Share of the city between one crisis and the next; the golden section, so that none falls on another."""


@dataclass(frozen=True, slots=True)
class Load:
    """CPU seconds of a step; `outages`: how many were open at the end."""

    transformers: int
    complaints: int
    outages: int
    steps: int
    cpu_median: float
    cpu_max: float


def measured(source: tuple[str, int] = SOURCE) -> Load:
    """Fill the window and measure. source: scenario and seed of the simulated day."""
    played = day(*source)
    tree = played.tree
    begins, reports = _crowd(played)
    detector = Detector(tree, NORMAL)
    position, seconds = 0, list[float]()
    at, full = begins, begins + WINDOW_SECONDS
    while len(seconds) < STEPS:
        at += STEP_SECONDS if at >= full else 60
        first = position
        while position < len(reports) and reports[position].known_at <= at:
            position += 1
        began = time.process_time()
        detector.step(at, reports[first:position])
        if at > full:
            seconds.append(time.process_time() - began)
    inside = sum(1 for report in reports if at - WINDOW_SECONDS < report.known_at <= at)
    transformers = sum(depth == TRANSFORMER for depth in tree.depth)
    return Load(transformers, inside, len(detector.outages), STEPS, median(seconds), max(seconds))


def _crowd(played: Day) -> tuple[float, list[Report]]:
    """When it begins, and its complaints in order: COMPLAINTS for the window, and as many by time for the steps."""
    times = [known for known, _ in played.reports]
    lasts = WINDOW_SECONDS + STEPS * STEP_SECONDS
    begins = max(times, key=lambda at: sum(at <= other < at + lasts for other in times[::10]))
    begins -= begins % 600
    source = [(known, report) for known, report in played.reports if begins <= known < begins + lasts]
    wanted = COMPLAINTS * lasts / WINDOW_SECONDS
    copies = wanted / len(source)
    made = []
    for number, (known, report) in enumerate(source):
        count = int(copies) + (number % 100 < copies % 1 * 100)
        for copy in range(count):
            node_id = _elsewhere(played, report.node_id, copy % PLACES)
            made.append(report._replace(customer=f"{copy} {report.customer}", node_id=node_id, received=known))
    return begins, sorted(made, key=lambda report: report.known_at)


def _elsewhere(played: Day, node_id: str, place: int) -> str:
    """The node itself at place 0, another of its kind far from it at each other place."""
    tree = played.tree
    node = tree.number[node_id]
    first, kind = tree.depth.index(tree.depth[node]), tree.depth.count(tree.depth[node])
    return tree.ids[first + (node - first + int(place * _STRIDE * kind)) % kind]


def main() -> None:
    """Print the result as JSON."""
    print(orjson.dumps(asdict(measured()), option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    main()
