"""Expressions in trigger decorators: names are globals, values of the event or entities; a missing entity is None."""

import ast
import builtins
from collections.abc import Callable
from typing import Any

from simhouse.host import names
from simhouse.host.refuse import refuse
from simhouse.host.scopes import dotted_parts, target_names

_PLAIN_CALLS = frozenset(
    {"float", "int", "str", "bool", "abs", "len", "round", "min", "max", "any", "all", "sum", "isinstance"}
)


class Expression:
    """One compiled expression. `waits`: it calls functions, so it must run as a task."""

    def __init__(self, source: str, where: str, global_names: dict[str, Any]) -> None:
        tree = ast.parse(source.strip(), where, mode="eval")
        refuse(ast.Module([ast.Expr(tree.body)], []), where, False)
        self.source = source
        self.waits = any(isinstance(node, ast.Call) and not _is_plain(node) for node in ast.walk(tree))
        self.entity_names = {found for found in _names(tree.body) if found.count(".") in (1, 2, 3)}
        body = _ExpressionTranslator(self.waits).visit(tree.body)
        arguments = ast.arguments([], [ast.arg(names.VARS)], None, [], [], None, [])
        function: Any = ast.AsyncFunctionDef if self.waits else ast.FunctionDef
        defined = function("expression", arguments, [ast.Return(body)], [], None, None)
        if "type_params" in function._fields:
            defined.type_params = []
        module = ast.fix_missing_locations(ast.Module([defined], []))
        space: dict[str, Any] = {}
        exec(compile(module, where, "exec", dont_inherit=True), global_names, space)
        self.evaluate: Callable[[dict[str, Any]], Any] = space["expression"]


def _is_plain(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in _PLAIN_CALLS


def _names(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Attribute) and (parts := dotted_parts(node)):
        return {".".join(parts)}
    if isinstance(node, ast.Name):
        return {node.id}
    return set().union(*(_names(child) for child in ast.iter_child_nodes(node)))


class _ExpressionTranslator(ast.NodeTransformer):
    def __init__(self, waits: bool) -> None:
        self._waits = waits
        self._bound: list[set[str]] = []

    def _is_bound(self, name: str) -> bool:
        return any(name in bound for bound in self._bound)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        parts = dotted_parts(node)
        if parts is None or self._is_bound(parts[0]):
            return self.generic_visit(node)
        return self._find(names.LOOK, ".".join(parts))

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Store) or self._is_bound(node.id):
            return node
        return self._find(names.NAME, node.id)

    @staticmethod
    def _find(helper: str, name: str) -> ast.Call:
        load = ast.Load()
        return ast.Call(ast.Name(helper, load), [ast.Constant(name), ast.Name(names.VARS, load)], [])

    def visit_Call(self, node: ast.Call) -> ast.expr:
        function = self.visit(node.func)
        arguments = [self.visit(argument) for argument in node.args]
        keywords = [self.visit(keyword) for keyword in node.keywords]
        if not self._waits:
            return ast.Call(function, arguments, keywords)
        return ast.Await(ast.Call(ast.Name(names.CALL, ast.Load()), [function, *arguments], keywords))

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        return node

    def _comprehension(self, node: Any) -> Any:
        self._bound.append(target_names(generator.target for generator in node.generators))
        visited = self.generic_visit(node)
        self._bound.pop()
        return visited

    visit_ListComp = visit_SetComp = visit_DictComp = _comprehension


def find_name(name: str, global_names: dict[str, Any], variables: dict[str, Any]) -> Any:
    """A plain name in an expression: a global, a value of the event, a builtin; else NameError."""
    if name in global_names:
        return global_names[name]
    if name in variables:
        return variables[name]
    if hasattr(builtins, name) and name not in names.HIDDEN_BUILTINS:
        return getattr(builtins, name)
    raise NameError(f"name '{name}' is not defined")
