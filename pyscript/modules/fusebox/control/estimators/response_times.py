"""How long a device usually takes to do what it is told: learnt, and asked before it is told again or called deaf."""

from __future__ import annotations

from ... import tuning
from ...model.load_memory import ResponseTimes
from ...model.records import fast_replace


def learnt(times_s: tuple[float, ...], took_s: float) -> tuple[float, ...]:
    """The last few times with one more [s]."""
    return (*times_s, min(max(took_s, 0.0), tuning.SLOWEST_S))[-tuning.LAST_TIMES :]


def echoed(response: ResponseTimes, took_s: float) -> ResponseTimes:
    """The memory with one more time that a command took to be shown [s]."""
    return fast_replace(response, echo_s=learnt(response.echo_s, took_s))


def patience_s(response: ResponseTimes) -> float:
    """How long a command is given to be shown [s]."""
    return _stretched_s(_worst_s(response.echo_s), tuning.RETRY_S)


def lag_s(response: ResponseTimes) -> float:
    """For how long after a command its source may still show what was before [s]."""
    return _stretched_s(_worst_s(response.echo_s), tuning.QUICK_S)


def follow_s(response: ResponseTimes) -> float:
    """How long a draw is given to fall before it counts as it is [s]."""
    usual_s = tuning.SLACK_RATIO * _worst_s(response.follow_s) + 1.0
    least_s = tuning.QUICK_S if len(response.follow_s) >= tuning.KNOWN_TIMES else tuning.FOLLOW_S
    return min(max(usual_s, least_s), tuning.FOLLOW_LATEST_S)


def complain_s(response: ResponseTimes) -> float:
    """After how long of not following a person is told [s]."""
    return max(2 * _usual_s(response), tuning.IGNORES_S)


def non_compliant_after_s(response: ResponseTimes) -> float:
    """After how long of not following on an overloaded wire a load is switched off [s]."""
    return _stretched_s(_usual_s(response), tuning.IGNORES_S)


def settle_s(response: ResponseTimes) -> float:
    """After how long a draw has settled on a new setpoint [s]."""
    return _stretched_s(_usual_s(response), tuning.ANSWER_S)


def _stretched_s(usual_s: float, least_s: float) -> float:
    return min(max(tuning.SLACK_RATIO * usual_s, least_s), tuning.SLOWEST_S)


def _usual_s(response: ResponseTimes) -> float:
    return _worst_s(response.echo_s + response.follow_s)


def _worst_s(times_s: tuple[float, ...]) -> float:
    return max(times_s, default=0.0)
