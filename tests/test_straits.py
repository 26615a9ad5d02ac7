"""A machine in bad shape is what the benchmark says: what it lacks is really not to be had."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.probe import confine

ROOT = Path(__file__).parents[1]

REFUSED = {
    "streams": (7, "import os; os.fstat(0)"),
    "processes": (1, "import threading; threading.Thread(target=input).start()"),
    "descriptors": (8, "import os; [os.dup(1) for _ in range(8)]"),
    "memory": (40, "bytearray(50_000_000)"),
    "loopback": (0, "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"),
    "temporary": (1000, "import tempfile; tempfile.TemporaryFile()"),
    "read-only": (0, f"open({str(ROOT / 'written')!r}, 'w')"),
}
"""For each strait a value, and what then fails."""


@pytest.mark.skipif(not sys.platform.startswith("linux") or not confine.works(), reason="needs namespaces")
@pytest.mark.parametrize("name", REFUSED)
def test_what_the_machine_lacks_is_refused(name: str) -> None:
    value, code = REFUSED[name]
    told = f"import os\ntry:\n    {code}\nexcept (OSError, RuntimeError, MemoryError):\n    os._exit(42)\n"
    command = [sys.executable, "-m", "tests.benchmark.straits", name, str(value), sys.executable, "-c", told]
    assert subprocess.run(command, cwd=ROOT, check=False, stderr=subprocess.DEVNULL).returncode == 42


def test_every_strait_is_tried() -> None:
    pytest.importorskip("resource")
    from .benchmark.straits import STRAITS

    assert set(STRAITS) == set(REFUSED)
