"""What a case came to, and the table of all cases in the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from runtime.settings import PROJECT_DIR

DOCUMENT: Final = PROJECT_DIR / "docs" / "delivery.md"
BEGIN: Final = "<!-- chaos:begin -->"
END: Final = "<!-- chaos:end -->"
_COLUMNS: Final = "crashes | events | lost | doubled | repeats delivered | seconds |\n|---|--:|--:|--:|--:|--:|--:|"
_RUN: Final = "| `make chaos"
_KEPT: Final = 4
"""Runs before this one whose totals stay in the document."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: counts of failures, of complaints, of records and of seconds.

    `repeats` are records that a stage wrote more than once, which the next one had to tell; `faults` names what else
    was not as it must be.
    """

    name: str
    crashes: int
    events: int
    lost: int
    doubled: int
    repeats: int
    seconds: float
    faults: tuple[str, ...] = ()

    def line(self) -> str:
        """A line of the table."""
        numbers = (self.crashes, self.events, self.lost, self.doubled, self.repeats, round(self.seconds))
        return f"| {self.name} | " + " | ".join(f"{number:,}" for number in numbers) + " |"


def write_table(command: str, outcomes: Sequence[Outcome], failed: int) -> None:
    """Put a run into the document, its cases in place of those of the run before; totals of earlier runs stay."""
    text = DOCUMENT.read_text()
    before, begin, rest = text.partition(BEGIN)
    inside, end, after = rest.partition(END)
    assert begin and end, f"{DOCUMENT.name} has no place for the table"
    date = datetime.now(UTC).date().isoformat()
    name = f"`{command}`, {date}" + (f", {failed} cases failed" if failed else "")
    lines = inside.splitlines()
    earlier = [line for line in lines if line.startswith(_RUN) and f"`{command}`" not in line]
    cases = "\n".join(each.line() for each in outcomes)
    if len(outcomes) == 1:
        cases = "\n".join(line for line in lines if line.startswith("| ") and line.endswith(" |") and _is_case(line))
    runs = "\n".join([*earlier[-_KEPT:], _total(name, outcomes).line()])
    totals = f"| run | {_COLUMNS}\n{runs}"
    table = f"{totals}\n\nThe latest whole run by case:\n\n| case | {_COLUMNS}\n{cases}"
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")


def _is_case(line: str) -> bool:
    return not line.startswith((_RUN, "| run |", "| case |"))


def _total(name: str, outcomes: Sequence[Outcome]) -> Outcome:
    return Outcome(
        name,
        sum(each.crashes for each in outcomes),
        sum(each.events for each in outcomes),
        sum(each.lost for each in outcomes),
        sum(each.doubled for each in outcomes),
        sum(each.repeats for each in outcomes),
        sum(each.seconds for each in outcomes),
    )
