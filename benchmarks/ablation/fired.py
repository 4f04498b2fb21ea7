"""Find the rules that matter in a run: those whose result differs at some call from their result when off."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FunctionType
from typing import Any

from .rules import RULES, Rule

PROBE = "_ablation_probe"


@contextmanager
def record_fired_rules() -> Iterator[set[str]]:
    """Yield a set that collects the functions of the rules that fire inside the context.

    Rules return values and change nothing, so switching off a rule that does not fire changes nothing.
    """
    found: set[str] = set()
    with ExitStack() as stack:
        for rule in RULES.values():
            stack.enter_context(_probe_rule(rule, found))
        yield found


@contextmanager
def _probe_rule(rule: Rule, found: set[str]) -> Iterator[None]:
    """Compare each call of this rule with what it returns when it is off, until it differs once."""
    module = importlib.import_module("fusebox." + rule.function.partition(".")[0].replace("/", "."))
    function: FunctionType = vars(module)[rule.name]
    shipped = FunctionType(function.__code__, function.__globals__, rule.name, function.__defaults__)
    shipped.__kwdefaults__ = function.__kwdefaults__
    names = dict(vars(module))
    exec(compile(rule.off_in(inspect.getsource(module)), str(rule.path), "exec"), names)
    off: FunctionType = names[rule.name]

    def probe(*args: Any, **kwargs: Any) -> Any:
        returned = shipped(*args, **kwargs)
        if rule.function not in found and returned != off(*args, **kwargs):
            found.add(rule.function)
        return returned

    # Other modules have imported the function itself: its code changes, not the name in its module.
    key, before = f"{PROBE}_{rule.name}", function.__code__
    vars(module)[key] = probe
    scope: dict[str, Any] = {}
    exec(f"def {rule.name}(*args, **kwargs): return {key}(*args, **kwargs)", scope)
    function.__code__ = scope[rule.name].__code__
    try:
        yield
    finally:
        function.__code__ = before
        del vars(module)[key]
