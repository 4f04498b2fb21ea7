"""Fusebox's own connections besides Home Assistant's entities.

Their readings look like states, so the same code reads both.

A script polls a link, with the host's clock; a link never schedules itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Protocol

from .. import tuning
from ..config.config import Config
from ..config.domains import domain_of
from ..model.readings import GetState, LinkState, RawState
from ..runtime import lifecycle
from ..runtime.log_throttle import LogThrottle, describe_fault
from .easee.link import EaseeLink
from .huawei.link import HuaweiLink
from .quasar.link import QuasarLink


class Link(lifecycle.Resource, Protocol):
    """Interface of an own connection to devices."""

    @property
    def states(self) -> Mapping[str, LinkState]:
        """Its readings as states, by entity id."""

    @property
    def problems(self) -> tuple[str, ...]:
        """The link's problems that a user can solve, one sentence each."""

    async def poll(self, now_s: float) -> bool:
        """Read what is due, and return whether anything was read.

        An expected failure becomes a problem, not an error.
        """


MAKERS: Mapping[str, Callable[[Config], Link | None]] = {
    "easee": EaseeLink.for_config,
    "huawei": HuaweiLink.for_config,
    "quasar": QuasarLink.for_config,
}
"""Domain of a link's states -> returns a new link, or None when CONFIG does not need it."""


LINKED = frozenset(MAKERS)
"""Domains that are not Home Assistant's."""


def is_linked(entity: str) -> bool:
    """Return whether an entity id belongs to a link."""
    return domain_of(entity) in LINKED


class Links:
    """The links of one load of the script."""

    def __init__(self) -> None:
        self._links: dict[str, Link] = {}
        self._polls: dict[str, asyncio.Task[bool]] = {}
        self._logged_problems: dict[str, str] = {}
        self._throttle = LogThrottle()

    async def open(self, config: Config, owner: object) -> None:
        """Close the links of the script's earlier load, then open those that a CONFIG needs."""
        for domain, make in MAKERS.items():
            link, key = make(config), f"link {domain}"
            if link is None:
                await lifecycle.stop(key)
            else:
                self._links[domain] = await lifecycle.start(key, owner, link)

    def __bool__(self) -> bool:
        """Whether there is any link to poll."""
        return bool(self._links)

    def with_states(self, get_state: GetState) -> GetState:
        """Return `get_state` extended by the links' states; NameError for a link's entity that was not read yet."""
        if not self._links:
            return get_state

        def get(entity: str) -> RawState:
            link = self._links.get(domain_of(entity))
            if link is None:
                return get_state(entity)
            if entity not in link.states:
                raise NameError(f"{entity} has not been read yet")
            return link.states[entity]

        return get

    async def poll(self, now_s: float) -> bool:
        """Poll every link that is not busy, wait for at most `TICK_S`, and return whether any link has new readings.

        A poll that takes longer goes on, and its readings count at a later call. Failures are logged, not raised.
        """
        for domain, link in self._links.items():
            if domain not in self._polls:
                self._polls[domain] = asyncio.ensure_future(link.poll(now_s))
        if not self._polls:
            return False
        await asyncio.wait(self._polls.values(), timeout=tuning.TICK_S)
        done = {domain: self._polls.pop(domain) for domain in list(self._polls) if self._polls[domain].done()}
        ended = {domain: task for domain, task in done.items() if not task.cancelled()}
        for domain, task in ended.items():
            self._log_problem_changes(domain, task.exception(), now_s)
        return any(task.exception() is None and task.result() for task in ended.values())

    async def read_with_meters(self, now_s: float) -> None:
        """Have the Quasars' guards read their chargers now, to be combined with the meters' readings; returns soon."""
        for link in self._links.values():
            if isinstance(link, QuasarLink):
                await link.read_with_meters(now_s)

    async def call(self, domain: str, service: str, data: Mapping[str, object], now_s: float) -> None:
        """Send a command to a device behind a link.

        Raises what the link raises, ValueError if that link is not open.
        """
        link = self._links.get(domain)
        if not isinstance(link, EaseeLink):
            raise ValueError(f"{domain} is not linked yet")
        await link.call(service, data, now_s)

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems of all links that a user can solve, one sentence each."""
        return tuple(problem for link in self._links.values() for problem in link.problems)

    def _log_problem_changes(self, domain: str, failure: BaseException | None, now_s: float) -> None:
        """Log each problem of a link when it begins or changes, and once when it is over.

        The same line not too often.
        """
        problem = "; ".join(self._links[domain].problems) if failure is None else describe_fault(failure)
        if problem == self._logged_problems.get(domain, ""):
            return
        self._logged_problems[domain] = problem
        level = logging.WARNING if problem else logging.INFO
        self._throttle.log(level, f"{domain}: {problem or 'answers again'}", now_s, failure)
