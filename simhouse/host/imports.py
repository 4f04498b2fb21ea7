"""Imports of interpreted files: pyscript's own modules first, then what its allow-list permits."""

import asyncio
import importlib
import os
import sys
from types import ModuleType
from typing import Any

from simhouse.host import names
from simhouse.host.contexts import FileContext

ALLOWED = frozenset(
    {
        "black", "cmath", "datetime", "decimal", "fractions", "functools", "homeassistant.const", "isort", "json",
        "math", "number", "random", "re", "statistics", "string", "time", "voluptuous",
    }
)  # fmt: skip

Candidate = tuple[str, str, str | None]
"""Context name, path below the pyscript folder, and the path relative imports start from (None: none possible)."""


class Importer:
    """Imports for one host. `load` loads a module's file into a new context; `contexts` are those loaded."""

    def __init__(self, folder: str, contexts: dict[str, FileContext], load: Any, allow_all: bool) -> None:
        self._folder = folder
        self._contexts = contexts
        self._load = load
        self._allow_all = allow_all

    def provide(self, importing: FileContext) -> None:
        """Put the import functions into a file's globals."""

        async def import_module(name: str) -> ModuleType:
            return await self._find(importing, name, 0) or await self._python(name, f"import of {name} not allowed")

        async def import_from(module: str | None, level: int, name: str) -> Any:
            if module is None:
                found = await self._find(importing, name, level)
                if found is None:
                    raise ModuleNotFoundError(f"module '{name}' not found")
                return found
            source = await self._source(importing, module, level)
            try:
                return getattr(source, name)
            except AttributeError:
                raise ImportError(f"cannot import name '{name}' from '{module}'") from None

        async def import_all(module: str, level: int) -> None:
            source = await self._source(importing, module, level)
            importing.variables.update(
                {name: value for name, value in vars(source).items() if name[0] not in "_@" and "." not in name}
            )

        importing.variables.update(
            {names.IMPORT: import_module, names.IMPORT_FROM: import_from, names.IMPORT_ALL: import_all}
        )

    async def _source(self, importing: FileContext, module: str, level: int) -> ModuleType:
        return await self._find(importing, module, level) or await self._python(
            module, f"import from {module} not allowed"
        )

    async def _python(self, name: str, refusal: str) -> ModuleType:
        if not self._allow_all and name not in ALLOWED:
            raise ModuleNotFoundError(refusal)
        if name in sys.modules:
            return sys.modules[name]
        return await asyncio.get_running_loop().run_in_executor(None, importlib.import_module, name)

    async def _find(self, importing: FileContext, name: str, level: int) -> ModuleType | None:
        candidates = self._relative(importing, name, level) if level else self._absolute(importing, name)
        for context_name, _, _ in candidates:
            loaded = self._contexts.get(context_name)
            if loaded is not None and loaded.module is not None:
                importing.imports.add(context_name)
                return loaded.module
        for context_name, path, import_path in candidates:
            full = os.path.join(self._folder, path)
            if os.path.isfile(full):
                module = ModuleType(context_name.partition(".")[2])
                await self._load(context_name, full, import_path, module, importing.started)
                importing.imports.add(context_name)
                return module
        return None

    @staticmethod
    def _absolute(importing: FileContext, name: str) -> list[Candidate]:
        path = name.replace(".", "/")
        found: list[Candidate] = []
        if importing.import_path is not None and importing.import_path.startswith("apps/"):
            found.append((f"apps.{name}", f"apps/{path}/__init__.py", f"apps/{path}"))
            found.append((f"apps.{name}", f"apps/{path}.py", f"apps/{path}"))
        found.append((f"modules.{name}", f"modules/{path}/__init__.py", f"modules/{path}"))
        # Without an import path: a module imported by its full name cannot import relatively.
        found.append((f"modules.{name}", f"modules/{path}.py", None))
        return found

    @staticmethod
    def _relative(importing: FileContext, name: str, level: int) -> list[Candidate]:
        if importing.import_path is None:
            raise ImportError(
                "attempted relative import with no known parent package: "
                "the importing file was itself imported by its full name, import both the same way"
            )
        path = importing.import_path.removesuffix("/__init__")
        context_name = importing.name
        for _ in range(level - 1):
            path = os.path.dirname(path)
            if "/" not in path or "." not in context_name:
                raise ImportError("attempted relative import above parent package")
            context_name = context_name.rpartition(".")[0]
        context_name += f".{name}"
        below = f"{path}/{name.replace('.', '/')}"
        return [(context_name, f"{below}/__init__.py", below), (context_name, f"{below}.py", path)]
