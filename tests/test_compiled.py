"""A run compiles tests once: it writes them to the cache while it collects them, and writes nothing at other times."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from . import compiled


def test_only_what_is_imported_while_tests_are_collected_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "COMPILED", tmp_path / "kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("kept_module", "other_module"):
        (tmp_path / f"{name}.py").write_text("VALUE = 1\n", encoding="utf-8")
        monkeypatch.delitem(sys.modules, name, raising=False)
    with compiled.compiled_files_kept():
        importlib.import_module("kept_module")
    importlib.import_module("other_module")
    (found,) = tmp_path.rglob("*.pyc")
    assert found.name.startswith("kept_module") and tmp_path / "kept" in found.parents
    assert (sys.dont_write_bytecode, sys.pycache_prefix) == (True, None)
    del sys.modules["kept_module"], sys.modules["other_module"]
