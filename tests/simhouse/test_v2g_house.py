"""The house of `config_examples/v2g_day.py`: the shipped scripts, a Quasar and a controller on real sockets."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from simhouse.host.event_loop import run_in_host_loop
from simhouse.host.pyscript_host import Host
from simhouse.house.build import Inputs, build_house
from simhouse.house.config_file import read_config_file
from simhouse.house.run import run
from simhouse.physics.seconds import SecondSeries

from .evenings import Resting

EXAMPLE = Path(__file__).parents[2] / "config_examples" / "v2g_day.py"


def test_cheap_charging_is_cut_for_the_kettle_and_resumes(tmp_path):
    """From noon: 3600 W are requested; after three minutes oven and kettle leave less, for a minute."""
    config = read_config_file(EXAMPLE)
    watts = [800.0] * 180 + [3700.0] * 60 + [800.0] * 120
    house = build_house(
        config,
        start=datetime(2026, 3, 1, 12, tzinfo=UTC),
        length_s=len(watts),
        inputs=Inputs({"L1": SecondSeries(watts, bytearray([1] * len(watts)))}),
    )
    seen: list[tuple[float, float]] = []

    async def play() -> None:
        (tmp_path / "site_config.py").write_text(EXAMPLE.read_text())
        async with Host(tmp_path / "site_config.py", house.start) as host:
            rests = Resting(host, len(watts))
            await run(house, rests, len(watts), watch=lambda now, _: seen.append((now.net_a["L1"], now.base_a["L1"])))

    run_in_host_loop(play())
    power_w = [230 * (net_a - base_a) for net_a, base_a in seen]
    assert max(power_w[:180]) > 3500
    assert 1380 <= max(power_w[190:240]) <= 5750 - 3700
    assert power_w[-1] > 3500
    over_s = sum(net_a * 230 > 5751 for net_a, _ in seen)
    assert over_s <= 6  # a command takes a moment, a charger ramps
    assert house.unheard == {}
