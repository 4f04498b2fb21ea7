"""pyscript may not interpret the package."""

from __future__ import annotations

from .houses import amps, charger, charging, config

CAR = {"sensor.l1": amps(20), **charging()}


GOOD = config(loads={"car": charger()})


def test_the_package_refuses_to_be_interpreted_with_a_clear_sentence(house, scripts, caplog):
    (scripts / "mine.py").write_text("import fusebox\n")
    home = house(GOOD, scripts=scripts, noisy=True)
    home.line(0, CAR)
    assert "from fusebox_native import native" in str(home.session.host.load_errors["file.mine"])
    home.line(1, {"sensor.l1": amps(30)})
    assert home.sent("number.car") == [11]
