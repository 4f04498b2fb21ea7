"""The shared garage of config_examples: equal households get equal energy in an evening in which not all can charge."""

from __future__ import annotations

import ast
from pathlib import Path

from fusebox.config.read_config import read_config
from fusebox.control.control import step
from fusebox.model.electrics import Phase
from fusebox.model.memory import Memory

from ..control.houses import charger, obey, seen

EXAMPLE = Path(__file__).parents[2] / "config_examples" / "shared_garage.py"
PHASES = "L1 L2 L3"
STEP_S = 10
KITCHENS_A = (10, 25, 45, 48, 40, 30, 15)
"""What the kitchens draw on each phase, each for as long [A]: at 45 A three of the six households can charge."""
EVENING_S = 6 * 3600


def test_equal_households_get_equal_energy_in_an_evening():
    tree = ast.parse(EXAMPLE.read_text(encoding="utf-8"))
    (config,) = (ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign))
    checked = read_config(config).config
    home = checked.site()
    assert len(home.loads) == 8
    cars = {load.name: charger(6.0, 0.0, on=False, phases=PHASES) for load in home.loads}
    kwh = dict.fromkeys([load.group for load in home.loads], 0.0)
    memory, stops = Memory(), 0
    for second in range(0, EVENING_S, STEP_S):
        drawn_a = sum(state.draw_a[Phase.L1] or 0.0 for state in cars.values())
        grid_a = drawn_a + KITCHENS_A[second * len(KITCHENS_A) // EVENING_S]
        for load in home.loads:
            kwh[load.group] += 3 * (cars[load.name].draw_a[Phase.L1] or 0.0) * 230 * STEP_S / 3.6e6
        decision = step(home, seen(dict.fromkeys(PHASES.split(), grid_a), second, **cars), memory)
        memory = decision.memory
        for command in decision.commands:
            stops += command.on is False
            cars[command.load] = obey(cars[command.load], command.current_a, command.on)
    each = sorted(kwh.values())
    assert len(each) == 6
    assert each[0] > 18
    assert each[-1] <= 1.06 * each[0], kwh
    assert stops <= 25
