"""The names that a module, function or comprehension binds: any other name may be an entity."""

import ast
from collections.abc import Iterable, Iterator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
NEW_SCOPES = (*_FUNCTIONS, ast.ClassDef, ast.Lambda, *_COMPREHENSIONS)


def decorator_name(decorator: ast.expr) -> str | None:
    """Return the plain name of `@name` or `@name(...)`, None for any other decorator."""
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return target.id if isinstance(target, ast.Name) else None


def dotted_parts(node: ast.expr) -> list[str] | None:
    """Return `a.b.c` as its parts; None when the chain does not start with a plain name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(node.id)
    return parts[::-1]


def argument_names(arguments: ast.arguments) -> set[str]:
    """Return all parameter names of a function or lambda."""
    names = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    return names | {argument.arg for argument in (arguments.vararg, arguments.kwarg) if argument is not None}


def target_names(targets: Iterable[ast.expr]) -> set[str]:
    """Return the names that assignment targets bind."""
    return {
        node.id
        for target in targets
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def walk_scope(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield all nodes of one scope; functions, classes, lambdas and comprehensions are yielded without their inside."""
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, NEW_SCOPES):
            waiting.extend(ast.iter_child_nodes(node))


def bound_names(body: Iterable[ast.AST]) -> set[str]:
    """Return the names that a body binds in its own scope, without those declared global or nonlocal."""
    bound: set[str] = set()
    elsewhere: set[str] = set()
    for node in walk_scope(body):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            bound.update((alias.asname or alias.name) for alias in node.names if alias.asname or "." not in alias.name)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            elsewhere.update(node.names)
        elif isinstance(node, _COMPREHENSIONS):
            # A walrus inside a comprehension binds in the scope around it.
            bound.update(inner.target.id for inner in ast.walk(node) if isinstance(inner, ast.NamedExpr))
    return bound - elsewhere


def module_names(tree: ast.Module) -> set[str]:
    """Return the module's names: bound at its top level, or declared global and set in a function."""
    declared = {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    return bound_names(tree.body) | declared
