"""Real servers out of the warm cache, shared by the tests of this folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from deploy.local import Endpoints, LocalInstance, Ports
from deploy.local.process import await_true
from runtime.settings import Settings

CACHE_DIR: Path = Settings.model_fields["cache_dir"].get_default(call_default_factory=True)
USERS = Path(__file__).with_name("users.xml")
PASSWORD = {"COMPLAINTS_TEST_PASSWORD": "pw"}


def silent(_message: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def make_instance(data_dir: Path, ports: Ports | None = None) -> LocalInstance:
    return LocalInstance(data_dir, CACHE_DIR, USERS, PASSWORD, ports or Ports())


def processes_of(data_dir: Path) -> list[psutil.Process]:
    """Every process with a file of this instance in its command line or open."""
    found = []
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), process.cwd()]
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
        if any(str(data_dir) in word for word in words):
            found.append(process)
    return found


def pid_of(instance: LocalInstance, name: str) -> int:
    return next(row.pid for row in instance.status() if row.name == name)


def must_become_true(condition: Callable[[], bool], seconds: float) -> None:
    assert await_true(condition, seconds), "the condition did not come true in time"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("local") / "a folder, odd: \N{DEVANAGARI LETTER KA}"


@pytest.fixture(scope="module")
def instance(data_dir: Path) -> Iterator[LocalInstance]:
    instance = make_instance(data_dir)
    yield instance
    instance.stop(silent)


@pytest.fixture
def endpoints(instance: LocalInstance) -> Endpoints:
    """The shared instance, running: started again when the test before took it down."""
    return instance.start_servers(silent)
