"""What one host leaves is taken on by the next one of the same scripts in this process: its mirror, its loaded package.

A package takes longer to load than most tests take to run. It is as freshly loaded: what must not outlive a host is in
the stores of native code, which are emptied, and each start reads its config anew.
"""

import atexit
from pathlib import Path
from types import ModuleType

from simhouse.host.mirror import Mirror

AT_MOST = 3
"""A restart needs one, hosts side by side some more; tests with scripts of their own come back for none of theirs."""

Modules = dict[str, ModuleType]

_waiting: list[tuple[Mirror, Modules]] = []


def take(scripts: Path, config: Path | None) -> tuple[Mirror, Modules]:
    """A mirror of `scripts` that serves `config`, and what is loaded of its packages: nothing where one has changed."""
    for number, (mirror, modules) in enumerate(_waiting):
        if mirror.scripts == scripts.resolve():
            del _waiting[number]
            return mirror, (modules if mirror.reuse(config) else {})
    return Mirror(scripts, config), {}


def leave(mirror: Mirror, modules: Modules) -> None:
    """Keep what a host has done with for the next; the oldest goes where there are too many."""
    mirror.empty()
    _waiting.append((mirror, modules))
    if len(_waiting) > AT_MOST:
        _waiting.pop(0)[0].close()


@atexit.register
def _close_all() -> None:
    for mirror, _ in _waiting:
        mirror.close()
