"""Runs a wiring test within the ordinary steps: its requests are decided like any other, and its state is published.

A restart ends a test, and the report after it says so; nothing else is restored, because the test's requests are not
part of CONFIG. Loads that a test has switched and that nothing commands any more are switched back (`LoadRestorer`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import tuning
from ..control.commissioning.plan import explain_test, nudge_site, refusal_reason
from ..control.commissioning.report import Report, build_report
from ..control.commissioning.run import abort_test, advance_test, begin_test, loads_to_test
from ..control.commissioning.state import ABORTED, DONE, IDLE, RUNNING, Test
from ..control.commissioning.trial import Trial, memory_after_test
from ..control.target import device_target
from ..devices import DRIVERS
from ..devices.driver import Calls, Contact
from ..model.decision import Command, Decision
from ..model.durations import NO_ATTEMPTS, Attempts, has_passed, may_arrive
from ..model.load import Load
from ..model.load_memory import LoadMemory
from ..model.local_day import iso_text
from ..model.memory import Memory
from ..model.messages.message import Message, message
from ..model.own_entities import COMMISSIONING_ENTITY, appearance
from ..model.readings import View
from ..model.records import fast_replace
from ..model.site import MAIN, Site
from ..model.snapshot import LoadState, Snapshot, min_current_a
from ..runtime.ports import Ports
from ..runtime.publisher import EntityPublisher
from ..runtime.store import STORE
from .failsafe import calls_of_commands
from .plans.inputs import StepResult

NOTHING = Report((), (), ())


class Commissioning:
    """The last wiring test; it outlives a reload of the script, which ends it."""

    def __init__(self) -> None:
        self.test = Test()
        self.report: Report = NOTHING
        self._site: Site | None = None
        self._tested: Trial | None = None
        """The trial under way at the last step, None for none."""
        self._restorer: LoadRestorer | None = None
        """Of the last test, None before the first."""

    @property
    def state(self) -> str:
        """The state of the test: idle, running, done or aborted."""
        return self.test.state

    @property
    def is_running(self) -> bool:
        """Whether a test is under way."""
        return self.state == RUNNING

    @property
    def begun_s(self) -> float | None:
        """When the test under way began [s since 1970], None without one."""
        return self.test.begun_s if self.is_running else None

    def restore(self, begun_s: float | None) -> None:
        """Report a test that began then [s since 1970] as ended by a restart; nothing for None and after another test.

        What it had found is lost.
        """
        if begun_s is not None and self.state == IDLE:
            self.test = Test(ABORTED, begun_s, reason=message("wiring_test_reloaded"))

    def plan(self, last: StepResult, chosen: Sequence[str], named: bool) -> tuple[Message, tuple[Message, ...]]:
        """Return what a test would do, and why it leaves out which loads; ValueError with the reason if none can run.

        Loads that the last test was sure of are tested again only if it was sure of all chosen ones. `named`: whether
        the user named these loads.
        """
        why = refusal_reason(last.site, last.snapshot, last.decision)
        if why is not None:
            raise ValueError(why)
        left = loads_to_test(chosen, self._last_test_if_valid(last.site))
        sure = ", ".join(name for name in chosen if name not in left)
        return explain_test(last.site, last.snapshot, last.decision.memory.loads, left, named, sure)

    def begin(self, last: StepResult, chosen: Sequence[str], named: bool) -> None:
        """Start a test of these loads with an empty report, and store which of all loads run, to restore that.

        Sends nothing. `named`: whether the user named these loads.
        """
        site, known = last.site, last.decision.memory.loads
        self.test = begin_test(site, last.snapshot, known, chosen, self._last_test_if_valid(site), named)
        self.report, self._site = NOTHING, site
        self._restorer = LoadRestorer(site, known)

    def _last_test_if_valid(self, site: Site) -> Test:
        """Return the last test if CONFIG and settings have not changed since, else a new one that is idle."""
        return self.test if self._site == site else Test()

    def stop(self, reason: Message) -> None:
        """End a running test with a reason; its results so far remain."""
        if self.is_running:
            self.test = abort_test(self.test, reason)

    def site_with_request(self, site: Site, as_set: Site | None) -> Site:
        """Return the site in which the tested load requests its level and other chargers make way; else the same site.

        Stops a running test if `as_set`, the site by CONFIG and services, is no longer as at its beginning.
        """
        if self.is_running and self._site is not as_set and self._site != as_set:
            self.stop(message("wiring_test_setting_changed"))
        nudge = self.test.nudge
        return site if nudge is None else nudge_site(site, nudge)

    def undo_test_in_memory(self, memory: Memory) -> Memory:
        """Return the memory in which a load that is no longer under test is as before the test; else the same memory.

        Called once in each step: it stores which load is under test, for `without_test_effects`.
        """
        trial = self.test.trial if self.is_running else None
        if self._tested is not None and (trial is None or trial.load != self._tested.load):
            memory = self.without_test_effects(memory)
        self._tested = trial
        return memory

    def without_test_effects(self, memory: Memory) -> Memory:
        """Return the memory without the test's effects on the load that is being tested, unchanged without one.

        So a restart during a test stores what was true before it.
        """
        if self._tested is None or self._tested.load not in memory.loads:
            return memory
        name = self._tested.load
        after_test = memory_after_test(memory.loads[name], self._tested, self.test.lags_s.get(MAIN))
        return fast_replace(memory, loads={**memory.loads, name: after_test})

    def advance(self, site: Site, snapshot: Snapshot, decision: Decision) -> None:
        """Add the present readings to the test, which may go to its next level or end; nothing while none runs.

        `site`: as configured. The report is made anew after each load.
        """
        if not self.is_running:
            return
        before = len(self.test.done)
        self.test = advance_test(self.test, site, snapshot, decision)
        if len(self.test.done) != before or not self.is_running:
            self.report = build_report(site, self.test)

    def restoring_calls(self, site: Site | None, view: View) -> Iterator[tuple[Load, Calls]]:
        """Yield the calls that restore what the last test has changed, as `LoadRestorer` does; none while one runs."""
        if self._restorer is not None and not self.is_running:
            yield from self._restorer.restoring_calls(site, view)

    def publish_status(self, ports: Ports, now_s: float) -> None:
        """Publish the status entity, unless no test was ever requested."""
        if self.state != IDLE:
            publisher = STORE.setdefault("commissioning_shown", EntityPublisher(ports, "commissioning"))
            publisher.write(now_s, COMMISSIONING_ENTITY, self.state, self.attributes())

    def attributes(self) -> dict[str, object]:
        """Return the attributes of the status entity: reason, progress [%], report, lines for CONFIG, findings.

        `load` is the one that is moved now, else None; before the first test all are empty or None.
        """
        test, report = self.test, self.report
        return {
            **appearance("Fusebox commissioning", "mdi:clipboard-check-outline"),
            "reason": self._reason(),
            "load": test.trial.load if test.trial is not None and self.is_running else None,
            "progress_pct": self._progress_pct(),
            "started": None if self.state == IDLE else iso_text(test.begun_s),
            "report": list(report.rows),
            "config": [line.written for line in report.config],
            "findings": list(report.problems),
            "left_out": list(test.left_out),
        }

    def _reason(self) -> str:
        """Return the site message of the test: the load under test, why it was aborted, or what the user has to do."""
        test = self.test
        if test.state == IDLE:
            return message("wiring_test_none")
        if test.state == ABORTED:
            return test.reason
        if test.state == DONE:
            return self._result_message(test)
        if test.trial is not None:
            return message("wiring_test_moves", load=test.trial.load)
        return message("wiring_test_goes_on" if test.done else "wiring_test_begins")

    def _result_message(self, test: Test) -> Message:
        """Return what a person has to do after the test: change CONFIG, read findings, test again, or nothing.

        The first that applies. Loads that remain unsure are named; those that cannot be told apart need no new test.
        """
        choices = [line.choice for line in self.report.config]
        unsure = ", ".join(test.unsure) or None
        if choices:
            either = len({choice[:-1] for choice in choices if choice}) or None
            return message("wiring_test_changes_config", lines=choices.count(""), choices=either, unsure=unsure)
        if self.report.problems:
            return message("wiring_test_sees_findings", findings=len(self.report.problems), unsure=unsure)
        again = [name for name in test.unsure if name not in test.alike]
        if again:
            hides = any(result.is_balanced for trial in test.done if trial.load in again for result in trial.results)
            return message("wiring_test_balanced" if hides else "wiring_test_again", unsure=", ".join(again))
        return message("wiring_test_alike", unsure=unsure) if test.alike else message("wiring_test_agrees")

    def _progress_pct(self) -> int:
        """Return the progress of the test [%]: 0 without one, 100 once done; that of its end if it was aborted."""
        test = self.test
        loads = len(test.done) + len(test.waiting) + (test.trial is not None)
        part = 0.0 if test.trial is None else test.trial.place / max(len(test.trial.levels_a), 1)
        return 100 if test.state == DONE else round(100 * (len(test.done) + part) / max(loads, 1))


class LoadRestorer:
    """The state of the loads at the beginning of a test, to restore those that no decision commands once it is over.

    There are such loads when CONFIG is saved during a test with `dry_run` or without a load, and when a car leaves
    while the test has paused its charger. A current lowered by the test stays: no decision would account for a higher
    one. `known`: load -> memory at the beginning.
    """

    def __init__(self, site: Site, known: Mapping[str, LoadMemory]) -> None:
        self._site = site
        self._ran = {name: past.setpoint_a > 0 for name, past in known.items()}
        self._sent: dict[str, Attempts[bool]] = {}
        self._since_s: float | None = None
        """When a step first found the test over [s since 1970], None before."""

    def restoring_calls(self, site: Site | None, view: View) -> Iterator[tuple[Load, Calls]]:
        """Yield the calls that restore what a finished test has changed on loads that no decision commands.

        A load without a need within `ANSWER_S` after it is forgotten: its device may display its last command late.
        What is sent is repeated after `LASTING_S` until it is displayed or can arrive no more. `site`: by the present
        CONFIG, None without one.
        """
        before = self._site
        self._since_s = view.now_s if self._since_s is None else self._since_s
        for load in () if site is None or site.dry_run else site.loads:
            if self._ran.get(load.name) is not True or _can_be_commanded(load, view, before.voltage_v):
                self._ran.pop(load.name, None)
        for load in before.loads:
            if load.name in self._ran:
                state = DRIVERS[load.type].read(load, view, before.voltage_v)
                commands = _restoring_commands(load, state, self._ran[load.name])
                made = calls_of_commands(Contact(load, view, state, before.voltage_v), commands)
                sent = self._sent.get(load.name, NO_ATTEMPTS)
                if made and sent.is_due(self._ran[load.name], tuning.LASTING_S, view.now_s):
                    self._sent[load.name] = sent.after_sending(self._ran[load.name], view.now_s)
                    yield load, made
                elif not made and sent.times and state.available:
                    del self._ran[load.name]
        if has_passed(tuning.ANSWER_S, self._since_s, view.now_s):
            is_late = may_arrive(self._since_s, view.now_s)
            self._ran = {name: ran for name, ran in self._ran.items() if is_late and name in self._sent}


def _can_be_commanded(load: Load, view: View, voltage_v: float) -> bool:
    """Return whether the ordinary decision commands a load; False for a charger whose car has left."""
    return load.is_switched or DRIVERS[load.type].read(load, view, voltage_v).can_use_power


def _restoring_commands(load: Load, state: LoadState, ran: bool) -> tuple[Command, ...]:
    """Return the command by which a load runs or rests as before the test (`ran`), a charger at its minimum current.

    Empty where it does so already, is unavailable, or takes signals only.
    """
    runs = state.on is not False and (load.on_off or (state.offer_a or 0.0) > 0)
    if load.can.takes_sg_state or not state.available or runs is ran:
        return ()
    target = device_target(load, state, min_current_a(load, state) if ran else 0.0)
    return (Command(load.name, target.current_a, target.on, urgent=True),)
