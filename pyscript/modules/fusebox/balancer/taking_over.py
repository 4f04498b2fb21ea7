"""The sentence that Fusebox commands from now on, with the fuse that it goes by: whoever mistyped it reads it here."""

from __future__ import annotations

from ..model.site import MAIN, Site
from ..runtime.store import STORE


def nothing_commanded() -> None:
    """There is no CONFIG to command by: the first one is news."""
    STORE.setdefault("commanding", None)


def taking_over(site: Site) -> str:
    """The sentence; "" where it is no news. What was so before a start did not begin now."""
    fuse_a = next(circuit.fuse_a for circuit in site.circuits if circuit.name == MAIN)
    now = None if site.dry_run else fuse_a
    before = STORE.get("commanding", now)
    STORE["commanding"] = now
    if now is None or now == before:
        return ""
    loads = ", ".join(load.name for load in site.loads) or "no load"
    return f"Fusebox now commands {loads}; the main fuse is {fuse_a:g} A on each phase"
