"""Refuse what pyscript's interpreter cannot run, or runs wrong silently: each with its line and a remedy."""

import ast
from collections.abc import Iterator

from simhouse.host.names import HIDDEN_BUILTINS, HOST_DECORATORS, NATIVE_DECORATORS, NOT_OFFERED
from simhouse.host.refuse_classes import class_problems, dataclass_temporaries
from simhouse.host.refuse_lambdas import capture_problems
from simhouse.host.scopes import bound_names, decorator_name, dotted_parts, module_names

NATIVE = "move it to native code (@pyscript_compile, or the native package)"
_NODES = {
    "Yield": f"generators do not exist in interpreted files: build a list, or {NATIVE}",
    "YieldFrom": f"generators do not exist in interpreted files: build a list, or {NATIVE}",
    "GeneratorExp": "generator expressions do not exist in interpreted files: write a list, [... for ...]",
    "Match": "match does not exist in interpreted files: write if/elif",
    "TryStar": f"except* does not exist in interpreted files: {NATIVE}",
    "TypeAlias": "the type statement does not exist in interpreted files: assign the type to a name",
    "AsyncFor": f"async for does not work in interpreted files: {NATIVE}",
    "TemplateStr": f"template strings do not exist in interpreted files: {NATIVE}",
}
_DECORATORS = {
    "lru_cache",
    "cache",
    "cached_property",
    "contextmanager",
    "asynccontextmanager",
    "singledispatch",
    "total_ordering",
    "property",
    "classmethod",
}
_TAKE_FUNCTIONS = {"map", "filter", "sorted", "min", "max", "reduce"}
_TAKE_COROUTINES = {"gather", "wait_for", "create_task", "ensure_future", "shield"}


class Refused(SyntaxError):
    """A file that pyscript would not run as written; `lineno` and `filename` give the place."""

    def __init__(self, filename: str, line: int, problem: str) -> None:
        super().__init__(f"{filename}:{line}: {problem}")
        self.filename = filename
        self.lineno = line


def refuse(tree: ast.Module, filename: str, allow_all_imports: bool) -> None:
    """Raise `Refused` for the first construct that pyscript's interpreter does not run as written."""
    problems = sorted(_problems(tree, allow_all_imports), key=lambda found: found[0])
    if problems:
        raise Refused(filename, *problems[0])


def _problems(tree: ast.Module, allow_all_imports: bool) -> Iterator[tuple[int, str]]:
    top = module_names(tree)
    interpreted = {
        node.name
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not is_native(node)
    }
    yield from capture_problems(tree, top, interpreted)
    yield from dataclass_temporaries(tree)
    for node in walk_interpreted(tree):
        if isinstance(node, ast.stmt | ast.expr) and (message := _NODES.get(type(node).__name__)):
            yield node.lineno, message
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _function(node)
        elif isinstance(node, ast.ClassDef):
            yield from class_problems(node)
        elif isinstance(node, ast.ExceptHandler):
            yield from _handler(node)
        elif isinstance(node, ast.Call):
            yield from _call(node, interpreted)
        elif isinstance(node, ast.With):
            yield from _with(node)
        elif isinstance(node, ast.FormattedValue) and node.conversion in (ord("r"), ord("a")):
            yield node.lineno, f"!{chr(node.conversion)} is ignored in interpreted files: write repr(...)"
        elif isinstance(node, ast.comprehension) and node.is_async:
            yield node.target.lineno, f"async comprehensions do not work in interpreted files: {NATIVE}"
        elif isinstance(node, ast.ImportFrom) and node.module == "__future__" and not allow_all_imports:
            yield node.lineno, "import from __future__ not allowed (only with allow_all_imports): remove it"
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in top:
            if node.id == "__file__":
                yield (
                    node.lineno,
                    "__file__ is not defined in pyscript: use sys._getframe().f_code.co_filename natively",
                )
            elif node.id in HIDDEN_BUILTINS and not _is_local(tree, node):
                yield node.lineno, f"{node.id} is not defined in interpreted files: {NATIVE}"


def walk_interpreted(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes that the interpreter runs: not the inside of natively compiled functions and of lambdas."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Lambda):
            waiting.append(node.args)
            continue
        if is_native(node):
            continue
        yield node
        for name, value in ast.iter_fields(node):
            # pyscript never evaluates the type annotations of a function.
            if name in ("annotation", "returns"):
                continue
            waiting.extend(
                item for item in (value if isinstance(value, list) else [value]) if isinstance(item, ast.AST)
            )


def is_native(node: ast.AST) -> bool:
    """Whether this is a function that pyscript lets Python compile."""
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and any(
        decorator_name(decorator) in NATIVE_DECORATORS for decorator in node.decorator_list
    )


def _is_local(tree: ast.AST, name: ast.Name) -> bool:
    return any(
        isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and name in ast.walk(node)
        and name.id in bound_names(node.body)
        for node in ast.walk(tree)
    )


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[int, str]]:
    if getattr(node, "type_params", None):
        yield node.lineno, "type parameters do not exist in interpreted files: leave them out"
    for decorator in node.decorator_list:
        parts = dotted_parts(decorator.func if isinstance(decorator, ast.Call) else decorator)
        if parts and parts[-1] in _DECORATORS:
            yield decorator.lineno, f"@{parts[-1]} does not work on interpreted functions: {NATIVE}"
        elif parts and (instead := NOT_OFFERED.get(parts[-1])):
            there_is = ", ".join(f"@{name}" for name in sorted(HOST_DECORATORS))
            yield decorator.lineno, f"@{parts[-1]} is not offered by the embedded host ({there_is} are): {instead}"


def _handler(node: ast.ExceptHandler) -> Iterator[tuple[int, str]]:
    for caught in ast.walk(node.type) if node.type else ():
        if (
            isinstance(caught, (ast.Name, ast.Attribute))
            and (parts := dotted_parts(caught))
            and parts[-1] == "CancelledError"
        ):
            yield (
                node.lineno,
                f"except CancelledError never matches in interpreted files (finally runs): use finally, or {NATIVE}",
            )
            return


def _call(node: ast.Call, interpreted: set[str]) -> Iterator[tuple[int, str]]:
    parts = dotted_parts(node.func)
    if parts in (["eval"], ["exec"]):
        yield node.lineno, f"{parts[0]} is not offered by the embedded host: {NATIVE}"
    elif parts == ["task", "wait_until"]:
        yield node.lineno, "task.wait_until is not offered by the embedded host: look again after each task.sleep"
    elif parts == ["super"]:
        yield node.lineno, "super() does not work in interpreted files: name the class, Base.method(self)"
    elif (
        parts
        and parts[0] == "asyncio"
        and parts[-1] in _TAKE_COROUTINES
        and any(isinstance(a, ast.Call) for a in _all_arguments(node))
    ):
        yield (
            node.lineno,
            f"asyncio.{parts[-1]}(f()) gets the result of f in interpreted files: use task.create, or {NATIVE}",
        )
    elif (parts and parts[-1] in _TAKE_FUNCTIONS) or (
        isinstance(node.func, ast.Attribute) and node.func.attr == "sort"
    ):
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
            if isinstance(argument, ast.Name) and argument.id in interpreted:
                called = parts[-1] if parts else "sort"
                yield (
                    node.lineno,
                    f"{called}() gets coroutines from the interpreted {argument.id}: mark it @pyscript_compile",
                )


def _all_arguments(node: ast.Call) -> Iterator[ast.expr]:
    for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
        yield argument.value if isinstance(argument, ast.Starred) else argument


def _with(node: ast.With) -> Iterator[tuple[int, str]]:
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, ast.Return):
            yield (
                inner.lineno,
                "return inside with can lose its value in interpreted files: assign in the with, return after it",
            )
        elif not isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(inner))


def has_host_decorator(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function has a trigger or @service."""
    return any(decorator_name(decorator) in HOST_DECORATORS for decorator in node.decorator_list)
