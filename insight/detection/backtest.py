"""The detector over stored complaints, as if it had run then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from clickhouse_driver import Client

from insight.detection.rows import latest_switches, received_between
from insight.detection.walk import Walk, on_grid
from insight.detector import Detector, Outage, RuleSet, Shutdown, Tree

WINDOW_SECONDS: Final = 1800
"""So much is read at a time; bounds the memory."""


@dataclass(frozen=True, slots=True)
class Found:
    """An outage as it was first told and as it stood at the end."""

    first: Outage
    last: Outage

    @property
    def ended_at(self) -> float | None:
        """When supply came back as far as is known (Unix seconds); None while it has not."""
        return None if self.last.is_open else self.last.restored_at or self.last.at


class Result(NamedTuple):
    """`found` in the order of detection; `told`: how many reports and events were received between begin and end."""

    found: list[Found]
    told: int


def backtest(
    client: Client,
    tree: Tree,
    rules: RuleSet,
    shutdowns: Iterable[Shutdown],
    *,
    begin: float,
    end: float,
    step_seconds: int,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Result:
    """Outages detected in (begin, end], in the order of their detection. Times are Unix seconds.

    Each step knows only what was received by then. The detector begins `keep_minutes` before `begin`, knowing no outage
    but the positions of the switches; so it begins to count with the complaints that a running one would have had, and
    an outage that it found before `begin` is neither listed nor found a second time. progress: told how many seconds
    of how many are done.
    """
    start = on_grid(begin - rules.keep_minutes * 60, step_seconds)
    walk = Walk(Detector(tree, rules, shutdowns), step_seconds, start)
    walk.waiting.add(latest_switches(client, start))
    found: dict[str, Found] = {}
    read, told = float(start), 0
    while read < end:
        upto = min(read + WINDOW_SECONDS, end)
        known = list(received_between(client, read, upto))
        told += sum(1 for each in known if each.received > begin)
        walk.waiting.add(known)
        for _, changes in walk.advance(upto):
            for change in changes:
                before = found.get(change.outage_id)
                found[change.outage_id] = Found(before.first if before else change, change)
        read = upto
        progress(int(read - start), int(end - start))
    return Result([each for each in found.values() if each.first.detected_at > begin], told)
