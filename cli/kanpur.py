"""The pack that ships, filled with invented consumers and transformers; made once per user and kept."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Final

from cli.output import Report
from reference.maker import complete_pack
from runtime.settings import PROJECT_DIR

SHIPPED_PACK: Final = PROJECT_DIR / "deploy" / "reference" / "kanpur"
CONSUMERS: Final = 700_000
TRANSFORMERS: Final = 7_000
SEED: Final = 1


def kanpur_pack(cache_dir: Path, report: Report) -> Path:
    """The whole pack of Kanpur, in the cache; made at the first call and whenever the shipped pack or maker changes."""
    folder = cache_dir / "reference" / f"kanpur-{_fingerprint()}"
    if not folder.is_dir():
        report("inventing 700,000 consumers for Kanpur (once)", 0, 0)
        draft = folder.with_name(f".{folder.name}.{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        complete_pack(SHIPPED_PACK, draft, seed=SEED, consumers=CONSUMERS, transformers=TRANSFORMERS)
        try:
            draft.rename(folder)
        except OSError:
            shutil.rmtree(draft)  # another process was faster
    return folder


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{SEED} {CONSUMERS} {TRANSFORMERS}".encode())
    for path in [*sorted(SHIPPED_PACK.glob("*.csv")), *sorted((PROJECT_DIR / "reference").glob("maker*.py"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
