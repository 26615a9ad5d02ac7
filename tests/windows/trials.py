"""What only Windows can show of the grader, tried by Python for Windows itself; ends at the first that is not so."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from grader.errors import GraderError
from grader.harness.job import Job
from grader.limits import DEFAULT

ROOT = Path(__file__).parents[2]

DEADLINE_S = 60.0

CHILD = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); print(1)"
"""A program that leaves a child behind, which holds its standard output."""


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The grader's command, whose output no console shows."""
    return subprocess.run(
        [sys.executable, "-m", "grader", *words],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        capture_output=True,
        timeout=DEADLINE_S,
        check=False,
    )


def a_job_ends_the_children_of_its_program() -> None:
    pipe = subprocess.PIPE
    words = [sys.executable, "-c", "input(); " + CHILD]
    with subprocess.Popen(words, stdin=pipe, stdout=pipe) as program:
        job = Job(program.pid, DEFAULT)
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b"\n")
        program.stdin.flush()
        assert program.stdout.readline().strip() == b"1"
        job.end()
        assert program.stdout.read() == b""  # ends when nobody is left who could write


def a_program_that_has_ended_needs_no_job() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as program:
        program.wait()
        Job(program.pid, DEFAULT).end()


def close_to_everybody(program: subprocess.Popen[bytes]) -> None:
    """Let nobody open a process any more: an empty list of who may (winnt.h, ACL and SECURITY_DESCRIPTOR)."""
    rights = ctypes.WinDLL("advapi32")  # type: ignore[attr-defined]  # only Windows has it
    description, nobody = ctypes.create_string_buffer(64), ctypes.create_string_buffer(8)
    handle = ctypes.c_void_p(int(program._handle))  # type: ignore[attr-defined]  # the same
    assert rights.InitializeSecurityDescriptor(description, 1)
    assert rights.InitializeAcl(nobody, len(nobody), 2)
    assert rights.SetSecurityDescriptorDacl(description, True, nobody, False)
    assert rights.SetKernelObjectSecurity(handle, 4, description)


def a_process_that_cannot_be_limited_is_told() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as program:
        close_to_everybody(program)
        told = ""
        try:
            Job(program.pid, DEFAULT)
        except GraderError as error:
            told = str(error)
        program.kill()
    assert "Windows refuse" in told


def the_result_is_utf8_with_plain_newlines_and_the_status_is_the_contracts() -> None:
    for folder, status, score in (("reference", 0, 20), ("skeleton", 1, 0)):
        done = command(folder, "--json", "-", PYTHONIOENCODING="cp850")
        result = json.loads(done.stdout.decode("utf-8"))
        assert (done.returncode, result["score"]) == (status, score), done
        assert "écoute" in done.stdout.decode("utf-8")
        assert b"\r\r\n" not in done.stdout
    assert command("nulle part").returncode == 4


def a_path_with_spaces_and_accents_is_graded() -> None:
    folder = Path(os.environ["TEMP"]) / "le rendu d'Hélène 🎓"
    folder.mkdir()
    for name in ("etape1.py", "serveur.py", "client.py"):
        (folder / name).write_bytes((ROOT / "reference" / name).read_bytes())
    done = command(str(folder), "--json", "-")
    assert json.loads(done.stdout.decode("utf-8"))["score"] == 20, done


def a_hand_in_on_a_key_is_graded_and_judged_again() -> None:
    key, notes = Path(os.environ["TEMP"]) / "clé", Path(os.environ["TEMP"]) / "notes"
    key.mkdir()
    memory = str(Path(os.environ["TEMP"]) / "memory.json")
    words = ("rendre", "reference", "--pseudo", "Zoé B.", "--oui", "--vers", str(key))
    assert command(*words, CHATPY_MEMORY=memory).returncode == 0
    assert [path.name for path in key.iterdir()] == ["zoe-b.rendu"]
    done = command("club", str(key), "--dans", str(notes), "--isolation", "simple")
    assert done.returncode == 0, done
    assert json.loads((notes / "rendus" / "zoe-b.json").read_text(encoding="utf-8"))["score"] == 20
    assert "zoe-b" in (notes / "index.html").read_text(encoding="utf-8")
    assert command("rejuger", str(notes)).returncode == 0


TRIALS: tuple[Callable[[], None], ...] = (
    a_job_ends_the_children_of_its_program,
    a_program_that_has_ended_needs_no_job,
    a_process_that_cannot_be_limited_is_told,
    the_result_is_utf8_with_plain_newlines_and_the_status_is_the_contracts,
    a_path_with_spaces_and_accents_is_graded,
    a_hand_in_on_a_key_is_graded_and_judged_again,
)

if __name__ == "__main__":
    for trial in TRIALS:
        began_s = time.monotonic()
        trial()
        sys.stdout.write(f"{trial.__name__.replace('_', ' ')}: {time.monotonic() - began_s:.1f} s\n")
