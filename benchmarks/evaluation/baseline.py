"""The peer: character n-grams with logistic regression, as a first attempt in any toolbox would have it.

`.venv/bench/bin/python -m benchmarks.evaluation.baseline` prints its categories of the test split as JSON, once trained
on `phrases.tsv` alone and once on all that the model is trained on. A starred category is its danger.
"""

from __future__ import annotations

import json
from typing import Final

from benchmarks.evaluation.sentences import PHRASES, sentences, split, training

LENGTHS: Final = (2, 5)
STRENGTH: Final = 10.0


def main() -> None:
    """Train twice and print."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found] # in .venv/bench only
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found] # in .venv/bench only
    from sklearn.pipeline import make_pipeline  # type: ignore[import-not-found] # in .venv/bench only

    asked = [row["text"] for row in split("test")]
    said = {}
    for name, rows in (("phrases", sentences(PHRASES)), ("training", training())):
        peer = make_pipeline(
            TfidfVectorizer(analyzer="char_wb", ngram_range=LENGTHS, sublinear_tf=True),
            LogisticRegression(C=STRENGTH, max_iter=1000),
        )
        peer.fit([row["text"] for row in rows], [row["category"] for row in rows])
        said[name] = list(map(str, peer.predict(asked)))
    print(json.dumps(said))


if __name__ == "__main__":
    main()
