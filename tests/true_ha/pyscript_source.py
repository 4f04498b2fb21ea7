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

from .left_out import Behaviour

VARIABLE = "FUSEBOX_PYSCRIPT"
"""Names a directory that holds `custom_components/pyscript`."""

RELEASE = "2.1.0"
RELEASE_URL = f"https://github.com/custom-components/pyscript/archive/refs/tags/{RELEASE}.tar.gz"
RELEASE_HASH = "304513d8e75f93242b4b9eab716904166748b18c6dd76ab6c61da9aa7612e98d"
"""`hash_of` the component's files as they are in the tag; an archive may be packed again, its files may not change."""

KNOWN_STATES = {
    RELEASE_HASH: "as released",
    "a41bbcb1178b9c6f2bc107278b1628450f8d85b61c87f784e180285e6edcb6a5": "as released",
    "6f552d5e0357053169c496c7ff43a75faf5ccb7649a1981cc6d4dda48da4aa86": "as released",
    "8fd98f38f12292dbf8e9da0e75da912c5c468fedc4965409b8b4e011c3bf6cc4": "the state a51b95b of April 2026",
}
"""`hash_of` the files -> what they are called. A state between two releases carries the version of the one before."""

COMPONENT = PurePosixPath("custom_components/pyscript")
PARTS = ("__init__.py", "eval.py", "manifest.json")
"""Files without which a folder is no pyscript, whatever its version."""

DOWNLOAD_TIMEOUT_S = 30


class NoPyscript(Exception):
    """There is no pyscript to test with; the text says why, and what to do."""


def find(cache: Path | None = None, url: str = RELEASE_URL, expected: str = RELEASE_HASH) -> Path:
    """The folder of the component. Raises `NoPyscript`."""
    wanted = os.environ.get(VARIABLE)
    if wanted:
        component = Path(wanted).expanduser().resolve() / COMPONENT
        missing = [f"{COMPONENT}/{name}" for name in PARTS if not (component / name).is_file()]
        if missing:
            raise NoPyscript(f"{VARIABLE}={wanted} does not hold {', '.join(missing)}")
        version_of(component)
        return component
    root = (default_cache() if cache is None else cache) / f"pyscript-{RELEASE}"
    component = root / COMPONENT
    found = hash_of(component) if component.is_dir() else None
    if found == expected:
        return component
    try:
        _download(root, url, expected)
    except NoPyscript as problem:
        if found is None:
            raise
        raise NoPyscript(
            f"the copy in {root} is not pyscript {RELEASE}, somebody has changed it: its files' hash is {found}, "
            f"not {expected}; a new one is not to be had: {problem}"
        ) from problem
    return component


def default_cache() -> Path:
    """Where downloads are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fusebox"


def hash_of(component: Path) -> str:
    """SHA-256 over the names and contents of a component's files; what Python compiled next to them does not count."""
    total = hashlib.sha256()
    names = [path.relative_to(component) for path in component.rglob("*") if path.is_file()]
    for name in sorted(name.as_posix() for name in names if "__pycache__" not in name.parts):
        content = hashlib.sha256((component / name).read_bytes()).hexdigest()
        total.update(f"{content}  {name}\n".encode())
    return total.hexdigest()


def describe(component: Path) -> str:
    """Return a line that names this pyscript, by its files: the version alone is not enough. Raises `NoPyscript`."""
    found = hash_of(component)
    state = KNOWN_STATES.get(found, "no release")
    manager = "no decorator manager" if behaviour_of(component) is Behaviour.V1_7 else "decorator manager"
    return f"pyscript {version_of(component)}, {state} ({manager}, files {found[:12]})"


def behaviour_of(component: Path) -> Behaviour:
    """Return which rules this pyscript follows: by its files, for a state may carry the version before it."""
    return Behaviour.V2 if (component / "decorators").is_dir() else Behaviour.V1_7


def version_of(component: Path) -> str:
    """Return the version in the component's manifest. Raises `NoPyscript`."""
    manifest = component / "manifest.json"
    try:
        said = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NoPyscript(f"{manifest} cannot be read ({error}); put a whole copy of pyscript there") from error
    version = said.get("version") if isinstance(said, dict) else None
    if not isinstance(version, str):
        raise NoPyscript(f"{manifest} names no version; put a whole copy of pyscript there")
    return version


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
                f"set {VARIABLE} to a directory that holds {COMPONENT}, such as your Home Assistant's /config"
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
        told = describe(component)
    except NoPyscript as problem:
        sys.stderr.write(f"NOT RUN: the tests in real Home Assistant need pyscript: {problem}\n")
        return 1
    sys.stdout.write(f"{component}\n")
    sys.stderr.write(f"{told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
