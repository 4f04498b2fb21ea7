"""Load, start and reload the interpreted files of one host."""

import asyncio
import logging
import os
from types import ModuleType

from simhouse.host.contexts import FileContext
from simhouse.host.imports import Importer
from simhouse.host.source_files import SourceFile, find_files, stamp, what_to_reload
from simhouse.host.tracebacks import log_exception
from simhouse.host.world import World

LOGGER = logging.getLogger("simhouse.host.loader")


class Loader:
    """The loaded files by context name. `await_shutdown`: a reload waits for shutdown triggers, as pyscript 1.7 did."""

    def __init__(self, world: World, folder: str, await_shutdown: bool) -> None:
        self._world = world
        self._folder = folder
        self._await_shutdown = await_shutdown
        self._loading = asyncio.Lock()
        self.contexts: dict[str, FileContext] = {}
        self.errors: dict[str, Exception] = {}
        self._importer = Importer(folder, self.contexts, self._load_module, world.allow_all_imports)
        self._stamps: dict[str, tuple[int, int] | None] = {}
        self._failed: dict[str, FileContext] = {}

    async def load(self, only: str | None = None) -> None:
        """Update the loaded files from the folder, then start the new ones; a file that fails is logged and left out.

        `only`: a context name, or "*" for all; None for those that have changed.
        """
        async with self._loading:
            files = find_files(self._folder, self._world.apps)
            if only not in (None, "*") and only not in files and only not in self.contexts:
                LOGGER.error("pyscript.reload: no global context '%s' to reload", only)
                return
            drop, load = what_to_reload(files, self.contexts, only)
            await self._replace(drop)
            for name in sorted(load):
                await self._load_file(files[name])
            self._watch()
            self._start(only)

    def stop(self) -> None:
        """Stop all triggers and services; shutdown triggers fire."""
        self._forget(set(self.contexts))

    def outdated(self) -> bool:
        """Whether a loaded file or folder has changed since it was read; costs one stat each."""
        return any(stamp(path) != known for path, known in self._stamps.items())

    def _watch(self) -> None:
        """Store the stamps of all loaded files, failed files, and folders that may get new ones."""
        folders = (os.path.join(self._folder, part) for part in ("", "modules", "apps", "scripts"))
        self._stamps = {path: stamp(path) for path in folders if os.path.exists(path)}
        self._stamps |= {context.path: stamp(context.path) for context in self._failed.values()}
        # The stamps from reading, so that a change made while files load is still noticed.
        self._stamps |= {context.path: context.stamp for context in self.contexts.values()}

    def _forget(self, drop: set[str]) -> None:
        for name in sorted(drop):
            self.contexts.pop(name).stop_triggers()

    def _start(self, only: str | None) -> None:
        for name, context in sorted(self.contexts.items()):
            # As in pyscript: a reload of one context leaves those that came along unstarted until a plain one.
            if only in (None, "*") or name == only or name.startswith(f"{only}."):
                context.start()

    async def _replace(self, drop: set[str]) -> None:
        before = set(self._world.tasks.all())
        self._forget(drop)
        shutdown = set(self._world.tasks.all()) - before
        if shutdown and self._await_shutdown:
            await self._world.tasks.wait_asleep(asyncio.ensure_future(asyncio.wait(shutdown)))
        elif shutdown:
            # They have begun, no more, when the new files load.
            await asyncio.sleep(0)

    async def _load_file(self, file: SourceFile) -> None:
        context = FileContext(self._world, file.name, file.path, file.import_path, None, file.app_config)
        self.errors.pop(file.name, None)
        try:
            await self._run(context)
        except Exception as error:
            self.errors[file.name] = error
            LOGGER.error("Failed to load %s", file.path)

    async def _load_module(
        self, name: str, path: str, import_path: str | None, module: ModuleType, started: bool
    ) -> None:
        context = FileContext(self._world, name, path, import_path, module)
        context.started = started
        try:
            await self._run(context)
        except Exception as error:
            self.errors[name] = error
            LOGGER.error("module_import: failed to load module %s, path = %s", name.partition(".")[2], path)
            raise

    async def _run(self, context: FileContext) -> None:
        self._failed[context.name] = context
        self._importer.provide(context)
        try:
            context.read()
            await context.run()
        except Exception as error:
            context.stop_triggers()
            if not getattr(error, "_simhouse_logged", False):
                log_exception(context.logger, error)
                error.__dict__["_simhouse_logged"] = True
            raise
        del self._failed[context.name]
        self.errors.pop(context.name, None)
        self.contexts[context.name] = context
