"""One sink as a process of its own: the settings come from its environment."""

import sys

from runtime.logs import configure_logs
from runtime.settings import load_settings
from sinks.main import run_sink
from tests.sinks.crash import arm_crash
from tests.sinks.forgetful import forget_metadata

if __name__ == "__main__":
    settings = load_settings()
    configure_logs(settings.log_level, settings.log_format)
    arm_crash()
    forget_metadata()
    sys.exit(run_sink(settings))
