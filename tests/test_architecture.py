"""The house's own rules: imports point one way, files stay short, the pure core does no I/O."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
STAGES: Final = ("producers", "stream_processors", "sinks", "insight", "deploy")
ORDER: Final = {"schemas": 0, "runtime": 1, "reference": 2, **dict.fromkeys(STAGES, 3), "cli": 4}
PURE: Final = ("stream_processors/enrichment", "stream_processors/handle.py", "schemas")
IMPURE_MODULES: Final = frozenset(
    {"os", "time", "socket", "subprocess", "confluent_kafka", "faust", "clickhouse_driver"}
)
PUBLISHING: Final = frozenset({"schemas/publish.py"})
"""Run by hand to write the published files; not part of what processes import."""


def sources() -> list[Path]:
    return sorted(path for package in ORDER for path in (ROOT / package).rglob("*.py"))


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)}: relative import"
            yield node.module or ""


def test_imports_point_up_the_house_and_never_sideways() -> None:
    broken = []
    for path in sources():
        here = path.relative_to(ROOT).parts[0]
        for module in imported_modules(path):
            there = module.partition(".")[0]
            if there in ORDER and there != here and ORDER[there] >= ORDER[here]:
                broken.append(f"{path.relative_to(ROOT)} imports {module}")
            if there in ("tests", "benchmarks"):
                broken.append(f"{path.relative_to(ROOT)} imports {module}")
    assert not broken, "\n".join(broken)


def test_only_settings_reads_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert {name for name in readers if not name.startswith("deploy/")} == {"runtime/settings.py"}


@pytest.mark.parametrize("place", PURE)
def test_the_pure_core_touches_no_edge(place: str) -> None:
    files = [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
    assert files
    broken = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files
        if str(path.relative_to(ROOT)) not in PUBLISHING
        for module in imported_modules(path)
        if module.partition(".")[0] in IMPURE_MODULES
    ]
    assert not broken, "\n".join(broken)


def test_no_file_holds_more_than_it_should() -> None:
    long = {
        str(path.relative_to(ROOT)): lines for path in sources() if (lines := len(path.read_text().splitlines())) > 400
    }
    assert not long
