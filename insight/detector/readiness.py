"""How ready people are to complain just now: learnt from the outages of feeders that were found."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum, log
from typing import Final

from insight.detector.evidence import Evidence
from insight.detector.rules import MINUTE, RuleSet

_STEP: Final = 1.2
_BEFORE_SECONDS: Final = 120.0
"""An outage's start is its first report, or that of a part of it: one a little earlier may be of it too."""


def readiness(rules: RuleSet, evidence: Evidence, feeders: Iterable[tuple[int, float]], now: float) -> float:
    """The factor on all shares, in steps of 1.2 from 1, within `readiness_range`.

    feeders: node and start (Unix seconds) of outages of feeders. Those that began in the time for which reports are
    kept and over `readiness_minutes` ago count: the mean of the logarithms of the shares that complained in these
    minutes, against `readiness_share`, with `readiness_outages` of just that share beside them.
    """
    window = rules.readiness_minutes * MINUTE
    ratios = []
    for node, started_at in feeders:
        if evidence.since <= started_at <= now - window:
            lines = evidence.under.get(node, {}).values()
            customers = sum(line.within(started_at - _BEFORE_SECONDS, started_at + window) for line in lines)
            share = max(0.5, customers) / max(1, evidence.tree.consumers[node])
            ratios.append(log(share / rules.readiness_share))
    mean = fsum(ratios) / (len(ratios) + rules.readiness_outages)
    least, most = rules.readiness_range
    return min(most, max(least, _STEP ** round(mean / log(_STEP))))
