"""One running copy of the pipeline's servers and services, with all its files below one data folder.

    instance = LocalInstance(data_dir, cache_dir, users_config, server_env={"COMPLAINTS_WRITER_PASSWORD": "..."})
    endpoints = instance.start_servers(progress)          # Kafka and ClickHouse answer when this returns
    instance.start_services([Service("sink", (sys.executable, "-m", "cli.main", "sink"), env, ready_url, 30)], progress)
    ...
    instance.stop(progress)                               # nothing of it runs any more; the data stay

Every call may come from another process than the one before: what is known of an instance is in its data folder.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from deploy.local import clickhouse, kafka
from deploy.local.errors import LocalError, Progress
from deploy.local.files import last_line, locked, make_folder, write_atomically
from deploy.local.http import answers
from deploy.local.jars import fetch_jars
from deploy.local.java import fetch_java
from deploy.local.libchdb import fetch_library
from deploy.local.machine import DATA_BYTES, check_machine, require_space
from deploy.local.ports import ADDRESS, Ports, choose_ports, is_free
from deploy.local.process import ProcessId, await_true, process_of
from deploy.local.program import Program, ProgramStatus, from_json, to_json
from deploy.local.state import InstanceState, read_state, write_state
from deploy.local.supervision import Supervisor, check_path

SERVERS = ("kafka", "clickhouse")
SERVICE_START_SECONDS = 3
READY_SECONDS = 120.0
MEMORY_BYTES = 4 << 30

_POLL_SECONDS = 0.1
_FAILED_STARTS = 3
_KILL_SECONDS = 10.0


@dataclass(frozen=True)
class Endpoints:
    """Where the servers of an instance are reached."""

    kafka_bootstrap: str
    clickhouse_host: str
    clickhouse_native_port: int
    clickhouse_http_port: int


@dataclass(frozen=True)
class Service:
    """A further process of the pipeline, to be supervised.

    `env` is laid over the environment of the first `start_servers`, without its COMPLAINTS_ names; `ready_url` answers
    200 when it is ready (None: running is enough); `stop_seconds` is its grace after SIGTERM.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    ready_url: str | None
    stop_seconds: int


class LocalInstance:
    """Kafka, ClickHouse and services under one supervisor. Calls of several processes wait for one another.

    Every method raises LocalError, with a message that says what to do, when the machine stands in the way.
    """

    def __init__(
        self,
        data_dir: Path,
        cache_dir: Path,
        users_config: Path,
        server_env: Mapping[str, str],
        ports: Ports = Ports(),  # noqa: B008 - frozen
        clickhouse_memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        """`server_env` holds the passwords that `users_config` takes `from_env`."""
        self.data_dir = data_dir.absolute()
        self.cache_dir = cache_dir.absolute()
        self._users_config = users_config
        self._server_env = dict(server_env)
        self._ports = ports
        self._memory_bytes = clickhouse_memory_bytes
        self._run = self.data_dir / "run"
        self._logs = self.data_dir / "logs"
        self._supervisor = Supervisor(self._run, self._logs)

    def start_servers(self, progress: Progress) -> Endpoints:
        """Download what is missing, start Kafka and ClickHouse where they do not run, and wait until both answer.

        What runs already with the same settings is left alone; services keep running.
        """
        check_machine()
        check_path(self.data_dir)
        check_path(self.cache_dir)
        make_folder(self.cache_dir)
        make_folder(self.data_dir)
        require_space(self.data_dir, DATA_BYTES)
        java = fetch_java(self.cache_dir, progress)
        jars = fetch_jars(self.cache_dir, progress)
        library = fetch_library(self.cache_dir, progress)
        with self._locked(progress):
            running = self._running()
            kept = read_state(self.data_dir).ports
            if not running:
                self._await_ports_of_the_dead()
            ports = choose_ports(self._ports, kept, kept if running else None)
            servers = [
                kafka.prepare(self.data_dir / "kafka", java, jars, ports, progress),
                clickhouse.prepare(
                    self.data_dir / "clickhouse",
                    library,
                    self._users_config,
                    self._server_env,
                    ports,
                    self._memory_bytes,
                ),
            ]
            services = [program for program in self._programs() if program.name not in SERVERS] if running else []
            bootstrap = f"{ADDRESS}:{ports.kafka}"
            try:
                self._run_programs([*servers, *services], running)
                write_state(self.data_dir, InstanceState(ports, self._supervisor_process()))
                self._await_ready(
                    "clickhouse", partial(answers, f"http://{ADDRESS}:{ports.clickhouse_http}/ping"), progress
                )
                self._await_ready("kafka", partial(kafka.is_ready, bootstrap), progress)
            except BaseException:
                if not running:
                    self._stop(progress)
                raise
        return Endpoints(bootstrap, ADDRESS, ports.clickhouse_native, ports.clickhouse_http)

    def start_services(self, services: Sequence[Service], progress: Progress) -> None:
        """Make exactly these services run, in this order, and wait until each is ready.

        One that runs as asked, at its place in the order, is left alone; one whose spec or place changed is restarted;
        one that is not named is stopped.
        """
        names = [service.name for service in services]
        if len({*names, *SERVERS}) < len(names) + len(SERVERS):
            raise LocalError(f"two services have the same name, or the name of a server: {', '.join(names)}")
        with self._locked(progress):
            if not self._running():
                raise LocalError(f"nothing runs in {self.data_dir}: start the servers first.")
            programs = [program for program in self._programs() if program.name in SERVERS]
            programs += [
                Program(
                    service.name,
                    service.argv,
                    service.env,
                    str(self.data_dir),
                    SERVICE_START_SECONDS,
                    service.stop_seconds,
                )
                for service in services
            ]
            self._run_programs(programs, running=True)
            for service in services:
                self._await_ready(
                    service.name, partial(answers, service.ready_url) if service.ready_url else None, progress
                )

    def stop(self, progress: Progress) -> None:
        """Stop services in reverse order, then ClickHouse, then Kafka, each with its own grace, then the supervisor.

        Does nothing when nothing runs. A supervisor that does not answer is killed, and its programs with it.
        """
        if not self._run.is_dir():
            return
        with self._locked(progress):
            self._stop(progress)

    def status(self) -> list[ProgramStatus]:
        """Return every program with its state, in the order of their start; all STOPPED when nothing runs."""
        if self._running():
            return self._supervisor.states()
        return [
            ProgramStatus(program.name, "STOPPED", 0, 0, "", self._supervisor.log_of(program.name))
            for program in self._programs()
        ]

    @contextmanager
    def _locked(self, progress: Progress) -> Iterator[None]:
        for folder in (self.data_dir, self._run, self._logs):
            make_folder(folder)
        with locked(self._run / "lock", lambda: progress("another command works on this folder; waiting for it", 0, 0)):
            yield

    def _programs(self) -> list[Program]:
        path = self._run / "programs.json"
        return from_json(path.read_text(encoding="utf-8")) if path.is_file() else []

    def _supervisor_process(self) -> ProcessId | None:
        noted = read_state(self.data_dir).supervisor
        if noted is not None and noted.alive:
            return noted
        pid = self._supervisor.pid()  # a start that was killed before it could note its supervisor down
        return process_of(pid) if pid is not None else None

    def _running(self) -> bool:
        process = self._supervisor_process()
        if process is None:
            return False
        if self._supervisor.pid() != process.pid:
            raise LocalError(
                f"the supervisor of {self.data_dir} (pid {process.pid}) runs but does not answer. "
                f"Stop this instance and start it again; log: {self._supervisor.log}"
            )
        return True

    def _run_programs(self, programs: list[Program], running: bool) -> None:
        write_atomically(self._run / "programs.json", to_json(programs))
        if running:
            self._supervisor.apply(programs)
            return
        self._supervisor.start(programs)

    def _await_ports_of_the_dead(self) -> None:
        """After kill -9 of the supervisor its servers die too, but let go of their ports a moment later."""
        state = read_state(self.data_dir)
        if state.ports is not None and state.supervisor is not None:
            ports = asdict(state.ports).values()
            await_true(lambda: all(map(is_free, ports)), _KILL_SECONDS)

    def _stop(self, progress: Progress) -> None:
        supervisor = self._supervisor_process()
        if supervisor is not None:
            self._shut_down(supervisor, progress)
        write_state(self.data_dir, InstanceState(read_state(self.data_dir).ports))
        self._supervisor.remove_socket()
        self._supervisor.pid_file.unlink(missing_ok=True)

    def _shut_down(self, supervisor: ProcessId, progress: Progress) -> None:
        processes = [supervisor]
        if self._supervisor.pid() == supervisor.pid:
            states = self._supervisor.states()
            processes += [process for state in states if (process := process_of(state.pid)) is not None]
            for state in reversed(states):
                progress(f"stopping {state.name}", 0, 0)
                self._supervisor.stop(state.name)
            self._supervisor.shut_down()
            await_true(lambda: not supervisor.alive, _KILL_SECONDS)
        supervisor.kill()
        if not await_true(lambda: not any(process.alive for process in processes), _KILL_SECONDS):
            left = [process.pid for process in processes if process.alive]
            raise LocalError(f"processes {left} of {self.data_dir} did not end. Look at them with ps, and end them.")

    def _await_ready(self, name: str, ready: Callable[[], bool] | None, progress: Progress) -> None:
        """Wait until the program has outlived its `start_seconds` and `ready`, if given, says so."""
        started = time.monotonic()
        pids: set[int] = set()
        pauses = 0
        last = ""
        while True:
            state = next(state for state in self._supervisor.states() if state.name == name)
            if state.state == "RUNNING" and (ready is None or ready()):
                progress(f"{name} is ready", 0, 0)
                return
            pids |= {state.pid} - {0}
            pauses += state.state == "BACKOFF" != last
            last = state.state
            ended = max(len(pids) - 1, pauses)
            if ended >= _FAILED_STARTS or time.monotonic() - started > READY_SECONDS:
                raise self._not_ready(name, ended)
            time.sleep(_POLL_SECONDS)

    def _not_ready(self, name: str, ended: int) -> LocalError:
        log = self._supervisor.log_of(name)
        reason = last_line(log, _tells_error) or last_line(log) or "nothing"
        what = f"ended {ended} times right after its start" if ended else f"was not ready in {READY_SECONDS:.0f} s"
        return LocalError(f"{name} {what}. Its log {log} says: {reason[:300]}")


def _tells_error(line: str) -> bool:
    return any(word in line for word in ("ERROR", "FATAL", "Error", "Exception"))
