"""What Home Assistant shows of a charge point on a real socket: the entities of its OCPP integration."""

import asyncio

import pytest

from simhouse.house.build import build_house
from simhouse.physics.car import Car

from .houses import START, call
from .points import ocpp_house, play, rate


def test_the_entities_are_those_of_the_integration():
    a = ocpp_house()
    play(a, 60)
    shown = {entity: state["state"] for entity, state in a.states.items() if "evse1" in entity}
    assert shown["sensor.evse1_status"] == "Available"
    assert shown["sensor.evse1_status_connector"] == "Charging"
    assert (shown["sensor.evse1_current_import"], shown["sensor.evse1_current_offered"]) == ("20", "20")
    assert (shown["sensor.evse1_power_active_import"], shown["sensor.evse1_power_offered"]) == ("4.6", "4.6")
    assert shown["sensor.evse1_transaction_id"] == str(int(START.timestamp()) + 1)
    assert shown["switch.evse1_charge_control"] == "on"
    assert a.states["sensor.evse1_current_import"]["attributes"]["L1"] == 20
    assert a.states["sensor.evse1_power_active_import"]["attributes"]["unit_of_measurement"] == "kW"
    assert {"button.evse1_reset", "number.evse1_maximum_current", "sensor.evse1_stop_reason"} <= shown.keys()


@pytest.mark.parametrize(
    ("current_by", "attributes", "entities"),
    [("phase", {"L1": 16.0, "L2": 16.0, "L3": 0.0}, set()), ("largest", {}, set()),
     ("entity", {}, {"sensor.evse1_current_import_l1", "sensor.evse1_current_import_l2",
                     "sensor.evse1_current_import_l3"})],
)  # fmt: skip
def test_currents_by_phase_come_as_attributes_as_entities_or_not_at_all(current_by, attributes, entities):
    load = {"car": {"type": "ocpp", "charger": "evse1", "max_a": 16}}
    car = Car(phases=2, max_a=16, below_offer_a=0.0)
    a = ocpp_house(
        load,
        {"current_by": current_by},
        grid={p: f"sensor.net_{p}" for p in ("L1", "L2", "L3")},
        cars={"car": car},
    )
    play(a, 60)
    main = a.states["sensor.evse1_current_import"]
    assert main["state"] == "16"
    assert {k: v for k, v in main["attributes"].items() if k.startswith("L")} == attributes
    assert {entity for entity in a.states if "current_import_l" in entity} == entities


def test_entities_that_config_names_have_those_names():
    named = {"switch": "switch.garage", "draw": "sensor.garage_current", "status": "sensor.garage_status"}
    a = ocpp_house({"car": {"type": "ocpp", "charger": "evse1", "phases": ["L1"]} | named})
    play(a, 60, {40: call("switch.turn_off", "switch.garage")})
    assert a.states["sensor.garage_status"]["state"] == "Finishing"
    assert "switch.evse1_charge_control" not in a.states and "sensor.evse1_current_import" not in a.states


@pytest.mark.parametrize(
    "draw",
    [
        {"entity": "sensor.garage", "unit": "A"},
        {"L1": "sensor.garage", "L2": "sensor.garage_2"},
        {"L1": {"entity": "sensor.garage", "unit": "A"}, "L2": {"entity": "sensor.garage_2"}},
    ],
)
def test_a_draw_is_reported_in_whatever_form_config_names_it(draw):
    load = {"type": "ocpp", "charger": "evse1", "phases": ["L1", "L2"], "draw": draw}
    grid = {p: f"sensor.net_{p}" for p in ("L1", "L2")}
    network = build_house(
        {"site": {"main_fuse_a": 25, "grid": grid}, "loads": {"car": load}}, start=START, length_s=9
    ).network
    shown = asyncio.run(first_seconds(network))
    assert {"sensor.garage", *(["sensor.garage_2"] if "L2" in draw else [])} <= shown.keys()


async def first_seconds(network):
    shown = {}
    async with network:
        for t_s in range(5):
            network.chargers["car"].step(t_s, 230.0, True)
            shown |= await network.exchange(t_s)
    return shown


def test_an_identity_becomes_entity_ids_as_home_assistant_writes_them():
    a = ocpp_house({"car": {"type": "ocpp", "charger": "EVSE-2 Left", "phases": ["L1"]}})
    play(a, 3)
    assert a.states["sensor.evse_2_left_status_connector"]["state"] == "SuspendedEV"


def test_two_connectors_of_one_charge_point_have_entities_of_their_own():
    loads = {n: {"type": "ocpp", "charger": "evse1", "connector": i, "phases": ["L1"]} for i, n in ((1, "a"), (2, "b"))}
    a = ocpp_house(loads)
    play(a, 90, {30: rate(9, 30, conn_id=2), 60: call("switch.turn_off", "switch.evse1_connector_1_charge_control")})
    assert a.states["sensor.evse1_connector_2_current_import"]["state"] == "9"
    assert a.states["sensor.evse1_connector_1_status_connector"]["state"] == "Finishing"
    assert a.states["sensor.evse1_connectors"]["state"] == "2" and "sensor.evse1_current_import" not in a.states
