"""`FILL_IN` anywhere in a CONFIG is refused with its path, and set-up never leaves one in what it writes."""

from __future__ import annotations

import pytest

from fusebox.config.read_config import read_config
from fusebox.config.tree import leaves

from ..cases import for_each
from .broken import DELETE
from .full import SECRETS, changed, full

PLACES = [path for path, _ in leaves(full())]
TYPES = [path for path in PLACES if path.endswith((".type", ".kind"))]
"""The paths that choose which other keys are read; each is tested alone, because it would hide the others' errors."""
OTHERS = [path for path in PLACES if path not in TYPES]
SHARES = 20


@for_each("paths", [*([path] for path in TYPES), *(OTHERS[first::SHARES] for first in range(SHARES))])
def test_a_placeholder_is_one_error_at_its_path(paths):
    config = full()
    for path in paths:
        changed(config, path, "FILL_IN")
    errors = read_config(config, SECRETS).errors
    assert sorted(error.path for error in errors) == sorted(paths)
    told = "is still FILL_IN; write the value that belongs here, or remove the key"
    assert {error.text for error in errors} == {told}


@pytest.mark.parametrize("text", ["sensor.FILL_IN", "switch.FILL_IN_charging", "FILL_IN: the charger's id"])
def test_a_placeholder_inside_a_text_is_refused_too(text):
    (error,) = read_config(changed(full(), "loads.wall.switch", text), SECRETS).errors
    assert error.path == "loads.wall.switch" and "is still FILL_IN" in error.text


@pytest.mark.parametrize(
    "text", ["fill_in", "Fill_In", "FILL-IN", "Fill in", "switch.fill_in", "<name>", "switch.<name>", " <your switch> "]
)
def test_a_placeholder_in_other_letters_or_brackets_is_refused_too(text):
    for path in ("loads.car.charger", "loads.wall.switch"):
        (error,) = read_config(changed(full(), path, text), SECRETS).errors
        assert error.path == path and error.text.startswith("is still ")


def test_an_entity_that_is_only_called_like_a_placeholder_is_none():
    assert read_config(changed(full(), "loads.wall.switch", "switch.fill_in_pump"), SECRETS).errors == ()


def test_a_placeholder_in_place_of_a_whole_section_is_refused():
    for section in ("site", "loads", "tariff", "radiators"):
        assert [each.path for each in read_config({**full(), section: "FILL_IN"}, SECRETS).errors] == [section]


def test_a_placeholder_as_a_name_is_refused():
    config = full()
    config["loads"]["FILL_IN"] = config["loads"].pop("pool")
    (error,) = read_config(config, SECRETS).errors
    assert (error.path, "is still FILL_IN" in error.text) == ("loads.FILL_IN", True)


def test_a_secret_that_is_still_a_placeholder_is_refused():
    (error,) = read_config(full(), {**SECRETS, "easee_user": "FILL_IN"}).errors
    assert error.path == "loads.roof_car.username"
    assert error.text == "secret 'easee_user' is still FILL_IN in secrets.yaml; write its value there"


def test_a_preset_that_is_a_placeholder_is_one_error():
    wall = {"preset": "FILL_IN", "charger": "EH123456", "current": "sensor.garage_dynamic_charger_limit"}
    (error,) = read_config(changed(full(), "loads.wall", wall), SECRETS).errors
    assert error.path == "loads.wall.preset"


def test_the_complete_config_has_no_placeholder():
    assert read_config(changed(full(), "site.solar_w", DELETE), SECRETS).errors == ()
