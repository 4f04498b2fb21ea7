"""Problems of interpreted classes: their methods are coroutines, which Python's own protocols never await."""

import ast
from collections.abc import Iterator

from simhouse.host.names import HOST_DECORATORS
from simhouse.host.scopes import decorator_name, dotted_parts

_AWAITED = frozenset({"__init__", "__enter__", "__exit__", "__aenter__", "__aexit__"})
_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})


def class_problems(node: ast.ClassDef) -> Iterator[tuple[int, str]]:
    """Yield (line, problem) for everything in one class that does not work interpreted."""
    bases = {parts[-1] for base in node.bases if (parts := dotted_parts(base))}
    methods = [item for item in node.body if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef))]
    if getattr(node, "type_params", None):
        yield node.lineno, "type parameters do not exist in interpreted files: leave them out"
    if "NamedTuple" in bases:
        yield (
            node.lineno,
            "NamedTuple classes do not work in interpreted files: use a dataclass, or define the class natively",
        )
    if bases & _ENUMS and methods:
        yield methods[0].lineno, "an Enum with methods does not work in interpreted files: write a plain function"
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and any(keyword.arg == "slots" for keyword in decorator.keywords):
            yield decorator.lineno, "dataclass(slots=True) does not work in interpreted files: leave slots out"
    for method in methods:
        if method.name.startswith("__") and method.name.endswith("__") and method.name not in _AWAITED:
            yield (
                method.lineno,
                f"{method.name} becomes a coroutine that Python never awaits in interpreted files: "
                "write a plain method, or define the class natively",
            )
        for decorator in method.decorator_list:
            if decorator_name(decorator) in HOST_DECORATORS:
                yield decorator.lineno, "triggers and services belong on functions, not on methods"


def dataclass_temporaries(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, problem) of calls such as `A(3).double()` on a class of this file: its self is already gone."""
    classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Call)
        ):
            made = node.func.value.func
            if isinstance(made, ast.Name) and made.id in classes:
                yield (
                    node.lineno,
                    f"{made.id}(...).{node.func.attr}() loses self in interpreted files: give the object a name first",
                )
