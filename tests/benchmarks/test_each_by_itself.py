"""Every benchmark can be started from a fresh clone, without setting a path."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ..compiled import COMPILED

ROOT = Path(__file__).parents[2]
IN_HOME_ASSISTANT = {"ha_latency"}
"""They run in the environment of the tests in Home Assistant."""

NAMES = sorted({path.stem for path in (ROOT / "benchmarks").glob("*.py")} - IN_HOME_ASSISTANT - {"__init__"})


def test_each_benchmark_can_be_imported_by_itself() -> None:
    tries = "\n".join(
        f"for n in [m for m in sys.modules if m == 'fusebox' or m.startswith('benchmarks')]: del sys.modules[n]\n"
        f"sys.path[:] = clean; import benchmarks.{name}"
        for name in NAMES
    )
    without = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    bare = {key: value for key, value in os.environ.items() if key not in without}
    # The package is found anew for each benchmark, which needs the path; what is below it is imported only once.
    bare["PYTHONPYCACHEPREFIX"] = str(COMPILED)
    code = f"import sys; clean = list(sys.path)\n{tries}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=bare, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
