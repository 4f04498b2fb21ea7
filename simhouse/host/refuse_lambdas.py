"""Lambdas and natively compiled functions see globals only: a name of an enclosing function raises NameError later."""

import ast
import builtins
from collections.abc import Iterable, Iterator

from simhouse.host.names import NATIVE_DECORATORS
from simhouse.host.scopes import (
    NEW_SCOPES,
    argument_names,
    bound_names,
    decorator_name,
    target_names,
    walk_scope,
)

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)


def capture_problems(tree: ast.Module, top: set[str], interpreted: set[str]) -> Iterator[tuple[int, str]]:
    """Yield (line, problem) of each lambda or compiled function that needs more than globals."""
    yield from _scope(tree.body, set(), top, interpreted)


def _scope(body: Iterable[ast.AST], outer: set[str], top: set[str], interpreted: set[str]) -> Iterator[tuple[int, str]]:
    for node in walk_scope(body):
        if isinstance(node, ast.Lambda):
            yield from _lambda(node, outer, top, interpreted)
        elif isinstance(node, _FUNCTIONS):
            inner = argument_names(node.args) | bound_names(node.body)
            if any(decorator_name(decorator) in NATIVE_DECORATORS for decorator in node.decorator_list):
                for name in sorted(_free(node, inner) & outer):
                    yield (
                        node.lineno,
                        f"the natively compiled {node.name} cannot see the local {name}: pass it as an argument",
                    )
            else:
                yield from _scope(node.body, outer | inner, top, interpreted)
        elif isinstance(node, ast.ClassDef):
            yield from _scope(node.body, outer, top, interpreted)
        elif isinstance(node, _COMPREHENSIONS):
            loop = target_names(generator.target for generator in node.generators)
            yield from _scope(list(ast.iter_child_nodes(node)), outer | loop, top, interpreted)


def _lambda(node: ast.Lambda, outer: set[str], top: set[str], interpreted: set[str]) -> Iterator[tuple[int, str]]:
    own = argument_names(node.args)
    free = {
        name.id for name in ast.walk(node.body) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Load)
    } - own
    for name in sorted(free & outer):
        yield (
            node.lineno,
            f"a lambda sees only globals in interpreted files, not {name}: bind it, lambda {name}={name}: ...",
        )
    for name in sorted(free & interpreted - outer):
        yield node.lineno, f"a lambda gets a coroutine from the interpreted function {name}: mark it @pyscript_compile"
    for part in ast.walk(node.body):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            root = part.value.id
            if root not in own and root not in outer and root not in top and not hasattr(builtins, root):
                yield (
                    node.lineno,
                    f"a lambda cannot see {root}.{part.attr} in interpreted files: read it before, or write a function",
                )
                return


def _free(node: ast.AST, own: set[str]) -> set[str]:
    inner: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, NEW_SCOPES) and part is not node:
            inner |= argument_names(part.args) if isinstance(part, (*_FUNCTIONS, ast.Lambda)) else set()
    used = {name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Load)}
    return used - own - inner
