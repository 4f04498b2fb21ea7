"""What is only guessed stays out of the loads, is written as a comment, and can be added by removing its #."""

from __future__ import annotations

import ast
import random
import re
from typing import Any

import pytest

from fusebox.config.read_config import read_config
from fusebox.config.tree import leaves
from fusebox.detect import detect
from fusebox.model.price_sources import DAYS

from .dumps import HOMES, LOADS, PHONE, dump

HEATS = {"hvac_modes": ["off", "heat"], "temperature": 20, "current_temperature": 19}
COOLS = {"hvac_modes": ["off", "heat", "cool"], "current_temperature": 19}


def of_device(device: str, states: dict[str, str]) -> list[dict[str, Any]]:
    return [{**each, "device": device} for each in dump(states)]


def grid(words: str) -> list[dict[str, Any]]:
    return dump({f"sensor.{words.format(n)}": "400 W" for n in "123"})


HOUSES: dict[str, tuple[list[dict[str, Any]], dict[str, str], set[str]]] = {
    "in German": (
        [
            *grid("stromzahler_leistung_l{}_power"),
            *of_device("a", {"switch.weihnachtsbaum": "on", "sensor.weihnachtsbaum_leistung": "131 W"}),
            *of_device(
                "b",
                {
                    "switch.warmwasserspeicher": "on",
                    "sensor.warmwasserspeicher_leistung": "1980 W",
                    "sensor.warmwasserspeicher_temperatur": "52 °C",
                    "sensor.warmwasserspeicher_device_temperature": "41 °C",
                },
            ),
            *of_device("c", {"switch.heizstab_bad": "off", "sensor.heizstab_bad_leistung": "0 W"}),
            *dump({"switch.kuhlschrank": "on", "sensor.kuhlschrank_leistung": "90 W"}),
        ],
        {"warmwasserspeicher": "tank"},
        {"weihnachtsbaum", "heizstab_bad"},
    ),
    "in Dutch": (
        [
            *dump(HOMES["dsmr in Dutch"][0]),
            *dump({"switch.kerstboom": "off", "sensor.kerstboom_vermogen": "0 W"}),
            *of_device(
                "a",
                {
                    "switch.keukenboiler": "off",
                    "sensor.keukenboiler_vermogen": "0 W",
                    "sensor.water_temperatuur": "61 °C",
                },
            ),
            *dump({"switch.vaatwasser": "on", "sensor.vaatwasser_vermogen": "1900 W"}),
        ],
        {},
        {"kerstboom", "keukenboiler"},
    ),
    "in French": (
        [
            *dump({"sensor.reseau_l1_power": "900 W"}),
            *dump({"switch.sapin_de_noel": "on", "sensor.sapin_de_noel_puissance": "40 W"}),
            *of_device(
                "a",
                {
                    "switch.chauffe_eau": "on",
                    "sensor.chauffe_eau_puissance": "2150 W",
                    "sensor.chauffe_eau_temperature": "48 °C",
                },
            ),
            *dump({"switch.piscine": "on", "sensor.piscine_puissance": "790 W"}),
            *dump({"switch.seche_linge": "on", "sensor.seche_linge_puissance": "2400 W"}),
        ],
        {"chauffe_eau": "tank", "piscine": "plug"},
        {"sapin_de_noel"},
    ),
    "in Swedish": (
        [
            *grid("net_l{}"),
            *dump({"switch.julgran": "on", "sensor.julgran_effekt": "22 W"}),
            *of_device(
                "a",
                {
                    "switch.varmvattenberedare": "on",
                    "sensor.varmvattenberedare_effekt": "2950 W",
                    "sensor.varmvattenberedare_temperatur": "57 °C",
                },
            ),
            *dump({"switch.elpatron": "off", "sensor.elpatron_effekt": "0 W"}),
        ],
        {"varmvattenberedare": "tank"},
        {"julgran", "elpatron"},
    ),
}


@pytest.mark.parametrize("house", HOUSES)
def test_a_load_is_only_what_its_name_shows_and_the_rest_is_a_guess(house):
    seen, loads, guesses = HOUSES[house]
    found = detect([*dump(PHONE), *seen])
    assert {name: load["type"] for name, load in found.config["loads"].items()} == loads
    assert set(found.proposed["loads"]) == guesses
    assert read_config(found.config).errors == ()


def test_the_thermometer_of_a_tank_is_the_waters_and_not_the_relays():
    found = detect(HOUSES["in German"][0])
    assert found.config["loads"]["warmwasserspeicher"] == {
        "type": "tank",
        "switch": "switch.warmwasserspeicher",
        "temperature": "sensor.warmwasserspeicher_temperatur",
        "power": "sensor.warmwasserspeicher_leistung",
        "rated_w": 2000,
    }
    assert any("is sensor.warmwasserspeicher_temperatur the temperature of the water?" in each for each in found.doubts)


def test_a_rating_that_nothing_shows_has_to_be_filled_in():
    proposed = detect(HOUSES["in Dutch"][0]).proposed["loads"]
    assert [proposed[name]["rated_w"] for name in ("kerstboom", "keukenboiler")] == ["FILL_IN", "FILL_IN"]
    assert detect(HOUSES["in French"][0]).config["loads"]["piscine"]["rated_w"] == 800


def test_an_easee_is_proposed_until_its_id_is_known():
    found = detect(dump({**LOADS["an Easee"][0], "sensor.net_l1": "100 W"}))
    assert found.config["loads"] == {}
    assert found.proposed["loads"]["garage"] == {
        "type": "number",
        "preset": "easee",
        "charger": "FILL_IN",
        "current": "sensor.garage_dynamic_charger_limit",
    }


def test_a_number_of_amps_with_a_switch_is_a_guess_if_its_name_is_no_chargers():
    limits = {"unit_of_measurement": "A", "device_class": "current", "min": 0, "max": 10}
    number = {"entity_id": "number.pump_current", "state": "5", "attributes": limits}
    found = detect([*dump({"sensor.net_l1": "100 W", "switch.pump": "on"}), number])
    assert found.config["loads"] == {} and set(found.proposed["loads"]) == {"pump"}
    assert "max_a" not in found.text


def test_a_charger_is_of_no_make_whose_way_to_pause_is_not_there():
    states = {entity: state for entity, state in LOADS["a Garo"][0].items() if entity != "select.carport_carport"}
    assert detect(dump({**states, "sensor.net_l1": "100 W"})).config["loads"] == {}


def test_nothing_is_said_of_plugs_over_a_tank():
    found = detect(HOUSES["in German"][0])
    assert "switch these once dry_run is False: warmwasserspeicher." in " ".join(found.doubts)
    assert "plug" not in " ".join([*found.doubts, *found.reasons]).replace("plugged in", "")


@pytest.mark.parametrize("name", ["battery_max_charge_current", "deye_inverter_charging_current", "akku_ladestrom"])
def test_the_current_of_a_battery_or_an_inverter_is_not_taken_for_a_charger(name):
    limits = {"unit_of_measurement": "A", "device_class": "current", "min": 0, "max": 100}
    number = {"entity_id": f"number.{name}", "state": "50", "attributes": limits}
    found = detect([*dump({"sensor.net_l1": "100 W", f"sensor.{name.rsplit('_', 2)[0]}_power": "1 W"}), number])
    assert found.config["loads"] == {}


def test_a_second_number_of_a_charger_does_not_replace_the_first():
    limits = {"unit_of_measurement": "A", "device_class": "current", "min": 6, "max": 32}
    numbers = [
        {"entity_id": f"number.garage_{which}_current", "state": "6", "attributes": limits} for which in ("max", "set")
    ]
    beside = dump({"sensor.net_l1": "100 W", "switch.garage": "on", "sensor.garage_power": "0 W"})
    (load,) = detect([*beside, *numbers]).config["loads"].values()
    assert (load["switch"], load["draw"]) == ("switch.garage", "sensor.garage_power")


def amps(entity: str, low: float = 0) -> dict[str, Any]:
    limits = {"unit_of_measurement": "A", "device_class": "current", "min": low, "max": 32}
    return {"entity_id": entity, "state": "16", "attributes": limits}


ZAPTEC = {
    "switch.home_charger_charging": "off",
    "sensor.home_charger_charge_power": "0 W",
    "sensor.home_charger_charger_mode": "disconnected",
}


@pytest.mark.parametrize("second", ["charger_min_current", "limit_of_this_charger"])
def test_another_number_of_a_charger_of_a_known_make_is_no_second_charger(second):
    numbers = [amps(f"number.home_charger_{each}") for each in ("charger_max_current", second)]
    found = detect([*dump({"sensor.net_l1": "100 W", **ZAPTEC}), *numbers])
    assert set(found.config["loads"]) == {"home_charger"} and "loads" not in found.proposed


def test_a_second_charger_whose_name_begins_like_the_first_is_found():
    again = {entity.replace("charger_", "charger_2_", 1): state for entity, state in ZAPTEC.items()}
    numbers = [amps(f"number.home_charger_{each}charger_max_current") for each in ("", "2_")]
    found = detect([*dump({"sensor.net_l1": "100 W", **ZAPTEC, **again}), *numbers])
    assert set(found.config["loads"]) == {"home_charger", "home_charger_2"}


def test_the_lowest_current_of_a_charger_of_no_known_make_is_left_out():
    numbers = [amps(f"number.carport_{which}_current", 6) for which in ("fallback", "min", "set")]
    found = detect([*dump({"sensor.net_l1": "100 W"}), *numbers])
    assert [load["current"] for load in found.config["loads"].values()] == ["number.carport_set_current"]


def test_the_sign_of_currents_of_an_unknown_make_is_to_be_checked():
    currents = {f"sensor.my_street_1_current_l{phase}": "3 A" for phase in (1, 2, 3)}
    found = detect(dump({**currents, "sensor.my_street_1_power": "2070 W"}))
    assert "check_unsigned_meter" in [each.code for each in found.doubts]
    assert "check_unsigned_meter" not in [each.code for each in detect(HOUSES["in German"][0]).doubts]


@pytest.mark.parametrize(
    ("sensors", "draw"),
    [
        (
            ("garage_current_l1", "garage_current_l2", "garage_current_l3", "garage_energy_l1"),
            {"L1": "sensor.garage_current_l1", "L2": "sensor.garage_current_l2", "L3": "sensor.garage_current_l3"},
        ),
        (("garage_current_phase_1", "garage_current_phase_2"), {"L1": "sensor.garage_current_phase_1",
                                                                "L2": "sensor.garage_current_phase_2"}),
        (("garage_current", "garage_current_l1", "garage_current_l2"), "sensor.garage_current"),
        (("garage_current_l1",), "sensor.garage_current_l1"),
    ],
)  # fmt: skip
def test_a_charger_of_no_known_make_is_measured_on_each_phase_or_as_a_whole(sensors, draw):
    limits = {"unit_of_measurement": "A", "device_class": "current", "min": 6, "max": 32}
    number = {"entity_id": "number.garage_charger_current", "state": "6", "attributes": limits}
    states = {f"sensor.{name}": "1 kWh" if "energy" in name else "0 A" for name in sensors}
    grid = {f"sensor.net_l{place}": "100 W" for place in (1, 2, 3)}
    found = detect([*dump({"switch.garage": "on", **grid, **states}), number])
    assert found.config["loads"]["garage"]["draw"] == draw
    assert all(f"sensor.{name}" in " ".join(found.reasons) for name in sensors if name in str(draw))
    assert read_config({**found.config}).errors == ()


@pytest.mark.parametrize("house", ["in German", "in Dutch", "in Swedish"])
def test_with_three_phases_each_load_has_a_check_of_its_phases(house):
    wallbox = LOADS["a Wallbox in Dutch"][0]
    text = detect([*HOUSES[house][0], *dump(wallbox)]).text
    loads = re.findall(r'(?:^ *# .*\n)+? *(?:# )?"\w+": \{ *(?:\n *)?"type"', text, re.MULTILINE)
    assert len(loads) > 2 and all("it counts on all 3 phases" in load for load in loads)
    assert '"phases": ["L1"]' in text


def test_with_one_phase_there_is_no_question_about_phases():
    assert "phases; " not in detect(HOUSES["in French"][0]).text


MIDNIGHT = [{"start": "2026-11-30T00:00:00+01:00", "end": "2026-11-30T00:15:00+01:00", "value": 0.4}]


@pytest.mark.parametrize("today", [*(today for today, _ in DAYS), "price_00h"])
def test_each_list_of_a_days_prices_that_is_read_is_also_detected(today):
    prices = {"entity_id": "sensor.prices", "state": "0.4", "attributes": {today: []}}
    assert detect([*grid("net_l{}"), prices]).config["prices"] == {"import": "sensor.prices"}


@pytest.mark.parametrize("key", ["raw_today", "prices_today"])
@pytest.mark.parametrize("rows", [[1.2, 1.3], ["E10", "E5"], [{"station": "A1", "price": 1.79}]])
def test_a_list_without_the_times_of_its_prices_is_no_source(key, rows):
    fuel = {"entity_id": "sensor.fuel", "state": "1.79", "attributes": {key: rows}}
    prices = {"entity_id": "sensor.nordpool", "state": "0.4", "attributes": {"raw_today": MIDNIGHT}}
    assert "prices" not in detect([*grid("net_l{}"), fuel]).config
    assert detect([*grid("net_l{}"), fuel, prices]).config["prices"] == {"import": "sensor.nordpool"}


def test_prices_in_the_attributes_of_an_entity_are_a_source():
    nordpool = {"entity_id": "sensor.nordpool_kwh_se3_sek_3_10_025", "state": "0.4", "attributes": {"raw_today": []}}
    found = detect([*grid("net_l{}"), nordpool])
    assert found.config["prices"] == {"import": "sensor.nordpool_kwh_se3_sek_3_10_025"}
    assert any(each.startswith("prices: this is the price of the market") for each in found.doubts)
    assert read_config(found.config).errors == ()


@pytest.mark.parametrize(
    "entity",
    ["sensor.nord_pool_nl_current_price", "sensor.nord_pool_de_aktueller_preis", "sensor.nord_pool_se3_nuvarande_pris"],
)
def test_home_assistants_own_nord_pool_is_read_by_its_service(entity):
    found = detect([*grid("net_l{}"), {"entity_id": entity, "state": "0.2", "attributes": {}}])
    area = entity.split("_")[2].upper()
    assert found.config["prices"] == {"import": {"service": "nordpool.get_prices_for_date", "area": area}}
    assert read_config(found.config).errors == ()


def test_thermostats_are_proposed_as_radiators_and_air_conditioners_named():
    climates = [
        {"entity_id": "climate.wohnzimmer", "state": "heat", "attributes": HEATS, "device": "a"},
        {"entity_id": "switch.wohnzimmer_relais", "state": "on", "device": "a"},
        {"entity_id": "climate.slaapkamer", "state": "heat", "attributes": HEATS},
        {"entity_id": "climate.airco", "state": "cool", "attributes": COOLS},
    ]
    found = detect([*grid("net_l{}"), *climates])
    assert "radiators" not in found.config
    assert found.proposed["radiators"]["radiators"] == [
        {"virtual": "climate.slaapkamer", "actual": "FILL_IN"},
        {"virtual": "climate.wohnzimmer", "actual": "switch.wohnzimmer_relais"},
    ]
    assert any("climate.airco can cool too" in each for each in found.doubts)


def test_a_water_heater_is_proposed_as_a_tank():
    found = detect([*grid("net_l{}"), {"entity_id": "water_heater.ballon", "state": "eco", "attributes": {}}])
    assert found.proposed["loads"]["ballon"]["temperature"] == "water_heater.ballon"


def added(text: str) -> str:
    """The text with every guess added, as its owner would do it."""
    return re.sub(r'^( *)# (".*,)$', r"\1\2", text, flags=re.MULTILINE)


@pytest.mark.parametrize("house", HOUSES)
def test_a_guess_is_in_force_when_its_comment_is_removed_and_what_is_open_filled_in(house):
    climate = {"entity_id": "climate.hall", "state": "heat", "attributes": HEATS}
    found = detect([*HOUSES[house][0], *dump(LOADS["an Easee"][0]), climate])
    config = ast.literal_eval(ast.parse(added(found.text)).body[-1].value)  # type: ignore[attr-defined]
    names = set(found.config["loads"]) | set(found.proposed["loads"])
    assert set(config["loads"]) == names and "radiators" in config
    unfilled = [path for path, leaf in leaves(config) if leaf == "FILL_IN"]
    assert [each.path for each in read_config(config).errors] == unfilled
    values = {"charger": "EH123456", "rated_w": 1500, "actual": "switch.relay"}
    filled = re.sub(r'"(\w+)": "FILL_IN"', lambda found: f'"{found[1]}": {values[found[1]]!r}', added(found.text))
    assert read_config(ast.literal_eval(ast.parse(filled).body[-1].value)).errors == ()  # type: ignore[attr-defined]


STRANGE = ['"', "'", "\\", "\0", "\n", "\r", "\u2028", "\x85", "\ud800", "#", "{", "\\N{BEL}", '"""', "é", " "]


@pytest.mark.parametrize("seed", range(30))
def test_the_text_can_be_read_whatever_the_entities_are_called(seed):
    chance = random.Random(seed)
    states = {**HOMES["dsmr"][0], **LOADS["plugs of five makes"][0], **LOADS["a go-e"][0]}
    seen = dump(states)
    for each in seen:
        for key in ("entity_id", "called", "device"):
            text = str(each.get(key) or each["entity_id"])
            at = chance.randrange(len(text) + 1)
            if chance.random() < 0.4:
                each[key] = text[:at] + chance.choice(STRANGE) + text[at:]
        if chance.random() < 0.3:
            each["attributes"] = {**each["attributes"], "unit_of_measurement": chance.choice(STRANGE)}
    found = detect(seen)
    assert ast.literal_eval(ast.parse(found.text).body[-1].value) == found.config  # type: ignore[attr-defined]
    assert read_config(found.config).errors == ()


def test_a_load_that_gets_another_name_keeps_what_to_check():
    limits = {"unit_of_measurement": "A", "min": 6, "max": 32}
    number = {"entity_id": "number.garage", "state": "6", "attributes": limits}
    found = detect([*dump({"switch.garage_charge_control": "off", "sensor.net_l1": "1 kW"}), number])
    assert {name: load["type"] for name, load in found.config["loads"].items()} == {
        "garage": "ocpp",
        "garage_2": "number",
    }
    assert [each.values["path"] for each in found.doubts if each.code == "check_no_make"] == ["loads.garage_2"]
