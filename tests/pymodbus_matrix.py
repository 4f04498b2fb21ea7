"""The tests that meet pymodbus, with each of its versions: `make pymodbus-matrix`.

Each version gets an environment of its own for as long as its tests run; all else is that of the interpreter that runs
this. Only pymodbus is fetched.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

VERSIONS = ("3.8.6", "3.9.2", "3.10.0", "3.11.4", "3.12.1", "3.13.1", "3.14.0", "3.15.0", "3.16.1")
"""The last of each minor version: names change between these, not within one."""

TESTS = ("tests/devices/quasar/test_pymodbus.py",)
ROOT = Path(__file__).resolve().parent.parent


def main(argv: Sequence[str] | None = None) -> int:
    """Run the tests with one version after another; return 0 when all passed."""
    parser = argparse.ArgumentParser(prog="tests.pymodbus_matrix", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("versions", nargs="*", default=VERSIONS, help=f"default: {' '.join(VERSIONS)}")
    results = []
    for version in parser.parse_args(argv).versions:
        results.append(_passed(version))
        sys.stdout.write(f"pymodbus {version:8} {results[-1]}\n")
        sys.stdout.flush()
    return 0 if all("failed" not in result for result in results) else 1


def _passed(version: str) -> str:
    """Return pytest's last line, having checked that this version of pymodbus was used."""
    with TemporaryDirectory(prefix="pymodbus-") as folder:
        venv.create(folder, symlinks=os.name != "nt")
        paths = sysconfig.get_paths("venv", vars={"base": folder, "platbase": folder})
        packages = Path(paths["purelib"])
        python = str(Path(paths["scripts"]) / Path(sys.executable).name)
        install = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
        subprocess.run((*install, "--target", str(packages), f"pymodbus=={version}"), check=True)
        # Looked into after its own: a line in a .pth file goes to the end of the path.
        (packages / "all_else.pth").write_text(f"{sysconfig.get_paths()['purelib']}\n", encoding="utf-8")
        met = subprocess.run((python, "-c", MET), capture_output=True, text=True, check=True).stdout.strip()
        if met != version:
            return f"failed: {met} was found in its place"
        ran = subprocess.run(
            (python, "-m", "pytest", "-n0", "-p", "no:cacheprovider", *TESTS), cwd=ROOT, capture_output=True, text=True
        )
        if ran.returncode:
            sys.stdout.write(ran.stdout + ran.stderr)
        return ("failed: " if ran.returncode else "") + ran.stdout.strip().splitlines()[-1].strip("= ")


MET = "import pymodbus; print(pymodbus.__version__)"

if __name__ == "__main__":
    sys.exit(main())
