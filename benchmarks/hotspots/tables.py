"""The tables of docs/hotspots.md, in Markdown and as one JSON object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any, Final

from benchmarks.hotspots.bounds import LOOK_ALIKE_SECONDS, Bounds
from benchmarks.hotspots.cases import ALONE, METHODS, TRADE_OFFS, WITH_TELEMETRY, Case, Outcome
from benchmarks.hotspots.load import Load
from benchmarks.hotspots.matching import Tally
from benchmarks.hotspots.oracle import Check

Figure = tuple[str, Callable[[Tally], str], tuple[str, ...]]

NO_AIM: Final = ("", "", "", "")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "-"


def _minutes(middle: str, end: str) -> Callable[[Tally], str]:
    return lambda tally: f"{tally.row()[middle]:.1f} / {tally.row()[end]:.1f}"


FIGURES: Final[tuple[Figure, ...]] = (
    ("recall, near", lambda tally: _share(tally.near, tally.faults), (".98", ".97", ".93", ".94")),
    ("recall, exact", lambda tally: _share(tally.exact, tally.faults), (".97", ".96", ".92", ".93")),
    (
        "recall where three could be placed, near / exact",
        lambda tally: f"{tally.row()['placed_recall_near']:.3f} / {tally.row()['placed_recall_exact']:.3f}",
        NO_AIM,
    ),
    ("precision, near", lambda tally: _share(tally.right_near, tally.detections), (".98", ".98", ".98", ".98")),
    ("precision, exact", lambda tally: _share(tally.right_exact, tally.detections), (".92", ".93", ".91", ".90")),
    (
        "detections a fault",
        lambda tally: f"{tally.row()['detections_a_fault']:.2f}",
        ("1.06", "1.06", "1.12", "1.12"),
    ),
    ("false alarms a run", lambda tally: f"{tally.row()['false_a_run']:.1f}", NO_AIM),
    ("false alarms in 24 hours", lambda tally: f"{tally.row()['false_a_day']:.1f}", ("3", "8", "3", "12")),
    ("in planned shutdowns, all runs together", lambda tally: str(tally.planned), ("0", "0", "0", "0")),
    (
        "minutes after the third complaint, median / p90",
        _minutes("minutes_after_third_median", "minutes_after_third_p90"),
        ("0.3 / 3", "0.4 / 2.5", "1 / 5", "1 / 4"),
    ),
    (
        "the same until the exact node is named",
        _minutes("minutes_after_third_exact_median", "minutes_after_third_exact_p90"),
        NO_AIM,
    ),
    (
        "minutes after the fault began, median / p90",
        _minutes("minutes_from_start_median", "minutes_from_start_p90"),
        NO_AIM,
    ),
    (
        "left dark when its parent returned, found exactly",
        lambda tally: f"{tally.left_dark_found} of {tally.left_dark}",
        NO_AIM,
    ),
)

BOUNDS: Final[tuple[tuple[str, Callable[[Bounds], str]], ...]] = (
    ("unplanned faults over 5 minutes, not swallowed by a parent's", lambda row: str(row.faults)),
    ("nobody complained", lambda row: _percent(row.nobody, row.faults)),
    ("one or two customers did", lambda row: _percent(row.too_few, row.faults)),
    ("headline faults (three or more did)", lambda row: str(row.headline)),
    (
        "of them: under three could be placed below the node as supply complaints",
        lambda row: _percent(row.unplaced, row.headline),
    ),
    ("of them: the third became known over 15 minutes after the end", lambda row: _percent(row.too_late, row.headline)),
    (
        "of them: all placed complaints below one child, as if that had failed",
        lambda row: _percent(row.one_child, row.headline),
    ),
    ("best possible recall near, if under three placed cannot be found", lambda row: _best(row, 0)),
    ("best possible recall exact, if one child cannot be told from its parent", lambda row: _best(row, row.one_child)),
    (
        f"false crowds a run: three customers within {LOOK_ALIKE_SECONDS / 60:.0f} minutes below a live transformer",
        lambda row: f"{row.look_alikes / max(1, row.runs):.1f}",
    ),
    ("faults swallowed by a parent's", lambda row: str(row.swallowed)),
    (
        "planned shutdowns, complaints from within",
        lambda row: f"{row.shutdowns}, {row.shutdown_complaints}",
    ),
)


def _percent(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "-"


def _best(row: Bounds, lost: int) -> str:
    return f"{1 - (row.unplaced + row.too_late + lost) / row.headline:.3f}" if row.headline else "-"


def report_lines(
    ours: Mapping[Case, Outcome], others: Mapping[Case, Outcome], checks: Iterable[Check], load: Load
) -> Iterator[str]:
    """All of the page's generated section."""
    yield from result_lines(ours, aims=True)
    yield ""
    yield "### What precision costs"
    yield ""
    yield from _trade_off_lines(ours)
    yield ""
    yield "### Under other conditions"
    yield ""
    yield from _other_lines(others)
    yield ""
    yield "### Beside SciPy"
    yield ""
    yield "| | values compared | greatest difference |"
    yield "| --- | --- | --- |"
    for check in checks:
        yield f"| {check.what} | {check.values:,} | {check.difference:.0e} |"
    yield ""
    yield "### CPU"
    yield ""
    scenarios = _scenarios(ours)
    yield _line(["CPU of a step, ms", *scenarios, f"{load.complaints:,} in the window"])
    yield _line(["---"] * (len(scenarios) + 2))
    steps = [sorted(second for case in cases for second in ours[case].cpu_seconds) for cases in scenarios.values()]
    yield _line(["median", *(f"{1000 * median(each):.1f}" for each in steps), f"{1000 * load.cpu_median:.0f}"])
    yield _line(["greatest", *(f"{1000 * each[-1]:.0f}" for each in steps), f"{1000 * load.cpu_max:.0f}"])


def result_lines(ours: Mapping[Case, Outcome], *, aims: bool = False) -> Iterator[str]:
    """A table for each method, and what is impossible. aims: beside the figures of complaints alone."""
    scenarios = _scenarios(ours)
    totals = _totals(ours)
    for method in METHODS:
        if (row := totals.get(method)) is None:
            continue
        yield f"### {method[0].upper()}{method[1:]}"
        yield ""
        yield _line(["", *scenarios])
        yield _line(["---"] * (len(scenarios) + 1))
        for name, figure, aimed in FIGURES:
            shown = aimed if aims and method == ALONE else NO_AIM
            if aims and method == WITH_TELEMETRY and name == "precision, exact":
                shown = (".94",) * 4
            cells = [figure(row[scenario]) for scenario in scenarios]
            if any(shown):
                cells = [f"{cell}; aim {aim}" for cell, aim in zip(cells, shown, strict=True)]
            yield _line([name, *cells])
        yield ""
    yield "### What complaints alone cannot show"
    yield ""
    yield _line(["", *scenarios])
    yield _line(["---"] * (len(scenarios) + 1))
    limits = {scenario: Bounds() for scenario in scenarios}
    for scenario, cases in scenarios.items():
        for case in cases:
            limits[scenario].add(ours[case].bounds)
    for name, shown_as in BOUNDS:
        yield _line([name, *(shown_as(limits[scenario]) for scenario in scenarios)])


def _trade_off_lines(ours: Mapping[Case, Outcome]) -> Iterator[str]:
    """Recall, precision and false alarms by the score from which outages are opened, the lowest first."""
    scenarios, totals = _scenarios(ours), _totals(ours)
    yield _line(["recall near, precision near, false alarms in 24 hours", *scenarios])
    yield _line(["---"] * (len(scenarios) + 1))
    for added, method in sorted([(0.0, ALONE), *((score, name) for name, score in TRADE_OFFS.items())]):
        rows = (totals[method][scenario].row() for scenario in scenarios)
        yield _line(
            [
                f"opening at {added:+g}" if added else "as it is",
                *(f"{row['recall_near']:.3f}, {row['precision_near']:.3f}, {row['false_a_day']:.1f}" for row in rows),
            ]
        )


def _other_lines(others: Mapping[Case, Outcome]) -> Iterator[str]:
    scenarios = _scenarios(others)
    yield _line(
        ["seed " + ", ".join(map(str, sorted({case.seed for case in others}))), *(
            f"{scenario}: {name}"
            for scenario in scenarios
            for name in ("faults", "recall near / exact", "precision near / exact", "false a run")
        )]
    )  # fmt: skip
    yield _line(["---"] * (4 * len(scenarios) + 1))
    for variant in dict.fromkeys(case.variant for case in others):
        cells = []
        for cases in scenarios.values():
            total = Tally()
            for case in cases:
                if case.variant == variant:
                    total.add(others[case].tallies[ALONE])
            row = total.row()
            cells += [
                str(total.faults),
                f"{row['recall_near']:.2f} / {row['recall_exact']:.2f}",
                f"{row['precision_near']:.2f} / {row['precision_exact']:.2f}",
                f"{row['false_a_run']:.1f}",
            ]
        yield _line([variant.name, *cells])


def _scenarios(outcomes: Mapping[Case, Outcome]) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in outcomes:
        found.setdefault(case.scenario, []).append(case)
    return found


def _totals(ours: Mapping[Case, Outcome]) -> dict[str, dict[str, Tally]]:
    """By method and scenario."""
    totals: dict[str, dict[str, Tally]] = {}
    for case, outcome in ours.items():
        for method, each in outcome.tallies.items():
            totals.setdefault(method, {}).setdefault(case.scenario, Tally()).add(each)
    return totals


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def as_json(
    ours: Mapping[Case, Outcome], others: Mapping[Case, Outcome], checks: Iterable[Check], load: Load
) -> dict[str, Any]:
    """All figures: totals by scenario and method, each day by itself, and the rest."""
    return {
        "scenarios": {
            scenario: {
                "seeds": [case.seed for case in cases],
                "complaints": sum(ours[case].complaints for case in cases),
                **{method: rows[scenario].row() for method, rows in _totals(ours).items()},
            }
            for scenario, cases in _scenarios(ours).items()
        },
        "days": {
            f"{case.scenario} {case.seed}": {
                "bounds": asdict(outcome.bounds),
                **{method: each.row() for method, each in outcome.tallies.items()},
            }
            for case, outcome in ours.items()
        },
        "other_conditions": {
            f"{case.scenario} {case.seed}, {case.variant.name}": outcome.tallies[ALONE].row()
            for case, outcome in others.items()
        },
        "beside_scipy": [asdict(check) for check in checks],
        "load": asdict(load),
    }
