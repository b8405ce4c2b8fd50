"""Whether this machine can run the servers at all."""

import platform
import shutil
import sys
from pathlib import Path

from deploy.local.errors import LocalError

DATA_BYTES = 1 << 30
"""Free space below which an instance is not started: Kafka and ClickHouse end or refuse writes on a full disk."""


def machine() -> str:
    """Say in a few words what this machine is."""
    libc, version = platform.libc_ver()
    return f"{sys.platform} {platform.machine()} {libc or 'unknown libc'} {version}".strip()


def is_supported() -> bool:
    """Say whether it is Linux on x86_64 with glibc, for which the pinned ClickHouse library is built."""
    return sys.platform == "linux" and platform.machine() == "x86_64" and platform.libc_ver()[0] == "glibc"


def check_machine() -> None:
    """Raise LocalError when the machine is not supported."""
    if not is_supported():
        raise LocalError(
            f"Kafka and ClickHouse without containers run on Linux x86_64 with glibc only; this is {machine()}. "
            "Use containers, or point the settings at servers that run elsewhere."
        )


def require_space(folder: Path, needed_bytes: int) -> None:
    """Raise LocalError when the disk of `folder`, which exists, has less than `needed_bytes` free."""
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise LocalError(
            f"not enough disk space below {folder}: {free >> 20} MiB free, {needed_bytes >> 20} MiB needed. "
            "Free some, or choose another folder."
        )
