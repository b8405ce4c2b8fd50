"""Writes the published schema files from the models: `python -m schemas.publish [--check | --freeze]`.

Without an option it writes `schemas/published/`. `--check` writes nothing and fails when a file differs from the models
or a change is incompatible with the frozen version in `schemas/published/baseline/`. `--freeze` makes the present
version the frozen one, after the same check; to be done at each release.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import orjson

from schemas.asyncapi import asyncapi_document
from schemas.compatibility import incompatible_changes
from schemas.json_schemas import Document, published_schemas

PUBLISHED_DIR: Final = Path(__file__).resolve().parent / "published"
BASELINE_DIR: Final = PUBLISHED_DIR / "baseline"
_SUFFIX: Final = ".json"


def published_files() -> dict[str, bytes]:
    """The content of every file of `schemas/published/` by its name."""
    files = {published.name + _SUFFIX: _to_bytes(published.document) for published in published_schemas()}
    return {**files, "asyncapi" + _SUFFIX: _to_bytes(asyncapi_document())}


def differing_files() -> list[str]:
    """Names of published files that are not what the models give: changed, missing, or left over."""
    files = published_files()
    there = {path.name: path.read_bytes() for path in PUBLISHED_DIR.glob("*" + _SUFFIX)}
    return sorted(name for name in files.keys() | there.keys() if files.get(name) != there.get(name))


def incompatibilities() -> list[str]:
    """What the models break of the frozen versions, as `file: path: what changed`; a schema that went away included."""
    current = {published.name: published for published in published_schemas()}
    found = []
    for path in sorted(BASELINE_DIR.glob("*" + _SUFFIX)):
        published = current.get(path.stem)
        if published is None:
            found.append(f"{path.name}: schema removed")
            continue
        frozen = orjson.loads(path.read_bytes())
        changes = incompatible_changes(frozen, published.document, published.direction)
        found += [f"{path.name}: {change}" for change in changes]
    return found


def _to_bytes(document: Document) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _write() -> None:
    PUBLISHED_DIR.mkdir(exist_ok=True)
    for name in differing_files():
        content = published_files().get(name)
        path = PUBLISHED_DIR / name
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)


def _freeze() -> None:
    BASELINE_DIR.mkdir(exist_ok=True)
    for published in published_schemas():
        (BASELINE_DIR / (published.name + _SUFFIX)).write_bytes(_to_bytes(published.document))


def main(arguments: list[str]) -> int:
    """Exit status: 0 all is well, 1 files differ or a change is incompatible, 2 wrong usage."""
    if arguments not in ([], ["--check"], ["--freeze"]):
        print("usage: python -m schemas.publish [--check | --freeze]", file=sys.stderr)
        return 2
    if not arguments:
        _write()
        return 0
    problems = [f"{name}: differs from the models; run python -m schemas.publish" for name in differing_files()]
    problems += incompatibilities()
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems and arguments == ["--freeze"]:
        _freeze()
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
