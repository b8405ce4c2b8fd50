"""Draw what was found, as SVG: `python -m benchmarks.pictures.draw FOUND.json FOLDER`, in the peers' environment.

The same figures give the same bytes. Colours are those of Okabe and Ito, which colour-blind people can tell apart;
every kind of mark has a shape or a hatching of its own as well. The paper is white, also for a dark page.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl  # type: ignore[import-not-found] # in .venv/bench only

BLUE, ORANGE, GREEN, RED, PURPLE = "#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7"
INK, QUIET, LINE = "#1f2933", "#52606d", "#cbd2d9"
KINDS: Final = {"incomer": ("D", PURPLE), "substation": ("s", RED), "feeder": ("o", BLUE), "transformer": ("^", ORANGE)}
NAMED: Final = 6
"""So many of the largest hotspots are named on the map."""

_NAME_HEIGHT, _NAME_WIDTH = 0.008, 0.05
"""Degrees that a name on the map takes."""

_LABEL: Final = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
_LEFT, _RIGHT = -10.0, 20.0
"""Minutes shown of the delays."""

Found = dict[str, Any]


def figure(title: str, subtitle: str, height: float = 5.0) -> tuple[Any, Any]:
    """A sheet with the finding above it and, smaller, what it is a picture of."""
    from matplotlib.figure import Figure  # type: ignore[import-not-found]

    sheet = Figure(figsize=(9.6, height), facecolor="white", layout="constrained")
    axes = sheet.add_subplot()
    sheet.suptitle(title, x=0.01, ha="left", fontsize=12.5, fontweight="bold", color=INK)
    axes.set_title(subtitle, loc="left", fontsize=9.5, color=QUIET)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(LINE)
    axes.tick_params(colors=QUIET, labelsize=9)
    axes.set_axisbelow(True)
    return sheet, axes


def hotspots(found: Found) -> Any:
    """Substations where they stand, and above them the nodes that stand out, as large as their customers are many."""
    spots = found["hotspots"]
    out = {row["node_id"] for row in found["truth"]}
    hits = sum(row["node_id"] in out for row in spots)
    worst = spots[0]
    sheet, axes = figure(
        f"At {found['as_of']} {len(spots)} nodes stand out; {worst['name']} is worst",
        f"Simulated crisis, Kanpur's rehearsal pack, last {found['window_minutes']} minutes; {hits} of them were"
        " truly out in that time (ringed)",
        7.2,
    )
    stations = found["substations"]
    axes.scatter(
        [row["longitude"] for row in stations],
        [row["latitude"] for row in stations],
        marker="s",
        s=14,
        color=LINE,
        label="substation",
    )
    for kind, (marker, colour) in KINDS.items():
        rows = [row for row in spots if row["node_kind"] == kind]
        if rows:
            axes.scatter(
                [row["longitude"] for row in rows],
                [row["latitude"] for row in rows],
                s=[8 + 1.6 * row["customers"] for row in rows],
                marker=marker,
                color=colour,
                alpha=0.75,
                linewidths=[1.6 if row["node_id"] in out else 0 for row in rows],
                edgecolors=INK,
                label=f"{kind}: {len(rows)}",
            )
    for row in _apart(spots)[:NAMED]:
        axes.annotate(
            f"{row['name']}: {row['customers']}",
            (row["longitude"], row["latitude"]),
            xytext=(0, 12 + math.sqrt(row["customers"]) / 2),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            color=INK,
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.65},
        )
    axes.set_aspect(1 / math.cos(math.radians(stations[0]["latitude"])))
    axes.set_xlabel("longitude, degrees east", color=QUIET)
    axes.set_ylabel("latitude, degrees north", color=QUIET)
    legend = axes.legend(
        title="size: customers",
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        fontsize=9,
        title_fontsize=9,
        frameon=False,
    )
    for handle in legend.legend_handles:
        handle.set_sizes([42])
    return sheet


def _apart(spots: list[Found]) -> list[Found]:
    """The largest first, without those whose name would lie on that of a larger one."""
    chosen: list[Found] = []
    for row in sorted(spots, key=lambda row: -row["customers"]):
        near = any(
            abs(row["latitude"] - other["latitude"]) < _NAME_HEIGHT
            and abs(row["longitude"] - other["longitude"]) < _NAME_WIDTH
            for other in chosen
        )
        if not near:
            chosen.append(row)
    return chosen


def calls(found: Found) -> Any:
    """Calls an hour beside what the switchboard takes."""
    rows = found["calls"]
    top = max(rows, key=lambda row: row["load_percent"])
    sheet, axes = figure(
        f"From {top['hour']} the switchboard is {round(top['load_percent'])} % full",
        "Calls that got through, by hour; simulated crisis. Who found every line busy is in no count",
        4.6,
    )
    hours = [row["hour"] for row in rows]
    full = [row["load_percent"] >= 90 for row in rows]
    bars = axes.bar(hours, [row["calls"] for row in rows], color=[RED if each else BLUE for each in full], width=0.72)
    for bar, each in zip(bars, full, strict=True):
        bar.set_hatch("//" if each else "")
        bar.set_edgecolor("white")
    axes.bar_label(bars, [f"{row['calls']:,}" for row in rows], fontsize=9, color=INK, padding=3, bbox=_LABEL)
    axes.axhline(rows[0]["capacity"], color=INK, linewidth=1.3, linestyle="--")
    axes.annotate(
        f"capacity {rows[0]['capacity']:,} an hour",
        (0.995, rows[0]["capacity"]),
        xycoords=("axes fraction", "data"),
        xytext=(0, 4),
        textcoords="offset points",
        ha="right",
        fontsize=9,
        color=INK,
    )
    axes.set_ylim(0, rows[0]["capacity"] * 1.15)
    axes.set_xlabel("hour that begins at, time of India (hatched: more than 90 % full)", color=QUIET)
    axes.set_ylabel("calls an hour", color=QUIET)
    return sheet


def delay(found: Found) -> Any:
    """How long after the third customer's complaint a fault was found."""
    all_faults = found["delays"]
    minutes = sorted(each for each in all_faults if each is not None)
    median = statistics.median(minutes)
    p90 = minutes[math.ceil(0.9 * len(minutes)) - 1]
    early = sum(each <= 0 for each in minutes)
    sheet, axes = figure(
        f"Half the faults are found {_minutes(median)} the third complaint, nine of ten {_minutes(p90)} it",
        f"Simulated crisis, 60 % of the switches report; {len(all_faults)} faults with three complainers, {early} found"
        f" before the third, {len(all_faults) - len(minutes)} never",
        4.6,
    )
    steps = [100 * (number + 1) / len(all_faults) for number in range(len(minutes))]
    axes.step([_LEFT, *minutes, _RIGHT], [0, *steps, steps[-1]], where="post", color=BLUE, linewidth=2)
    for value, name in ((median, "half of what is found"), (p90, "nine of ten")):
        share = steps[minutes.index(min(minutes, key=lambda each: abs(each - value)))]
        axes.plot([value], [share], marker="o", color=RED)
        place = {"xytext": (9, -13), "textcoords": "offset points", "fontsize": 9.5, "color": INK}
        axes.annotate(f"{name}: {value:.1f} min", (value, share), **place)
    axes.axvline(0, color=QUIET, linewidth=1, linestyle=":")
    axes.set_xlim(_LEFT, _RIGHT)
    axes.set_ylim(0, 100)
    axes.grid(axis="y", color=LINE, linewidth=0.5)
    axes.set_xlabel("minutes after the third customer's complaint was received (below 0: before it)", color=QUIET)
    axes.set_ylabel("faults found, per cent", color=QUIET)
    return sheet


def _minutes(value: float) -> str:
    return f"{abs(value):.1f} min {'before' if value < 0 else 'after'}"


def limits(found: Found) -> Any:
    """What became of service limits at the substations with most complaints."""
    rows = found["limits"][::-1]
    parts = (
        ("met", "ended within the limit", GREEN, ""),
        ("late", "ended after the limit", ORANGE, "//"),
        ("overdue", "limit passed, no end told", RED, "xx"),
        ("running", "limit still runs", LINE, ""),
    )
    totals = {name: sum(row[name] for row in rows) for name, *_ in parts}
    ended = totals["met"] + totals["late"]
    sheet, axes = figure(
        f"Where an end was told, {round(100 * totals['met'] / ended)} % kept the limit; for most none was told",
        f"{len(rows)} substations with most complaints, simulated crisis, {found['limits_as_of']}; {ended:,} ended,"
        f" {totals['overdue'] + totals['running']:,} without word",
        5.6,
    )
    left = [0] * len(rows)
    for name, label, colour, hatch in parts:
        widths = [row[name] for row in rows]
        axes.barh(
            [row["name"] for row in rows], widths, left=left, color=colour, hatch=hatch, edgecolor="white", label=label
        )
        left = [before + width for before, width in zip(left, widths, strict=True)]
    axes.set_xlabel("complaints with a service limit", color=QUIET)
    axes.legend(loc="lower right", fontsize=9)
    return sheet


PICTURES: Final = {"hotspots": hotspots, "calls": calls, "delay": delay, "limits": limits}


def main() -> None:
    """Every picture whose figures are there."""
    found = json.loads(Path(sys.argv[1]).read_bytes())
    mpl.rcParams.update({"svg.hashsalt": "complaints", "svg.fonttype": "none", "font.family": "DejaVu Sans"})
    mpl.rcParams.update({"hatch.linewidth": 0.6, "axes.unicode_minus": False})
    for name, draw in PICTURES.items():
        sheet = draw(found)
        path = Path(sys.argv[2]) / f"{name}.svg"
        sheet.savefig(path, metadata={"Date": None, "Creator": None, "Title": sheet.get_suptitle()})
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
