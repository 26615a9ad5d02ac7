"""Runs one scenario, step by step, without ever waiting itself: it is called when something may have happened."""

from __future__ import annotations

import math
import time
from collections import Counter

from ..errors import GraderError
from ..limits import Limits
from ..scenarios.steps import Do, Scenario, Step, Until, Words
from ..transcript.facts import Fact, Waited
from ..transcript.record import Run
from ..transcript.texts import came_through, is_displayed
from .lacks import BLAMELESS, LAUNCHER
from .patience import Clock
from .student_process import StudentProcess
from .system import Cost, Snapshot, cost, snapshot
from .words import REQUEST, new_text

OVERLOADED = (
    "cette machine est surchargée : tes programmes n'ont presque pas pu tourner. Ce n'est pas ta faute. Ferme d'autres "
    "programmes, ou attends un peu, puis relance le correcteur."
)

READ_ROUNDS = 3
"""Readings in a row before others have their turn: a program that prints, or tells, without end always has something,
and ten of them must not keep each other waiting for a second a step."""


class ScenarioRun:
    """One scenario while it runs.

    Args:
        scenario: what to run.
        limits: how long to wait.
        zero_s: the time.monotonic() that facts count from.
    """

    def __init__(self, scenario: Scenario, limits: Limits, zero_s: float) -> None:
        self.scenario = scenario
        self.programs: dict[str, StudentProcess] = {}
        self.finished = False
        self._limits = limits
        self._zero_s = zero_s
        self._facts: list[Fact] = []
        self._steps = list(enumerate(scenario.steps))
        self._text = ""
        self._count: Counter[tuple[Do, Words]] = Counter()
        self._clock = Clock(time.monotonic())
        self._step_began_s = 0.0
        self._stopped_s = 0.0
        self._began_s = 0.0
        self._taken_bytes = 0
        self._progress_s = 0.0
        self._programs_began_s = 0.0
        self._told_then_bytes = 0
        self._next_guard_s = 0.0
        self._cost_then: dict[str, Cost] = {}
        self._next_look_s = 0.0
        self._look_pause_s = 0.0
        self._asleep_since_s: dict[str, float] = {}
        self._looks: dict[str, Snapshot | None] = {}

    def record(self, fact: Fact) -> None:
        """Add a fact to the record."""
        self._facts.append(fact)

    def result(self) -> Run:
        """What was seen so far."""
        return Run(self.scenario.name, tuple(self._facts))

    def begin(self, programs: list[StudentProcess]) -> None:
        """The programs have been started."""
        self.programs = {program.name: program for program in programs}
        if len(programs) == 2:
            programs[0].mate, programs[1].mate = programs[1], programs[0]
        now_s = time.monotonic()
        self._began_s = now_s
        self._next_guard_s = now_s + self._limits.guard_pause_s
        self._enter(now_s)

    def turn(self) -> None:
        """The harness has its turn, however late."""
        self._clock.turn(time.monotonic())

    @property
    def lack(self) -> str:
        """What the machine had too little of for these programs, a word of LACKS; empty for nothing."""
        return next((program.lack for program in self.programs.values() if program.lack), "")

    @property
    def blameless(self) -> bool:
        """Whether the programs have no part in what they lacked: the system did not start them, or all share it."""
        started = all(program.process.lack in ("", LAUNCHER) for program in self.programs.values())
        return not started or self.lack in BLAMELESS

    def advance(self) -> None:
        """Take what has come and go on as far as possible."""
        self._read()
        self._guard(time.monotonic())
        while not self.finished:
            outcome = self._outcome()
            if outcome is None:
                return
            self._leave(outcome)

    def _guard(self, now_s: float) -> None:
        """Look at what the programs use, from time to time."""
        if now_s >= self._next_guard_s:
            self._next_guard_s = now_s + self._limits.guard_pause_s
            for program in self.programs.values():
                program.guard(late=self._clock.given_s > self._limits.scenario_s)
            if now_s > self._began_s + self._limits.overload_s and not self.finished:
                raise GraderError(OVERLOADED)

    def call_at_s(self) -> float:
        """When to be called at the latest, by time.monotonic()."""
        now_s = time.monotonic()
        if self.finished or any(
            program.peer is not None and program.peer.unsent_bytes for program in self.programs.values()
        ):
            return now_s + self._limits.tick_s
        return min(self._next_look_s, self._next_guard_s, self._patience_end_s(now_s))

    def gone(self) -> bool:
        """Whether the processes have ended, or have had their time to."""
        too_late = time.monotonic() > self._stopped_s + self._limits.end_patience_s
        return too_late or all(program.process.status is not None for program in self.programs.values())

    def close(self) -> None:
        """Give everything back."""
        for program in self.programs.values():
            program.close()

    def stop(self) -> None:
        """End what still runs; the scenario is over."""
        for program in self.programs.values():
            program.kill()
        self.finished = True
        self._stopped_s = time.monotonic()

    # Reading.

    def _read(self) -> bool:
        came = False
        for _ in range(READ_ROUNDS):
            spoke = [name for name, program in self.programs.items() if program.read()]
            if not spoke:
                break
            came = True
            if not self._programs_began_s and self._all_began():
                self._programs_began_s = self._clock.given_s
            taken = sum(program.activity.taken_bytes for program in self.programs.values())
            if taken > self._taken_bytes:
                self._taken_bytes, self._progress_s = taken, self._clock.given_s
            self._looks.clear()
            self._asleep_since_s.update(dict.fromkeys(spoke, time.monotonic()))
            if any(program.activity.looping for program in self.programs.values()):
                break  # it never has enough to say, and others wait for their turn
        return came

    # Steps.

    @property
    def _step(self) -> Step:
        return self._steps[0][1]

    def _enter(self, now_s: float) -> None:
        """Do what the first remaining step does, and begin to wait."""
        step = self._step
        program = self.programs[step.program]
        self._step_began_s = self._clock.given_s
        self._clock.begin_step()
        self._asleep_since_s = dict.fromkeys(self.programs, now_s)
        self._next_look_s = now_s + self._limits.look_after_s
        self._look_pause_s = self._limits.look_again_s
        self._looks.clear()
        self._cost_then.clear()
        self._told_then_bytes = self._told_bytes()
        for other in self.programs.values():
            other.begin_step()
        if not program.over:
            self._do(step, program)

    def _do(self, step: Step, program: StudentProcess) -> None:
        if step.do in (Do.TYPE, Do.SAY):
            self._text = new_text(step.words, self._count[step.do, step.words])
            self._count[step.do, step.words] += 1
        if step.do is Do.TYPE:
            program.type(self._text)
        elif step.do is Do.SAY:
            program.say(self._text)
        elif step.do is Do.REQUEST:
            program.say(REQUEST, end="")
        elif step.do is Do.LEAVE:
            program.leave()
        elif step.do is Do.END_INPUT:
            program.end_input()

    def _leave(self, outcome: str) -> None:
        """The first remaining step is over: go to the next that makes sense."""
        number, step = self._steps.pop(0)
        now_s = time.monotonic()
        self.record(Waited(round(now_s - self._zero_s, 6), step.program, number, outcome))
        for program in self.programs.values():
            program.count()
        if outcome != "done":
            if step.until in (Until.MEETING, Until.LISTENING):
                self._steps.clear()
            elif step.group:
                self._steps = [(later, other) for later, other in self._steps if other.group != step.group]
        if not self._steps or all(program.over for program in self.programs.values()):
            self.stop()
        else:
            self._enter(now_s)

    # Waiting.

    def _outcome(self) -> str | None:
        """How the wait of the current step ends; None while it does not."""
        step = self._step
        if self._met(step):
            return "done"
        waited_for = [self.programs[step.program], self.programs[step.shown_by or step.program]]
        if any(program.over for program in waited_for):
            return "ended"
        if self._settled(polling=step.until is Until.REST):
            came = self._read()
            if self._met(step):
                return "done"
            # A loop always has something new to say: what the other threads said before is read by now.
            looping = any(program.activity.looping for program in self.programs.values())
            return self._outcome() if came and not looping else self._at_rest(step)
        if step.until is Until.REST and self._told_bytes() - self._told_then_bytes > self._limits.restless_bytes:
            return self._at_rest(step)
        now_s = time.monotonic()
        if now_s >= self._next_look_s:
            verdict = self._look(now_s)
            if verdict is not None:
                return verdict if verdict == "busy" else self._at_rest(step)
        if now_s < self._patience_end_s(now_s):
            return None
        for program in self.programs.values():
            if program.activity.began_s is None:
                program.never_began()
        return "late"

    def _told_bytes(self) -> int:
        """What the programs have told through their probes so far: one that goes on telling never rests."""
        return sum(program.probe.received_bytes for program in self.programs.values())

    def _at_rest(self, step: Step) -> str:
        """The outcome when nothing more comes by itself."""
        if any(program.activity.looping for program in self.programs.values()):
            return "busy"
        return "done" if step.until is Until.REST else "settled"

    def _patience_end_s(self, now_s: float) -> float:
        """When the current step has waited long enough; the time that an interpreter takes to start is no wait."""
        given_s = self._clock.given_s
        if not self._all_began():
            return now_s + self._limits.start_patience_s - given_s
        from_s = max(self._step_began_s, self._programs_began_s)
        if self._steps and self._step.words is Words.LONG:
            # One that reads it byte by byte on a busy machine has not made the harness wait yet.
            from_s = min(max(from_s, self._progress_s), from_s + self._limits.longest_step_s - self._limits.patience_s)
        return now_s + from_s + self._limits.patience_s - given_s

    def _met(self, step: Step) -> bool:
        """Whether what the step waits for has come."""
        program = self.programs[step.program]
        peer = program.peer
        if step.until is Until.LISTENING:
            return peer is not None
        if step.until is Until.MEETING:
            return peer is not None and (program.activity.accepted > 0 or program.listener is not None)
        if step.until is Until.HEARD:
            return came_through(self._text, program.outputs.heard)
        if step.until is Until.SHOWN:
            shower = self.programs[step.shown_by or step.program]
            is_there = came_through if step.shown_by and step.words is Words.PLAIN else is_displayed
            return is_there(self._text, shower.outputs.shown)
        if step.until is Until.ANSWERED:
            return peer is not None and (b"Hello World!" in program.outputs.heard or peer.ended)
        return step.until is Until.OVER and program.over

    def _settled(self, *, polling: bool) -> bool:
        now_s = time.monotonic()
        hopeless_s = now_s + self._limits.hopeless_s if polling else self._patience_end_s(now_s)
        until_s = hopeless_s - self._zero_s
        return all(program.at_rest(polling=polling, until_s=until_s) for program in self.programs.values())

    def _all_began(self) -> bool:
        return all(program.activity.began_s is not None or program.over for program in self.programs.values())

    def _look(self, now_s: float) -> str | None:
        """Ask the system about programs of which the probe says nothing: ``settled``, ``busy`` or None."""
        self._next_look_s = now_s + self._look_pause_s
        self._look_pause_s = min(self._look_pause_s * 1.5, self._limits.look_pause_s)
        running = [program for program in self.programs.values() if not program.over]
        self._clock.deduct_waits([program.process.pid for program in running])
        if not self._all_began():
            return None
        if any(self._is_busy(program) for program in running):
            return "busy"
        quiet = [self._looks_quiet(program) for program in running]
        dozing = [program.at_rest(polling=True, until_s=math.inf) or self._dozes(program, now_s) for program in running]
        if (all(quiet) or (self._step.until is Until.REST and all(dozing))) and not self._read():
            return "settled"
        return None

    def _looks_quiet(self, program: StudentProcess) -> bool:
        """Whether a program looks now as it looked before, asleep until somebody else does something."""
        then, seen = self._looks.get(program.name), snapshot(program.process.pid)
        self._looks[program.name] = seen
        same = seen is not None and seen.blocked and seen == then
        return same and program.all_arrived() and not program.has_children()

    def _dozes(self, program: StudentProcess, now_s: float) -> bool:
        """Whether all threads have slept for a while, in calls that the probe does not know."""
        seen = self._looks[program.name]
        if seen is None or not seen.asleep or program.activity.timing or program.activity.ending:
            self._asleep_since_s[program.name] = now_s
        return now_s - self._asleep_since_s[program.name] > self._limits.doze_s

    def _is_busy(self, program: StudentProcess) -> bool:
        """Whether a program computes or prints without end."""
        if program.outputs.printed_bytes > self._limits.flood_bytes:
            return True
        now = cost(program.process.pid)
        if now is None:
            return False
        then = self._cost_then.setdefault(program.name, now)
        if now.pages - then.pages > self._limits.busy_pages:
            self._cost_then[program.name] = now
        budget_s = self._limits.busy_cpu_s
        if self._step.until is Until.REST:
            budget_s = self._limits.busy_rest_cpu_s
        elif program.activity.timing:
            return False  # another thread sleeps, and may answer when it wakes
        return now.cpu_s - then.cpu_s > budget_s
