"""Random houses: sites with circuits of any depth, loads of all kinds, readings of any quality."""

from __future__ import annotations

from hypothesis import strategies as st

from fusebox.model.electrics import ALL_PHASES, PerPhase, Phase
from fusebox.model.equipment import Circuit, FuseType, Inverter
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Distribution, Site
from fusebox.model.snapshot import LoadState, Reading, Snapshot, Status

from .drawn import among, decimals, or_none, some_of
from .energy import METER, SUNNY_MODES, batteries, energy, inverters

T0_S = 1_700_000_000.0
PLAIN_MODES = (Mode.STANDARD, Mode.STANDARD, Mode.CONTINUOUS, Mode.OFF)
AMPS = decimals(0, 60, 2)


@st.composite
def sites(draw: st.DrawFn, sunny: bool = False) -> Site:
    """Draw a site that `read_config` could have made; a `sunny` one has loads with an energy budget."""
    phases = ALL_PHASES[: draw(among(1, 2, 3))]
    main = Circuit(MAIN, round(draw(decimals(10, 63))), None, draw(among(*FuseType)), dict.fromkeys(phases, METER))
    circuits = [main]
    for number in range(draw(st.integers(0, 3))):
        grid = dict.fromkeys(phases, METER) if draw(st.booleans()) else {}
        parent = draw(among(*[each.name for each in circuits]))
        circuits.append(Circuit(f"c{number}", round(draw(decimals(6, 40))), parent, FuseType.B, grid))
    sunny = sunny or draw(st.booleans())
    modes = (*PLAIN_MODES, *SUNNY_MODES, *SUNNY_MODES) if sunny else PLAIN_MODES
    loads = [_load(draw, f"load{number}", phases, circuits, modes) for number in range(draw(st.integers(1, 6)))]
    return Site(
        voltage_v=230,
        phases=phases,
        circuits=tuple(circuits),
        loads=tuple(loads),
        max_import_w=draw(or_none(st.integers(1500, 20000))),
        distribution=draw(among(*Distribution)),
        netting=draw(among("per_phase", "sum")),
        margin_a=draw(among(0.0, 0.5, 2.0)),
        excess_threshold_w=draw(among(0.0, 1000.0, 5000.0)),
        solar_w=METER if draw(st.booleans()) else None,
        inverters=tuple(draw(st.lists(inverters(phases), min_size=1, max_size=2))) if sunny else (Inverter(),),
        batteries=tuple(draw(st.lists(batteries(), max_size=2))) if sunny else (),
    )


def _load(
    draw: st.DrawFn, name: str, phases: tuple[Phase, ...], circuits: list[Circuit], modes: tuple[Mode, ...]
) -> Load:
    mine = draw(some_of(*phases))
    on_off = draw(st.booleans())
    min_a = draw(among(6.0, 8.0, 10.0)) if not on_off else draw(decimals(0.5, 16, 1))
    max_a = min_a if on_off else min_a + draw(st.integers(0, 26))
    per_a = 230.0 * len(mine)
    in_watts = not on_off and draw(among(False, False, True))
    if in_watts:
        min_a = draw(among(1.0, 200.0)) / per_a
    return Load(
        name=name,
        type="plug" if on_off else "power" if in_watts else "number",
        circuit=draw(among(*[each.name for each in circuits])),
        phases=mine,
        priority=draw(st.integers(1, 3)),
        mode=draw(among(*modes)),
        min_a=min_a,
        max_a=max_a,
        step_a=draw(among(1.0, 100.0)) / per_a if in_watts else draw(among(0.1, 1.0)),
        on_off=on_off,
        rated_w=per_a * max_a if on_off or in_watts else None,
        device={"watts_per_a": per_a, "min_write_s": draw(among(0, 10))} if in_watts else {},
        failsafe_a=0.0 if in_watts else draw(among(0, 6, 10)),
        start_after_s=draw(among(0, 0, 60)),
        stop_after_s=draw(among(0, 180)),
        min_on_s=draw(among(0, 300)) if on_off else 0,
        min_off_s=draw(among(0, 300)) if on_off else 0,
    )


def _reading(draw: st.DrawFn, low: float) -> Reading:
    """Draw a reading: fresh, unknown, late, silent or never known."""
    last = draw(decimals(low, 80, 2))
    kind = draw(among("fresh", "fresh", "fresh", "fresh", "unknown", "late", "silent", "never"))
    if kind == "never":
        return Reading()
    age_s = {"fresh": 0.0, "unknown": 5.0, "late": 45.0, "silent": 400.0}[kind]
    return Reading(None if kind == "unknown" else last, last, age_s)


@st.composite
def snapshots(draw: st.DrawFn, site: Site, now_s: float = T0_S, calm: bool = False) -> Snapshot:
    """Draw a snapshot of a site; with `calm` every reading is fresh."""
    low = -30 if site.has_generation else 0

    def value() -> Reading:
        if not calm:
            return _reading(draw, low)
        fresh_a = draw(decimals(low, 80, 2))
        return Reading(fresh_a, fresh_a, 0.0)

    grid = {c.name: {phase: value() for phase in c.grid} for c in site.circuits}
    states = {load.name: _load_state(draw, load) for load in site.loads}
    return Snapshot(now_s=now_s, grid_a=grid, loads=states, **energy(draw, site, calm))  # type: ignore[arg-type]


def _load_state(draw: st.DrawFn, load: Load) -> LoadState:
    """Draw a device's state in any condition; most devices run or could run."""
    kind = draw(among("runs", "runs", "waits", "any"))
    status = {"runs": Status.CHARGING, "waits": Status.CONNECTED}.get(kind) or draw(among(*Status))
    offer_a = draw(or_none(st.integers(0, 32)))
    if kind == "runs" and offer_a is None:
        offer_a = load.max_a
    return LoadState(
        draw_a=PerPhase.each(load.phases, draw(or_none(decimals(0, 40, 2)))),
        offer_a=None if load.on_off else offer_a,
        switched=load.on_off or draw(st.booleans()),
        on={"runs": True, "waits": False}[kind] if kind != "any" else draw(among(True, False, None)),
        status=status,
        can_use_power=status not in (Status.UNPLUGGED, Status.FULL, Status.FAULT),
        available=kind != "any" or draw(among(True, True, True, False)),
        device_min_a=draw(or_none(st.just(6.0))),
        device_max_a=draw(or_none(among(16.0, 32.0))),
        device_step_a=draw(or_none(among(0.5, 1.0))),
    )


@st.composite
def evenings(draw: st.DrawFn, steps: int = 6, calm: bool = False, sunny: bool = False) -> tuple[Site, list[Snapshot]]:
    """Draw a site and a sequence of snapshots at uneven times."""
    site = draw(sites(sunny))
    now_s, found = T0_S, []
    for _ in range(draw(st.integers(1, steps))):
        found.append(draw(snapshots(site, now_s, calm)))
        now_s += draw(among(0.0, 1.0, 1.0, 5.0, 25.0, 200.0))
    return site, found


NOTHING = Memory()
