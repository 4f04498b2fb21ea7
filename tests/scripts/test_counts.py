"""What a load's entity counts: pauses of this session, commands of the last hour; and what of it is worth a write."""

from __future__ import annotations

from .houses import charger, config, plug
from .living import Device, Living


def test_pauses_are_counted_until_the_car_leaves(house):
    home = house(config(loads={"car": charger(pause_s=30)}))
    car = Device(offer_a=16)
    life = Living(home, {"L1": 2}, car=car)
    life.run(5)
    assert home.shown("car")["pauses"] == 0
    for pauses in (1, 2):
        life.base_a["L1"] = 40
        life.run(20)
        assert not car.on
        life.base_a["L1"] = 2
        life.run(90)
        assert car.on
        assert home.shown("car")["pauses"] == pauses
    car.status = "Available"
    life.run(5)
    assert home.shown("car")["pauses"] == 0


def test_a_mode_that_a_user_chooses_is_no_pause(house):
    home = house(config(loads={"car": charger()}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=16))
    life.run(5)
    home.call("fusebox_set_mode", load="car", mode="off")
    life.run(40)
    assert home.shown("car")["pauses"] == 0


def test_commands_are_counted_for_an_hour(house):
    home = house(config(loads={"car": charger()}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=6))
    life.run(70)
    assert home.shown("car")["writes_per_hour"] == len(home.all_sent("number.car")) == 3
    home.steady(3700, life.states(), every=20)
    assert home.shown("car")["writes_per_hour"] == 0


def test_the_counts_alone_are_not_worth_a_write(house):
    home = house(config(loads={"car": charger(max_a=10)}))
    life = Living(home, {"L1": 2}, car=Device(offer_a=16, obeys=False, takes_a=8))
    life.run(90)
    writes = 0
    for _ in range(60):
        life.run(1)
        writes += "sensor.fusebox_car" in home.reply["states"]
    assert writes <= 4


def test_a_plug_counts_its_commands_and_has_no_sessions(house):
    home = house(config(loads={"pool": plug()}))
    life = Living(home, {"L1": 2}, pool=Device(kind="plug", takes_a=10, on=False))
    life.run(70)
    assert home.shown("pool")["writes_per_hour"] == 1
    assert "pauses" not in home.shown("pool")


def test_in_a_dry_run_nothing_is_counted(house):
    home = house(config(loads={"car": charger(mode="standard")}, dry_run=True))
    life = Living(home, {"L1": 40}, car=Device(offer_a=16))
    life.run(60)
    assert (home.shown("car")["pauses"], home.shown("car")["writes_per_hour"]) == (0, 0)
