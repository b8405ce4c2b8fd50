"""Which ports the servers of an instance listen on."""

import random
import socket
from dataclasses import asdict, dataclass, fields

from deploy.local.errors import LocalError

ADDRESS = "127.0.0.1"

_FREE_RANGE = range(20_000, 32_000)
"""Below Linux's ephemeral range (32768-60999): an outgoing connection can't take the port while it is down."""
_TRIES = 200


@dataclass(frozen=True)
class Ports:
    """The ports an instance is asked to use; None means any free one, kept for the next start."""

    kafka: int | None = None
    kafka_controller: int | None = None
    clickhouse_native: int | None = None
    clickhouse_http: int | None = None


@dataclass(frozen=True)
class ChosenPorts:
    """The ports an instance uses."""

    kafka: int
    kafka_controller: int
    clickhouse_native: int
    clickhouse_http: int


def is_free(port: int) -> bool:
    """Say whether a server could listen on 127.0.0.1 at this port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def choose_ports(asked: Ports, kept: ChosenPorts | None, held: ChosenPorts | None) -> ChosenPorts:
    """Choose every port: the asked one, else the kept one of the last start, else a free one.

    `held` are the ports that this very instance listens on now, which count as free. A kept port that somebody else has
    taken meanwhile is replaced by another free one. Raises LocalError, naming every asked port that is taken or asked
    twice.
    """
    ours = set(asdict(held).values()) if held else set()
    wanted = {name: port for name, port in asdict(asked).items() if port is not None}
    taken = [f"{port} ({name})" for name, port in wanted.items() if port not in ours and not is_free(port)]
    if taken:
        raise LocalError(
            f"port {', '.join(taken)} is taken by another program. Stop that program, or give another "
            "port, or give none and a free one is found."
        )
    if len(set(wanted.values())) < len(wanted):
        raise LocalError(f"the same port is given twice among {', '.join(wanted)}. Give each its own, or none.")
    chosen = dict(wanted)
    for name in (field.name for field in fields(ChosenPorts)):
        if name not in chosen:
            last: int | None = getattr(kept, name, None)
            usable = last is not None and last not in chosen.values() and (last in ours or is_free(last))
            chosen[name] = last if last is not None and usable else free_port(set(chosen.values()) | ours)
    return ChosenPorts(**chosen)


def free_port(excluded: set[int]) -> int:
    """Return a port of 127.0.0.1 that nobody listens on and that is not among `excluded`. Raises LocalError."""
    for port in random.sample(_FREE_RANGE, _TRIES):
        if port not in excluded and is_free(port):
            return port
    raise LocalError(f"no free port found between {_FREE_RANGE.start} and {_FREE_RANGE.stop}. Give ports.")
