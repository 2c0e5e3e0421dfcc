"""Runs the quick start of services/slot/api/README.md as it stands there. See test.sh."""

import contextlib
import os
import re
import signal
import subprocess
from pathlib import Path

README = Path(__file__).parents[2] / "services/slot/api/README.md"
BLOCK = re.compile(r"<!-- quick start: ([\w-]+) -->\n```sh\n(.*?)```", re.DOTALL)


def commands(part):
    """The commands of one part: `connect`, `use`, `register`, `log-in` or `act`."""
    return dict(BLOCK.findall(README.read_text()))[part]


def begun(script, folder, **variables):
    """Commands that run on, of somebody who has the program in their path."""
    path = f"{Path(os.environ['FAIRTERMIN']).parent}:{os.environ['PATH']}"
    return subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # So that whoever gives up can end all of it.
        start_new_session=True,
    )


def end(process):
    """Ends commands and what they started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def run(script, folder, **variables):
    """Runs commands; what they printed."""
    with begun(script, folder, **variables) as done:
        printed, said = done.communicate(timeout=60)
    assert done.returncode == 0, f"{script}\n{printed}\n{said}"
    return printed
