"""The tests that do not run in real Home Assistant, each with the reason. What is not here runs there.

A test of both ways in which scripts end has a parameter `await_shutdown`; there, only one of them is real.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Behaviour(Enum):
    """What pyscript does with the same script, by the release that brought it."""

    V1_7 = "1.7: the trigger loop"
    V2 = "2.x: the decorator manager"


OTHER_WAY = "asks for the way in which the other pyscript ends scripts: 1.7 waits for shutdown triggers, 2.x does not"

HOSTS_OWN = "is about the embedded host itself"
ONLY_LOGGED = "looks at an exception or its traceback; pyscript has one log line"
SWALLOWED = "a service function that raises: pyscript logs it and the call succeeds"
REAL_ANSWERS = "needs a service that answers, or exists, as no real one does"
REAL_WAITING = "waits for real sockets or real time, on which this virtual clock does not wait"
BROKER = "its broker is a list of calls; tests/true_ha/process/test_mqtt.py has a real one"
CLOSE_TOGETHER = "what is due at the same instant comes in any order"
MOMENT = "pyscript collects changed files for 50 ms"
LATE_CRON = "2.x: a daily cron on the day summer time ends is an hour off"

EVERYWHERE: Mapping[str, str] = {
    "host/test_line_protocol.py": HOSTS_OWN,
    "host/test_refusals.py": "is about what the embedded host refuses; pyscript does not refuse, it goes wrong",
    "host/test_guards_and_events.py::test_state_changes_and_service_calls_are_events_too": (
        "events there carry state objects, whose text is longer"
    ),
    "host/test_imports.py::test_a_submodule_imported_by_its_full_name_cannot_import_relatively": ONLY_LOGGED,
    "host/test_interpreter.py::test_decorators_of_the_file": "interpreted functions there have no __name__",
    "host/test_interpreter.py::test_print_and_log_have_the_functions_name": "pyscript logs more than the scripts do",
    "host/test_interpreter.py::test_the_clock_is_virtual_in_interpreted_code_only[native_now()": HOSTS_OWN,
    "host/test_mqtt_trigger.py": BROKER,
    "scripts/test_mqtt.py": BROKER,
    "host/test_native_code.py::test_real_waiting_inside_a_function_is_waited_for": REAL_WAITING,
    "host/test_native_code.py::test_servers_answer_between_lines_and_stop_callbacks_are_awaited": REAL_WAITING,
    "host/test_native_code.py::test_two_hosts_side_by_side": "one process has one Home Assistant",
    "host/test_native_code.py::test_hosts_that_run_the_same_sources": "one process has one Home Assistant",
    "scripts/test_easee.py::test_a_line_is_answered_when_a_slow_cloud": REAL_WAITING,
    "scripts/test_peak.py::test_the_notification_is_in_the_homes_language_where": REAL_ANSWERS,
    "scripts/test_quasar_guard.py::test_the_end_of_home_assistant_leaves": (
        "ends the embedded host; tests/true_ha/process/test_quasar_guard.py ends a true one"
    ),
    "scripts/test_vehicles.py::test_a_plan_that_was_set_is_never_shown": "listens to the embedded host's own states",
    "host/test_persistence.py::test_states_that_cannot_be_stored_are_reported_once_and_the_host_continues": HOSTS_OWN,
    "host/test_persistence.py::test_a_malformed_file_is_a_warning": HOSTS_OWN,
    "host/test_persistence.py::test_the_first_line_overrides_stored_states_and_precedes_the_scripts": (
        "sets an entity that scripts keep before pyscript is set up, which restores it then"
    ),
    "host/test_reload.py::test_a_broken_file_is_loaded_again_once_repaired": ONLY_LOGGED,
    "host/test_reload.py::test_a_script_may_touch_a_module": MOMENT,
    "host/test_services.py::test_an_error_reaches_only_a_caller_that_waits": REAL_ANSWERS,
    "host/test_services.py::test_calls_are_recorded_in_order_without_their_options": REAL_ANSWERS,
    "host/test_services.py::test_respond_answers_the_first_entry_that_fits": REAL_ANSWERS,
    "host/test_services.py::test_respond_compares_data_however_deep": REAL_ANSWERS,
    "host/test_services.py::test_unknown_fields_fail": SWALLOWED,
    "host/test_services.py::test_what_a_service_raises_is_the_error": SWALLOWED,
    "host/test_services.py::test_without_yaml_the_docstring_is_the_description": "the description has an empty name",
    "host/test_shared_files.py::test_a_folder_on_another_file_system_gets_copies": HOSTS_OWN,
    "host/test_time_triggers.py::test_everything_due_on_the_way_happens_in_its_order": CLOSE_TOGETHER,
}
"""The beginning of a test's name -> why it cannot run there."""

ONLY_2 = "1.7 does otherwise; the embedded host follows 2.x"

WITH_1: Mapping[str, str] = {
    "host/test_reload.py::test_shutdown_is_not_awaited_unless_requested[False": OTHER_WAY,
    "host/test_guards_and_events.py::test_wrong_decorator_arguments_are_logged_and_the_file_loads_on": ONLY_2,
    "host/test_interpreter.py::test_classes[return (Level.HIGH": "1.7 cannot make an IntEnum",
    "host/test_interpreter.py::test_factories_make_triggers": "1.7 drops triggers to which nothing refers",
    "host/test_tasks.py::test_task_exceptions_name_file_and_line": ONLY_LOGGED,
    "host/test_time_triggers.py::test_no_argument_means_startup": "1.7 never fires @time_trigger() without argument",
}
"""As EVERYWHERE, for pyscript with the old trigger loop."""

WITH_2: Mapping[str, str] = {
    "host/test_reload.py::test_shutdown_is_not_awaited_unless_requested[True": OTHER_WAY,
    "host/test_services.py::test_own_names_and_the_caller": "2.x takes one name for each @service",
    "host/test_time_triggers.py::test_cron_when_the_clocks_change[2026-10-24": LATE_CRON,
    "host/test_time_triggers.py::test_cron_when_the_clocks_change[2026-10-25": LATE_CRON,
    "host/test_time_triggers.py::test_the_wait_for_a_daily_cron_is_23_and_25_hours": LATE_CRON,
}
"""As EVERYWHERE, for pyscript with the decorator manager."""

BY_BEHAVIOUR = {Behaviour.V1_7: WITH_1, Behaviour.V2: WITH_2}


def why_left_out(name: str, parameters: Mapping[str, object], behaviour: Behaviour) -> str | None:
    """Return why a test cannot run with this pyscript, or None for a test that runs."""
    name = name.removeprefix("tests/")
    awaits_shutdown = behaviour is Behaviour.V1_7
    if parameters.get("await_shutdown", awaits_shutdown) is not awaits_shutdown:
        return OTHER_WAY
    table = {**EVERYWHERE, **BY_BEHAVIOUR[behaviour]}
    return next((why for beginning, why in table.items() if name.startswith(beginning)), None)
