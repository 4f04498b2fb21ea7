"""What pyscript cannot run, or runs wrong in silence, is refused with its file and line."""

import pytest

from simhouse.host.pyscript_host import PyscriptOptions

REFUSED = [
    ("def f():\n    yield 1", 2, "generators"),
    ("x = sum(a for a in [1])", 1, "generator expressions"),
    ("match 1:\n    case 1:\n        pass", 1, "match"),
    ("try:\n    pass\nexcept* ValueError:\n    pass", 1, "except*"),
    ("class A:\n    @property\n    def x(self):\n        return 1", 2, "@property"),
    ("class A:\n    @classmethod\n    def x(cls):\n        return 1", 2, "@classmethod"),
    ("class A(B):\n    def __init__(self):\n        super().__init__()", 3, "super()"),
    ("import functools\n@functools.lru_cache\ndef f():\n    pass", 2, "@lru_cache"),
    ("@contextmanager\ndef f():\n    pass", 1, "@contextmanager"),
    ("class A(NamedTuple):\n    x: int", 1, "NamedTuple"),
    ("async def f():\n    async for x in y:\n        pass", 2, "async for"),
    ("async def f():\n    return [x async for x in y]", 2, "async comprehensions"),
    ("def f(k):\n    return lambda x: x * k", 2, "lambda k=k: ..."),
    ("f = [lambda: i for i in range(3)]", 1, "not i"),
    ("f = lambda: sensor.a", 1, "sensor.a"),
    ("def g():\n    pass\nf = lambda: g()", 3, "g: mark it @pyscript_compile"),
    ("def f():\n    with open_lock() as x:\n        return 1", 3, "return inside with"),
    ("def g(x):\n    return x\ny = map(g, [1])", 3, "map()"),
    ("def g(x):\n    return x\ny = sorted([1], key=g)", 3, "sorted()"),
    ("def g(x):\n    return x\ny = [1]\ny.sort(key=g)", 4, "sort()"),
    ("@dataclass\nclass A:\n    x: int\n    def dbl(self):\n        return self.x\ny = A(3).dbl()", 6, "A(...).dbl()"),
    ("@dataclass(slots=True)\nclass A:\n    x: int", 1, "slots"),
    ("x = __file__", 1, "__file__"),
    ("try:\n    pass\nexcept asyncio.CancelledError:\n    pass", 3, "CancelledError never matches"),
    ("class A:\n    def __eq__(self, other):\n        return True", 2, "__eq__"),
    ("class A(IntEnum):\n    X = 1\n    def f(self):\n        pass", 3, "Enum with methods"),
    ("import asyncio\nasyncio.gather(f(1), f(2))", 2, "asyncio.gather"),
    ("x = open('file')", 1, "open is not defined"),
    ("from __future__ import annotations", 1, "__future__"),
    ("x = eval('1')", 1, "eval"),
    ("x = f'{1!r}'", 1, "!r is ignored"),
    ("class A:\n    @state_trigger('sensor.a')\n    def f(self):\n        pass", 2, "not on methods"),
    (
        "@state_trigger('sensor.a')\n@state_active('1')\ndef f():\n    pass",
        2,
        "@time_trigger are): ask for the state",
    ),
    ("@time_active('range(9:00, 18:00)')\ndef f():\n    pass", 1, "@time_active is not offered"),
    ("@task_unique('f')\ndef f():\n    pass", 1, "call task.unique(...) in the function"),
    ("@webhook_trigger('f')\ndef f():\n    pass", 1, "@webhook_trigger is not offered"),
    ("def f():\n    task.wait_until(timeout=5)", 2, "task.wait_until is not offered"),
    ("def f(a):\n    @pyscript_compile\n    def g():\n        return a\n    return g", 3, "local a"),
]


@pytest.mark.parametrize(("source", "line", "problem"), REFUSED)
def test_refused_with_file_line_and_reason(play, caplog, source, line, problem):
    played = play({"one.py": source, "two.py": "pyscript.two = 1\n"})
    played.line(0)
    error = played.session.host.load_errors["file.one"]
    assert f"one.py:{line}: " in str(error)
    assert problem in str(error)
    assert problem in caplog.text
    assert played.state("pyscript.two") == "1"


@pytest.mark.parametrize(
    ("decorator", "problem"),
    [
        (
            "time_trigger('once(now + 5s)')",
            "the embedded host has 'startup', 'shutdown' and 'cron(...)' only",
        ),
        ("time_trigger('startup', 'period(now, 1s)')", "'period(now, 1s)': the embedded host has"),
        ("time_trigger('once(sunset)')", "'once(sunset)': the embedded host has"),
        ("state_trigger('sensor.a == \"1\"')", "the embedded host watches 'domain.entity' and 'domain.entity.*' only"),
        ("state_trigger('sensor.a', 'sensor.a.unit')", "'sensor.a.unit': the embedded host watches"),
        ("state_trigger('sensor.a', state_hold=5)", "no state_hold in the embedded host, only `kwargs`"),
        ("state_trigger('sensor.a', watch=['sensor.b'], state_check_now=True)", "no state_check_now, watch in the"),
        ("event_trigger('ping', 'number == 2')", "'number == 2': the embedded host has no expressions"),
        ("mqtt_trigger('topic', 'payload == 2')", "'payload == 2': the embedded host has no expressions"),
    ],
)
def test_what_no_shipped_script_uses_is_refused_and_what_there_is_is_named(play, caplog, decorator, problem):
    played = play({"one.py": f"@{decorator}\ndef f(**kwargs):\n    pass\n", "two.py": "pyscript.two = 1\n"})
    played.line(0)
    error = str(played.session.host.load_errors["file.one"])
    assert error.startswith(f"function 'f' defined in file.one: decorator @{decorator.partition('(')[0]} ")
    assert problem in error and problem in caplog.text
    assert played.state("pyscript.two") == "1"


def test_new_syntax_is_refused(play):
    played = play("type X = int\n")
    played.line(0)
    assert isinstance(played.session.host.load_errors["file.script"], SyntaxError)


NATIVE = """
@pyscript_compile
def all_of_python(path):
    from contextlib import contextmanager
    @contextmanager
    def twice():
        yield sum(x for x in range(3))
    with twice() as value, open(path) as file:
        return value, bool(file.read())

@pyscript_executor
def in_a_thread():
    import sys
    match sys._getframe().f_code.co_filename:
        case str(name):
            return name.rpartition("/")[2]

path = in_a_thread()
pyscript.result = f"{all_of_python(PATH)} {path}"
"""


def test_natively_compiled_functions_may_do_anything(play):
    played = play("")
    played.write("script.py", NATIVE.replace("PATH", repr(str(played.config))))
    played.session.run(played.session.host.reload_changed, True)
    played.line(0)
    assert played.state("pyscript.result") == "(3, True) script.py"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import os", "import of os not allowed"),
        ("from os import path", "import from os not allowed"),
        ("import asyncio", "import of asyncio not allowed"),
        ("from nothing import x", "import from nothing not allowed"),
    ],
)
def test_the_allow_list(play, source, message):
    played = play(source)
    played.line(0)
    error = played.session.host.load_errors["file.script"]
    assert (type(error), str(error)) == (ModuleNotFoundError, message)


def test_allowed_imports_and_all_imports(play):
    source = "import math, json, re, statistics\nfrom datetime import timedelta\n"
    played = play(
        {"one.py": source + "pyscript.one = math.floor(2.5)", "two.py": "import os.path as p\npyscript.two = p.sep"},
        options=PyscriptOptions(allow_all_imports=True),
    )
    played.line(0)
    assert (played.state("pyscript.one"), played.state("pyscript.two")) == ("2", "/")
