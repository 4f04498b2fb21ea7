"""A host reuses what the previous one had loaded of the same scripts, and nothing else of it."""

import shutil
import textwrap
from pathlib import Path

import pytest

from simhouse.host import warm_mirrors
from simhouse.host.pyscript_host import HostSession

SCRIPTS = {
    "modules/rt.py": """
        @pyscript_executor
        def load():
            import importlib.util, os, sys
            if "pack" in sys.modules:
                return sys.modules["pack"]
            base = os.path.join(os.path.dirname(sys._getframe().f_code.co_filename), "pack")
            spec = importlib.util.spec_from_file_location("pack", base + "/__init__.py")
            module = sys.modules["pack"] = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module

        native = load()
        """,
    "modules/pack/__init__.py": """
        import itertools, sys, types
        STORE = vars(sys.modules.setdefault("_fusebox_store", types.ModuleType("_fusebox_store")))
        starts = itertools.count(1)
        """,
    "script.py": """
        from rt import native
        pyscript.starts = next(native.starts)
        pyscript.before = native.STORE.get("seen", "nothing")
        native.STORE["seen"] = "something"
        """,
}


@pytest.fixture
def scripts(tmp_path):
    for name, source in SCRIPTS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(textwrap.dedent(source), encoding="utf-8")
    return tmp_path


def seen(scripts):
    """How many hosts have started on the package as it is loaded, and what one of them left in the store."""
    with HostSession(scripts=scripts) as session:
        states = session.line({"t": 0})["states"]
    return int(states["pyscript.starts"]["state"]), states["pyscript.before"]["state"]


def test_a_package_is_loaded_once_and_its_store_is_empty_each_time(scripts):
    assert [seen(scripts), seen(scripts), seen(scripts)] == [(1, "nothing"), (2, "nothing"), (3, "nothing")]


def test_a_package_that_was_edited_between_two_hosts_is_loaded_again(scripts):
    seen(scripts)
    with (scripts / "modules/pack/__init__.py").open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    assert seen(scripts) == (1, "nothing")


def test_a_copy_of_the_scripts_uses_the_loaded_package(scripts, tmp_path_factory):
    copy = tmp_path_factory.mktemp("copies") / "copy"
    shutil.copytree(scripts, copy)
    assert [seen(scripts), seen(copy), seen(scripts)] == [(1, "nothing"), (2, "nothing"), (3, "nothing")]


@pytest.mark.parametrize("edited", ["added", "removed", "changed"])
def test_a_copy_with_another_package_loads_its_own_and_leaves_the_first(scripts, tmp_path_factory, edited):
    (scripts / "modules/pack/other.py").write_text("", encoding="utf-8")
    copy = tmp_path_factory.mktemp("copies") / "copy"
    shutil.copytree(scripts, copy)
    seen(scripts)
    if edited == "added":
        (copy / "modules/pack/more.py").write_text("", encoding="utf-8")
    elif edited == "removed":
        (copy / "modules/pack/other.py").unlink()
    else:
        (copy / "modules/pack/__init__.py").open("a", encoding="utf-8").write("starts = itertools.count(7)\n")
    assert seen(copy) == (7 if edited == "changed" else 1, "nothing")
    assert seen(scripts) == (2, "nothing")


def test_a_package_that_a_copy_changes_while_it_runs_is_not_left_to_others(scripts, tmp_path_factory):
    copy = tmp_path_factory.mktemp("copies") / "copy"
    shutil.copytree(scripts, copy)
    seen(scripts)
    with HostSession(scripts=copy) as session:
        session.line({"t": 0})
        (copy / "modules/pack/__init__.py").open("a", encoding="utf-8").write("starts = itertools.count(7)\n")
        session.run(session.host.reload_changed, True)
    assert seen(scripts) == (1, "nothing")


def test_only_files_that_are_still_as_copied_outlive_a_host(scripts):
    with HostSession(scripts=scripts) as session:
        session.line({"t": 0})
        root = session.host.mirror.root
        (root / "left.txt").write_text("by a script", encoding="utf-8")
        (root / "pyscript" / "stray.py").write_text("1 / 0", encoding="utf-8")
        (root / "pyscript" / "script.py").write_text("1 / 0", encoding="utf-8")
    left = {path.name for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert left == {"__init__.py", "rt.py"}
    with HostSession(scripts=scripts) as session:
        assert session.host.mirror.root == root
        assert "pyscript.starts" in session.line({"t": 0})["states"]


def test_the_oldest_goes_where_there_are_too_many(tmp_path):
    roots = []
    for number in range(warm_mirrors.AT_MOST + 1):
        (tmp_path / str(number)).mkdir()
        mirror, _ = warm_mirrors.take_mirror(tmp_path / str(number), None)
        roots.append(Path(mirror.root))
        warm_mirrors.keep_mirror(mirror, {})
    assert [root.exists() for root in roots] == [False] + [True] * warm_mirrors.AT_MOST
