"""How right a row of answers is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one sentence, beside what is right. `place` is empty for none, `confidence` 0 where unknown."""

    row: dict[str, str]
    category: str
    hazard: bool
    extent: str
    place: str
    confidence: float = 0.0

    @property
    def is_hazard(self) -> bool:
        """Whether it is a danger."""
        return self.row["hazard"] == "1"


def accuracy(answers: Sequence[Answer]) -> float:
    """The share of right categories; 0 of none."""
    return _share((answer.category == answer.row["category"] for answer in answers), len(answers))


def macro_f1(answers: Sequence[Answer]) -> float:
    """The mean over the categories that occur of the harmonic mean of precision and recall."""
    right = Counter(answer.category for answer in answers if answer.category == answer.row["category"])
    said = Counter(answer.category for answer in answers)
    wanted = Counter(answer.row["category"] for answer in answers)
    return sum(2 * right[name] / (said[name] + wanted[name]) for name in wanted) / len(wanted)


def hazard_recall(answers: Sequence[Answer]) -> tuple[int, int]:
    """How many dangers were found, of how many."""
    dangers = [answer for answer in answers if answer.is_hazard]
    return sum(answer.hazard for answer in dangers), len(dangers)


def hazard_precision(answers: Sequence[Answer]) -> tuple[int, int]:
    """How many of those called dangers are, of how many."""
    called = [answer for answer in answers if answer.hazard]
    return sum(answer.is_hazard for answer in called), len(called)


def extent_accuracy(answers: Sequence[Answer]) -> float:
    """The share of right extents."""
    return _share((answer.extent == answer.row["extent"] for answer in answers), len(answers))


def places(answers: Sequence[Answer]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Of sentences with a place that the pack has: how many were right, of how many. Of the others: how many were given
    none, of how many."""
    named = [answer for answer in answers if answer.row["place"] not in ("-", "?")]
    others = [answer for answer in answers if answer.row["place"] in ("-", "?")]
    return (
        (sum(answer.place == answer.row["place"] for answer in named), len(named)),
        (sum(not answer.place for answer in others), len(others)),
    )


def confusions(answers: Sequence[Answer]) -> list[tuple[str, str, int]]:
    """Right category, what was said instead, how often; the most frequent first."""
    wrong = Counter(
        (answer.row["category"], answer.category) for answer in answers if answer.category != answer.row["category"]
    )
    return [(*pair, count) for pair, count in sorted(wrong.items(), key=lambda item: (-item[1], item[0]))]


def _share(right: Iterable[bool], of: int) -> float:
    return sum(right) / of if of else 0.0
