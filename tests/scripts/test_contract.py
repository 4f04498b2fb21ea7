"""`max_import_w`: the contract's limit over all phases, netted as the meter nets."""

from __future__ import annotations

from .houses import SITE, amps, charger, charging, config, watts


def test_the_contract_binds_below_the_fuse(house):
    home = house(config(loads={"car": charger()}, max_import_w=4600))
    home.line(0, {"sensor.l1": amps(24), **charging()})
    assert home.sent("number.car") == [12]
    assert home.shown("car")["limited_by"] == "contract"
    assert home.state(SITE) == "over"


def test_the_contract_knows_no_margin(house):
    home = house(config(loads={"car": charger()}, max_import_w=4600, margin_a=2))
    home.line(0, {"sensor.l1": amps(20), **charging()})
    assert home.sent("number.car") == []


def test_a_three_phase_car_counts_three_times(house):
    home = house(config(loads={"car": charger(phases=["L1", "L2", "L3"])}, phases="L1 L2 L3", max_import_w=9200))
    home.line(0, {"sensor.l1": amps(20), "sensor.l2": amps(18), "sensor.l3": amps(16), **charging()})
    # others use 4 + 2 + 0 A of the 40 A: 34 A for three phases
    assert home.sent("number.car") == [11]


def test_with_netting_sum_export_on_one_phase_pays_for_import_on_another(house):
    home = house(
        config(loads={"car": charger()}, phases="L1 L2", max_import_w=2300, netting="sum", solar_w="sensor.sun")
    )
    home.line(0, {"sensor.l1": amps(18), "sensor.l2": amps(-10), "sensor.sun": watts(2300), **charging()})
    assert home.calls == []
    home.line(1, {"sensor.l2": amps(-4)})
    assert home.sent("number.car") == [12]


def test_with_netting_per_phase_it_does_not(house):
    home = house(
        config(loads={"car": charger()}, phases="L1 L2", max_import_w=2300, netting="per_phase", solar_w="sensor.sun")
    )
    home.line(0, {"sensor.l1": amps(18), "sensor.l2": amps(-10), "sensor.sun": watts(2300), **charging()})
    assert home.sent("number.car") == [8]


def test_a_live_contract_counts_at_once(house):
    home = house(config(loads={"car": charger()}, max_import_w="input_number.contract"))
    home.line(0, {"sensor.l1": amps(20), "input_number.contract": "5000", **charging()})
    assert home.calls == []
    home.line(1, {"input_number.contract": "4140"})
    assert home.sent("number.car") == [14]


def test_without_a_contract_only_the_fuse_counts(house):
    home = house(config(loads={"car": charger()}, max_import_w=None))
    home.line(0, {"sensor.l1": amps(25), **charging()})
    assert home.calls == []
