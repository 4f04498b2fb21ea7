"""Wait until an edit of the package has been noticed."""

from __future__ import annotations

from fusebox import tuning

from .houses import House, States

LOOKS = 4
OFTEN = {"tuning": {"reload_package_looks": LOOKS}}
"""A section of CONFIG: one in four checks for changed files includes the package, as shipped one in thirty."""


def until_the_package_is_looked_at(
    home: House, states: States | None = None, looks: int = tuning.RELOAD_PACKAGE_LOOKS
) -> None:
    """Run until the watcher has looked at the package's files, one in `looks`, and Home Assistant has reloaded."""
    home.is_exact = True  # it checks every two seconds, the package at some of the checks
    for _ in range(looks + 10):
        home.line(home.t + 2, states, leap=True)
