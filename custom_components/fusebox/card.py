"""Serves the card's folder, and lists the card among the resources of the dashboards."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant

from .const import CARD, CARD_FOLDER, CARD_URL

LOG = logging.getLogger(__name__)


async def serve_card(hass: HomeAssistant) -> None:
    """Serve the folder with the card and its languages. A browser may keep it: each version has its own address."""
    await hass.http.async_register_static_paths([StaticPathConfig(CARD_URL, str(CARD_FOLDER), cache_headers=False)])


async def add_card(hass: HomeAssistant) -> None:
    """List the card as a resource, at the address of this version.

    A resource that a person added for the card stays: two would define the card twice. Dashboards whose resources are
    in YAML are left alone too.
    """
    resources = await _resources(hass)
    if resources is None:
        return
    url = f"{CARD_URL}/{CARD}?v={await hass.async_add_executor_job(_version)}"
    listed = [item for item in resources.async_items() if CARD in item["url"]]
    ours = [item for item in listed if item["url"].startswith(f"{CARD_URL}/")]
    if len(listed) > len(ours):
        LOG.warning("The card is listed by hand as %s; remove it there to get updates of it", listed[0]["url"])
    elif not ours:
        await resources.async_create_item({"res_type": "module", "url": url})
    elif ours[0]["url"] != url:
        await resources.async_update_item(ours[0]["id"], {"url": url})


async def remove_card(hass: HomeAssistant) -> None:
    """Take the card out of the resources, if it was listed by `add_card`."""
    resources = await _resources(hass)
    for item in [] if resources is None else list(resources.async_items()):
        if item["url"].startswith(f"{CARD_URL}/"):
            await resources.async_delete_item(item["id"])


async def _resources(hass: HomeAssistant) -> Any:
    """Return Home Assistant's list of resources, None where it cannot be changed or there are no dashboards."""
    resources = getattr(hass.data.get("lovelace"), "resources", None)
    if not hasattr(resources, "async_create_item"):
        return None
    await resources.async_get_info()  # loads the list
    return resources


def _version() -> str:
    found = hashlib.sha256()
    for file in sorted(CARD_FOLDER.glob("*")):
        if file.is_file():
            found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()[:12]
