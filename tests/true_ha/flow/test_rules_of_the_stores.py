"""The rules of hassfest and of HACS, as far as they apply to this integration, with Home Assistant's own validators.

hassfest is no part of the package; its rules were read on 2026-11-24, those of HACS in its release of August 2026.
"""

from __future__ import annotations

import ast
import json
import re
import string
from typing import Any

import pytest
import voluptuous as vol
from awesomeversion import AwesomeVersion
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import selector
from homeassistant.util.yaml import load_yaml_dict

from .conftest import ROOT
from .texts import TEXTS

INTEGRATION = ROOT / "custom_components" / "fusebox"
MANIFEST = json.loads((INTEGRATION / "manifest.json").read_text())


def text(value: Any) -> str:
    """What hassfest demands of a translated text."""
    checked = cv.string_with_no_html(value)
    names = [name for _, name, _, _ in string.Formatter().parse(checked) if name is not None]
    if not all(name.isidentifier() for name in names) or re.search(r"'\{\w+\}'|\[%|%\]|\w://|www\.", checked):
        raise vol.Invalid("a value, a reference or an address")
    if checked != checked.strip():
        raise vol.Invalid("a space at an end")
    return checked


TEXT_OF = {str: text}
NAMED = {vol.Required("name"): text, vol.Required("description"): text}
STEP = {
    vol.Optional("title"): text,
    vol.Optional("description"): text,
    vol.Optional("data"): TEXT_OF,
    vol.Optional("data_description"): TEXT_OF,
    vol.Optional("menu_options"): TEXT_OF,
    vol.Optional("submit"): text,
}
FLOW = {
    vol.Required("step"): {str: STEP},
    **{vol.Optional(key): TEXT_OF for key in ("error", "abort", "progress", "create_entry")},
}
ISSUE = {
    vol.Required("title"): text,
    vol.Exclusive("description", "fixable"): text,
    vol.Exclusive("fix_flow", "fixable"): FLOW,
}
OPTIONS = cv.schema_with_slug_keys(text)
TRANSLATIONS = vol.Schema(
    {
        vol.Optional("title"): text,
        vol.Optional("config"): FLOW,
        vol.Optional("options"): FLOW,
        vol.Optional("issues"): {str: vol.All(cv.has_at_least_one_key("description", "fix_flow"), ISSUE)},
        vol.Optional("selector"): cv.schema_with_slug_keys({vol.Optional("options"): OPTIONS}),
        vol.Optional("services"): cv.schema_with_slug_keys({**NAMED, "fields": cv.schema_with_slug_keys(NAMED)}),
    }
)
HACS = vol.Schema(
    {
        vol.Required("name"): str,
        vol.Optional("homeassistant"): vol.Coerce(AwesomeVersion),
        vol.Optional("filename"): str,
        **{vol.Optional(key): bool for key in ("hide_default_branch", "render_readme", "zip_release")},
    }
)


@pytest.mark.parametrize("language", TEXTS)
def test_home_assistant_takes_every_translation(language):
    TRANSLATIONS(TEXTS[language])
    for refused in ("<b>x</b>", " x", "'{x}'", "see https://x.org", "{a b}"):
        with pytest.raises(vol.Invalid):
            text(refused)


@pytest.mark.parametrize("language", TEXTS)
def test_every_action_and_field_has_its_texts_and_a_selector(language):
    services, texts = load_yaml_dict(str(INTEGRATION / "services.yaml")), TEXTS[language]["services"]
    icons = json.loads((INTEGRATION / "icons.json").read_text())["services"]
    assert services.keys() == texts.keys() == icons.keys()
    assert all(cv.icon(each["service"]) for each in icons.values())
    for name, service in services.items():
        assert service["fields"].keys() == texts[name]["fields"].keys()
        for field in service["fields"].values():
            selector.validate_selector(field["selector"])
            assert set(field) <= {"selector", "required", "example", "default"}


def test_other_integrations_are_imported_only_if_the_manifest_names_them():
    named = {*MANIFEST["dependencies"], *MANIFEST["after_dependencies"]}
    assert not set(MANIFEST["dependencies"]) & set(MANIFEST["after_dependencies"])
    for file in INTEGRATION.glob("*.py"):
        froms = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom))
        modules = [(node.module or "").split(".") for node in froms]
        used = {parts[2] for parts in modules if parts[:2] == ["homeassistant", "components"] and len(parts) > 2}
        assert used <= named | {file.stem}, file.name


def test_hacs_and_home_assistant_take_the_manifests():
    hacs = json.loads((ROOT / "hacs.json").read_text())
    HACS(hacs)
    assert hacs["zip_release"] and hacs["filename"]
    for key in ("documentation", "issue_tracker"):
        cv.url(MANIFEST[key])
    assert AwesomeVersion(MANIFEST["version"]).valid and MANIFEST["iot_class"] in ("calculated",)
    assert MANIFEST["integration_type"] in ("device", "hub", "service", "helper")
    assert not (INTEGRATION / ".translations").exists() and (INTEGRATION / "brand" / "icon.png").is_file()
    assert "![" in (ROOT / "README.md").read_text() and "Apache License" in (ROOT / "LICENSE").read_text()
