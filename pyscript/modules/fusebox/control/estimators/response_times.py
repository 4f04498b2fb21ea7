"""How long a device usually takes to do what it is told: learnt, and asked before it is told again or called deaf."""

from __future__ import annotations

from ...model.memory import ResponseTimes
from ...model.records import fast_replace

LEARNT_TIMES = 5
"""The worst of so many last times counts."""

LONGEST_S = 90.0
"""No device is given more time than this before something is done about it [s]."""

RESEND_S = 10.0
"""A device that does not show a command after this long gets it again; a slow one after its usual time [s]."""

SOON_S = 5.0
"""Nobody is known to be so quick that it may not show what was before for so long after a command [s]."""

FOLLOW_S = 15.0
SOONEST_FOLLOW_S, LATEST_FOLLOW_S = 6.0, 20.0
"""A load that still draws too much so long after it was told otherwise does not follow, and counts at what it draws.

A car has 5 s to follow its charger: nobody is judged sooner than the second. A wire cannot wait for a cloud that takes
a minute: nobody is given longer than the third [s].
"""

KNOWN_TIMES = 3
"""A device that was quick so often is known to be quick."""

COMPLAIN_S = 30.0
"""A person is told of a device that does not follow after this long, or after twice its usual time [s]."""

STRAY_S = 30.0
"""On a wire over its rating a load that ignores its current is switched off after this long, or its usual time [s]."""

UNRESPONSIVE_AFTER = 3
"""A device that has shown none of so many commands running is not waited for any more."""

SETTLE_S = 10.0
"""A car has settled on a new offer after this long, or after its usual time [s]."""

SLACK = 1.5
"""Usual times are stretched by this: nobody is always equally slow."""


def learnt(times_s: tuple[float, ...], took_s: float) -> tuple[float, ...]:
    """The last few times with one more [s]."""
    return (*times_s, min(max(took_s, 0.0), LONGEST_S))[-LEARNT_TIMES:]


def echoed(response: ResponseTimes, took_s: float) -> ResponseTimes:
    """The memory with one more time that a command took to be shown [s]."""
    return fast_replace(response, echo_s=learnt(response.echo_s, took_s))


def patience_s(response: ResponseTimes) -> float:
    """How long a command is given to be shown [s]."""
    return min(max(SLACK * _worst_s(response.echo_s), RESEND_S), LONGEST_S)


def lag_s(response: ResponseTimes) -> float:
    """For how long after a command its source may still show what was before [s]."""
    return min(max(SLACK * _worst_s(response.echo_s), SOON_S), LONGEST_S)


def follow_s(response: ResponseTimes) -> float:
    """How long a draw is given to fall before it counts as it is [s]."""
    usual_s = SLACK * _worst_s(response.follow_s) + 1.0
    least_s = SOONEST_FOLLOW_S if len(response.follow_s) >= KNOWN_TIMES else FOLLOW_S
    return min(max(usual_s, least_s), LATEST_FOLLOW_S)


def complain_s(response: ResponseTimes) -> float:
    """After how long of not following a person is told [s]."""
    return max(2 * _usual_s(response), COMPLAIN_S)


def non_compliant_after_s(response: ResponseTimes) -> float:
    """After how long of not following on an overloaded wire a load is switched off [s]."""
    return min(max(SLACK * _usual_s(response), STRAY_S), LONGEST_S)


def settle_s(response: ResponseTimes) -> float:
    """After how long a draw has settled on a new setpoint [s]."""
    return min(max(SLACK * _usual_s(response), SETTLE_S), LONGEST_S)


def _usual_s(response: ResponseTimes) -> float:
    return _worst_s(response.echo_s + response.follow_s)


def _worst_s(times_s: tuple[float, ...]) -> float:
    return max(times_s, default=0.0)
