"""Every attack, and somebody else's submission graded right after it: no harm may reach so far."""

from __future__ import annotations

import json
import secrets
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.submissions.hostile import ATTACKS, Attack

from ..test_hostile import LEVELS, World, run_grader
from .table import Figure, largest, total

HONEST = Attack("honest", "Nobody tries anything.", {}, most=20)

DONE_S, MEMORY_MB = 20, 150
"""Of the slowest grading, and of the grader itself."""


def measure(every: int) -> list[Figure]:
    """Grade each attack under the strongest isolation, then the reference and the blank skeleton, as if alone."""
    level = LEVELS[-1]
    alone = _after(HONEST, level)[0]
    attacks = [attack for attack in ATTACKS if level == "forte" or not attack.only_forte][::every]
    differing = 0
    durations_s, memories_mb = [], []
    for attack in attacks:
        results, took_s, memory_mb = _after(attack, level)
        durations_s.append(took_s)
        memories_mb.append(memory_mb)
        if took_s > DONE_S or memory_mb > MEMORY_MB:
            print(f"{attack.name}: {took_s:.1f} s, {memory_mb:.0f} MB", flush=True)
        for name, result in results.items():
            if result != alone[name]:
                differing += 1
                print(f"{attack.name}, then {name}: {result} instead of {alone[name]}"[:2000], flush=True)
    return [
        total(f"results that differ right after an attack ({level})", differing, 2 * len(attacks)),
        largest(f"the slowest grading of {len(attacks)} attacks", durations_s, "s", DONE_S),
        largest("the most memory of the grader in one of them", memories_mb, "MB", MEMORY_MB),
    ]


def _after(attack: Attack, level: str) -> tuple[dict[str, Any], float, float]:
    """Let an attack loose in a copy of the project, and grade two submissions with the same copy.

    Returns:
        the two results; of the attack, how long it took in seconds, and the grader's peak memory in MB.
    """
    mark = secrets.token_hex(8)
    top = Path(tempfile.mkdtemp(prefix="benchmark-attack-")) / f"chatpy-hostile-{mark}"
    world = World(mark, top)
    try:
        world.lay_out(attack)
        seen = run_grader(world, level)
        results = {
            name: _told(run_grader(world, level, top / "project" / name).output) for name in ("reference", "skeleton")
        }
    finally:
        world.in_system_tmp.unlink(missing_ok=True)
        subprocess.run(["chmod", "-R", "u+rwx", str(top)], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", str(top.parent)], check=False)
    return results, seen.took_s, seen.memory_kb / 1024


def _told(output: bytes) -> object:
    """What is the same each time in a result; as text where it is none."""
    try:
        report = json.loads(output)
    except ValueError:
        return output.decode("utf-8", "replace")
    return [report["score"], report["bonus"], report["suspect"]] + [
        (check["id"], check["status"], check["diagnosis"]) for check in report["checks"]
    ]
