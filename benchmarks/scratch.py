"""Where a benchmark keeps what it needs while it runs."""

from __future__ import annotations

import tempfile

from runtime.settings import PROJECT_DIR


def scratch(prefix: str) -> tempfile.TemporaryDirectory[str]:
    """A new folder on the project's own disk, to be entered; it is gone afterwards."""
    data = PROJECT_DIR / ".data"
    data.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=prefix, dir=data)
