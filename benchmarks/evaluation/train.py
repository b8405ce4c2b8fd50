"""Train the model of `stream_processors.enrichment.model` anew: `make train`, half a minute on one core.

Two logistic regressions over the hashed features: one over the categories, one for danger. Without arguments on all
labelled sentences, into `model.bin` and its hash: the model that is shipped. With the name of a file, in the same way
on `sentences.training()`, into that file: the model that `make evaluate` measures, which has not seen the test split.
Each sentence is learned whole and twice more, at half the weight, with a third of its words and ideas left out, so that
no single word is relied on. The same data give the same file on the same kind of machine: what is left out is drawn
from a seed.
"""

from __future__ import annotations

import hashlib
import random
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from benchmarks.evaluation.heard import hear, shipped_reference
from benchmarks.evaluation.sentences import is_hazard, labelled, training
from stream_processors.enrichment import model
from stream_processors.enrichment.category import read
from stream_processors.enrichment.enrich import Seen

STRENGTH: Final = 0.5
"""Inverse strength of the L2 penalty; the best of 0.3 to 4 by cross-validation over the families of the train split."""
LEFT_OUT: Final = 0.3
"""The share of words and of ideas that a copy of a sentence lacks."""
COPIES: Final = 2
COPY_WEIGHT: Final = 0.5
SHORT: Final = 5
"""A sentence of fewer words has no copies with less."""
SEED: Final = 1
TOLERANCE: Final = 1e-4
ROUNDS: Final = 1000


def main() -> None:
    """Train and write."""
    if sys.argv[1:]:
        Path(sys.argv[1]).write_bytes(trained(training()))
        return
    rows = labelled()
    packed = trained(rows)
    digest = hashlib.sha256(packed).hexdigest()
    model.FILE.write_bytes(packed)
    hash_file = model.FILE.with_name("model_hash.py")
    hash_file.write_text(hash_file.read_text().rpartition("= ")[0] + f'= "{digest}"\n')
    print(f"{len(rows)} sentences, {len(packed)} bytes, {digest}")


def trained(rows: list[dict[str, str]]) -> bytes:
    """The model of these rows, as it is kept in a file."""
    with shipped_reference() as reference:
        seen = [hear(row["text"], reference) for row in rows]
    weights = fitted(seen, [row["category"] for row in rows], [is_hazard(row) for row in rows])
    return zlib.compress(weights, 9)


def features(keys: list[str], ideas: str) -> Iterable[str]:
    """The features of a text, each as often as it is there."""
    for key in keys:
        yield from model.word_features(key)
    yield from map(model.pair_feature, [model.START, *keys], keys)
    yield from map(model.idea_feature, model.ideas_together(ideas))
    yield from map(model.apart_feature, model.ideas_apart(ideas))
    yield from model.shape_of(keys, ideas)


def less(keys: list[str], ideas: str, lot: random.Random) -> tuple[list[str], str]:
    """A text with some of its words and of its ideas left out."""
    if len(keys) < SHORT:
        return keys, ideas
    return (
        [key for key in keys if lot.random() > LEFT_OUT],
        "".join(idea for idea in ideas if lot.random() > LEFT_OUT),
    )


def fitted(seen: list[Seen], categories: list[str], dangers: list[bool]) -> bytes:
    """The weights of all rows, each a signed byte, in the order of `model.CATEGORIES` and then danger."""
    import numpy as np  # type: ignore[import-not-found] # only where the model is trained

    lot = random.Random(SEED)  # noqa: S311 # no secret
    texts = [read(one.normal, one.place_words) for one in seen]
    learned = [*texts, *(less(*text, lot) for _ in range(COPIES) for text in texts)]
    counts = matrix(learned)
    weights = np.repeat([1.0, *(COPY_WEIGHT,) * COPIES], len(texts))
    columns = np.zeros((model.ROWS, model.COLUMNS))
    by_category = _regression().fit(counts, categories * (1 + COPIES), weights)
    for category, row in zip(by_category.classes_, by_category.coef_, strict=True):
        columns[:, model.CATEGORIES.index(category)] = row
    columns[:, -1] = _regression().fit(counts, dangers * (1 + COPIES), weights).coef_[0]
    return bytes(np.clip(np.rint(columns * model.STEPS), -127, 127).astype(np.int8).tobytes())


def matrix(texts: list[tuple[list[str], str]]) -> Any:
    """How often each row of weights is met in each text, as a sparse matrix."""
    import numpy as np
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped] # only where the model is trained

    found, ends = [], [0]
    for keys, ideas in texts:
        found += [model.row_of(feature) for feature in features(keys, ideas)]
        ends.append(len(found))
    return csr_matrix((np.ones(len(found)), found, ends), shape=(len(texts), model.ROWS))


def _regression() -> Any:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found] # only where it is trained

    return LogisticRegression(C=STRENGTH, tol=TOLERANCE, max_iter=ROUNDS, fit_intercept=False)


if __name__ == "__main__":
    main()
