"""Laws of tanks behind a thermostat, in any mode, at any temperatures, in any house: logic and driver."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fusebox import tuning
from fusebox.control.control import step
from fusebox.devices.appliances.tank import TANK, ThermostatMemory
from fusebox.devices.driver import Aim, Contact
from fusebox.model.data_quality import DataQuality, quality_by_load
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.snapshot import Reading, Snapshot
from tests.control.houses import T0_S, plug, seen, site
from tests.runtime.home import Home

from .effort import examples

MIN_ON_S, MIN_OFF_S, RATED_A, DAY_S = 60.0, 90.0, 10.0, 86_400.0
MODES = (Mode.NORMAL, Mode.STANDARD, Mode.BOOST, Mode.SOLAR_ONLY, Mode.SOLAR_PRIORITY, Mode.EXCESS, Mode.OFF)
DEVICE = {
    "switch": "climate.tank", "temperature": "sensor.tank", "power": None, "normal_c": 50, "boost_c": 65,
    "hysteresis_c": 6, "minimum_c": 40, "hygiene_c": 60, "hygiene_every_days": 7,
}  # fmt: skip
ALLOWED_C = {46, 50, 63, 65}
"""Its minimum with the hysteresis, normal, a hygiene cycle, boost."""

MOMENTS = st.tuples(
    st.sampled_from([1.0, 5.0, 5.0, 5.0, 25.0, 700.0, DAY_S]),
    st.sampled_from([-20.0, 3.0, 3.0, 12.0, 24.0, 24.0]),
    st.sampled_from([*[42.0] * 8, 35.0, 44.5, 49.0, 58.0, 61.5, 64.0, 70.0, None]),
    st.sampled_from([*[DataQuality.GOOD] * 8, DataQuality.MISSING, DataQuality.FAILSAFE]),
    st.integers(1, 15),
)


def tank(mode: Mode) -> Load:
    load = plug("tank", mode=mode, min_on_s=MIN_ON_S, min_off_s=MIN_OFF_S, start_after_s=10.0, stop_after_s=10.0)
    return replace(load, type="tank", device=DEVICE)


def photograph(
    home: Home, load: Load, kept: ThermostatMemory | None, at_s: float, flow_a: float, quality: DataQuality
) -> Snapshot:
    """The readings, without the driver's own part except what it reads."""
    state = TANK.read(load, home.view(T0_S + at_s), 230.0)
    now = seen({"L1": flow_a}, at_s, tank=state)
    if quality is DataQuality.GOOD:
        return now
    reading = Reading(None, flow_a, 5.0) if quality is DataQuality.MISSING else Reading(flow_a, flow_a, 400.0)
    return replace(now, grid_a={circuit: dict.fromkeys(phases, reading) for circuit, phases in now.grid_a.items()})


@examples(60)
@given(st.sampled_from([*[Mode.NORMAL] * 4, *MODES]), st.booleans(), st.lists(MOMENTS, min_size=3, max_size=12))
def test_a_tank_keeps_its_minimum_times_set_points_and_fuse_and_repeats_no_command(
    mode: Mode, obeys: bool, moments: list[tuple[float, float, float | None, DataQuality, int]]
) -> None:
    load, home, memory, kept = tank(mode), Home(), Memory(), ThermostatMemory()
    assert TANK.session is not None
    house, on, set_c = site(load), False, 20.0
    at_s, on_s, off_s, told = 0.0, -1e9, -1e9, (-1e9, 0.0)
    for later_s, house_a, celsius, quality, times in moments:
        for _ in range(times):
            at_s += later_s
            home.shows(
                "climate.tank", "heat" if on else "off", T0_S + at_s, temperature=set_c, hvac_modes=["heat", "off"]
            )
            home.shows("sensor.tank", "unknown" if celsius is None else celsius, T0_S + at_s, unit_of_measurement="°C")
            draws_a = RATED_A if on and (celsius is None or celsius < set_c) else 0.0
            snapshot = photograph(home, load, kept, at_s, house_a + draws_a, quality)
            view = home.view(T0_S + at_s)
            contact = Contact(load, view, snapshot.loads["tank"], 230.0)
            state, kept = TANK.session.observe(contact, kept, ())
            snapshot = replace(snapshot, loads={"tank": state})
            decision = step(house, snapshot, memory)
            memory = decision.memory
            past, need = memory.loads["tank"], memory.loads["tank"].switched.need
            short = any(c.fuse is not None and c.headroom_a < RATED_A for c in decision.ceilings)
            command = decision.commands[0] if decision.commands else None
            assert need is not None and (need.target_c is None or need.target_c in ALLOWED_C)
            if command is not None and command.on:
                assert not on and need.wants and at_s - off_s >= MIN_OFF_S and not short and celsius is not None
            if command is not None and command.on is False:
                blind = quality_by_load(house, snapshot)["tank"] is DataQuality.FAILSAFE
                assert on and (at_s - on_s >= MIN_ON_S or short or blind or not need.wants), decision.notes[
                    "tank"
                ].reason
            aim = Aim(past.setpoint_a, command, switched=past.switched)
            calls, kept = TANK.session.act(replace(contact, state=state), kept, aim)
            for call in calls:
                if call.service == "set_temperature":
                    wanted_c = float(str(call.data["temperature"]))
                    assert wanted_c in ALLOWED_C and wanted_c != set_c
                    # A value that it does not show is sent again only with the switch, or after a while.
                    assert len(calls) > 1 or wanted_c != told[1] or at_s - told[0] >= tuning.LASTING_S
                    told, set_c = (at_s, wanted_c), wanted_c if obeys else set_c
                else:
                    was, on = on, call.data["hvac_mode"] == "heat"
                    assert was is not on
                    on_s, off_s = (at_s, off_s) if on else (on_s, at_s)
