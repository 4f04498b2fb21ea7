"""Read the CONFIG dict of a user's site_config.py without running it."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..host.package_path import reach_package
from .named import AnySecret
from .trace_columns import InputError

reach_package()

from fusebox.config.load_presets import add_implied_type  # noqa: E402
from fusebox.config.read_config import read_config  # noqa: E402
from fusebox.config.tree import steps_of  # noqa: E402


def read_config_file(path: Path) -> dict[str, Any]:
    """Return the plain CONFIG dict, each load with its type, which may follow from its preset.

    InputError names the line that is not plain, or each one that the scripts refuse.
    """
    try:
        tree = ast.parse(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror})", "check its name and rights") from None
    except UnicodeDecodeError:
        raise InputError(path, None, "is not text in UTF-8", "save it as UTF-8") from None
    except SyntaxError as error:
        raise InputError(path, error.lineno, f"is not Python ({error.msg})", "repair the line") from None
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "CONFIG" for t in node.targets):
            try:
                config = ast.literal_eval(node.value)
            except (ValueError, TypeError) as error:
                found = re.search(r"on line (\d+)", str(error))
                line = int(found[1]) if found else node.lineno
                raise InputError(path, line, "CONFIG is not plain values", "write literals, no calls") from None
            errors = read_config(config, AnySecret()).errors
            if errors:
                told = "; ".join(f"line {_line_of(each.path, node.value)}: {each}" for each in errors)
                raise InputError(path, None, f"the scripts refuse this CONFIG: {told}", "correct it")
            if not (config.get("site") or {}).get("grid"):
                raise InputError(path, node.lineno, "CONFIG has no site.grid", "add it, as in config_examples/")
            loads = {name: add_implied_type(load) for name, load in (config.get("loads") or {}).items()}
            return {**config, "loads": loads} if loads else config
    raise InputError(path, None, "there is no CONFIG", "begin with CONFIG = {...}, as in config_examples/")


def without_dry_run(config: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return CONFIG with dry run off, and a note if it was on."""
    if not config["site"].get("dry_run"):
        return dict(config), []
    return {**config, "site": {**config["site"], "dry_run": False}}, ["site.dry_run is taken as False here"]


def _line_of(path: str, config: ast.expr) -> int:
    """Return the line of a path of CONFIG, or of the last of its keys that is written."""
    node, line = config, config.lineno
    for step in steps_of(path):
        entries: list[tuple[object, int, ast.expr]] = []
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            entries = [(key.value, key.lineno, each) for key, each in pairs if isinstance(key, ast.Constant)]
        elif isinstance(node, ast.List | ast.Tuple):
            entries = [(place, each.lineno, each) for place, each in enumerate(node.elts)]
        found = [(at, each) for key, at, each in entries if key == step]
        if not found:
            break
        line, node = found[-1]
    return line
