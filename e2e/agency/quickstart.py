"""Runs the quick start of services/slot/README.md as it stands there. See test.sh."""

import os
import re
import subprocess
from pathlib import Path

README = Path(__file__).parents[2] / "services/slot/README.md"
BLOCK = re.compile(r"<!-- quick start: (\w+) -->\n```sh\n(.*?)```", re.DOTALL)


def commands(part):
    """The commands of one part, `connect` or `use`."""
    return dict(BLOCK.findall(README.read_text()))[part]


def run(script, folder, **variables):
    """Runs commands as somebody who has the program in their path; what they printed."""
    path = f"{Path(os.environ['FAIRTERMIN']).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **variables}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout
