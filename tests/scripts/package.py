"""What waits until an edit of the package has been seen."""

from __future__ import annotations

from fusebox import tuning

from .houses import House, States


def until_the_package_is_looked_at(home: House, states: States | None = None) -> None:
    """Ours looks at its own files once a minute, and Home Assistant takes its time to reload."""
    home.is_exact = True  # it looks each two seconds, at the package each so many looks
    home.steady(home.t + 2 * tuning.RELOAD_PACKAGE_LOOKS + 20, states, every=5)
