"""Reads the CONFIG dict of a user's site_config.py without running it."""

import ast
from pathlib import Path
from typing import Any

from ..devices.helpers import HELPER_DOMAINS
from .trace_columns import InputError


def read_config_file(path: Path) -> dict[str, Any]:
    """The plain CONFIG dict; InputError names the line where it is not plain."""
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
            except ValueError:
                raise InputError(path, node.lineno, "CONFIG is not plain values", "write literals, no calls") from None
            return _with_grid(path, node.lineno, config)
    raise InputError(path, None, "there is no CONFIG", "begin with CONFIG = {...}, as in config_examples/")


def _with_grid(path: Path, line: int, config: Any) -> dict[str, Any]:
    """CONFIG with what a simulated house cannot do without; the scripts check the rest."""
    site = config.get("site") if isinstance(config, dict) else None
    grid = site.get("grid") if isinstance(site, dict) else None
    if not isinstance(site, dict) or not isinstance(grid, dict) or not grid or "main_fuse_a" not in site:
        raise InputError(path, line, "CONFIG needs site.main_fuse_a and site.grid", "see config_examples/")
    fuse_a = site["main_fuse_a"]
    if not (isinstance(fuse_a, int | float) or str(fuse_a).startswith(HELPER_DOMAINS)):
        raise InputError(path, line, f"site.main_fuse_a: {fuse_a!r} is no number and no helper", "write its amps")
    unknown = set(grid) - {"L1", "L2", "L3"}
    if unknown:
        raise InputError(path, line, f"site.grid has no phase '{sorted(unknown)[0]}'", "the phases are L1, L2 and L3")
    for name, load in (config.get("loads") or {}).items():
        if not isinstance(load, dict) or "type" not in load:
            raise InputError(path, line, f"loads.{name} has no type", "add for example 'type': 'number'")
        circuit = load.get("circuit", "main")
        if circuit != "main" and circuit not in (site.get("circuits") or {}):
            raise InputError(path, line, f"loads.{name}.circuit: '{circuit}' is no circuit", "name it in site.circuits")
        needed = {"number": "current", "wallbox": "current", "plug": "switch"}.get(load["type"])
        if needed and needed not in load:
            raise InputError(path, line, f"loads.{name}.{needed} is missing", "name the entity")
    return dict(config)
