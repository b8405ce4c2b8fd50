"""The detector's likelihoods worked out by SciPy, for `oracle.py`: JSON in, JSON out, nothing of the project imported.

A dead transformer's complaints are negative binomial around share * consumers * w / (w + half time) plus the ordinary
ones after w minutes. It is weighed against a mixture: an ordinary hour (negative binomial), or a few houses of which
one after another complains (geometric). What a report says multiplies its odds; of the few houses half as much, and
word of the transformer no more than that neighbours are out. A node's odds are the mean over all ages and shares of the
product over its transformers, times the prior; of a feeder the ages have odds of their own, and of a substation or an
incomer there are the low shares too, with theirs. Those of a trip, which was over in moments, are the same with the one
small share that complains of such a thing, and with a size parameter of its own.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np  # type: ignore[import-not-found] # in .venv/bench only
from scipy.special import logsumexp  # type: ignore[import-untyped] # in .venv/bench only
from scipy.stats import geom, nbinom  # type: ignore[import-untyped] # in .venv/bench only

FEEDER = 2
"""Kinds are numbered from the top: incomer, substation, feeder, transformer."""


def count_log(count: int, mean: float, size: float) -> float:
    """Log probability of a count by its mean and the size parameter."""
    return float(nbinom.logpmf(count, size, size / (size + mean)))


def ratios(transformer: dict[str, Any], rules: dict[str, Any], per_hour: float) -> list[float]:
    """By age and share, that of a trip first: how much likelier the marks are of a dead transformer than a live one."""
    says = np.array([1.0, rules["area_said"], rules["single_said"], rules["transformer_said"], rules["other_said"]])
    few_say = (1 + np.minimum(says, rules["area_said"])) / 2
    found = []
    for minutes, marks in zip(rules["ages_minutes"], transformer["marks"], strict=True):
        row, count = np.array(marks), sum(marks)
        usual_mean = transformer["consumers"] * per_hour * minutes / 60
        for share in (rules["trip_share"], *rules["low_shares"], *rules["shares"]):
            more = share * transformer["consumers"] * minutes / (minutes + rules["half_reported_minutes"])
            mixed = (usual_mean + more * says) / (usual_mean + more)
            size = rules["trip_dispersion" if share == rules["trip_share"] else "dispersion"]
            dead = count_log(count, usual_mean + more, size) + float(row @ np.log(mixed))
            live = count_log(count, usual_mean, rules["ordinary_dispersion"])
            if count:
                started = np.log(min(0.5, rules["few_houses_per_hour"] * minutes / 60))
                next_ones = geom.logpmf(count, 1 - rules["few_houses_next"])
                live = logsumexp([live, started + next_ones + float(row @ np.log(few_say))])
            found.append(float(dead - live))
    return found


def main() -> None:
    """Read the questions, print the answers."""
    asked = json.load(sys.stdin)
    rules, per_hour = asked["rules"], asked["ordinary"]
    nodes, trips = [], []
    for node in asked["nodes"]:
        total = np.sum([ratios(each, rules, per_hour) for each in node["below"]], axis=0)
        by_age = total.reshape(len(rules["ages_minutes"]), -1)
        trip, low, dead = np.split(by_age, [1, 1 + len(rules["low_shares"])], axis=1)
        if node["kind"] < FEEDER:
            dead = np.hstack([dead, low + rules["low_share_odds"]])
        elif node["kind"] == FEEDER:
            dead = dead + np.array(rules["feeder_age_odds"])[:, None]
        prior = rules["prior"][node["kind"]]
        nodes.append(float(logsumexp(dead) - np.log(dead.size) + prior))
        if node["kind"] < len(rules["trip_odds"]):
            odds = prior + rules["trip_odds"][node["kind"]]
            trips.append(float(logsumexp(trip) - np.log(trip.size) + odds))
    answers = {
        "negative binomial": [count_log(*each) for each in asked["counts"]],
        "transformers": [value for each in asked["transformers"] for value in ratios(each, rules, per_hour)],
        "nodes": nodes,
        "trips": trips,
    }
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
