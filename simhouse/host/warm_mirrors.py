"""Reuse a closed host's mirror and loaded packages for the next host of the same packages in this process.

Loading a package takes longer than most tests. A reused package behaves as freshly loaded: state is only in the stores
of native code, which are emptied, and each start reads its config anew.
"""

import atexit
from pathlib import Path
from types import ModuleType

from simhouse.host.mirror import Mirror, package_files

AT_MOST = 3
"""A restart needs one, hosts in parallel some more; tests with packages of their own do not reuse theirs."""

Modules = dict[str, ModuleType]

_waiting: list[tuple[Mirror, Modules]] = []


def take_mirror(scripts: Path, config: Path | None) -> tuple[Mirror, Modules]:
    """Return a mirror of `scripts` that serves `config`, and its loaded packages (none if one has changed).

    A copy of the scripts uses the mirror of another copy if all files of packages have the same times and sizes.
    """
    number = _waiting_for(scripts.resolve())
    if number is None:
        return Mirror(scripts, config), {}
    mirror, modules = _waiting.pop(number)
    return mirror, (modules if mirror.reuse(scripts, config) else {})


def _waiting_for(scripts: Path) -> int | None:
    """Return the place of the mirror that fits a folder of scripts best, None if none fits."""
    for number, (mirror, _) in enumerate(_waiting):
        if mirror.scripts == scripts:
            return number
    if not _waiting or not (packages := package_files(scripts)):
        return None
    return next((number for number, (mirror, _) in enumerate(_waiting) if mirror.packages == packages), None)


def keep_mirror(mirror: Mirror, modules: Modules) -> None:
    """Keep a closed host's mirror and modules for the next; the oldest is dropped when there are too many."""
    mirror.empty()
    _waiting.append((mirror, modules))
    if len(_waiting) > AT_MOST:
        _waiting.pop(0)[0].close()


@atexit.register
def _close_all() -> None:
    for mirror, _ in _waiting:
        mirror.close()
