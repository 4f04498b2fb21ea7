# The doorway: loads the package fusebox/ natively, once, for all scripts. pyscript interprets this file.
#
# pyscript would interpret whatever a script imports from modules/; that is some hundred times slower and not all of
# Python. So an executor function, which pyscript compiles, loads the package the way Python itself does. It works with
# `allow_all_imports: false`. A broken edit keeps the last good generation, and saying so is left to load_files.py.
# Half of an update loads nothing.
# watch_files.py touches this file when a native file or the config has changed: that reloads every script.


@pyscript_executor
def _native(package):
    import importlib.util
    import os
    import sys
    import threading
    import traceback

    doorway = sys._getframe().f_code.co_filename
    folder = os.path.join(os.path.dirname(doorway), package)

    def fingerprint(place=folder):
        found = []
        for entry in os.scandir(place):
            if entry.name.endswith((".py", ".json")) and not entry.name.startswith("."):
                seen = entry.stat()
                found.append((entry.path, seen.st_mtime_ns, seen.st_size))
            elif entry.is_dir() and entry.name != "__pycache__":
                found += fingerprint(entry.path)
        return sorted(found)

    def ours():
        # A list first: Home Assistant starts with other threads that import.
        return [name for name in list(sys.modules) if name == package or name.startswith(package + ".")]

    def told(broken):
        places = [at for at in traceback.extract_tb(broken.__traceback__) if at.filename.startswith(folder)]
        place = f" ({os.path.relpath(places[-1].filename, folder)}, line {places[-1].lineno})" if places else ""
        return f"modules/{package} cannot be loaded: {type(broken).__name__} {broken}{place}; copy pyscript/ anew"

    # The notes of the integration (its scripts.py): between a kill and its next start, half of the files may be new.
    notes = os.path.join(os.path.dirname(os.path.dirname(doorway)), "." + package)
    if any(os.path.exists(os.path.join(notes, name)) for name in ("next.json", "back.json", "removing.json")):
        raise ImportError(
            f"modules/{package} is half exchanged for another version: the integration Fusebox completes that when "
            f"Home Assistant starts, or when you add it; without it, delete pyscript/.{package} and copy pyscript/ anew"
        )

    with sys.modules.setdefault("_" + package + "_lock", threading.RLock()):
        present = fingerprint()
        old = sys.modules.get(package)
        if old is not None and getattr(old, "__fingerprint__", None) == present:
            module, error = old, None
        else:
            saved = {name: sys.modules.pop(name) for name in ours()}
            try:
                spec = importlib.util.spec_from_file_location(
                    package, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
                )
                module = importlib.util.module_from_spec(spec)
                sys.modules[package] = module
                spec.loader.exec_module(module)
                module.__fingerprint__ = present
                error = None
            except BaseException as broken:
                for name in ours():
                    del sys.modules[name]
                sys.modules.update(saved)
                if old is None:
                    raise ImportError(told(broken)) from broken
                module, error = old, traceback.format_exc(limit=-2).strip()
        module.STORE["native_error"] = error
        module.doorway = doorway
        module.loaded = module.load_files.load_sources(doorway, present)
        return module


try:
    native = _native("fusebox")
except Exception as broken:
    # No code of Fusebox is running that could report it, so it is published here, before pyscript logs it.
    state.set("sensor.fusebox_site", "config_error", friendly_name="Fusebox", reason=str(broken), errors=[str(broken)])
    raise
