"""The contract with export, with a blind phase and with a limit that is not known yet."""

from __future__ import annotations

from .houses import SITE, amps, charger, charging, config, watts


def test_one_phase_export_pays_for_the_car_under_the_contract_with_per_phase_netting(house):
    home = house(config(loads={"car": charger()}, max_import_w=2300, solar_w="sensor.sun"))
    home.line(0, {"sensor.l1": amps(-14), "sensor.sun": watts(6900), **charging()})
    assert (home.state(SITE), home.all_sent("number.car")) == ("ok", [])


def test_a_house_that_only_exports_is_never_over_its_contract(house):
    home = house(
        config(
            loads={"car": charger(phases=["L1", "L2", "L3"])},
            phases="L1 L2 L3",
            max_import_w=9200,
            solar_w="sensor.sun",
        )
    )
    home.line(
        0,
        {"sensor.l1": amps(-2), "sensor.l2": amps(-2), "sensor.l3": amps(-2), "sensor.sun": watts(13000), **charging()},
    )
    assert home.state(SITE) != "over"
    assert home.all_sent("number.car") == []


def test_no_meter_at_the_start_means_fail_safe_current_with_a_contract_too(house):
    home = house(config(loads={"car": charger()}, max_import_w=9000))
    home.line(0, {**charging()})
    assert (home.sent("number.car"), home.sent("switch.car")) == ([6], [])


def test_a_blind_phase_does_not_stop_a_car_on_another_phase_because_of_the_contract(house):
    home = house(config(loads={"car": charger()}, phases="L1 L2", max_import_w=9000))
    home.line(0, {"sensor.l1": amps(18), **charging()})
    assert home.sent("switch.car") == []


def test_a_contract_entity_that_is_unknown_does_not_mean_no_contract(house):
    home = house(config(loads={"car": charger()}, max_import_w="input_number.contract"))
    states = {"sensor.l1": amps(12), **charging(offer=6)}
    home.line(0, states)
    home.steady(60, states)
    assert home.calls == []
