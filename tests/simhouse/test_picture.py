"""What the picture's strips of sun and battery show."""

import pytest
from matplotlib.figure import Figure

from simhouse.house.record import Record
from simhouse.report.picture import _draw_relay_states
from simhouse.report.picture_canvas import Canvas
from simhouse.report.picture_sun import draw_battery, draw_prices, draw_sun

from .houses import call, house

POOL = {"type": "plug", "switch": "switch.pool", "power": "sensor.pool", "rated_w": 1000, "phases": ["L1"]}
BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "max_charge_w": 500, "soc_target_pct": 70}


@pytest.fixture
def axis():
    """An empty strip."""
    return Figure().subplots()


@pytest.fixture
def record():
    """Ten minutes of 3 kW of sun on a house of 1 kW, a pool pump and a battery that takes 0.5 kW."""
    site = {"solar_w": "sensor.sun", "battery": BATTERY}
    a = house(site=site, loads={"pool": POOL}, solar=[3000.0] * 600)
    a.apply([call("switch.turn_on", "switch.pool")], 0)
    record = Record(a)
    for t in range(600):
        a.step(t)
        record.watch(a.now, {})
    return record


def test_the_strip_of_the_sun_names_each_consumers_share(axis, record):
    draw_sun(axis, Canvas(record), record.ledger)
    legend = axis.get_legend()
    assert legend.get_title().get_text() == "sun 0.5 kWh"
    said = [text.get_text() for text in legend.get_texts()]
    assert said == ["exported: 0.1 kWh", "into the battery: 0.1 kWh", "pool: 0.2 kWh", "house: 0.2 kWh"]


def test_its_layers_reach_up_to_the_line_of_the_sun(axis, record):
    draw_sun(axis, Canvas(record), record.ledger)
    line = axis.get_lines()[0].get_ydata()
    top = max(vertex[1] for layer in axis.collections for path in layer.get_paths() for vertex in path.vertices)
    assert max(line) == pytest.approx(top) == pytest.approx(3.0)


def test_the_strip_of_the_battery_marks_the_target(axis, record):
    draw_battery(axis, Canvas(record))
    assert [text.get_text() for text in axis.texts] == ["target 70 %"]
    assert axis.get_lines()[0].get_ydata()[-1] > 50


def published(load: dict[str, object]) -> dict[str, object]:
    """The pump's entity with these attributes, and a price."""
    return {
        "states": {
            "sensor.fusebox_pool": {"state": "0", "attributes": load},
            "sensor.fusebox_prices": {"state": "0.3", "attributes": {}},
        }
    }


def test_the_strip_of_prices_has_a_dashed_line_at_the_price_of_a_plan(axis, record):
    record.watch(record.house.now, published({"plan_asked": {"max_price": 0.25}}))
    draw_prices(axis, Canvas(record), None)
    assert [text.get_text() for text in axis.texts] == ["pool: up to 0.25", "price"]
    assert [line.get_ydata()[0] for line in axis.get_lines() if line.is_dashed()] == [0.25]


def test_a_heat_pumps_blocked_time_is_shaded_and_named(axis, record):
    for state in ("normal", "block"):
        record.watch(record.house.now, published({"sg_state": state}))
    for _ in range(300):
        record.watch(record.house.now, {})
    _draw_relay_states(axis, Canvas(record), "pool")
    assert [text.get_text() for text in axis.texts] == ["block"]
    assert len(axis.patches) == 1
