"""Files as each store wrote them with a codec of its own are read without loss, and written again as they were."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fusebox.balancer.boosts import StoredBoosts
from fusebox.balancer.energy.load_energy import HOUSE, HouseEnergy, from_plain, to_plain
from fusebox.balancer.energy.meter import EnergyMeter
from fusebox.balancer.energy.storage import SESSIONS_NAME, read_sessions
from fusebox.balancer.mqtt_devices import StoredTopics
from fusebox.balancer.plans.plan_file import StoredPlans
from fusebox.balancer.plans.plans import Plans
from fusebox.balancer.vehicles.vehicles import StoredVehicles
from fusebox.model.equipment import Tariff
from fusebox.radiators.groups import StoredGroups
from fusebox.runtime.json_values import Reader, to_json_values
from fusebox.runtime.settings import StoredSettings
from fusebox.tariff.dimmings import DIMMINGS_NAME, DimmingBook
from fusebox.tariff.watch import TariffWatch

LOADS = {
    "pool": {"switched_s": 1699999940.0, "starts_s": [1699996000.0, 1699999940.0], "hand": "on"},
    "tank": {"hand": "off", "hygiene": {"done_s": 1699920000, "held_s": 1200.0, "hot_s": 1699999860}},
    "pump": {
        "sg_ready": {
            "told": "block", "told_s": 1699999500.0, "calls_s": [1699999100.0, 1699999500.0],
            "blocks_s": [[1699991000.0, 1699992000.0], [1699999500.0, None]], "overload_s": 1699999200.0,
        },
    },
    "car": {
        "latency_s": {"echo": [1, 2], "follow": [3, 4, 7], "meter": [12, 17]},
        "phases": {
            "switches_s": [1699999100, 1699999900], "lines": 1, "in_session": 2, "short_ups": 1, "by_hand": 1,
            "stays_on_one": True, "proven": True, "reserved_a": 6.0, "tried_s": 1699999900, "up_s": 1699999100,
        },
    },
}  # fmt: skip
SETTINGS = {
    "overrides": {"loads.car.mode": {"value": "off", "config": "standard", "said": False}},
    "battery": {"charged": True, "has_surplus": False, "able": True},
    "loads": LOADS,
    "vehicles": {"ioniq": {"follow_s": [8.0], "only": {"garage": 1}}},
    "inverter_lags_s": [2, 2, 7],
    "stops_s": {"ocpp sensor.evse1_status": 1700000000.0},
    "test_begun_s": 1700000000.0,
}
VEHICLES = {
    "stays": {"garage": {"session_s": 1700000000.0, "vehicle": "ioniq", "by": "person"}},
    "shown": {"sensor.tag": {"word": "04A1B2", "since_s": 1700000000.0}, "binary_sensor.plugged": {"word": "off"}},
    "before_choice": {"input_select.car": "ioniq"},
}
ENERGY = {
    "car": {
        "counter": {
            "kwh": 12.5, "source": "counter", "at_s": 1700000000.0, "power_w": 6900.0,
            "level": {"reading_kwh": -3.0, "drawn_kwh": 1.0, "spare_kwh": 0.5, "counted_kwh": 0.25},
            "former": {"drawn_kwh": 2.0},
        },
        "session": {
            "start_s": 1699996400.0, "start_kwh": 10.0, "measured": False, "drew_s": 1700000000.0, "is_drawing": True,
            "starts": 2, "pauses": 1, "pauses_told": 3, "worst_phase": "L2", "worst_a": 20.5, "split_kwh": 2.0,
            "solar_kwh": 1.0, "battery_kwh": 0.5, "priced_kwh": 2.0, "cost": -0.4, "vehicle": "ioniq",
        },
        "last": {"a": [10.0, None, 0.0], "silent_s": 3.5},
    },
    "new": {"counter": {}, "session": {"start_s": 1700000000.0, "by_draw": True}},
}  # fmt: skip
GROUPS = {
    "rooms": {
        "index": 1, "served_s": {"switch.a": 120, "switch.b": 7, "switch.c": 0},
        "boost": {"switch.a": 1700000060.5, "switch.b": None},
    },
}  # fmt: skip
PEAKS = {
    "kind": "fluvius", "months": {"2026-05": [[3, 5.5], [0, 4.25]]}, "meter": ["2026-05", 5.5, 6.5],
    "imports": {"2026-04": {"kwh": 80.0, "hours": 700.0}, "2026-05": {"hours": 40.0}},
    "ahead_s": -18000.0, "warned_s": 1700000000.0,
    "dimming": {
        "start_s": 1700000000.0, "limit_w": 4200.0, "highest_w": 4100.0, "is_measured": False,
        "quarter": {"start_s": 1700000100.0, "at_s": 1700000200.0, "measured_ws": 3.0},
    },
    "window": {
        "start_s": 1.0, "at_s": 2.0, "measured_ws": 3.0, "unseen_s": 4.0, "unseen_w": 6.5, "power_w": 6.0,
        "began_unseen_s": 7.0,
    },
}  # fmt: skip
PLANS = {
    "wishes": {
        "car": {
            "own": {"ready_by": "07:00", "energy_kwh": 20.0, "soc_target_pct": None, "hours": None,
                    "min_soc_pct": None, "max_price": None, "finish": "late", "min_block_min": 15},
            "was_here": True, "from_s": 1700000000.0, "ready_by": "07:00", "amount": 20.0, "overdue": False,
            "done": False, "skipped": False, "given_kwh": 1.5, "ran_s": 60.0, "paid": 0.5, "at_once": 6.0,
            "evenly": 5.0, "counter_kwh": 12.5, "at_s": 1700000000.0,
            "charge": {"soc_pct": None, "given_kwh": 0.0}, "had": None,
            "before": {"given_kwh": 0.0, "ran_s": 0.0, "paid": 0.0, "skipped": False},
        },
    },
    "resting": ["pool"], "ran_from_s": {"pool": 1700000000.0},
    "signals": {"pump": {"state": "block", "until_s": 1700003600.0}},
    "power": [{"load": "car", "lines": 3, "kw": 11.04}],
    "house": {"L1": {"18": [0.5, 0.125, 7.0]}}, "circuits": {"garage": {"L2": {"3": [0.25, 0.5, 1.0]}}},
    "import": {"source": "sensor.prices", "slots": {"1700000100": 0.25}}, "export": {"source": "", "slots": {}},
    "release": [["switch", "turn_off", {"entity_id": "switch.hold"}]],
    "blind": [["number", "set_value", {"entity_id": "number.power", "value": 3000}]],
}  # fmt: skip


SESSION = {"load": "car", "start": "2026-06-01T18:00:00+00:00", "end": "2026-06-01T22:00:00+00:00", "kwh": 12.5}
DIMMING = {
    "start_s": 1699990000.0, "limit_w": 4200.0, "end_s": 1699993600.0, "highest_w": 4100.0, "is_measured": False,
    "quarter": {"start_s": 1699992900.0, "at_s": 1699993600.0, "measured_ws": 3.0},
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        (StoredSettings, SETTINGS),
        (
            StoredSettings,
            {
                "overrides": {},
                "battery": None,
                "loads": {},
                "vehicles": {},
                "inverter_lags_s": [],
                "stops_s": {},
                "test_begun_s": None,
            },
        ),
        (StoredVehicles, VEHICLES),
        (StoredBoosts, {"loads": {"car": True, "pool": False}}),
        (StoredGroups, {"groups": GROUPS}),
        (StoredTopics, {"topics": ["fusebox/a/config", "fusebox/b/config"]}),
    ],
)
def test_a_persisted_state_is_read_without_damage_and_written_as_it_was(kind: type[Any], file: Any) -> None:
    reader = Reader()
    found = reader.read(kind, file)
    assert (to_json_values(found), reader.damaged) == (file, [])


def test_counters_and_sessions_are_read_and_written_as_they_were(caplog: pytest.LogCaptureFixture) -> None:
    found = from_plain(ENERGY)
    assert (to_plain(found, HouseEnergy()), caplog.messages) == ({HOUSE: {}, **ENERGY}, [])


def test_month_peaks_are_read_and_written_except_for_the_present_window(caplog: pytest.LogCaptureFixture) -> None:
    watch, tariff = TariffWatch(), Tariff("fluvius")
    watch.restore(PEAKS, tariff)
    now = {"window": {**PEAKS["window"], "added_ws": 3.0}}  # type: ignore[dict-item]
    del now["window"]["power_w"]
    assert (watch.plain(tariff), caplog.messages) == ({**PEAKS, **now}, [])


def test_objects_of_a_running_older_version_are_read_by_the_names_that_they_have() -> None:
    # An update while Home Assistant runs leaves objects of version 1.0.0 in memory, which lack a method renamed since.
    meter, watch, finished = EnergyMeter(), TariffWatch(), [SESSION]
    meter.take_over(SimpleNamespace(finished=finished, restored=True, stored_kwh={}, plain=lambda: ENERGY))
    watch.take_over(SimpleNamespace(kind="fluvius", plain=lambda tariff: PEAKS))
    assert (meter.finished is finished, meter.loads.keys()) == (True, ENERGY.keys() - {HOUSE})
    assert (watch.kind, watch.restored, hasattr(Plans, "plain")) == ("fluvius", True, True)


def test_an_older_version_without_a_tariff_leaves_what_was_persisted_to_be_restored() -> None:
    watch = TariffWatch()
    watch.take_over(TariffWatch())
    watch.restore(PEAKS, Tariff("fluvius"))
    assert watch.ledger.history.months.keys() == PEAKS["months"].keys()  # type: ignore[attr-defined]


def test_plans_are_read_without_damage_and_the_same_after_another_restart() -> None:
    reader = Reader()
    found = reader.read(StoredPlans, PLANS)
    assert reader.damaged == []
    assert found.progress["car"].own is not None and found.progress["car"].given_kwh == 1.5
    assert Reader().read(StoredPlans, to_json_values(found)) == found
    same = ("resting", "ran_from_s", "signals", "power", "house", "circuits", "import", "export", "release", "blind")
    assert {key: to_json_values(found)[key] for key in same} == {key: PLANS[key] for key in same}


def test_lines_of_sessions_and_of_dimmings_are_read_as_they_were(tmp_path: Path) -> None:
    for name, line in ((SESSIONS_NAME, SESSION), (DIMMINGS_NAME, DIMMING)):
        (tmp_path / name).write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert read_sessions(tmp_path / SESSIONS_NAME).lines == (SESSION,)
    book = DimmingBook()
    asyncio.run(book.read(tmp_path, 1700000000.0))
    assert [(row["limit_w"], row["highest_w"]) for row in book.rows(0.0)] == [(4200, 4100)]
