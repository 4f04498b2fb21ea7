"""Home Assistant's own marketplace, from 2026.11 on, takes the release: checked with its own rules."""

from __future__ import annotations

import json
import zipfile

import pytest

import release

pytest.importorskip("homeassistant.components.marketplace", reason="this Home Assistant has no marketplace")


def test_the_marketplace_takes_hacs_json_the_manifest_and_the_archive(tmp_path):
    from homeassistant.components.marketplace.repositories import base, integration
    from homeassistant.components.marketplace.utils import validate

    hacs = json.loads((release.ROOT / "hacs.json").read_text())
    assert {key: validate.REPOSITORY_MANIFEST_VALUES[key](value) for key, value in hacs.items()} == hacs
    manifest = json.loads((release.INTEGRATION / "manifest.json").read_text())
    for key, rule in validate.INTEGRATION_MANIFEST_VALUES.items():
        assert rule(manifest[key]) == manifest[key]
    assert integration._validated_domain(manifest["domain"]) == "fusebox"
    release.build(tmp_path)
    with zipfile.ZipFile(tmp_path / hacs["filename"]) as packed:
        base._check_archive_size(packed)
        packed.extractall(tmp_path / "fusebox")
    integration._check_loadable_manifest(tmp_path / "fusebox", "fusebox")
