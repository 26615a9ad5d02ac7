"""A real Dask scheduler and two real workers grade a club; a cluster that would grade otherwise is refused."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from grader.club import batch
from grader.club.cluster import _check_workers, checked_address, engine_at
from grader.club.collection import Spool, newest
from grader.club.model import HandIn
from grader.club.results import Notes
from grader.errors import UsageError

from ..programs import Program, wait_until
from ..submissions.model import reference_files

ROOT = Path(__file__).parents[2]
RIGHT = {name: text.encode() for name, text in reference_files().items()}

TLS = "distributed.comm.tls"


def certificate(folder: Path) -> dict[str, str]:
    """Dask's settings for a certificate of our own, which is its own authority."""
    x509 = pytest.importorskip("cryptography.x509")
    from datetime import datetime, timedelta, timezone

    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "chatpy-test")])
    now = datetime.now(timezone.utc)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    whole = folder / "certificate.pem"
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    whole.write_bytes(
        built.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *private)
    )
    roles = {f"DASK_DISTRIBUTED__COMM__TLS__{role}__CERT": str(whole) for role in ("SCHEDULER", "WORKER", "CLIENT")}
    return {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(whole), **roles}


@contextmanager
def cluster(scheme: str, folder: Path, workers: int = 2) -> Iterator[str]:
    """A scheduler and its workers on loopback; gives the scheduler's address."""
    words = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--no-dashboard",
        "--host",
        f"{scheme}://127.0.0.1",
    ]
    with ExitStack() as stack:
        scheduler = stack.enter_context(Program([*words, "--port", "0"]))
        scheduler.wait_for("Scheduler at:")
        scheduler.wait_for("\n")
        address = next(line.split()[-1] for line in scheduler.shown.splitlines() if "Scheduler at:" in line)
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
        command += ["--no-dashboard", "--local-directory", str(folder)]
        started = [stack.enter_context(Program(command)) for _ in range(workers)]
        for worker in started:
            wait_until(lambda worker=worker: "Registered to" in worker.shown, "a worker")  # type: ignore[misc]
        yield address


@pytest.mark.timeout(120)
@pytest.mark.parametrize("scheme", ["tls", "tcp"])
def test_two_workers_grade_a_club(scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dask = pytest.importorskip("dask")
    pytest.importorskip("distributed")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    if scheme == "tls":
        for name, value in certificate(tmp_path).items():
            monkeypatch.setenv(name, value)
        dask.config.refresh()
    notes = Notes(str(tmp_path / "notes"))
    hand_ins = [HandIn(f"eleve-{number}", RIGHT) for number in range(4)]
    with cluster(scheme, tmp_path / "dask") as address, Spool() as spool:
        engine = engine_at(address, "simple")
        try:
            assert engine.workers == 2
            plan = batch.planned(newest(map(spool.lay_aside, hand_ins)), [], "simple")
            batch.carry_out(plan, notes, engine.executor, engine.workers, "simple")
        finally:
            engine.close()
    assert {row.pseudo: row.score for row in notes.rows()} == {one.pseudo: 20.0 for one in hand_ins}


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "tcp://club.example:8786", "tcp://0.0.0.0:8786"])
def test_an_open_door_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="tls://"):
        checked_address(address)


@pytest.mark.parametrize(
    "address", ["", "tls://", "tls://host", "http://127.0.0.1:1", "127.0.0.1:8786", "tls://h:x", "tls://[::1"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="n'est pas l'adresse"):
        checked_address(address)


def test_nobody_there_is_said_in_one_sentence() -> None:
    with pytest.raises(UsageError, match="Personne ne répond"):
        engine_at("tcp://127.0.0.1:9", "simple")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "aucune machine"),
        ({"tls://a:1": ("0.0", True)}, "même version"),
        ({"tls://a:1": ("VERSION", False)}, "isoler"),
    ],
)
def test_a_worker_that_grades_otherwise_is_refused(told: dict[str, tuple[str, bool]], words: str) -> None:
    from grader import __version__

    known = {name: (version.replace("VERSION", __version__), isolates) for name, (version, isolates) in told.items()}
    with pytest.raises(UsageError, match=words):
        _check_workers(known, "forte")
