"""Read the CONFIG dict of a user's site_config.py without running it."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..devices.helpers import HELPER_DOMAINS
from ..devices.makes import complete_with_preset
from ..host.package_path import reach_package
from .trace_columns import InputError

reach_package()

from fusebox.config.load_presets import add_implied_type  # noqa: E402


def read_config_file(path: Path) -> dict[str, Any]:
    """Return the plain CONFIG dict; InputError names the line that is not plain."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror})", "check its name and rights") from None
    except SyntaxError as error:
        raise InputError(path, error.lineno, f"is not Python ({error.msg})", "repair the line") from None
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "CONFIG" for t in node.targets):
            try:
                config = ast.literal_eval(node.value)
            except ValueError as error:
                found = re.search(r"on line (\d+)", str(error))
                line = int(found[1]) if found else node.lineno
                raise InputError(path, line, "CONFIG is not plain values", "write literals, no calls") from None
            return _complete_config(_Written(path, node.value), config)
    raise InputError(path, None, "there is no CONFIG", "begin with CONFIG = {...}, as in config_examples/")


@dataclass(frozen=True)
class _Written:
    """The file, and CONFIG as written there."""

    path: Path
    config: ast.expr

    def mistake(self, keys: tuple[str, ...], problem: str, remedy: str) -> InputError:
        """Return an error at these keys of CONFIG, or at the last of them that exists."""
        node, line = self.config, self.config.lineno
        for key in keys:
            pairs = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
            found = [(at, child) for at, child in pairs if isinstance(at, ast.Constant) and at.value == key]
            if not found:
                break
            line, node = found[-1][0].lineno, found[-1][1]
        return InputError(self.path, line, problem, remedy)


def _complete_config(written: _Written, config: Any) -> dict[str, Any]:
    """Return CONFIG with what a simulated house needs; the scripts check the rest."""
    site = config.get("site") if isinstance(config, dict) else None
    grid = site.get("grid") if isinstance(site, dict) else None
    if not isinstance(site, dict) or not isinstance(grid, dict) or not grid or "main_fuse_a" not in site:
        raise written.mistake(("site",), "CONFIG needs site.main_fuse_a and site.grid", "see config_examples/")
    fuse_a = site["main_fuse_a"]
    if not (isinstance(fuse_a, int | float) or str(fuse_a).startswith(HELPER_DOMAINS)):
        where = ("site", "main_fuse_a")
        raise written.mistake(where, f"site.main_fuse_a: {fuse_a!r} is no number and no helper", "write its amps")
    unknown = sorted(set(grid) - {"L1", "L2", "L3"})
    if unknown:
        where = ("site", "grid", unknown[0])
        raise written.mistake(where, f"site.grid has no phase '{unknown[0]}'", "the phases are L1, L2 and L3")
    loads = {name: _check_and_add_type(written, name, load, site) for name, load in (config.get("loads") or {}).items()}
    return {**config, "loads": loads} if loads else dict(config)


def _check_and_add_type(written: _Written, name: str, load: Any, site: Mapping[str, Any]) -> dict[str, Any]:
    """Return a load with its type, which may follow from its preset; nothing else is completed.

    A mistake is raised for no type, an unknown circuit, or a missing entity that the simulator needs.
    """
    typed = add_implied_type(load)
    if not isinstance(typed, dict) or "type" not in typed:
        raise written.mistake(("loads", name), f"loads.{name} has no type", "add for example 'type': 'number'")
    circuit = typed.get("circuit", "main")
    if circuit != "main" and circuit not in (site.get("circuits") or {}):
        where = ("loads", name, "circuit")
        raise written.mistake(where, f"loads.{name}.circuit: '{circuit}' is no circuit", "name it in site.circuits")
    needed = {"number": "current", "wallbox": "current", "plug": "switch"}.get(typed["type"])
    if needed and needed not in (complete_with_preset(typed)[0] if needed == "current" else typed):
        raise written.mistake(("loads", name), f"loads.{name}.{needed} is missing", "name the entity")
    return typed
