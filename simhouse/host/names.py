"""Names by which the translated files refer to the host: the `@` keeps them apart from script names."""

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
CLASS_INIT = "@init"

TRIGGERS = frozenset({"state_trigger", "time_trigger", "event_trigger", "mqtt_trigger"})
HOST_DECORATORS = TRIGGERS | {"service"}
NOT_OFFERED = {
    "state_active": "ask for the state in the function",
    "time_active": "ask for the time in the function",
    "task_unique": "call task.unique(...) in the function",
    "webhook_trigger": "a line of the host's protocol can call a service",
    "webhook_handler": "a line of the host's protocol can call a service",
}
"""Decorators of pyscript that the embedded host refuses -> what to write instead."""
NATIVE_DECORATORS = frozenset({"pyscript_compile", "pyscript_executor"})
"""Decorators after which a function is ordinary Python."""

HIDDEN_BUILTINS = frozenset({"breakpoint", "compile", "input", "memoryview", "open"})
"""Builtins that interpreted files do not have."""
