"""Draws and energy counters that measure no such thing: nothing else would show that they count for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tuning
from ..devices.counter import counter_problems
from ..devices.driver import draw_problems
from ..model.readings import View
from ..model.site import Site


class SensorProblems:
    """Looks every few seconds: units and kinds change when somebody changes them."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._looked_s = float("-inf")
        self._found: tuple[str, ...] = ()

    def of(self, site: Site, view: View) -> tuple[str, ...]:
        """A sentence for each."""
        if site is not self._site or not 0 <= view.now_s - self._looked_s < tuning.ANSWER_S:
            self._site, self._looked_s, self._found = site, view.now_s, tuple(_found(site, view))
        return self._found


def _found(site: Site, view: View) -> Iterator[str]:
    for problems in (draw_problems, counter_problems):
        for load in site.loads:
            yield from problems(view, load)
