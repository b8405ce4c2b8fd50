"""Kafka's jars: fetched by jgo one by one from a lock, never by resolving a dependency graph.

jgo's own resolution of the graph can downgrade kafka-clients without a word, so the lock names every jar and its hash.
"""

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from jgo.maven import MavenContext, PythonResolver

from deploy.local.cache import scratch
from deploy.local.errors import LocalError, Progress
from deploy.local.files import sha256_of

KAFKA_VERSION = "4.3.1"
LOCK_FILE = Path(__file__).with_name(f"kafka-{KAFKA_VERSION}-jars.lock")

_NEEDED_BYTES = 150 << 20
_TIMEOUT_SECONDS = 60
_PARALLEL = 4
_TRIES = 3


@dataclass(frozen=True)
class Jar:
    """One jar of the lock: Maven coordinates and the SHA-256 of the file."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def filename(self) -> str:
        return f"{self.artifact}-{self.version}.jar"


def locked_jars() -> tuple[Jar, ...]:
    """Return the jars of the lock file, in its order."""
    return tuple(Jar(*line.split()) for line in LOCK_FILE.read_text(encoding="ascii").splitlines() if line.strip())


def jars_dir(cache_dir: Path) -> Path:
    """Return the folder of the cache in which the jars lie side by side."""
    return cache_dir / f"kafka-{KAFKA_VERSION}"


def missing_jars(cache_dir: Path) -> list[Jar]:
    """Return the jars that are absent from the cache or whose bytes are not those of the lock."""
    folder = jars_dir(cache_dir)
    return [jar for jar in locked_jars() if not _is_good(folder / jar.filename, jar)]


def fetch_jars(cache_dir: Path, progress: Progress) -> Path:
    """Make every jar of the lock be in the cache, and return their folder. Raises LocalError when one can't be had."""
    if missing_jars(cache_dir):
        with scratch(cache_dir, _NEEDED_BYTES, progress) as folder:
            missing = missing_jars(cache_dir)
            jars_dir(cache_dir).mkdir(exist_ok=True)
            context = MavenContext(repo_cache=folder, resolver=PythonResolver(), timeout=_TIMEOUT_SECONDS)
            with ThreadPoolExecutor(_PARALLEL) as pool:
                futures = [pool.submit(_fetch, context, jar, cache_dir) for jar in missing]
                try:
                    for done, future in enumerate(as_completed(futures), start=1):
                        future.result()
                        progress("downloading Kafka's jars", done, len(missing))
                except BaseException:
                    pool.shutdown(wait=True, cancel_futures=True)
                    raise
    return jars_dir(cache_dir)


def _is_good(path: Path, jar: Jar) -> bool:
    return path.is_file() and sha256_of(path) == jar.sha256


def _fetch(context: MavenContext, jar: Jar, cache_dir: Path) -> None:
    artifact = context.project(jar.group, jar.artifact).at_version(jar.version).artifact()
    for attempt in range(1, _TRIES + 1):
        try:
            path = artifact.resolve()
            break
        except (OSError, RuntimeError, AssertionError) as error:
            if artifact.cached_path is not None:
                artifact.cached_path.unlink(missing_ok=True)  # the half of it that came
            if attempt == _TRIES:
                raise LocalError(
                    f"could not download {jar.filename} ({type(error).__name__}). Check the network and run it again; "
                    "what is already there is kept."
                ) from error
    if not _is_good(path, jar):
        raise LocalError(
            f"{jar.filename} was downloaded but is not the expected file (SHA-256 differs). Run it again; "
            "if it happens again, the repository or a proxy in between is serving something else."
        )
    path.replace(jars_dir(cache_dir) / jar.filename)
