"""Random whole evenings for the laws."""

from __future__ import annotations

from hypothesis import strategies as st

from fusebox.model.electrics import ALL_PHASES, Phase
from fusebox.model.equipment import Circuit, FuseType
from fusebox.model.load import Load, Mode
from fusebox.model.site import MAIN, Distribution, Site

from ..control.houses import METER
from .drawn import among, or_none, some_of
from .whole_evenings import BLINDING, Fault, Others, Plan, wires

CHARGER_MODES = (*(Mode.STANDARD,) * 6, Mode.OFF)
SUNNY_MODES = (*CHARGER_MODES, *(Mode.SOLAR_ONLY,) * 4, Mode.SOLAR_PRIORITY, Mode.EXCESS)

SLOW_S = 16
"""Delay of slow devices: a cut load still draws when others could already rise [s]."""


@st.composite
def plans(draw: st.DrawFn, lasts_s: int = 120, faulty: bool = True) -> Plan:
    """Draw an evening at any site, a `faulty` one with one to four faults."""
    sunny = draw(among(False, False, True))
    site = _site(draw, sunny)
    metered = {circuit.name for circuit in site.circuits if circuit.grid}
    others = {wire: draw(_others(lasts_s, sunny, wire[0] == MAIN)) for wire in wires(site) if wire[0] in metered}
    devices = tuple(
        (
            float(draw(st.integers(int(load.min_a), int(load.max_a)))) if not load.on_off else load.max_a,
            draw(among(True, True, True, False)),
            load.max_a if load.on_off else draw(among(32.0, 32.0, 10.0, 7.5, 0.0)),
            draw(st.integers(0, 5)),
            draw(st.integers(0, 5) | st.just(SLOW_S)),
            draw(among(True, True, False)),
        )
        for load in site.loads
    )
    faults = draw(st.lists(_faults(lasts_s), min_size=1, max_size=4)) if faulty else []
    return Plan(site, others, devices, tuple(faults), draw(among(1, 1, 2, 5)), lasts_s)


def _faults(lasts_s: int) -> st.SearchStrategy[Fault]:
    kinds = among(*BLINDING, *BLINDING, "unmeasured", "unavailable")
    return st.builds(Fault, kinds, st.integers(0, 5), st.integers(0, lasts_s - 40), among(1, 3, 10, 25, 45, 80))


@st.composite
def _others(draw: st.DrawFn, lasts_s: int, sunny: bool, main: bool) -> Others:
    low = -40 if sunny and main else 0
    high = st.integers(low, 10) | st.integers(low, 20) | st.integers(low, 60 if main else 24)
    amps = high.map(lambda n: n / 2)
    later = draw(st.lists(st.tuples(st.integers(1, lasts_s), amps), max_size=4))
    levels = ((0, draw(amps)), *sorted(later))
    return Others(levels, draw(among(0.0, 0.0, 4.0, 9.0)), draw(st.integers(2, 20)), draw(st.integers(2, 40)))


def _site(draw: st.DrawFn, sunny: bool) -> Site:
    phases = ALL_PHASES[: draw(among(1, 1, 2, 3))]
    meters = dict.fromkeys(phases, METER)
    fuse = draw(among(*FuseType))
    circuits = [Circuit(MAIN, float(draw(among(16, 20, 25, 35))), None, fuse, meters)]
    if draw(st.booleans()):
        own = draw(st.sampled_from([{}, meters]))
        circuits.append(Circuit("shed", float(draw(among(8, 13, 16, 20))), MAIN, FuseType.B, own))
    loads = [_load(draw, f"load{n}", phases, circuits, sunny) for n in range(draw(st.integers(1, 3)))]
    stale_s, failsafe_s = draw(among((30.0, 60.0), (30.0, 60.0), (10.0, 20.0)))
    return Site(
        voltage_v=230,
        phases=phases,
        circuits=tuple(circuits),
        loads=tuple(loads),
        max_import_w=draw(or_none(among(2500.0, 5000.0, 9000.0))),
        distribution=draw(among(*Distribution)),
        netting=draw(among("per_phase", "sum")),
        excess_threshold_w=1000,
        margin_a=draw(among(0.0, 0.5)),
        stale_after_s=stale_s,
        failsafe_after_s=failsafe_s,
    )


def _load(draw: st.DrawFn, name: str, phases: tuple[Phase, ...], circuits: list[Circuit], sunny: bool) -> Load:
    mine = draw(some_of(*phases))
    plug = draw(among(False, False, True))
    min_a = float(draw(among(2, 5, 10))) if plug else 6.0
    max_a = min_a if plug else float(draw(among(6, 10, 16, 32)))
    modes = (Mode.CONTINUOUS, Mode.SOLAR_ONLY if sunny else Mode.CONTINUOUS) if plug else SUNNY_MODES
    return Load(
        name,
        "plug" if plug else "number",
        draw(among(*[each.name for each in circuits])),
        mine,
        draw(st.integers(1, 2)),
        draw(among(*(modes if sunny or plug else CHARGER_MODES))),
        min_a,
        max_a,
        step_a=draw(among(0.1, 1.0)),
        on_off=plug,
        rated_w=230 * min_a * len(mine) if plug else None,
        failsafe_a=draw(among(0.0, 6.0, 10.0)),
        pause_s=draw(among(20.0, 60.0, 180.0)),
        start_after_s=draw(among(0.0, 30.0)),
        stop_after_s=draw(among(0.0, 40.0)),
        min_on_s=draw(among(0.0, 60.0)) if plug else 0,
        min_off_s=draw(among(0.0, 40.0, 90.0)) if plug else 0,
    )
