"""Files are edited while a car charges: however they are saved, the newest good one is in force, nothing piles up."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .house import FUSE_A, HOUSE, METER, NUMBER, config, wait_until_drawn
from .running import HomeAssistant

SECONDS_OF_STORM = 60


def in_place(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def renamed_from_outside(file: Path, text: str) -> None:
    outside = next(folder for folder in file.parents if folder.name == "pyscript").parent / "saved.txt"
    outside.write_text(text, encoding="utf-8")
    os.replace(outside, file)


def renamed_from_another_name(file: Path, text: str) -> None:
    beside = file.with_name(file.name + ".tmp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)


def as_vim_does(file: Path, text: str) -> None:
    os.replace(file, file.with_name(file.name + "~"))
    file.write_text(text, encoding="utf-8")


STYLES: tuple[Callable[[Path, str], None], ...] = (
    in_place,
    renamed_from_outside,
    renamed_from_another_name,
    as_vim_does,
)


def written(settings: Mapping[str, Any]) -> str:
    return f"CONFIG = {settings!r}\n"


def charging(home: Callable[..., HomeAssistant], **options: Any) -> HomeAssistant:
    """A house with a car at 16 A."""
    running = home(config(), offer_a=16, on=True, house_a=5, **options)
    wait_until_drawn(running, 16)
    return running


OURS = ("/custom_components/pyscript/", "/config/pyscript/")
"""Where the code of pyscript and of the scripts lies."""


def tasks(running: HomeAssistant) -> list[str]:
    """What of pyscript and of us runs inside."""
    found = running.talk.ask("fusebox_probe.look")["tasks"]
    return [name for name in found if any(place in name for place in OURS)]


def last_told(running: HomeAssistant) -> object:
    """The last current sent to the charger."""
    return next(reversed(running.talk.told(NUMBER)), None)


def shown_name(running: HomeAssistant) -> object:
    """A text of the package, by which a test sees which of its edits is in force."""
    found = running.talk.state("sensor.fusebox_site")
    return None if found is None else found["attributes"]["friendly_name"]


def errors(running: HomeAssistant) -> list[str]:
    """The message to the user."""
    found = running.talk.state("sensor.fusebox_site")
    return list(found["attributes"]["errors"]) if found else []


def as_before(running: HomeAssistant, before: list[str]) -> None:
    """Nothing has piled up; what a reload has just ended may take a moment."""
    running.wait(lambda: len(tasks(running)) <= len(before), f"no more tasks than {before}")


def test_config_is_in_force_however_it_is_saved(home):
    running = charging(home)
    before = tasks(running)
    for max_a, save in zip((15, 14, 13, 12), STYLES, strict=True):
        save(running.folder.config, written(config(max_a=max_a)))
        running.wait(lambda max_a=max_a: last_told(running) == max_a, f"{max_a} A after a save {save.__name__}")
    as_before(running, before)


def test_a_typo_leaves_the_last_good_config_in_force_until_corrected(home):
    running = charging(home, noisy=True)
    talk = running.talk
    running.folder.save("CONFIG = {\n")
    running.wait(lambda: talk.value("sensor.fusebox_site") == "config_error", "the mistake")
    talk.post("input_number.set_value", entity_id=HOUSE, value=15)
    running.wait(lambda: last_told(running) == FUSE_A - 15, "a cut by the last good CONFIG")
    running.folder.save(config(max_a=8))
    running.wait(lambda: last_told(running) == 8, "the mended CONFIG")
    running.wait(lambda: talk.value("sensor.fusebox_site") != "config_error", "the end of the error")


def renamed(source: str, name: str) -> str:
    """The attributes with another name for the site's entity."""
    assert 'appearance("Fusebox"' in source
    return source.replace('appearance("Fusebox"', f'appearance("{name}"')


def test_an_edited_package_is_in_force_and_a_broken_one_is_not(home):
    running = charging(home, noisy=True)
    talk, before = running.talk, tasks(running)
    attributes = running.folder.scripts / "modules" / "fusebox" / "balancer" / "attributes.py"
    good = attributes.read_text(encoding="utf-8")
    for turn, save in enumerate(STYLES):
        save(attributes, renamed(good, f"Fusebox {turn}"))
        running.wait(lambda turn=turn: shown_name(running) == f"Fusebox {turn}", f"a package saved {save.__name__}")
    in_place(attributes, good + "broken(\n")
    running.wait(lambda: any("attributes.py" in error for error in errors(running)), "the mistake")
    assert shown_name(running) == "Fusebox 3"
    talk.post("input_number.set_value", entity_id=HOUSE, value=15)
    running.wait(lambda: last_told(running) == FUSE_A - 15, "a cut by the last good package")
    in_place(attributes, good)
    running.wait(lambda: shown_name(running) == "Fusebox" and not errors(running), "the mended package")
    as_before(running, before)


def test_saving_every_second_keeps_the_fuse_and_piles_nothing_up(home):
    running = charging(home)
    talk, before = running.talk, tasks(running)
    attributes = running.folder.scripts / "modules" / "fusebox" / "balancer" / "attributes.py"
    good = attributes.read_text(encoding="utf-8")
    for second in range(SECONDS_OF_STORM):
        if second == SECONDS_OF_STORM // 2:
            talk.post("input_number.set_value", entity_id=HOUSE, value=15)
        if second % 2:
            running.folder.save(config(pause_s=100 + second))
        else:
            renamed_from_outside(attributes, renamed(good, f"Fusebox {second}"))
        time.sleep(1)
    running.wait(lambda: last_told(running) == FUSE_A - 15, "the cut in the midst of it")
    running.wait(lambda: float(talk.value(METER)) <= FUSE_A, "a meter under the fuse")
    last = f"Fusebox {SECONDS_OF_STORM - 2}"
    running.wait(lambda: shown_name(running) == last, "the last edit")
    as_before(running, before)
    assert running.stop() == 0
