"""`python -m simhouse scenarios FILE...`: steady-state scenarios through ceilings, demands and allocation only."""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from ..host.package_path import reach_package
from ..scenarios.run import Outcome, run_scenario
from ..scenarios.shape import mistakes_in_scenario, mistakes_in_simulation

FORMAT = "loadbalance-scenarios/1"


def main(argv: list[str]) -> int:
    """Run scenario files; 0 when every scored scenario passes, 1 when one fails, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m simhouse scenarios", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a scenario file (JSON)")
    parser.add_argument("--json", action="store_true", help="one JSON object a scenario instead of a line of text")
    wanted = parser.parse_args(argv)
    try:
        return _run_files(wanted.files, wanted.json)
    except BrokenPipeError:
        # Whoever read this has seen enough; what Python would still flush at its exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run_files(files: list[Path], as_json: bool) -> int:
    passed = failed = unscored = unreadable = 0
    for file in files:
        try:
            simulation, scenarios = _read_scenarios(file)
        except (OSError, ValueError, RecursionError) as error:
            print(f"{file}: not a scenario file: {error}", file=sys.stderr)
            unreadable += 1
            continue
        for outcome in _outcomes(file, simulation, scenarios):
            passed, failed = passed + (outcome.passed is True), failed + (outcome.passed is False)
            unscored += outcome.passed is None
            print(json.dumps(outcome.as_json(), allow_nan=False) if as_json else outcome.as_line(), flush=True)
    if not as_json:
        print(f"{passed} passed, {failed} failed, {unscored} not scored", flush=True)
    return 2 if unreadable else int(failed > 0)


def _read_scenarios(file: Path) -> tuple[dict[str, Any], list[Any]]:
    """Return the simulation's numbers and the scenarios of a file; OSError or ValueError without them."""
    found = json.loads(file.read_text(encoding="utf-8-sig"), parse_constant=_refuse)
    if not isinstance(found, dict) or not isinstance(found.get("scenarios"), list):
        raise ValueError("it has no list of scenarios")
    if found.get("format", FORMAT) != FORMAT:
        raise ValueError(f"its format is {found['format']!r}, expected {FORMAT!r}")
    mistakes = mistakes_in_simulation(found.get("simulation"))
    if mistakes:
        raise ValueError("; ".join(mistakes))
    return found["simulation"], found["scenarios"]


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number")


def _outcomes(file: Path, simulation: dict[str, Any], scenarios: list[Any]) -> Iterator[Outcome]:
    """Yield the outcome of each scenario; a malformed one fails with its mistakes and is not run."""
    reach_package()
    engine = importlib.import_module("simhouse.scenarios.engine").Engine
    for place, scenario in enumerate(scenarios):
        mistakes = mistakes_in_scenario(scenario)
        if mistakes:
            name = scenario.get("id") if isinstance(scenario, dict) else None
            errors = [f"{file}: malformed scenario: {mistake}" for mistake in mistakes]
            yield Outcome(name if isinstance(name, str) else f"scenarios[{place}]", False, {}, {}, errors)
        else:
            yield run_scenario(simulation, scenario, engine(scenario))
