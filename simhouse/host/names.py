"""Names the translated files use for the host: the `@` keeps them out of every script's way."""

CALL = "@call"
CALL_IN_CLASS = "@call_in_class"
AWAIT = "@await"
MANAGER = "@manager"
DOTTED = "@dotted"
DEFINE = "@define"
EXECUTOR = "@executor"
IMPORT = "@import"
IMPORT_FROM = "@import_from"
IMPORT_ALL = "@import_all"
PRINT = "@print"
NAME = "@name"
LOOK = "@look"
VARS = "@vars"
CLASS_INIT = "@init"

TRIGGERS = frozenset({"state_trigger", "time_trigger", "event_trigger", "mqtt_trigger", "webhook_trigger"})
GUARDS = frozenset({"state_active", "time_active", "task_unique"})
HOST_DECORATORS = TRIGGERS | GUARDS | {"service"}
NATIVE_DECORATORS = frozenset({"pyscript_compile", "pyscript_executor"})
"""Decorators after which a function is ordinary Python."""

HIDDEN_BUILTINS = frozenset({"breakpoint", "compile", "input", "memoryview", "open"})
"""Builtins that interpreted files do not have."""
