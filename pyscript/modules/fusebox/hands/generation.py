"""Which load of a script is in force: the newest that has started. A load alone ends nobody."""

from __future__ import annotations

from .store import STORE


class Generation:
    """One load of the script that plays a role. pyscript leaves the loops of an older one running; it retires itself.

    pyscript 1.7 unloads a copy of a script at its first service, after it has loaded: the original must go on.
    """

    def __init__(self, role: str) -> None:
        self.role = role
        self.number = STORE["generations"] = STORE.get("generations", 0) + 1

    @property
    def in_force(self) -> bool:
        """Whether this is the one that acts."""
        return STORE.get(self.role) is self

    def take_over(self) -> bool:
        """Act from now on, unless a later load does; says whether it does."""
        if not self.in_force and getattr(STORE.get(self.role), "number", 0) < self.number:
            STORE[self.role] = self
        return self.in_force

    @property
    def is_over(self) -> bool:
        """Whether nobody acts any more: the script is gone."""
        return STORE.get(self.role) is None
