"""Some hours of history, and half a year of sessions, for a new Home Assistant, written while it is stopped."""

from __future__ import annotations

import json
import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

HOURS = 6
SESSION_DAYS = 180
EVERY_S = 60
SITE, CAR, POOL = "sensor.fusebox_site", "sensor.fusebox_car", "sensor.fusebox_pool"
PHASES = ("L1", "L2", "L3")
VOLTAGE_V = 230


def write(folder: Path) -> None:
    """Write the states of the site, the car and the pool pump for each minute, and their sessions of each day."""
    now_s = time.time()
    sessions = (folder / ".storage" / "fusebox.sessions").open("w", encoding="utf-8")
    with sessions:
        sessions.writelines(f"{json.dumps(line)}\n" for line in _sessions(datetime.now(UTC)))
    with closing(sqlite3.connect(folder / "home-assistant_v2.db")) as recorder, recorder:
        _run(recorder, now_s - HOURS * 3600)
        ids = {entity: _meta(recorder, entity) for entity in (SITE, CAR, POOL)}
        for back_s in range(HOURS * 3600, 120, -EVERY_S):
            for entity, state, attributes in _house(now_s - back_s, back_s / 3600):
                told = recorder.execute(
                    "INSERT INTO state_attributes (shared_attrs) VALUES (?)", (json.dumps(attributes),)
                )
                recorder.execute(
                    "INSERT INTO states (state, last_updated_ts, metadata_id, attributes_id) VALUES (?, ?, ?, ?)",
                    (state, now_s - back_s, ids[entity], told.lastrowid),
                )


def _sessions(now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the sessions of two cars and the pool pump, the oldest first."""
    for back in range(SESSION_DAYS, -1, -1):
        end = now - timedelta(days=back)
        sunny_pct = round(60 + 35 * math.sin(back / 4))
        car_kwh = round(9 + 4 * math.sin(back), 1)
        car = {
            "kwh": car_kwh,
            "solar_pct": sunny_pct,
            "cost": round(0.2 * car_kwh, 2),
            "saved": round(0.07 * car_kwh, 2),
        }
        yield _session("car", "ioniq_5" if back % 3 else "zoe", end, car)
        yield _session("pool", None, end, {"kwh": 3.3, "solar_pct": 92, "cost": 0.31, "saved": None})


def _session(load: str, vehicle: str | None, end: datetime, figures: dict[str, Any]) -> dict[str, Any]:
    start = end - timedelta(hours=3)
    return {"load": load, "vehicle": vehicle, "start": start.isoformat(), "end": end.isoformat(), **figures}


def _run(recorder: sqlite3.Connection, began_s: float) -> None:
    """Backdate the recorder's first run, because it ignores anything before it."""
    began = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(began_s))
    recorder.execute(
        "UPDATE recorder_runs SET start = ? WHERE run_id = (SELECT MIN(run_id) FROM recorder_runs)", (began,)
    )


def _meta(recorder: sqlite3.Connection, entity: str) -> int:
    recorder.execute("INSERT OR IGNORE INTO states_meta (entity_id) VALUES (?)", (entity,))
    found = recorder.execute("SELECT metadata_id FROM states_meta WHERE entity_id = ?", (entity,)).fetchone()
    return int(found[0])


def _house(at_s: float, hours_ago: float) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (entity, state, attributes) of a morning up to noon: the roof, a car on surplus, a pump, and cooking."""
    wobble = math.sin(at_s / 700) + 0.6 * math.sin(at_s / 190)
    sun_w = max(0.0, 9200 * math.cos(hours_ago / 6.4 * math.pi / 2) * (1 - 0.25 * max(0.0, wobble - 0.4)))
    house_a = 2.2 + 0.5 * abs(wobble) + (7 if 2.2 < hours_ago < 2.7 else 0) + (4 if 4.6 < hours_ago < 5 else 0)
    pool_a = 4.8 if sun_w > 4200 else 0.0
    spare_a = sun_w / VOLTAGE_V / 3 - house_a - pool_a / 3
    car_a = min(spare_a, 16.0) if spare_a >= 6 else 0.0
    own_a = {"L1": car_a, "L2": car_a + pool_a, "L3": car_a}
    grid_a = {phase: round(house_a + own_a[phase] - sun_w / VOLTAGE_V / 3, 1) for phase in PHASES}
    site = {
        "voltage_v": VOLTAGE_V,
        "fuse_a": 25,
        "grid_a": grid_a,
        "solar_w": round(sun_w),
        "battery_soc_pct": 85,
        "battery_charge_w": 0,
        "loads": [CAR, POOL],
    }
    yield SITE, "ok", site
    car = {"friendly_name": "Fusebox car", "unit_of_measurement": "A", "draw_a": dict.fromkeys(PHASES, round(car_a, 1))}
    yield CAR, f"{car_a:.1f}", car
    pool = {"friendly_name": "Fusebox pool", "unit_of_measurement": "W", "draw_a": {"L2": pool_a}}
    yield POOL, f"{pool_a * VOLTAGE_V:.0f}", pool
