"""A load's energy in Home Assistant's own statistics and Energy dashboard, over a restart and a power cut."""

from __future__ import annotations

from . import house

ENERGY, POWER = "sensor.fusebox_wall_energy", "sensor.fusebox_wall_power"
RECORDED = {"recorded": {"recorder": {"commit_interval": 1}, "history": {}, "energy": None}}
ROWS = (
    "{% set found = namespace(rows=[]) %}{% for hour in range(24) %}{% set found.rows = found.rows + "
    "[{'time': (today_at() + timedelta(hours=hour)).isoformat(), 'price': 20}] %}{% endfor %}{{ found.rows }}"
)
PRICES = {"unit_of_measurement": "EUR/kWh", "state": "20", "attributes": {"prices_today": ROWS}}
PRICED = {"priced": {"template": [{"sensor": [{"name": "epex", **PRICES}]}]}}
"""So dear that each second costs a few cents."""
CONSUMERS = [{"stat_consumption": ENERGY}]


def kwh(running) -> float:
    """What is shown."""
    return float(running.talk.value(ENERGY) or 0.0)


def kept(running) -> bool:
    """Whether anything is on file."""
    return (running.folder.path / ".storage" / "fusebox.energy").exists()


def test_home_assistant_finds_nothing_wrong_with_it(home):
    tuned = {**house.config(), "tuning": {"energy_kept_s": 6}}
    running = home(tuned, noisy=True, packages=RECORDED, offer_a=16, on=True, house_a=2)
    house.wait_until_drawn(running, 16)
    running.wait(lambda: kwh(running) > 0.02, "energy")
    running.wait(lambda: float(running.talk.value(POWER)) == 3680, "power")
    running.talk.command("energy/save_prefs", device_consumption=CONSUMERS)
    running.talk.post("fusebox_probe.compile_statistics")

    def statistics():
        return {each["statistic_id"]: each for each in running.talk.command("recorder/get_statistics_metadata")}

    found = running.wait(lambda: statistics() if {ENERGY, POWER} <= statistics().keys() else None, "statistics")
    assert (found[ENERGY]["has_sum"], found[ENERGY]["statistics_unit_of_measurement"]) == (True, "kWh")
    assert (found[POWER]["has_mean"], found[POWER]["statistics_unit_of_measurement"]) == (True, "W")
    issues = running.talk.command("recorder/validate_statistics")
    assert {name: told for name, told in issues.items() if "fusebox" in name} == {}

    def judged():
        return running.talk.command("energy/validate")["device_consumption"]

    running.wait(lambda: judged() == [[]], "the dashboard's consent")
    assert [line for line in running.complaints() if "energy_kept_s" not in line] == []


def test_it_continues_over_a_restart_and_a_power_cut(home):
    tuned = {**house.config(), "tuning": {"energy_kept_s": 6}}
    running = home(tuned, noisy=True, offer_a=16, on=True, house_a=2)
    running.wait(lambda: kwh(running) > 0.01, "energy")
    before = kwh(running)
    running.stop()
    assert kept(running)
    running.start()
    running.wait(lambda: running.talk.value(ENERGY) is not None, "energy after a restart")
    assert kwh(running) >= before
    running.wait(lambda: kwh(running) > before, "more energy")
    before = kwh(running)
    running.kill()
    running.start()
    running.wait(lambda: running.talk.value(ENERGY) is not None, "energy after a power cut")
    assert before <= kwh(running) < before + 1


def test_a_session_keeps_its_cost_over_a_restart(home):
    written = {**house.config(), "prices": {"import": "sensor.epex"}}
    running = home(written, packages=PRICED, offer_a=16, on=True, house_a=2)

    def session():
        shown = (running.talk.state(ENERGY) or {"attributes": {}})["attributes"]
        return shown if "session_kwh" in shown else None

    before = running.wait(lambda: (found := session()) and found.get("session_cost") and found, "a cost", 60)
    running.stop()
    running.start()
    again = running.wait(session, "the session")
    assert (again["session_cost"] or 0) >= before["session_cost"], (before, again)
    running.wait(lambda: session()["session_cost"] > again["session_cost"], "more cost")
