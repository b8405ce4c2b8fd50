"""What took long is kept under `.data/hotspots`, by a hash of the code that decides it, for the next run."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from runtime.settings import PROJECT_DIR

FOLDER: Final = PROJECT_DIR / ".data" / "hotspots"
DAY_CODE: Final = (
    "producers/simulate",
    "reference",
    "schemas",
    "stream_processors",
    "deploy/reference/kanpur",
    "insight/detector/report.py",
    "insight/detector/tree.py",
    "benchmarks/hotspots/replay.py",
)
"""What decides the days: simulator, reference data, enrichment, and how they are read."""
RESULT_CODE: Final = (
    *DAY_CODE,
    "insight/detector",
    "insight/detection",
    *(f"benchmarks/hotspots/{name}.py" for name in ("baseline", "bounds", "cases", "detect", "matching")),
)
"""What decides what is found in them."""


@cache
def code_key(places: tuple[str, ...]) -> str:
    """A hash of all files at these places of the project, and of the Python that runs them."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(_files(places)):
        digest.update(f"\n{path.relative_to(PROJECT_DIR)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files(places: Iterable[str]) -> Iterable[Path]:
    for place in places:
        whole = PROJECT_DIR / place
        yield from (
            path
            for path in ([whole] if whole.is_file() else whole.rglob("*"))
            if path.is_file() and path.suffix in (".py", ".csv", ".tsv", ".bin", ".gz", ".sql")
        )


def kept(name: str, key: str) -> Any:
    """What was kept under the name by this code, or None."""
    path = FOLDER / f"{name}.{key}.pickle"
    return pickle.loads(path.read_bytes()) if path.exists() else None  # noqa: S301 - our own file


def keep(name: str, key: str, thing: Any) -> None:
    """Keep it, and forget what other code had made under the name."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.{key}.pickle"
    scratch = path.with_suffix(f".{os.getpid()}")
    scratch.write_bytes(pickle.dumps(thing))
    scratch.replace(path)
    for old in FOLDER.glob(f"{name}.*.pickle"):
        if old != path:
            old.unlink(missing_ok=True)
