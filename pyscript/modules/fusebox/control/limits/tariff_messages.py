"""What a person reads of a tariff that is broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...model.ceiling import Ceiling
from ...model.decision import Note
from ...model.site import MAIN


def kw_text(power_kw: float) -> str:
    """A power as a person reads it [kW], such as 4 or 5.77."""
    return f"{round(power_kw, 2):g}"


def house_now_w(ceilings: Iterable[Ceiling]) -> float:
    """What the house takes now without the loads, by the main meter [W], to the ten."""
    return _tens(sum(c.used_a * c.voltage_v for c in ceilings if c.fuse == MAIN))


def expected_w(ceiling: Ceiling) -> float:
    """What the house alone comes to on the mean of the time that a tariff still counts [W], to the ten."""
    return _tens(ceiling.used_a * ceiling.voltage_v)


def left_w(ceiling: Ceiling) -> float:
    """What a tariff leaves for the house and the loads [W], to the ten."""
    return _tens(ceiling.rating_a * ceiling.voltage_v)


def house_words(ceiling: Ceiling, ceilings: Iterable[Ceiling]) -> str:
    """What the house takes now, and what it comes to where that is something else."""
    now_w, mean_w = house_now_w(ceilings), expected_w(ceiling)
    later = "" if now_w == mean_w else f" now and comes to {mean_w:.0f} W on the mean"
    return f"the house alone takes {now_w:.0f} W{later}"


def overrun_words(ceiling: Ceiling, ceilings: Iterable[Ceiling], notes: Mapping[str, Note]) -> str:
    """House watts, limit and the new amps of everything that runs."""
    amps = ", ".join(f"{name} {note.setpoint_a:g} A" for name, note in notes.items() if name in ceiling.weights)
    told = f"; loads: {amps}" if amps else ""
    if alone_beyond(ceiling):
        taken = house_words(ceiling, ceilings)
    else:
        taken = f"house and loads take {_tens(ceiling.flow_a * ceiling.voltage_v):.0f} W"
    return f"{ceiling.name}: {taken}, {left_w(ceiling):.0f} W are left for it now{told}"


def alone_beyond(ceiling: Ceiling) -> bool:
    """Whether it is broken without any load."""
    return ceiling.exceeded and ceiling.used_a > ceiling.rating_a


def _tens(power_w: float) -> float:
    return round(power_w, -1)
