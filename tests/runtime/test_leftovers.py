"""What Fusebox has left somewhere: nothing that it writes is forgotten."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fusebox.runtime.leftovers import MADE, OURS, PACKAGE_NAME, find_leftovers, has_controls

from ..shape.sources import FUSEBOX

ROOT = Path(__file__).parents[2]
RESOURCES = {"data": {"items": [{"url": "/local/fusebox-card.js?v=1"}, {"url": "/hacsfiles/other.js"}]}}


def write(folder: Path, path: str, text: str = "") -> None:
    """A file with its folders."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_all_own_files_are_listed_with_their_path_and_no_others(tmp_path: Path) -> None:
    for path in ("pyscript/balance_site.py", "pyscript/mine.py", ".storage/fusebox.plans", ".storage/core.config"):
        write(tmp_path, path)
    write(tmp_path, PACKAGE_NAME)
    write(tmp_path, "pyscript/modules/site_config.py")
    write(tmp_path, ".storage/lovelace_resources", json.dumps(RESOURCES))
    write(tmp_path, ".storage/lovelace.home", '{"type": "custom:fusebox-card"}')
    write(tmp_path, ".storage/lovelace.other", "{}")
    names = ["sensor.fusebox_car", "pyscript.fusebox_settings", "light.fusebox_lamp", "pyscript.other"]
    assert find_leftovers(tmp_path, names) == {
        "scripts": ("pyscript/balance_site.py",),
        "stores": (".storage/fusebox.plans",),
        "made": (PACKAGE_NAME,),
        "yours": ("pyscript/modules/site_config.py",),
        "resources": ("/local/fusebox-card.js?v=1",),
        "dashboards": (".storage/lovelace.home",),
        "entities": ("pyscript.fusebox_settings", "sensor.fusebox_car"),
        "integration": (),
        "entries": (),
        "registered": (),
    }


def test_what_the_store_and_home_assistants_registries_have_is_listed(tmp_path: Path) -> None:
    write(tmp_path, "custom_components/fusebox/manifest.json")
    write(tmp_path, "pyscript/.fusebox/installed.json")
    entries = [{"domain": "fusebox", "title": "Fusebox"}, {"domain": "pyscript", "title": "Pyscript"}]
    write(tmp_path, ".storage/core.config_entries", json.dumps({"data": {"entries": entries}}))
    ours, other = ("number.car_limit", "fusebox_car_max_a"), ("light.hall", "17")
    rows = [{"entity_id": entity, "unique_id": unique} for entity, unique in (other, ours)]
    write(tmp_path, ".storage/core.entity_registry", json.dumps({"data": {"entities": rows}}))
    found = find_leftovers(tmp_path, [])
    assert found["integration"] == ("custom_components/fusebox", "pyscript/.fusebox")
    assert (found["entries"], found["registered"]) == (("Fusebox",), ("number.car_limit",))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"data": {"items": [3]}}', '{"data": {"items": [{"id": 1}]}}'])
def test_a_file_of_resources_that_is_otherwise_is_no_trouble(tmp_path: Path, text: str) -> None:
    for name in ("lovelace_resources", "core.config_entries", "core.entity_registry"):
        write(tmp_path, f".storage/{name}", text.replace("items", "entries"))
    write(tmp_path, ".storage/lovelace_resources", text)
    found = find_leftovers(tmp_path, [])
    assert (found["resources"], found["entries"], found["registered"]) == ((), (), ())


def test_what_the_code_writes_into_the_folder_is_listed_and_removed_by_the_page() -> None:
    """Each store that a source names, each script that there is, and what set-up writes."""
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    removing = " ".join(re.findall(r"^rm .*$", page, re.MULTILINE))
    stores = {
        name for path in FUSEBOX.values() for name in re.findall(r'"(fusebox\.[a-z_]+)"', path.read_text("utf-8"))
    }
    assert len(stores) >= 4 and ".storage/fusebox.*" in removing
    scripts = {f"pyscript/{file.name}" for file in (ROOT / "pyscript").glob("*.py")}
    card = {f"www/{file.name}" for file in (ROOT / "www").glob("*.js")}
    assert scripts | card <= set(OURS)
    named = [path for path in (*OURS, *MADE) if path not in card]
    assert [path for path in named if path not in removing] == [] and "www/fusebox-card*.js" in removing


def test_controls_are_found_where_they_are(tmp_path: Path) -> None:
    assert not has_controls(tmp_path)
    write(tmp_path, PACKAGE_NAME, "template: []\n")
    assert not has_controls(tmp_path)
    write(tmp_path, PACKAGE_NAME, "template:\n  - select:\n      - unique_id: fusebox_car_mode\n")
    assert has_controls(tmp_path)
