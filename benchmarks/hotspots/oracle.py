"""The detector's likelihoods beside SciPy's: `python -m benchmarks.hotspots.oracle`.

Random reports, seeded, below transformers of random sizes. Ours come from `insight.detector.likelihood`; the others
from `by_scipy.py`, which shares no code with it and runs in `.venv/bench`. With `--record` a few of the questions and
SciPy's answers go to tests/insight/likelihoods.json, which a test compares with ours.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict, dataclass
from random import Random
from typing import Any, Final

import orjson

from benchmarks.environment import peers_python
from insight.detector import NORMAL, RuleSet
from insight.detector.likelihood import Likelihood, Marks, log_mean, negative_binomial, size_class
from insight.detector.tree import TRANSFORMER
from runtime.settings import PROJECT_DIR

SEED: Final = 20
FULL, SMALL = (2000, 1000, 200), (60, 20, 10)
"""How many counts, transformers and nodes are asked."""
RECORD: Final = PROJECT_DIR / "tests" / "insight" / "likelihoods.json"


@dataclass(frozen=True, slots=True)
class Check:
    """How many values were compared, and the greatest difference relative to the value, or absolute below 1."""

    what: str
    values: int
    difference: float


def compared() -> list[Check]:
    """Compare. Raises CalledProcessError when the other Python cannot run."""
    asked = questions(FULL)
    return differences(answers(asked, NORMAL), scipys(asked))


def differences(ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> list[Check]:
    """The greatest one of each kind."""
    return [
        Check(what, len(values), max(_difference(*pair) for pair in zip(values, theirs[what], strict=True)))
        for what, values in ours.items()
    ]


def scipys(asked: dict[str, Any]) -> dict[str, list[float]]:
    """SciPy's answers."""
    command = [str(peers_python()), "-m", "benchmarks.hotspots.by_scipy"]
    answer = subprocess.run(command, cwd=PROJECT_DIR, check=True, input=orjson.dumps(asked), stdout=subprocess.PIPE)
    found: dict[str, list[float]] = orjson.loads(answer.stdout)
    return found


def questions(numbers: tuple[int, int, int]) -> dict[str, Any]:
    """What both are asked; plain values only. numbers: of counts, of transformers, of nodes."""
    random = Random(SEED)  # noqa: S311 - no secrets
    counts, transformers, nodes = numbers
    return {
        "rules": asdict(NORMAL),
        "ordinary": NORMAL.ordinary_per_hour * 1.3,
        "counts": [
            (random.randrange(40), 10 ** random.uniform(-3, 2), 10 ** random.uniform(-1, 1)) for _ in range(counts)
        ],
        "transformers": [_transformer(random) for _ in range(transformers)],
        "nodes": [
            {"kind": random.randrange(4), "below": [_transformer(random) for _ in range(random.randrange(1, 30))]}
            for _ in range(nodes)
        ],
    }


def _transformer(random: Random) -> dict[str, Any]:
    """Consumers, and by age the distinct customers by what they say, cumulative; most transformers are silent."""
    marks, row = [], [0, 0, 0, 0, 0]
    busy = random.random() < 0.4
    for _ in NORMAL.ages_minutes:
        row = [each + (random.random() < 0.3 if busy else 0) for each in row]
        marks.append(row)
    return {"consumers": 1.35 ** size_class(random.randrange(5, 800)), "marks": marks}


def answers(asked: dict[str, Any], rules: RuleSet) -> dict[str, list[float]]:
    """Ours, by the rules that were asked."""
    likelihood = Likelihood(rules, asked["ordinary"])

    def cell(transformer: dict[str, Any]) -> tuple[float, ...]:
        marks: tuple[Marks, ...] = tuple((a, b, c, d, e) for a, b, c, d, e in transformer["marks"])
        return likelihood.cell(size_class(round(transformer["consumers"])), marks)

    nodes, trips = [], []
    for node in asked["nodes"]:
        total = tuple(sum(values) for values in zip(*map(cell, node["below"]), strict=True))
        prior = rules.prior[node["kind"]]
        nodes.append(log_mean(likelihood.by_age(total, node["kind"])) + prior)
        if node["kind"] < TRANSFORMER:
            trips.append(likelihood.trip(total) + prior + rules.trip_odds[node["kind"]])
    return {
        "negative binomial": [negative_binomial(*each) for each in asked["counts"]],
        "transformers": [value for each in asked["transformers"] for value in cell(each)],
        "nodes": nodes,
        "trips": trips,
    }


def _difference(ours: float, theirs: float) -> float:
    return abs(ours - theirs) / max(1.0, abs(theirs))


def main() -> None:
    """Print the differences as JSON, or record."""
    if "--record" in sys.argv[1:]:
        asked = questions(SMALL)
        RECORD.write_bytes(orjson.dumps({"asked": asked, "scipy": scipys(asked)}) + b"\n")
        return
    print(orjson.dumps([asdict(check) for check in compared()], option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    main()
