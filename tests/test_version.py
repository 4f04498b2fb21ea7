"""Fusebox has one version, and it is written in one place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from fusebox.runtime.version import VERSION
from simhouse.__main__ import main

ROOT = Path(__file__).parents[1]


def test_the_command_prints_its_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"simhouse {VERSION}\n"


def test_the_project_takes_its_version_from_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    attribute = project["tool"]["setuptools"]["dynamic"]["version"]["attr"]
    module, _, name = attribute.rpartition(".")
    package, _, rest = module.partition(".")
    folder = project["tool"]["setuptools"]["package-dir"][package]
    assert (
        (ROOT / folder / f"{rest.replace('.', '/')}.py").read_text(encoding="utf-8").endswith(f'{name} = "{VERSION}"\n')
    )


def test_the_card_is_built_with_the_version_of_the_scripts():
    built = (ROOT / "www" / "fusebox-card.js").read_text(encoding="utf-8").splitlines()[0]
    assert f"Fusebox card {VERSION} " in built, "the version has changed since: make card"


def test_the_changelog_contains_this_version():
    releases = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert VERSION in releases[:2]
