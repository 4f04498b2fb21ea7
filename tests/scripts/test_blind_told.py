"""Reports while a meter is missing: which meter, which stage; and devices whose own minimum is above that of CONFIG."""

from __future__ import annotations

from .houses import SITE, amps, charger, charging, config, plug, switched


def told(home):
    """The site's word and reason, and those of the car."""
    return home.state(SITE), home.shown()["reason"], home.shown("car")["status"], home.shown("car")["reason"]


def test_each_stage_is_named_with_its_meter(house):
    home = house(config(loads={"car": charger(), "pool": plug(phases=["L2"])}, phases="L1 L2"))
    seen = {"sensor.l1": amps(20), "sensor.l2": amps(3)}
    home.line(0, {**seen, **charging(), **switched(on=False)})
    found = {}
    for second in range(1, 70):
        car = charging(offer=6) if second > 32 else {}
        home.line(second, {"sensor.l1": "unavailable" if second < 65 else "20", "sensor.l2": "3", **car})
        found[second] = told(home)
    for second, words, of_load in [
        (5, "no usable value from", "missing"),
        (35, "at the minimum at most", "minimum"),
        (62, "in fail-safe", "fail-safe"),
    ]:
        word, site_reason, car_word, reason = found[second]
        assert (word, car_word) == ("blind", "blind")
        assert words in site_reason and "main L2" not in site_reason and "car" in site_reason
        assert "main L1 (sensor.l1)" in site_reason
        assert of_load in reason
    assert found[66][0] != "blind" and found[66][2] == "charging"


def test_a_charger_whose_own_minimum_is_higher_goes_to_that_one(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, {"sensor.l1": amps(20), **charging(offer=16, min=8)})
    home.steady(100)
    assert {value for _, value in home.all_sent("number.car")} == {8}


def test_a_renamed_meter_leaves_no_error_about_the_old_one(house):
    home = house(config(loads={"car": charger()}, grid={"L1": "sensor.odd"}))
    home.line(0, {"sensor.odd": "20", "sensor.l1": amps(20), **charging()})
    assert "sensor.odd" in str(home.shown()["errors"])
    home.save(config(loads={"car": charger()}))
    home.steady(8, {"sensor.l1": "20"})
    assert home.shown()["errors"] == []
    assert home.state(SITE) != "blind"
