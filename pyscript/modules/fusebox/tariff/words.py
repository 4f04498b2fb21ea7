"""What a person reads of a tariff that the house alone breaks."""

from __future__ import annotations

from collections.abc import Mapping

from ..decision import Ceiling, Note


def overrun_words(ceiling: Ceiling, notes: Mapping[str, Note]) -> str:
    """House watts, limit and the new amps of everything that runs."""
    house_w, limit_w = (10 * round(a * ceiling.voltage_v / 10) for a in (ceiling.flow_a, ceiling.rating_a))
    loads = ", ".join(f"{name} {note.setpoint_a:g} A" for name, note in notes.items() if name in ceiling.weights)
    told = f"; loads: {loads}" if loads else ""
    return f"{ceiling.name}: the house alone takes {house_w:.0f} W, {limit_w:.0f} W are left for it now{told}"
