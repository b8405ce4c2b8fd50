"""Measure on the test split what is understood, beside the peer, and write it into docs/enrichment.md: `make evaluate`.

The model that is measured is not the one that is shipped: it is trained in the same way, but without the test split.
Prints every danger that was missed; no other sentence of the test split is shown, so that nobody tunes on them.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final
from unittest.mock import patch

from benchmarks.environment import peers_python
from benchmarks.evaluation import scores
from benchmarks.evaluation.heard import hear, shipped_reference
from benchmarks.evaluation.scores import Answer
from benchmarks.evaluation.sentences import DEV, sentences, split
from schemas.vocabulary import HAZARD_CATEGORIES
from stream_processors.enrichment import model
from stream_processors.enrichment.enrich import ENRICHER_REVISION

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "enrichment.md"
BEGIN: Final = "<!-- make evaluate writes from here -->"
BANDS: Final = (0.0, 0.5, 0.7, 0.9, 0.98, 1.1)
"""Ends of the bands of confidence."""
END: Final = "<!-- to here -->"


def main() -> None:
    """Measure, print, write."""
    rows = split("test")
    with measured_model() as digest:
        ours = list(answers(rows))
        read = list(answers(sentences(DEV)))
    said_by = json.loads(in_peers_python("benchmarks.evaluation.baseline"))
    peers = {name: list(answered(rows, said)) for name, said in said_by.items()}
    report = "\n".join(report_lines(digest, ours, peers["phrases"], peers["training"], read))
    print(report)
    print(f"\n{sum(answer.is_hazard and not answer.hazard for answer in ours)} dangers missed:")
    for answer in ours:
        if answer.is_hazard and not answer.hazard:
            print(f"  {answer.row['category']}, taken for {answer.category}: {answer.row['text']}")
    before, _, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{report}\n{END}{rest.partition(END)[2]}")


def in_peers_python(module: str, *arguments: str) -> str:
    """What a module prints that needs the peers' packages. Raises CalledProcessError when it fails."""
    command = [str(peers_python()), "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def measured_model() -> Iterator[str]:
    """A model trained without the test split in the place of the shipped one, for a process that has read no text yet.
    Gives its hash."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "model.bin"
        in_peers_python("benchmarks.evaluation.train", str(file))
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert model._rows.cache_info().currsize == 0, "the shipped model is loaded already"
        with patch.multiple(model, FILE=file, MODEL_SHA256=digest):
            yield digest


def answers(rows: Sequence[dict[str, str]]) -> Iterator[Answer]:
    """What the pipeline says of each row."""
    with shipped_reference() as reference:
        for row in rows:
            seen = hear(row["text"], reference)
            finding = seen.finding
            yield Answer(row, finding.category, finding.hazard, seen.extent, seen.routing.locality, finding.confidence)


def answered(rows: Sequence[dict[str, str]], said: Sequence[str]) -> Iterator[Answer]:
    """What the peer says of each row: a category, and with it whether it is a danger."""
    starred = {category.value for category in HAZARD_CATEGORIES}
    for row, category in zip(rows, said, strict=True):
        yield Answer(row, category, category in starred, "unknown", "")


def report_lines(
    digest: str, ours: Sequence[Answer], phrases: Sequence[Answer], training: Sequence[Answer], read: Sequence[Answer]
) -> Iterator[str]:
    """The page's section; `read` are the answers for sentences that were read while tuning."""
    measured = f"`rules-{ENRICHER_REVISION}` with a model that has not seen the test split (`{digest[:8]}`)"
    yield f"{measured}, on the {len(ours)} sentences of it:"
    yield ""
    yield "| | rules and model | n-grams, on the same training | n-grams, on `phrases.tsv` |"
    yield "| --- | --- | --- | --- |"
    three = (ours, training, phrases)
    yield _row("categories right", (f"{scores.accuracy(part):.1%}" for part in three))
    yield _row("macro F1", (f"{scores.macro_f1(part):.3f}" for part in three))
    yield _row("dangers found", (_of(scores.hazard_recall(part)) for part in three))
    yield _row("called a danger and is one", (_of(scores.hazard_precision(part)) for part in three))
    named, others = scores.places(ours)
    yield _row("extent right", (f"{scores.extent_accuracy(ours):.1%}", "", ""))
    yield _row("place right, where the pack has it", (_of(named), "", ""))
    yield _row("no place given, where it has none", (_of(others), "", ""))
    yield ""
    yield (
        f"The same on the {len(read)} sentences of `{DEV}`, which were read while tuning: categories right"
        f" {scores.accuracy(read):.1%}, macro F1 {scores.macro_f1(read):.3f}, dangers found"
        f" {_of(scores.hazard_recall(read))}, called a danger and is one {_of(scores.hazard_precision(read))}, extent"
        f" right {scores.extent_accuracy(read):.1%}."
    )
    yield ""
    for column, title in (("language", "language"), ("script", "script"), ("trap", "trap")):
        yield f"| {title} | sentences | categories right | dangers found | called a danger and is one |"
        yield "| --- | --- | --- | --- | --- |"
        for value in sorted({answer.row[column] for answer in ours}):
            part = [answer for answer in ours if answer.row[column] == value]
            shown = "no trap" if value == "-" else value
            yield _row(
                shown,
                (
                    str(len(part)),
                    f"{scores.accuracy(part):.1%}",
                    _of(scores.hazard_recall(part)),
                    _of(scores.hazard_precision(part)),
                ),
            )
        yield ""
    yield "| confidence | sentences | categories right |"
    yield "| --- | --- | --- |"
    for low, high in pairwise(BANDS):
        part = [answer for answer in ours if low <= answer.confidence < high]
        yield _row(f"{low:g} to {min(high, 1):g}", (str(len(part)), f"{scores.accuracy(part):.1%}"))
    yield ""
    yield "What is taken for what, from two times on:"
    yield ""
    yield "| is | taken for | times |"
    yield "| --- | --- | --- |"
    for right, said, count in scores.confusions(ours):
        if count > 1:
            yield _row(right, (said, str(count)))


def _row(name: str, cells: Iterator[str] | tuple[str, ...]) -> str:
    return " | ".join((f"| {name}", *cells)) + " |"


def _of(pair: tuple[int, int]) -> str:
    part, whole = pair
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "-"


if __name__ == "__main__":
    main()
