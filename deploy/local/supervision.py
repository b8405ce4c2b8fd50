"""supervisord as the one process that starts, restarts and stops everything of an instance.

Its configuration is made from a list of programs in the order in which they start; they stop in the opposite order, one
after the other. Each program is a group of its own, named by a spec file whose name holds the digest of the program, so
that supervisord itself sees which programs changed. Control is its XML-RPC over a unix socket.
"""

import hashlib
import http.client
import os
import resource
import socket
import stat
import subprocess
import sys
import tempfile
import xmlrpc.client
from json import dumps
from pathlib import Path
from typing import Any

from deploy.local.errors import LocalError
from deploy.local.files import last_line, write_atomically
from deploy.local.program import Program, ProgramStatus

LOG_BYTES = 10 << 20
LOG_BACKUPS = 3

_CHILD = Path(__file__).with_name("child.py")
_SUPERVISORD = Path(__file__).with_name("supervisord_process.py")
_RPC_SECONDS = 30.0
_STOP_CALL_SECONDS = 3600.0
"""Longer than any grace: the call returns when the program has stopped, by SIGKILL if need be."""
_START_SECONDS = 60.0
_SOCKET_PATH_BYTES = 107 - len(".4194304")
"""sun_path holds 108 bytes with its closing zero (unix(7)); supervisord first binds to the path with its pid added."""
_FILES = 65536
_IDLE = frozenset({"BACKOFF", "FATAL", "EXITED", "STOPPED"})
_UNFIT = '"%;#\n\r'


class Supervisor:
    """The supervisord of one instance, whose files are in `folder` and whose programs log to `logs`."""

    def __init__(self, folder: Path, logs: Path) -> None:
        self.folder = folder
        self.logs = logs
        self.pid_file = folder / "supervisord.pid"
        self.log = logs / "supervisord.log"
        self._socket = socket_path(folder)
        self._config = folder / "supervisord.conf"

    def start(self, programs: list[Program]) -> None:
        """Start supervisord with these programs. Raises LocalError when it does not come up."""
        self.remove_socket()
        self.pid_file.unlink(missing_ok=True)
        if self._socket.parent != self.folder:
            _private_folder(self._socket.parent)
        self._write(programs)
        clean = {name: value for name, value in os.environ.items() if not name.startswith("COMPLAINTS_")}
        command = [sys.executable, "-P", str(_SUPERVISORD), "-c", str(self._config)]
        try:
            done = subprocess.run(
                command, cwd=self.folder, env=clean, capture_output=True, text=True, timeout=_START_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise LocalError(f"supervisord did not start in {_START_SECONDS:.0f} s; log: {self.log}") from error
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or ["no message"])[0]
            raise LocalError(f"supervisord did not start: {reason} (log: {self.log})")
        self._forget_specs_but(programs)

    def apply(self, programs: list[Program]) -> None:
        """Make the running supervisord run exactly these programs: new ones start, changed ones restart, others stop.

        A program that waits between failed starts, or was stopped by hand, is started anew at once.
        """
        self._write(programs)
        [[_, changed, removed]] = self._call("supervisor.reloadConfig")
        running = set()
        for state in reversed(self.states()):
            if state.name in {*changed, *removed} or state.state in _IDLE:
                self.stop(state.name)
                self._call("supervisor.removeProcessGroup", state.name)
            else:
                running.add(state.name)
        for program in programs:
            if program.name not in running:
                self._call("supervisor.addProcessGroup", program.name)
        self._forget_specs_but(programs)

    def stop(self, name: str) -> None:
        """Stop one program, by SIGKILL when its grace is over; returns when it does not run any more."""
        self._call("supervisor.stopProcessGroup", name, seconds=_STOP_CALL_SECONDS)

    def states(self) -> list[ProgramStatus]:
        """Return the state of every program in the order of their start."""
        rows: list[dict[str, Any]] = self._call("supervisor.getAllProcessInfo")
        order = self._order()
        states = [
            ProgramStatus(
                row["name"],
                row["statename"],
                row["pid"],
                row["now"] - row["start"] if row["pid"] else 0,
                row["spawnerr"] or ("" if row["pid"] else row["description"]),
                self.log_of(row["name"]),
            )
            for row in rows
        ]
        return sorted(states, key=lambda state: order.index(state.name) if state.name in order else len(order))

    def log_of(self, name: str) -> Path:
        """Return the file into which a program's output goes."""
        return self.logs / f"{name}.log"

    def pid(self) -> int | None:
        """Return the pid of the supervisord that answers on this instance's socket, or None when none does."""
        try:
            return int(self._call("supervisor.getPID", seconds=5.0))
        except LocalError:
            return None

    def shut_down(self) -> None:
        """Ask supervisord to stop everything in order and then itself; returns at once."""
        self._call("supervisor.shutdown")

    def remove_socket(self) -> None:
        """Remove the socket, and the short folder made for it, if any."""
        self._socket.unlink(missing_ok=True)
        if self._socket.parent != self.folder and self._socket.parent.is_dir():
            self._socket.parent.rmdir()

    def _order(self) -> list[str]:
        lines = self._config.read_text(encoding="utf-8").splitlines()
        return [line[len("[program:") : -1] for line in lines if line.startswith("[program:")]

    def _write(self, programs: list[Program]) -> None:
        for program in programs:
            spec = {
                "argv": program.argv,
                "env": dict(program.env),
                "folder": program.folder,
                "supervisor_pid_file": str(self.pid_file),
            }
            write_atomically(self._spec(program), dumps(spec))
        write_atomically(self._config, self._text(programs))

    def _spec(self, program: Program) -> Path:
        return self.folder / f"{program.name}.{program.digest}.json"

    def _forget_specs_but(self, programs: list[Program]) -> None:
        kept = {self._spec(program) for program in programs}
        for path in self.folder.glob("*.*.json"):
            if path not in kept:
                path.unlink(missing_ok=True)

    def _text(self, programs: list[Program]) -> str:
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        files = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
        sections = [
            f"[supervisord]\nlogfile={self.log}\nlogfile_maxbytes={LOG_BYTES}\nlogfile_backups={LOG_BACKUPS}\n"
            f"pidfile={self.pid_file}\nminfds={files}\nminprocs=1\nnocleanup=true\numask=077\n",
            f"[unix_http_server]\nfile={self._socket}\nchmod=0700\n",
            "[rpcinterface:supervisor]\n"
            "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n",
        ]
        for priority, program in enumerate(programs, start=1):
            command = f'"{sys.executable}" -I -S "{_CHILD}" "{self._spec(program)}"'
            sections.append(
                f"[program:{program.name}]\ncommand={command}\npriority={priority}\nautostart=true\nautorestart=true\n"
                # It waits 1, 2, 3 ... seconds between failed starts, and never gives up.
                f"startsecs={program.start_seconds}\nstartretries=1000000\n"
                f"stopsignal=TERM\nstopwaitsecs={program.stop_seconds}\nkillasgroup=true\nredirect_stderr=true\n"
                f"stdout_logfile={self.log_of(program.name)}\nstdout_logfile_maxbytes={LOG_BYTES}\n"
                f"stdout_logfile_backups={LOG_BACKUPS}\n"
            )
        return "\n".join(sections)

    def _call(self, method: str, *arguments: object, seconds: float = _RPC_SECONDS) -> Any:
        proxy = xmlrpc.client.ServerProxy("http://supervisor", transport=_UnixTransport(self._socket, seconds))
        try:
            with proxy:
                return getattr(proxy, method)(*arguments)
        except xmlrpc.client.Fault as fault:
            raise LocalError(f"supervisord refused {method}: {fault.faultString} (log: {self.log})") from fault
        except (OSError, http.client.HTTPException, xmlrpc.client.ProtocolError) as error:
            reason = last_line(self.log) or "no log"
            raise LocalError(
                f"supervisord does not answer ({type(error).__name__}); its log {self.log} ends with: {reason}"
            ) from error


class _UnixTransport(xmlrpc.client.Transport):
    """XML-RPC over a unix socket, with a time limit."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__()
        self._path = path
        self._seconds = seconds

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        connection = _UnixConnection(self._path, self._seconds)
        self._connection = host, connection  # where the base class looks for what it has to close
        return connection


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__("supervisor", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def socket_path(folder: Path) -> Path:
    """Return the place of the control socket: in `folder`, or in a short folder below the system's temporary one, named
    by the user and a hash of `folder`, when the path would be too long for a socket."""
    path = folder / "supervisor.sock"
    if len(os.fsencode(path)) <= _SOCKET_PATH_BYTES:
        return path
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"complaints-{os.getuid()}-{name}" / "supervisor.sock"


def check_path(path: Path) -> None:
    """Raise LocalError when supervisord's configuration could not hold this path."""
    if any(character in str(path) for character in _UNFIT):
        raise LocalError(f"the path {path} holds one of the characters {_UNFIT!r}. Choose another folder.")


def _private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise LocalError(f"{folder} belongs to somebody else or is open to others. Remove it, or use a shorter folder.")
