"""Translate an interpreted file into Python that behaves as in pyscript's interpreter: every call may await."""

import ast
import builtins
from functools import lru_cache
from types import CodeType
from typing import Any

from simhouse.host import names
from simhouse.host.compiled import with_path
from simhouse.host.refuse import has_host_decorator, is_native, refuse
from simhouse.host.scopes import (
    argument_names,
    bound_names,
    decorator_name,
    dotted_parts,
    module_names,
    target_names,
)


@lru_cache(maxsize=100)
def translate(source: str, filename: str, allow_all_imports: bool = False) -> CodeType:
    """Return the code of a pyscript file, to be run with `await eval(code, globals)`; `runtime` makes its globals.

    Raises SyntaxError, or its subclass `Refused` for what pyscript would not run as written.
    """
    try:
        code = _shared(source, allow_all_imports)
    except SyntaxError:
        return _translated(source, filename, allow_all_imports)  # raises it with the file's own name
    return with_path(code, filename)


@lru_cache(maxsize=500)
def _shared(source: str, allow_all_imports: bool) -> CodeType:
    return _translated(source, "<shared>", allow_all_imports)


def _translated(source: str, filename: str, allow_all_imports: bool) -> CodeType:
    tree = ast.parse(source, filename)
    refuse(tree, filename, allow_all_imports)
    translated = ast.fix_missing_locations(_Translator(module_names(tree)).visit(tree))
    return compile(translated, filename, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


def _load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _wait(helper: str, *arguments: ast.expr) -> ast.Await:
    return ast.Await(ast.Call(_load(helper), list(arguments), []))


def is_free(name: str, scopes: list[set[str]]) -> bool:
    """Whether a name is bound in no scope: then a dotted name that starts with it is an entity, function or service."""
    return not any(name in scope for scope in scopes) and (not hasattr(builtins, name) or name in names.HIDDEN_BUILTINS)


class _Translator(ast.NodeTransformer):
    """Translates nodes.

    `scopes`: names bound around the present node, innermost last; `in_class`: awaiting is impossible.
    """

    def __init__(self, top: set[str]) -> None:
        self._scopes = [top]
        self._in_class = False

    # Names

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        parts = dotted_parts(node)
        if parts is not None and is_free(parts[0], self._scopes):
            return ast.copy_location(ast.Subscript(_load(names.DOTTED), ast.Constant(".".join(parts)), node.ctx), node)
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if (
            node.id == "print"
            and isinstance(node.ctx, ast.Load)
            and not any("print" in scope for scope in self._scopes)
        ):
            return ast.copy_location(_load(names.PRINT), node)
        return node

    # Calls

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if isinstance(node.func, ast.Name) and node.func.id in ("locals", "globals", "super"):
            self.generic_visit(node)
            return node
        function = self._called(node.func)
        arguments = [self.visit(argument) for argument in node.args]
        keywords = [self.visit(keyword) for keyword in node.keywords]
        if self._in_class:
            return ast.copy_location(ast.Call(_load(names.CALL_IN_CLASS), [function, *arguments], keywords), node)
        return ast.copy_location(ast.Await(ast.Call(_load(names.CALL), [function, *arguments], keywords)), node)

    def _called(self, function: ast.expr) -> ast.expr:
        parts = dotted_parts(function) if isinstance(function, ast.Attribute) else None
        if parts is None or not is_free(parts[0], self._scopes):
            return self.visit(function)
        finder = ast.Attribute(_load(names.DOTTED), "called", ast.Load())
        return ast.copy_location(ast.Call(finder, [ast.Constant(".".join(parts))], []), function)

    def visit_Await(self, node: ast.Await) -> ast.expr:
        return ast.copy_location(_wait(names.AWAIT, self.visit(node.value)), node)

    # Functions

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Any:
        if is_native(node):
            return self._native(node)
        arguments = self._arguments(node.args)
        self._scopes.append(argument_names(node.args) | bound_names(node.body))
        in_class, self._in_class = self._in_class, False
        body = [part for statement in node.body for part in _as_list(self.visit(statement))]
        self._in_class = in_class
        self._scopes.pop()
        name = names.CLASS_INIT if in_class and node.name == "__init__" else node.name
        made = ast.copy_location(ast.AsyncFunctionDef(name, arguments, body, [], None, None), node)
        if hasattr(node, "type_params"):
            made.type_params = []  # type: ignore[attr-defined]
        if in_class:
            made.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
            return made
        if not node.decorator_list:
            return made
        return [made, self._define(node)]

    visit_AsyncFunctionDef = visit_FunctionDef

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.Assign:
        """Return `f = await @define(f, ((name, args, kwargs), ...), (other decorators ...), docstring)`."""
        own: list[ast.expr] = []
        others: list[ast.expr] = []
        for decorator in node.decorator_list:
            name = decorator_name(decorator)
            if name not in names.HOST_DECORATORS:
                others.append(self.visit(decorator))
                continue
            call = decorator if isinstance(decorator, ast.Call) else ast.Call(_load(name), [], [])
            arguments = ast.List([self.visit(argument) for argument in call.args], ast.Load())
            keywords = ast.Dict(
                [ast.Constant(keyword.arg) if keyword.arg else None for keyword in call.keywords],
                [self.visit(keyword.value) for keyword in call.keywords],
            )
            own.append(ast.Tuple([ast.Constant(name), arguments, keywords], ast.Load()))
        defined = _wait(
            names.DEFINE,
            _load(node.name),
            ast.Tuple(own, ast.Load()),
            ast.Tuple(others, ast.Load()),
            ast.Constant(ast.get_docstring(node) if has_host_decorator(node) else None),
        )
        first = node.decorator_list[0]
        return ast.copy_location(ast.Assign([ast.Name(node.name, ast.Store())], defined), first)

    def _native(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Any:
        """Return a function for Python itself, unchanged except for the mark; an executor function runs in a thread."""
        marks = [decorator_name(decorator) for decorator in node.decorator_list]
        node.decorator_list = [
            decorator
            for decorator, mark in zip(node.decorator_list, marks, strict=True)
            if mark not in names.NATIVE_DECORATORS
        ]
        if "pyscript_executor" not in marks:
            return node
        wrapped = ast.Call(_load(names.EXECUTOR), [_load(node.name)], [])
        return [node, ast.copy_location(ast.Assign([ast.Name(node.name, ast.Store())], wrapped), node)]

    def _arguments(self, arguments: ast.arguments) -> ast.arguments:
        for argument in (
            *arguments.posonlyargs,
            *arguments.args,
            *arguments.kwonlyargs,
            arguments.vararg,
            arguments.kwarg,
        ):
            if argument is not None:
                argument.annotation = None
        arguments.defaults = [self.visit(default) for default in arguments.defaults]
        arguments.kw_defaults = [default and self.visit(default) for default in arguments.kw_defaults]
        return arguments

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        return node

    # Classes and comprehensions

    def visit_ClassDef(self, node: ast.ClassDef) -> list[ast.stmt]:
        node.bases = [self.visit(base) for base in node.bases]
        node.keywords = [self.visit(keyword) for keyword in node.keywords]
        decorators = [self.visit(decorator) for decorator in node.decorator_list]
        in_class, self._in_class = self._in_class, True
        self._scopes.append(bound_names(node.body))
        body = [part for statement in node.body for part in _as_list(self.visit(statement))]
        self._scopes.pop()
        self._in_class = in_class
        node.body, node.decorator_list = body, []
        statements: list[ast.stmt] = [node]
        for decorator in reversed(decorators):
            made = (
                _wait(names.CALL, decorator, _load(node.name))
                if not in_class
                else ast.Call(_load(names.CALL_IN_CLASS), [decorator, _load(node.name)], [])
            )
            statements.append(ast.copy_location(ast.Assign([ast.Name(node.name, ast.Store())], made), node))
        return statements

    def _comprehension(self, node: Any) -> Any:
        self._scopes.append(target_names(generator.target for generator in node.generators))
        visited = self.generic_visit(node)
        self._scopes.pop()
        return visited

    visit_ListComp = visit_SetComp = visit_DictComp = _comprehension

    # Statements

    def visit_With(self, node: ast.With) -> ast.stmt:
        self.generic_visit(node)
        if self._in_class:
            return node
        for item in node.items:
            item.context_expr = ast.Call(_load(names.MANAGER), [item.context_expr], [])
        return ast.copy_location(ast.AsyncWith(node.items, node.body), node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if len(self._scopes) == 1 or self._in_class:
            node.value = node.value and self.visit(node.value)
            return node
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        return ast.copy_location(ast.Assign([self.visit(node.target)], self.visit(node.value)), node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        # pyscript catches no more than Exception, whatever the handler names.
        if node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "BaseException"):
            node.type = _load("Exception")
        self.generic_visit(node)
        return node

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        statements: list[ast.stmt] = []
        for alias in node.names:
            module = _wait(names.IMPORT, ast.Constant(alias.name))
            if alias.asname or "." not in alias.name:
                target: ast.expr = ast.Name(alias.asname or alias.name, ast.Store())
            else:
                target = ast.Subscript(ast.Call(_load("globals"), [], []), ast.Constant(alias.name), ast.Store())
            statements.append(ast.copy_location(ast.Assign([target], module), node))
        return statements

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """Return statements that fetch each imported name from the host when they run, instead of importing it."""
        statements: list[ast.stmt] = []
        for alias in node.names:
            where = (ast.Constant(node.module), ast.Constant(node.level))
            if alias.name == "*":
                statements.append(ast.copy_location(ast.Expr(_wait(names.IMPORT_ALL, *where)), node))
                continue
            taken = _wait(names.IMPORT_FROM, *where, ast.Constant(alias.name))
            statements.append(
                ast.copy_location(ast.Assign([ast.Name(alias.asname or alias.name, ast.Store())], taken), node)
            )
        return statements


def _as_list(visited: Any) -> list[Any]:
    if visited is None:
        return []
    return visited if isinstance(visited, list) else [visited]
