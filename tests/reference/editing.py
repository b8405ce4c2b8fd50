"""Copies of River Town with changed files."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.reference import RIVER_TOWN


def copy_of(folder: Path, to: Path) -> Path:
    """A copy of a pack at `to`."""
    return Path(shutil.copytree(folder, to))


def edited(to: Path, **changes: tuple[str, str]) -> Path:
    """River Town at `to`; each keyword is a file without `.csv`, its value an old text, there once, and the new one."""
    copy_of(RIVER_TOWN, to)
    for name, (old, new) in changes.items():
        file = to / f"{name}.csv"
        content = file.read_text()
        assert content.count(old) == 1, f"{old!r} is {content.count(old)} times in {name}"
        file.write_text(content.replace(old, new))
    return to
