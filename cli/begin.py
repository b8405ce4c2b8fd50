"""How a stage begins: its settings, its logs, and a warning for each variable that is no setting."""

from __future__ import annotations

import logging
from typing import Final

from runtime.logs import configure_logs
from runtime.settings import Settings, load_settings, unknown_variables

STAGES: Final = frozenset({"process", "sink", "detect"})
"""The commands that begin so; the others are told by the command itself, before they run."""

_log: Final = logging.getLogger(__name__)


def begin() -> Settings:
    """The settings of this stage, its logs being configured. Raises ConfigurationError."""
    settings = load_settings()
    configure_logs(settings.log_level, settings.log_format)
    for line in unknown_variables():
        _log.warning(line)
    return settings
