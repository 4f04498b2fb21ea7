"""Reuse a closed host's mirror and loaded packages for the next host of the same scripts in this process.

Loading a package takes longer than most tests. A reused package behaves as freshly loaded: state is only in the stores
of native code, which are emptied, and each start reads its config anew.
"""

import atexit
from pathlib import Path
from types import ModuleType

from simhouse.host.mirror import Mirror

AT_MOST = 3
"""A restart needs one, hosts in parallel some more; tests with their own scripts do not reuse theirs."""

Modules = dict[str, ModuleType]

_waiting: list[tuple[Mirror, Modules]] = []


def take_mirror(scripts: Path, config: Path | None) -> tuple[Mirror, Modules]:
    """Return a mirror of `scripts` that serves `config`, and its loaded packages (none if one has changed)."""
    for number, (mirror, modules) in enumerate(_waiting):
        if mirror.scripts == scripts.resolve():
            del _waiting[number]
            return mirror, (modules if mirror.reuse(config) else {})
    return Mirror(scripts, config), {}


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
