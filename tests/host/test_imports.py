"""Imports of pyscript's own modules, packages and apps."""

import pytest

from simhouse.host.pyscript_host import PyscriptOptions


def pieces(play, files, **options):
    played = play(files, **options)
    played.line(0)
    return played


def test_modules_names_and_stars(play):
    played = pieces(
        play,
        {
            "modules/words.py": "ONE = 1\n_HIDDEN = 2\ndef late(x):\n    task.sleep(1)\n    return x\n",
            "script.py": """
                import words
                import words as w
                from words import ONE, late as later
                from words import *
                starred = f"{late(3)} {'_HIDDEN' in globals()}"
                pyscript.seen = f"{words.ONE} {w is words} {ONE} {later(2)} {starred} {words.__name__}"
            """,
        },
    )
    played.line(5)
    assert played.state("pyscript.seen") == "1 True 1 2 3 False words"


def test_packages_with_relative_imports(play):
    played = pieces(
        play,
        {
            "modules/feat/__init__.py": "from .part import VALUE\nfrom . import other\n",
            "modules/feat/part.py": "VALUE = 3\n",
            "modules/feat/other.py": "from .part import VALUE as V\nX = V + 1\n",
            "script.py": "import feat\nimport feat.other\npyscript.seen = f'{feat.VALUE} {feat.other.X} {__name__}'\n",
        },
    )
    assert played.state("pyscript.seen") == "3 4 script"
    # As in pyscript: a module imported from a sibling is known, and loaded, under the sibling's name once more.
    modules = ["modules.feat", "modules.feat.other", "modules.feat.other.part", "modules.feat.part"]
    assert played.session.host.contexts == ["file.script", *modules]


def test_a_submodule_imported_by_its_full_name_cannot_import_relatively(play):
    played = pieces(
        play,
        {
            "modules/feat/f.py": "from .x import Y\n",
            "modules/feat/x.py": "Y = 1\n",
            "script.py": "from feat.f import Y\n",
        },
    )
    error = played.session.host.load_errors["file.script"]
    assert str(error).startswith("attempted relative import with no known parent package")


def test_the_config_is_a_module(play):
    played = play("from site_config import CONFIG\npyscript.seen = CONFIG['x']\n")
    played.config.write_text("CONFIG = {'x': 5}\n")
    played.line(0)
    assert played.state("pyscript.seen") == "5"
    assert "modules.site_config" in played.session.host.contexts


def test_a_module_is_loaded_once_for_all(play):
    played = pieces(
        play,
        {
            "modules/shared.py": "pyscript.n = pyscript.n + 'x' if state.exist('pyscript.n') else 'x'\nBOX = []\n",
            "a.py": "import shared\nshared.BOX.append('a')\n",
            "b.py": "import shared\nshared.BOX.append('b')\npyscript.seen = str(shared.BOX)\n",
        },
    )
    assert (played.state("pyscript.n"), played.state("pyscript.seen")) == ("x", "['a', 'b']")


def test_functions_of_a_module_use_its_own_names(play):
    played = pieces(
        play,
        {
            "modules/m.py": "SIZE = 3\ndef size():\n    global SIZE\n    SIZE += 1\n    return SIZE\n",
            "script.py": "from m import size\nSIZE = 0\npyscript.seen = f'{size()} {SIZE}'\n",
        },
    )
    assert played.state("pyscript.seen") == "4 0"


def test_triggers_in_modules_run(play):
    played = pieces(
        play,
        {
            "modules/m.py": "@state_trigger('sensor.a')\ndef run(value=None):\n    pyscript.seen = value\n",
            "script.py": "import m\n",
        },
    )
    played.line(1, {"sensor.a": "5"})
    assert played.state("pyscript.seen") == "5"


@pytest.mark.parametrize(
    ("name", "loads"),
    [("#off.py", False), ("apps/#x/__init__.py", False), ("scripts/#x/one.py", False), ("on.py", True)],
)
def test_a_hash_skips_a_file(play, name, loads):
    played = pieces(play, {name: "pyscript.seen = 1\n"}, options=PyscriptOptions({"x": {}, "#x": {}}))
    assert played.state("pyscript.seen") == ("1" if loads else None)


def test_apps_import_from_their_own_package(play):
    played = pieces(
        play,
        {
            "apps/heat/__init__.py": "from .rooms import ROOMS\nfrom heat.plan import PLAN\n"
            "pyscript.seen = f'{ROOMS} {PLAN} {pyscript.app_config}'\n",
            "apps/heat/rooms.py": "ROOMS = 2\n",
            "apps/heat/plan.py": "PLAN = 3\n",
        },
        options=PyscriptOptions({"heat": {"a": 1}}),
    )
    assert played.state("pyscript.seen") == "2 3 {'a': 1}"
