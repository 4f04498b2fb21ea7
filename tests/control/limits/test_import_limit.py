"""The contract: known when all its phases are, and helped by the battery as far as that reaches each of them."""

from __future__ import annotations

from fusebox.control.control import step
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Battery, Source
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import BatteryReadings, Reading, Snapshot

from ..houses import T0_S, car, charger, obey, site

THREE = "L1 L2 L3"


def test_a_contract_is_not_known_while_one_of_its_phases_is_not() -> None:
    """The car's own phase is seen all the time; what the others import is a part of the limit too."""
    of = site(car("car"), phases=THREE, max_import_w=9200)
    for unknown in (False, True):
        memory, ev = Memory(), charger(6.0)
        for second in range(60):
            drawn_a = ev.draw_a[Phase.L1] or 0.0
            flows = {Phase.L1: Reading(2.0 + drawn_a, 2.0 + drawn_a, 0.0), Phase.L2: Reading(2.0, 2.0, 0.0)}
            third = Reading(None, 2.0, 2.0) if unknown else Reading(2.0, 2.0, 0.0)
            decision = step(of, Snapshot(T0_S + second, {MAIN: {**flows, Phase.L3: third}}, {"car": ev}), memory)
            memory = decision.memory
            for command in decision.commands:
                ev = obey(ev, command.current_a, command.on)
        assert ev.offer_a == (6.0 if unknown else 16.0)


def test_a_battery_helps_each_choice_of_phases_with_the_part_that_reaches_it() -> None:
    """It could give 3450 W, 5 A to each phase: 10 A of contract are 15 A on one phase, 20 A on two, 25 A on three."""
    battery = Battery(Source("sensor.soc"), Source("sensor.power"), max_discharge_w=3450)
    of = site(car("car"), phases=THREE, max_import_w=2300, batteries=(battery,))
    grid = dict.fromkeys(Phase, Reading(0.0, 0.0, 0.0))
    idle = charger(6.0, 0.0, on=False)
    full, still = Reading(50.0, 50.0, 0.0), Reading(0.0, 0.0, 0.0)
    seen = Snapshot(T0_S, {MAIN: grid}, {"car": idle}, batteries=(BatteryReadings(full, still),))
    rooms = {c.name: round(c.headroom_a, 1) for c in step(of, seen, Memory()).ceilings if c.name.startswith("contract")}
    assert (rooms["contract L1"], rooms["contract L1 L2"], rooms["contract"]) == (15.0, 20.0, 25.0)
