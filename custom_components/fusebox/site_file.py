"""Writes site_config.py: the first one from the findings, and later changes, taken back if the scripts refuse them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from homeassistant.core import HomeAssistant

from .const import PYSCRIPT, REFUSAL_S, SITE
from .engine import wait_until
from .findings import Answers, Findings
from .issues import words_of_home
from .sentences import ENGLISH, Words, all_in_language

NAME = "site_config.py"
PROPOSED = "site_config.proposed.py"


class Refused(Exception):
    """The scripts refuse a CONFIG; the text has their sentences. The file is as it was before."""


def site_file(hass: HomeAssistant) -> Path:
    """Return the file with CONFIG."""
    return Path(hass.config.path("pyscript", "modules", NAME))


def read(file: Path) -> str:
    """Return the text of a file with its line ends as they are; "" if there is none. Blocks on the disk."""
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            return opened.read()
    except FileNotFoundError:
        return ""


def write(file: Path, text: str) -> None:
    """Replace a file as a whole; a symbolic link stays one. Blocks on the disk."""
    file = Path(os.path.realpath(file))
    fresh = file.with_name(f".{file.name}.new")
    with fresh.open("w", encoding="utf-8", newline="") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(fresh, file)


async def look(hass: HomeAssistant) -> Findings:
    """Return what the scripts recognise among all entities. Raises HomeAssistantError if they cannot look."""
    answer = await hass.services.async_call(PYSCRIPT, "fusebox_detect", {}, blocking=True, return_response=True)
    return Findings.of(answer or {}, await words_of_home(hass))


async def write_first_config(hass: HomeAssistant, found: Findings, answers: Answers) -> str:
    """Write what was found as the forms say; return the name of the file.

    A site_config.py that a person has changed stays; what was found is written beside it.
    """
    if found.grid:
        data = {**answers.fuse, "write": True}
        call = hass.services.async_call(PYSCRIPT, "fusebox_setup", data, blocking=True, return_response=True)
        file = Path(hass.config.path(str((await call or {})["written"])))
        text = await hass.async_add_executor_job(read, file)
    else:
        file = site_file(hass)
        if await hass.async_add_executor_job(read, file):
            file = file.with_name(PROPOSED)
        text = found.without_meter(answers.fuse)
    await hass.async_add_executor_job(write, file, found.edited(text, answers))
    return file.name


async def change_config(hass: HomeAssistant, change: Callable[[str], str]) -> None:
    """Change CONFIG, and take the change back if the scripts refuse it. Raises Refused with their sentences."""
    file = site_file(hass)
    before = await hass.async_add_executor_job(read, file)
    after = change(before)
    if after == before:
        return
    was_refused = _refusals(hass)
    await hass.async_add_executor_job(write, file, after)
    if await wait_until(lambda: _refusals(hass) not in ([], was_refused), REFUSAL_S):
        reasons = _refusals(hass, await words_of_home(hass))
        if await hass.async_add_executor_job(read, file) == after:  # otherwise a person has edited it since
            await hass.async_add_executor_job(write, file, before)
        raise Refused("\n".join(f"- {each}" for each in reasons))


def _refusals(hass: HomeAssistant, words: Words = ENGLISH) -> list[str]:
    """Return what the scripts say against CONFIG, nothing while they accept it."""
    site = hass.states.get(SITE)
    return [] if site is None or site.state != "config_error" else all_in_language(words, site.attributes)
