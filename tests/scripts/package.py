"""Wait until an edit of the package has been noticed."""

from __future__ import annotations

from fusebox import tuning

from .houses import House, States


def until_the_package_is_looked_at(home: House, states: States | None = None) -> None:
    """Run until the watcher has looked at the package's files and Home Assistant has reloaded."""
    home.is_exact = True  # it checks every two seconds, the package at some of the checks
    for _ in range(tuning.RELOAD_PACKAGE_LOOKS + 4):
        home.line(home.t + 2, states, leap=True)
