"""Builds what a release publishes, into dist/: the integration for the store, the card, and their checksums.

`make release`. The same sources give the same bytes on every machine. There is one version number, in
pyscript/modules/fusebox/runtime/version.py; a copy of it that differs stops the build.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent
INTEGRATION = ROOT / "custom_components" / "fusebox"
FOLDERS: Mapping[str, Path] = {
    "": INTEGRATION,
    "files/pyscript/": ROOT / "pyscript",
    "files/www/": ROOT / "www",
    "files/words/": ROOT / "card" / "src" / "words",
}
"""Where in the integration's folder -> what is put there. `custom_components/fusebox/const.py` reads it there."""

NOT_SHIPPED = re.compile(r"__pycache__|\.pyc$|^files/pyscript/modules/site_config|^files/words/.*\.ts$|/\.")
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the oldest that the format knows."""


def version() -> str:
    """Return the version. Raises ValueError if a copy of it differs."""
    written = (ROOT / "pyscript/modules/fusebox/runtime/version.py").read_text(encoding="utf-8")
    found = re.search(r'^VERSION = "(.+)"$', written, re.MULTILINE)
    assert found is not None
    manifest = json.loads((INTEGRATION / "manifest.json").read_text(encoding="utf-8"))
    card = (ROOT / "www" / "fusebox-card.js").read_text(encoding="utf-8").splitlines()[0]
    changes = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    copies = {
        "custom_components/fusebox/manifest.json": manifest["version"],
        "www/fusebox-card.js (make card)": card.removeprefix("// Fusebox card ").partition(" ")[0],
        "CHANGELOG.md": changes and changes[1],
    }
    for where, other in copies.items():
        if other != found[1]:
            raise ValueError(f"{where} has version {other}, the scripts have {found[1]}")
    return found[1]


def files_of_integration() -> dict[str, Path]:
    """Return path in the archive -> file, sorted."""
    found = {
        f"{place}{file.relative_to(folder).as_posix()}": file
        for place, folder in FOLDERS.items()
        for file in folder.rglob("*")
        if file.is_file()
    }
    return {path: found[path] for path in sorted(found) if not NOT_SHIPPED.search(path)}


def listing(files: Mapping[str, Path]) -> str:
    """Return path below files/ -> SHA-256 as JSON, by which the integration notices half of a download."""
    below = {path.removeprefix("files/"): file for path, file in files.items() if path.startswith("files/")}
    return json.dumps({path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in below.items()}, indent=1)


def pack(archive: Path, files: Mapping[str, Path | str]) -> None:
    """Write an archive of files or texts whose bytes depend on them alone.

    Not compressed: each zlib does that in its own way.
    """
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for path, file in files.items():
            entry = zipfile.ZipInfo(path, LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            packed.writestr(entry, file if isinstance(file, str) else file.read_bytes())


def build(folder: Path) -> list[Path]:
    """Build everything; return the files."""
    version()
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / "fusebox.zip", folder / "fusebox-card.zip"]
    files = files_of_integration()
    pack(made[0], {**files, "files.json": listing(files)})
    pack(made[1], {each.name: each for each in sorted((ROOT / "www").iterdir())})
    sums = "".join(f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in made)
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return [*made, folder / "SHA256SUMS"]


if __name__ == "__main__":
    try:
        for each in build(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist")):
            sys.stdout.write(f"{each.relative_to(Path.cwd()) if each.is_relative_to(Path.cwd()) else each}\n")
    except ValueError as problem:
        sys.exit(f"NOT BUILT: {problem}")
