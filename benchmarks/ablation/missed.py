"""Checks whether a fault or a test notices a rule that is off: those of rules.toml one by one, faults and laws first.

    python -m benchmarks.ablation.missed [--results FILE] [--only control/demand] [--workers 2]

Each rule is switched off in a copy of the project. Results of this code are stored in a journal next to FILE.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from benchmarks.scenes.direct_play import hash_of_code
from simhouse.sweep.results import Journal
from tests.mutants.__main__ import Copy

from .measured import NOTICED
from .rules import OFF, RULES, Rule

FAULT = "fault "
LONGEST_S = 300.0


def main(argv: Sequence[str] | None = None) -> None:
    """Run the missing checks, then print the rules whose absence no test or fault notices."""
    parser = argparse.ArgumentParser(prog="benchmarks.ablation.missed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--results", type=Path, default=NOTICED)
    parser.add_argument("--only", default="", help="rules whose function begins so")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(argv)
    options.results.parent.mkdir(parents=True, exist_ok=True)
    journal, code = Journal(options.results), hash_of_code("pyscript/modules", "tests", "simhouse")[:16]
    keys = {f"{name} {rule.off} {code}": rule for name, rule in RULES.items() if name.startswith(options.only)}
    unknown = {key: rule for key, rule in keys.items() if key not in journal.rows}
    with tempfile.TemporaryDirectory(prefix="rules-") as folder, ThreadPoolExecutor(options.workers) as pool:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(min(options.workers, len(unknown))):
            copies.put(Copy(Path(folder) / str(number)))

        def asked(rule: Rule) -> str:
            copy = copies.get()
            try:
                with copy.changed(rule.path, rule.off_in):
                    return next((each for each in sorted(rule.asked, key=_harm_first) if _is_noticed(copy, each)), "")
            finally:
                copies.put(copy)

        for (key, rule), who in zip(unknown.items(), pool.map(asked, unknown.values()), strict=True):
            journal.add({"key": key, "name": rule.function, "factor": OFF, "noticed_by": who})
    for key, rule in keys.items():
        if not journal.rows[key]["noticed_by"]:
            print(f"{rule.function}: nobody misses it")


def _harm_first(asked: str) -> int:
    """Return a sort key: a fault of the matrix shows harm, a law in any house too, a test of the rule the least."""
    return 0 if asked.startswith(FAULT) else 1 if asked.startswith("tests/laws") else 2


def _is_noticed(copy: Copy, asked: str) -> bool:
    """Return whether the tests, or the fault, fail in this copy."""
    if asked.startswith(FAULT):
        return copy.run(["simhouse", "faults", asked.removeprefix(FAULT)], LONGEST_S) == 1
    return copy.tested([asked], LONGEST_S) == 1


if __name__ == "__main__":
    main()
