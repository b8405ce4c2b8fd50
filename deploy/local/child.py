"""The program that supervisord really starts: `child.py SPEC.json`, which becomes the program that the spec names.

It asks the kernel to kill it when supervisord dies (prctl PR_SET_PDEATHSIG, kept over exec), so that nothing outlives a
supervisord that got kill -9, then changes folder and becomes `argv` with exactly the environment of the spec on top of
the inherited one. Stands alone (standard library only), so that it can be run by path in a bare interpreter.
"""

import ctypes
import json
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
"""From <linux/prctl.h>."""


def main(spec_path: str) -> None:
    spec = json.loads(Path(spec_path).read_text(encoding="utf-8"))
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    supervisor_pid = int(Path(spec["supervisor_pid_file"]).read_text(encoding="ascii"))
    if os.getppid() != supervisor_pid:  # it died before the request above could take effect
        sys.exit("supervisord is gone; not starting")
    os.chdir(spec["folder"])
    os.execvpe(spec["argv"][0], spec["argv"], {**os.environ, **spec["env"]})


if __name__ == "__main__":
    main(sys.argv[1])
