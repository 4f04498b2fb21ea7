"""`python -m simhouse scenarios FILE...`: steady-state scenarios through ceilings, demands and allocation only."""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from .scenario_run import Outcome, run_scenario

MODULES = Path(__file__).resolve().parent.parent / "pyscript" / "modules"
"""Where the package is: this command runs its thinking directly, without a host."""


def main(argv: list[str]) -> int:
    """Run scenario files; 0 when every scored scenario passes, 1 when one fails, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m simhouse scenarios", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a scenario file (JSON)")
    parser.add_argument("--json", action="store_true", help="one JSON object a scenario instead of a line of text")
    wanted = parser.parse_args(argv)
    if str(MODULES) not in sys.path:
        sys.path.insert(0, str(MODULES))
    passed = failed = unscored = 0
    for file in wanted.files:
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            simulation, scenarios = found["simulation"], found["scenarios"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            print(f"{file}: not a scenario file: {type(error).__name__} {error}", file=sys.stderr)
            return 2
        for scenario in scenarios:
            outcome = _outcome(simulation, scenario)
            passed, failed = passed + (outcome.passed is True), failed + (outcome.passed is False)
            unscored += outcome.passed is None
            print(json.dumps(outcome.as_json()) if wanted.json else outcome.as_line(), flush=True)
    if not wanted.json:
        print(f"{passed} passed, {failed} failed, {unscored} not scored")
    return 1 if failed else 0


def _outcome(simulation: dict[str, Any], scenario: dict[str, Any]) -> Outcome:
    """What came of one scenario; one that is malformed fails and says where."""
    engine = importlib.import_module("simhouse.scenario_engine").Engine
    try:
        return run_scenario(simulation, scenario, engine(scenario))
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError) as error:
        name = scenario.get("id", "?") if isinstance(scenario, dict) else "?"
        return Outcome(str(name), False, {}, {}, [f"malformed scenario: {type(error).__name__} {error}"])
