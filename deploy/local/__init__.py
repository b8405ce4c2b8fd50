"""Kafka and ClickHouse on one machine, from Python alone: downloaded, configured, supervised, stopped in order.

Start at `LocalInstance`; `doctor` says what a machine lacks. How it works is told in docs/local.md.
"""

from deploy.local.doctor import Check, doctor
from deploy.local.errors import LocalError, Progress
from deploy.local.instance import Endpoints, LocalInstance, Service
from deploy.local.ports import Ports
from deploy.local.program import ProgramStatus

__all__ = [
    "Check",
    "Endpoints",
    "LocalError",
    "LocalInstance",
    "Ports",
    "ProgramStatus",
    "Progress",
    "Service",
    "doctor",
]
