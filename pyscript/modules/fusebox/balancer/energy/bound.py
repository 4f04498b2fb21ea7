"""What the main meter leaves for loads whose draw nobody tells now: of what cannot flow, nothing is counted. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ... import tuning
from ...model.electrics import PerPhase
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot
from .power import LoadPower


def bounded(
    site: Site, snapshot: Snapshot, powers: Mapping[str, LoadPower], told: Collection[str]
) -> dict[str, LoadPower]:
    """The powers, of which those of other loads than the `told` fit together into what flows into the house and is
    generated there; what is cut to fit is not measured. A phase whose meter is silent bounds nothing."""
    guessed = [name for name in powers if name not in told]
    strict, lenient = [], []
    for phase, most_a in enumerate(_allowed_a(site, snapshot)):
        taken = {name: power.by_phase_a[phase] or 0.0 for name, power in powers.items()}
        guessed_a = sum([max(taken[name], 0.0) for name in guessed])
        is_free = most_a is None or guessed_a <= 0
        left_a = guessed_a if most_a is None or is_free else max(most_a - sum([taken[name] for name in told]), 0.0)
        strict.append(1.0 if is_free else min(left_a / guessed_a, 1.0))
        lenient.append(1.0 if guessed_a <= left_a + tuning.TOLERANCE_A else strict[-1])
    cut = {name: _cut(powers[name], lenient if powers[name].measured else strict) for name in guessed}
    return {**powers, **cut}


def _allowed_a(site: Site, snapshot: Snapshot) -> PerPhase:
    """The most that can flow to loads on each phase [A]: what is imported, and all that is generated; None where that
    is not known."""
    given_w = 0.0
    if site.has_generation:
        solar_w = 0.0 if site.solar_w is None else snapshot.solar_w.value
        charge_w = 0.0 if site.battery is None else snapshot.battery_charge_w.value
        if solar_w is None or charge_w is None or (site.solar_w is None and site.battery is None):
            return PerPhase()
        given_w = max(solar_w, 0.0) + max(-charge_w, 0.0)
    flows = {phase: reading.value for phase, reading in snapshot.grid_a.get(MAIN, {}).items()}
    if any(flow_a is not None and flow_a < -tuning.TOLERANCE_A for flow_a in flows.values()) and not given_w:
        return PerPhase()  # something generates that nobody measures
    return PerPhase.of(flows).apply(lambda flow_a: max(flow_a + given_w / site.voltage_v, 0.0))


def _cut(power: LoadPower, shares: list[float]) -> LoadPower:
    by_phase = PerPhase(*[a if a is None else a * share for a, share in zip(power.by_phase_a, shares, strict=True)])
    return power if by_phase == power.by_phase_a else LoadPower(by_phase, False)
