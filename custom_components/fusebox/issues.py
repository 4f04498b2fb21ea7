"""Repairs: what is wrong with CONFIG, with a load or with the scripts, for as long as it is wrong."""

from __future__ import annotations

from collections.abc import Callable

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_state_change_event

from .const import DOMAIN, HELP, MISTAKES_FOLDER, SITE, WORDS_FOLDER
from .sentences import Words, all_in_language, in_language, words_of

OBSTACLES = ("incomplete", "pyscript_missing", "pyscript_old", "pyscript_not_added", "pyscript_not_started")


def raise_issue(
    hass: HomeAssistant, key: str, values: dict[str, str], *, about: str = "", fixable: bool = False
) -> None:
    """Report a problem; `about` is the load that has it, where several may have the same one."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        _issue(key, about),
        is_fixable=fixable,
        learn_more_url=HELP,
        severity=ir.IssueSeverity.ERROR,
        translation_key=key,
        translation_placeholders=values,
    )


def clear_issue(hass: HomeAssistant, key: str) -> None:
    """Take a problem back that is over."""
    ir.async_delete_issue(hass, DOMAIN, key)


def clear_issues(hass: HomeAssistant) -> None:
    """Take all problems back."""
    for domain, issue in list(ir.async_get(hass).issues):
        if domain == DOMAIN:
            clear_issue(hass, issue)


async def words_of_home(hass: HomeAssistant) -> Words:
    """Return the words of Home Assistant's language."""
    return await hass.async_add_executor_job(words_of, WORDS_FOLDER, MISTAKES_FOLDER, hass.config.language)


async def watch_states(hass: HomeAssistant) -> Callable[[], None]:
    """Report what the scripts' sensors say is wrong, until the returned function is called."""
    words = await words_of_home(hass)
    reported: dict[tuple[str, str], dict[str, str]] = {}
    watched: list[str] = []
    stop: list[Callable[[], None]] = []

    @callback
    def look(event: Event[EventStateChangedData] | None = None) -> None:
        """Compare what is reported with what is wrong now."""
        found = _wrong(hass, words)
        for key, about in reported.keys() - found.keys():
            clear_issue(hass, _issue(key, about))
            del reported[key, about]
        for (key, about), values in found.items():
            if reported.get((key, about)) != values:
                raise_issue(hass, key, values, about=about)
                reported[key, about] = values
        loads = _loads(hass)
        if not stop or loads != watched:
            end()
            watched[:] = loads
            stop.append(async_track_state_change_event(hass, [SITE, *loads], look))

    @callback
    def end() -> None:
        while stop:
            stop.pop()()

    look()
    return end


def _issue(key: str, about: str) -> str:
    return f"{key}_{about}" if about else key


def _loads(hass: HomeAssistant) -> list[str]:
    """Return the entities of the loads that the site lists."""
    site = hass.states.get(SITE)
    return [] if site is None else [str(each) for each in site.attributes.get("loads") or ()]


def _wrong(hass: HomeAssistant, words: Words) -> dict[tuple[str, str], dict[str, str]]:
    """Return (key, load) -> values of every problem that the sensors report."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    site = hass.states.get(SITE)
    errors = [] if site is None else all_in_language(words, site.attributes)
    if site is not None and errors:
        key = "config_mistakes" if site.state == "config_error" else "problems"
        found[key, ""] = {"sentences": "\n".join(f"- {each}" for each in errors)}
    for entity in _loads(hass):
        load = hass.states.get(entity)
        if load is not None and load.attributes.get("status") == "fault":
            name = entity.removeprefix("sensor.fusebox_")
            found["load_fault", name] = {"load": name, "reason": in_language(words, load.attributes)}
    return found
