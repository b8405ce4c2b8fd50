"""What an instance notes down for its next start: `instance.json` in its data folder."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from deploy.local.files import write_atomically
from deploy.local.ports import ChosenPorts
from deploy.local.process import ProcessId


@dataclass(frozen=True)
class InstanceState:
    """The ports in use or last used, and the supervisor that was started last; None after an orderly stop."""

    ports: ChosenPorts | None = None
    supervisor: ProcessId | None = None

    @property
    def held_ports(self) -> ChosenPorts | None:
        """The ports that this instance listens on now; None when its supervisor does not run."""
        return self.ports if self.supervisor is not None and self.supervisor.alive else None


def read_state(data_dir: Path) -> InstanceState:
    """Return what was noted down; an instance that never ran has nothing."""
    path = data_dir / "instance.json"
    if not path.is_file():
        return InstanceState()
    noted = json.loads(path.read_text(encoding="utf-8"))
    ports, supervisor = noted["ports"], noted["supervisor"]
    return InstanceState(ChosenPorts(**ports) if ports else None, ProcessId(**supervisor) if supervisor else None)


def write_state(data_dir: Path, state: InstanceState) -> None:
    """Note it down."""
    write_atomically(data_dir / "instance.json", json.dumps(asdict(state), indent=1))
