"""The peers' own Python environment: they need other versions of some packages than the pipeline does."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Final

from runtime.settings import PROJECT_DIR

_REQUIREMENTS: Final = PROJECT_DIR / "requirements" / "bench.txt"
_FOLDER: Final = PROJECT_DIR / ".venv" / "bench"


def peers_python() -> Path:
    """The interpreter of `.venv/bench`, which is made at the first call and again when its list has changed.

    Raises CalledProcessError when a package cannot be installed.
    """
    python, stamp = _FOLDER / "bin" / "python", _FOLDER / ".installed"
    wanted = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("installing the peers into .venv/bench", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(_FOLDER)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(_REQUIREMENTS)], check=True)
        stamp.write_text(wanted)
    return python
