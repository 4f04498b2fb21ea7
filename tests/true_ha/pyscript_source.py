"""Finds the pyscript that the tests in real Home Assistant run with: the user's own, else the release, downloaded once.

pyscript is no package of PyPI and no part of this repository. `python -m tests.true_ha.pyscript_source` prints the
folder that would be used, or says why there is none and fails.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tarfile
import tempfile
import urllib.request
import zlib
from pathlib import Path, PurePosixPath

VARIABLE = "FUSEBOX_PYSCRIPT"
"""Names a directory that holds `custom_components/pyscript`."""

RELEASE = "1.7.0"
RELEASE_URL = f"https://github.com/custom-components/pyscript/archive/refs/tags/{RELEASE}.tar.gz"
RELEASE_HASH = "6f552d5e0357053169c496c7ff43a75faf5ccb7649a1981cc6d4dda48da4aa86"
"""`hash_of` the component's files as they are in the tag; an archive may be packed anew, its files may not change."""

COMPONENT = PurePosixPath("custom_components/pyscript")
DOWNLOAD_TIMEOUT_S = 30


class NoPyscript(Exception):
    """There is no pyscript to test with; the text says why, and what to do."""


def find(cache: Path | None = None, url: str = RELEASE_URL, expected: str = RELEASE_HASH) -> Path:
    """The folder of the component. Raises `NoPyscript`."""
    wanted = os.environ.get(VARIABLE)
    if wanted:
        component = Path(wanted).expanduser().resolve() / COMPONENT
        if not (component / "manifest.json").is_file():
            raise NoPyscript(f"{VARIABLE}={wanted} does not hold {COMPONENT}/manifest.json")
        return component
    root = (default_cache() if cache is None else cache) / f"pyscript-{RELEASE}"
    component = root / COMPONENT
    if component.is_dir() and hash_of(component) == expected:
        return component
    _download(root, url, expected)
    return component


def default_cache() -> Path:
    """Where downloads are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fusebox"


def hash_of(component: Path) -> str:
    """SHA-256 over the names and contents of a component's files; what Python compiled beside them does not count."""
    total = hashlib.sha256()
    names = [path.relative_to(component) for path in component.rglob("*") if path.is_file()]
    for name in sorted(name.as_posix() for name in names if "__pycache__" not in name.parts):
        content = hashlib.sha256((component / name).read_bytes()).hexdigest()
        total.update(f"{content}  {name}\n".encode())
    return total.hexdigest()


def describe(component: Path) -> str:
    """Which pyscript this is: development copies carry the version of the release before them."""
    version = json.loads((component / "manifest.json").read_text(encoding="utf-8"))["version"]
    found = hash_of(component)
    if found == RELEASE_HASH:
        return f"pyscript {version} as released"
    manager = "decorator manager" if (component / "decorators").is_dir() else "no decorator manager"
    return f"pyscript {version} ({manager}, files {found[:12]})"


def _download(root: Path, url: str, expected: str) -> None:
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoPyscript(
            f"there is no place to keep a download ({error}); set {VARIABLE} to a directory that holds {COMPONENT}"
        ) from error
    with tempfile.TemporaryDirectory(dir=root.parent, prefix="unfinished-") as folder:
        archive = Path(folder) / "archive.tar.gz"
        unpacked = Path(folder) / "unpacked"
        try:
            with urllib.request.urlopen(url, timeout=DOWNLOAD_TIMEOUT_S) as answer, archive.open("wb") as file:
                shutil.copyfileobj(answer, file)
            _unpack(archive, unpacked)
        except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
            raise NoPyscript(
                f"pyscript {RELEASE} could not be downloaded from {url} ({error}); "
                f"set {VARIABLE} to a directory that holds {COMPONENT}"
            ) from error
        found = hash_of(unpacked / COMPONENT)
        if found != expected:
            raise NoPyscript(f"what {url} holds is not pyscript {RELEASE}: its files' hash is {found}, not {expected}")
        shutil.rmtree(root, ignore_errors=True)
        os.replace(unpacked, root)


def _unpack(archive: Path, to: Path) -> None:
    """Only the component's plain files, each to its own name below `to`."""
    (to / COMPONENT).mkdir(parents=True)
    with tarfile.open(archive) as packed:
        for member in packed:
            name = PurePosixPath(*PurePosixPath(member.name).parts[1:])
            content = packed.extractfile(member) if member.isfile() else None
            if content is None or not name.is_relative_to(COMPONENT) or ".." in name.parts:
                continue
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            (to / name).write_bytes(content.read())


def main() -> int:
    """Print the folder; 1 when there is none."""
    try:
        component = find()
    except NoPyscript as problem:
        sys.stderr.write(f"NOT RUN: the tests in real Home Assistant need pyscript: {problem}\n")
        return 1
    sys.stdout.write(f"{component}\n")
    sys.stderr.write(f"{describe(component)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
