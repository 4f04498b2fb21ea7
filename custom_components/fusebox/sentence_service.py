"""`fusebox.sentence`: a reason of the scripts in the language of Home Assistant, or another, for notifications."""

from __future__ import annotations

import voluptuous as vol
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv

from .const import DOMAIN, MISTAKES_FOLDER, WORDS_FOLDER
from .sentences import in_language, words_of

FIELDS = vol.Schema(
    {
        vol.Required("reason"): cv.string,
        vol.Optional("code", default=""): vol.Any(None, cv.string),
        vol.Optional("values", default=dict): vol.Any(None, dict),
        vol.Optional("language", default=""): cv.string,
    }
)


def add_sentence_service(hass: HomeAssistant) -> None:
    """Register the service; it works also while no entry is loaded."""

    async def sentence(call: ServiceCall) -> ServiceResponse:
        """Return the sentence of a reason, and the language that was asked for."""
        language = call.data["language"] or hass.config.language
        words = await hass.async_add_executor_job(words_of, WORDS_FOLDER, MISTAKES_FOLDER, language)
        reason = {
            f"reason{part}": call.data[key] for part, key in (("", "reason"), ("_code", "code"), ("_values", "values"))
        }
        return {"text": in_language(words, reason), "language": language.partition("-")[0]}

    hass.services.async_register(DOMAIN, "sentence", sentence, schema=FIELDS, supports_response=SupportsResponse.ONLY)
