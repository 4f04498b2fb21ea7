"""Makes each change in a copy of the project and runs the tests that have to notice it: `python -m tests.mutants`.

Results are stored: a second run tests only what is unknown, or what a change of the code, of its row or of its tests
has made unknown.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from .change import CHANGES, PACKAGE, ROOT, Change

ASKED_PCT = 95
"""Share of the changes that must be noticed [%]."""

KNOWN = ROOT / ".cache" / "mutants.json"
LEFT_OUT = (".git", ".venv*", ".*_cache", ".cache", ".hypothesis", "__pycache__", "demo_out", "replay_out")
LONGEST_S = 900.0
WORDS = {0: "NOT NOTICED", 1: "noticed"}
"""The meaning of pytest's exit codes; others are printed as numbers."""


class Copy:
    """A copy of the project in which one change is made at a time."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        shutil.copytree(ROOT, self.root, ignore=shutil.ignore_patterns(*LEFT_OUT))
        self._writes = 0

    def asked(self, change: Change) -> int:
        """Return pytest's exit code for the tests of a change."""
        with self.changed(change.path, change.made_in):
            return self.tested(change.tests, LONGEST_S)

    @contextmanager
    def changed(self, path: Path, made_in: Callable[[str], str]) -> Iterator[None]:
        """Replace a file's text by `made_in` of it inside the context."""
        file = self.root / path
        before = file.read_text(encoding="utf-8")
        self._write(file, made_in(before))
        try:
            yield
        finally:
            self._write(file, before)

    def tested(self, tests: Sequence[str], longest_s: float | None = None) -> int:
        """Return pytest's exit code for these tests with the copy's present code."""
        return self.run(["pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider", *tests], longest_s)

    def run(self, module: Sequence[str], longest_s: float | None = None) -> int:
        """Return the exit code of a module and its arguments with the copy's present code."""
        command = [sys.executable, "-m", *module]
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPATH"] = os.pathsep.join([str(self.root), str(self.root / PACKAGE.parent)])
        try:
            done = subprocess.run(
                command, cwd=self.root, env=environment, capture_output=True, timeout=longest_s, check=False
            )
        except subprocess.TimeoutExpired:
            return 1  # what hangs is noticed too
        return done.returncode

    def _write(self, file: Path, text: str) -> None:
        """Write a file with a new time stamp: Python recompiles only files with another second."""
        self._writes += 1
        file.write_text(text, encoding="utf-8")
        os.utime(file, (self._writes, self._writes))


def key_of(change: Change) -> str:
    """Return the key of a result: the change, and the present file and tests."""
    found = hashlib.sha256(repr(change).encode())
    for each in (change.path, *map(Path, change.tests)):
        path = ROOT / each
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()


def results(changes: Sequence[Change], workers: int, known: dict[str, int]) -> Iterator[tuple[Change, int]]:
    """Yield each change with its tests' exit code; new results are added to `known`."""
    keys = {change: key_of(change) for change in changes}
    yield from ((change, known[key]) for change, key in keys.items() if key in known)
    unknown = [change for change, key in keys.items() if key not in known]
    if not unknown:
        return
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, ThreadPoolExecutor(workers) as pool:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(workers):
            copies.put(Copy(Path(folder) / str(number)))
        # What fails as it is would seem to notice everything.
        tests = sorted({path for change in unknown for path in change.tests})
        if code := Copy(Path(folder) / "as it is").tested(tests):
            raise SystemExit(f"without any change pytest ended with {code}: {' '.join(tests)}")

        def asked(change: Change) -> int:
            copy = copies.get()
            try:
                return copy.asked(change)
            finally:
                copies.put(copy)

        asks = {pool.submit(asked, change): change for change in unknown}
        for ask in as_completed(asks):
            change, code = asks[ask], ask.result()
            if code in WORDS:
                known[keys[change]] = code
                KNOWN.parent.mkdir(exist_ok=True)
                KNOWN.write_text(json.dumps(known, indent=1), encoding="utf-8")
            yield change, code


def main(argv: Sequence[str] | None = None) -> int:
    """Print each change's result; return 1 when too few changes are noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("only", nargs="*", help="the changes in files whose path contains one of these")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="at the same time; default: all cores")
    parser.add_argument("--again", action="store_true", help="ask also what is known")
    options = parser.parse_args(argv)
    known = json.loads(KNOWN.read_text(encoding="utf-8")) if KNOWN.exists() and not options.again else {}
    changes = [each for each in CHANGES if not options.only or any(part in each.file for part in options.only)]
    noticed = 0
    for change, code in results(changes, options.workers, known):
        noticed += code == 1
        print(f"{WORDS.get(code, f'pytest ended with {code}')}: {change.file}: {change.breaks}", flush=True)  # noqa: T201
    share_pct = 100 * noticed / max(len(changes), 1)
    print(f"{noticed} of {len(changes)} changes are noticed, {share_pct:.0f} % (asked: {ASKED_PCT} %)")  # noqa: T201
    return 0 if share_pct >= ASKED_PCT else 1


if __name__ == "__main__":
    sys.exit(main())
