"""Every number that shapes behaviour: what it is, why, its unit and where it comes from.

CONFIG["tuning"] may give one another value, by its name in lower case. So it is read at the moment of use, as
`tuning.RAISE_STEP_A`, never kept. "Chosen" tells of a number that no standard, data sheet or measurement gives.
"""

from __future__ import annotations

from collections.abc import Mapping

# Raising a setpoint

RAISE_STEP_A = 4.0
"""A charger goes up by so much at a time [A]: a mistake in what is seen costs no more. Chosen."""
RAISE_EVERY_S = 5.0
"""It goes up no sooner than so long after the last time [s]. A car follows within 5 s (IEC 61851-1)."""
SLOW_RAISE_EVERY_S = 20.0
"""Where a window of a tariff ends, who may seldom be told anything goes up by a step for each such time that it has to
wait [s]: its room has to have lasted for longer, and a cut for a fuse does not wait. Chosen."""
SLOW_RAISE_STEPS = 3.0
"""It goes up by so many steps at most. Chosen."""
SMALL_RAISE_A = 1.0
"""Raises smaller than this wait [A]: a house is never still to a tenth of an amp. Chosen."""
SMALL_RAISE_EVERY_S = 30.0
"""They wait for so long after the last one [s]. Chosen."""
START_CLAIM_S = 60.0
"""What was cut for a load that is to start is kept free for it so long [s]: who rose again meanwhile would be cut
again, for ever. Chosen."""
START_CLAIM_READINGS = 4
"""Or for so many meter readings: a meter that averages shows the cut late. Chosen."""

# How CONFIG is read: the numbers of this part cannot be given by it

CONFIG_TUNING_FACTOR = 10
"""CONFIG may give a number so many times what is shipped, or that part of it: what is further off is a slip. Chosen."""

SHIPPED: Mapping[str, float] = {
    name.lower(): value
    for name, value in list(globals().items())
    if name.isupper() and type(value) in (int, float) and not name.startswith("CONFIG_")
}
"""Every number that CONFIG may give, by its name there -> its value where CONFIG says nothing."""

_overridden: dict[str, float] = {}


def override(values: Mapping[str, float]) -> None:
    """Put everything back to what is shipped, then apply what a CONFIG asks for. Never during a step."""
    _overridden.clear()
    _overridden.update(values)
    globals().update({name.upper(): value for name, value in {**SHIPPED, **values}.items()})


def overridden() -> str:
    """What is not as shipped now, for people; "" where all is."""
    return differences(_overridden)


def differences(values: Mapping[str, float]) -> str:
    """What is not as shipped: "raise_step_a 6 instead of 4"."""
    return ", ".join(
        f"{name} {value:g} instead of {SHIPPED[name]:g}" for name, value in values.items() if value != SHIPPED[name]
    )
